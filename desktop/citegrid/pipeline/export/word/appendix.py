"""The back of a Word report: references, the evidence list, the self-check, and how the result was made."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from docx.shared import Emu

from citegrid.core.citation import cite
from citegrid.core.evidence import Evidence, SourceKind
from citegrid.pipeline.export.bibliography_csl import PrintedWork, printed_list
from citegrid.pipeline.export.evidence_list import EvidenceEntry, Use
from citegrid.pipeline.export.paper_account import HEADING, summary_of, told, without_row
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.provenance import facts_of
from citegrid.pipeline.export.word import zotero_fields
from citegrid.pipeline.export.word.ooxml import Element, el, link, outer_link, paragraph, run, tab
from citegrid.pipeline.export.word.options import CitationForm
from citegrid.pipeline.export.word.report import WordReport

#: Pictures of quotes are made at 150 pixels an inch and shown a little smaller than in the paper.
_EMU_A_PIXEL, _SHOWN = 914400 / 150, 0.9
_MOST_WIDTH, _MOST_HEIGHT = 15.2 / 2.54 * 914400, 7.0 / 2.54 * 914400
_USES_SHOWN = 6
_HOW = {
    CitationForm.LONG: "Each entry quotes the words of the source as the program found them on the page named; its number is "
    "the raised number in the table and the review, and the links lead back to where it is used.",
    CitationForm.STYLE: "Each entry quotes the words of the source as the program found them on the page named; the pages in the "
    "citations lead here, and the links lead back to where it is used.",
    CitationForm.FOOTNOTES: "Each entry quotes the words of the source as the program found them on the page named; the pages in "
    "the footnotes lead here, and the links lead back to where it is used.",
}


def write_references(report: WordReport) -> None:
    """The works of the table, and those that the review cites beyond it, as a reference list; each number, or each entry's end, leads to the work's row."""
    style = report.options.style
    if style is None or not report.project.table.rows:
        return
    made = report.in_text.list if report.in_text else printed_list(report.cited.works[: report.cited.listed], style)
    if not made.entries:
        return
    report.heading(report.words("References"))
    numbered = enumerate(made.entries, 1)
    if made.numbered:
        listed = [_numbered_reference(report, place, made.label.format(place), entry) for place, entry in numbered]
    else:
        listed = [_reference(report, place, entry) for place, entry in numbered]
    if report.form is CitationForm.STYLE and report.options.linked:
        zotero_fields.bibliography(listed)


def _numbered_reference(report: WordReport, place: int, label: str, entry: PrintedWork) -> Element:
    linked = _has_row(report, entry)
    number = run(label, "Hyperlink" if linked else "")
    number = link(_row_of(entry), number) if linked else number
    inside = _marked(report, place, number, tab(), *_printed(entry))
    return report.add(paragraph(report.style("CiteGrid Numbered Reference"), *inside))


def _reference(report: WordReport, place: int, entry: PrintedWork) -> Element:
    back = [link(_row_of(entry), run(" ↑", "Hyperlink"))] if _has_row(report, entry) else []
    return report.add(paragraph(report.style("CiteGrid Reference"), *_marked(report, place, *_printed(entry)), *back))


def _marked(report: WordReport, place: int, *inside: Element) -> list[Element]:
    """An entry as citations lead to it."""
    return report.bookmarks.around(f"ref_{place}", *inside) if report.in_text else list(inside)


def _has_row(report: WordReport, entry: PrintedWork) -> bool:
    return bool(report.project.table.columns) and entry.index < len(report.project.table.rows)


def _row_of(entry: PrintedWork) -> str:
    return f"cell_{entry.index + 1}_1"


def _printed(entry: PrintedWork) -> list[Element]:
    return [run(text, "CiteGridSlanted" if slanted else "") for text, slanted in entry.pieces]


def write_evidence(report: WordReport) -> None:
    """One entry for each piece of evidence: number, quote, picture of its lines, place, and the way back."""
    entries = report.evidence.entries
    if not entries:
        return
    report.heading(report.words("Evidence (a list)"))
    how = report.add_text("CiteGrid Note", report.words(_HOW[report.form]))
    how[0].append(el("keepNext"))  # heading and note do not stand at a page's foot without an entry
    for entry in entries:
        _entry(report, entry)


def _entry(report: WordReport, entry: EvidenceEntry) -> None:
    evidence = entry.evidence
    number = report.bookmarks.around(f"ev_{entry.number}", run(report.evidence_label(entry.number), "CiteGridStrong"))
    quote = run(f"“{clean(evidence.quote)}”")
    report.add(paragraph(report.style("CiteGrid Evidence"), *number, tab(), quote))
    picture = report.crops(evidence) if report.crops else None
    if picture:
        report.add(_picture(report, picture, clean(evidence.quote)[:200]))
    report.add(paragraph(report.style("CiteGrid Place"), _place(report, evidence), *_description(report, entry)))


def _place(report: WordReport, evidence: Evidence) -> Element:
    """Where the quote stands; a link to the page where the report knows where the paper lies."""
    mark = cite(evidence, report.words.language)[1:-1]
    href = report.options.pdf_links.get(evidence.source, report.options.pdf_link)
    if not href or evidence.page is None or evidence.kind is not SourceKind.DOCUMENT:
        return run(mark)
    return outer_link(report.document.part, f"{href}#page={evidence.page}", run(mark, "Hyperlink"))


def _description(report: WordReport, entry: EvidenceEntry) -> Iterator[Element]:
    """How the quote was found, whose words it is, and the ways back to where it is used."""
    words = report.words
    yield run(f" · {words.matched(entry.evidence)} · {words.hand(entry.evidence)} · {words('used in')} ")
    for i, use in enumerate(entry.uses[:_USES_SHOWN]):
        if i:
            yield run(words.typography.comma)
        yield _way_back(report, use)
    if len(entry.uses) > _USES_SHOWN:
        yield run(f" +{len(entry.uses) - _USES_SHOWN}")


def _way_back(report: WordReport, use: Use) -> Element:
    text = report.words.use(use.row, use.column, report.project.table.names)
    anchor = f"sentence_{use.column + 1}" if use.row is None else f"cell_{use.row + 1}_{use.column + 1}"
    return link(anchor, run(text, "Hyperlink"))


def _picture(report: WordReport, png: bytes, words: str) -> Element:
    _, image = report.document.part.get_or_add_image(BytesIO(png))
    width = image.px_width * _EMU_A_PIXEL * _SHOWN
    height = image.px_height * _EMU_A_PIXEL * _SHOWN
    scale = min(1.0, _MOST_WIDTH / width, _MOST_HEIGHT / height)
    inline = report.document.part.new_pic_inline(BytesIO(png), Emu(round(width * scale)), Emu(round(height * scale)))
    inline.docPr.set("descr", words)
    drawing = el("drawing", inline)
    return paragraph(report.style("CiteGrid Crop"), el("r", drawing))


def write_checks(report: WordReport) -> None:
    """The self-check, a line for each check."""
    if not report.project.checks:
        return
    report.heading(report.words("Self-check"))
    for check in report.project.checks:
        sign = run("✓", "CiteGridGood") if check.passed else run("!", "CiteGridSign")
        detail = f"{report.words.typography.colon}{report.words.sentence(check.detail)}" if check.detail else ""
        name = run(report.words.sentence(check.name))
        report.add(paragraph(report.style("CiteGrid Check"), sign, tab(), name, run(detail)))


def write_account(report: WordReport) -> None:
    """What became of the papers that a batch found: the counts, then each that has no row, with the reason."""
    if not report.project.account:
        return
    report.heading(report.words(HEADING))
    report.add_text("CiteGrid Note", summary_of(report.project, report.words))
    for one in without_row(report.project):
        name = run(clean(one.name), "CiteGridStrong")
        report.add(paragraph(report.style("CiteGrid Fact"), name, tab(), run(told(one, report.words))))


def write_run(report: WordReport) -> None:
    """What the result was made from and with."""
    report.heading(report.words("Methods and run"))
    facts = facts_of(report.project, report.version, report.words)
    for i, (name, value) in enumerate(facts):
        line = paragraph(report.style("CiteGrid Fact"), run(name, "CiteGridStrong"), tab(), run(clean(value)))
        if i < len(facts) - 1:
            line[0].append(el("keepNext"))  # the facts are few: they stand together on one page
        report.add(line)
