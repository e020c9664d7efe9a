"""The back of a Word report: references, the evidence list, the self-check, and how the result was made."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Protocol

from docx.shared import Emu

from citegrid.core.citation import cite
from citegrid.core.evidence import Evidence
from citegrid.core.messages import say
from citegrid.core.project import Project
from citegrid.core.table import Cell
from citegrid.pipeline.export.bibliography_csl import reference_list
from citegrid.pipeline.export.evidence_list import Entry, EvidenceList, Use
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.provenance import facts_of
from citegrid.pipeline.export.references import items_of
from citegrid.pipeline.export.strings import Labels
from citegrid.pipeline.export.word.ooxml import Bookmarks, Element, el, link, outer_link, paragraph, run, tab

#: Pictures of quotes are made at 150 pixels an inch and shown a little smaller than in the paper.
_EMU_A_PIXEL, _SHOWN = 914400 / 150, 0.9
_MOST_WIDTH, _MOST_HEIGHT = 15.2 / 2.54 * 914400, 7.0 / 2.54 * 914400
_USES_SHOWN = 6


class Report(Protocol):
    """What the parts of a report need of the report."""

    project: Project
    version: str
    crops: Callable[[Evidence], bytes | None] | None
    options: Any
    words: Labels
    evidence: EvidenceList
    document: Any
    bookmarks: Bookmarks

    def style(self, name: str) -> str: ...

    def add(self, element: Element) -> Element: ...

    def heading(self, text: str) -> None: ...


def write_references(report: Report) -> None:
    """The works of the table as a reference list; each number, or each entry's end, leads to the work's row."""
    style = report.options.style
    if style is None or not report.project.table.rows:
        return
    made = reference_list(items_of(report.project, report.options.references), style)
    if not made.entries:
        return
    report.heading(report.words.references)
    linked = bool(report.project.table.columns)
    for place, entry in enumerate(made.entries, 1):
        inside: list[Element] = []
        anchor = f"cell_{entry.index + 1}_1"
        if made.numbered:
            number = run(f"[{place}]", "Hyperlink" if linked else "")
            inside += [link(anchor, number) if linked else number, tab()]
        inside += [run(text, "CiteGridSlanted" if slanted else "") for text, slanted in entry.pieces]
        if linked and not made.numbered:
            inside.append(link(anchor, run(" ↑", "Hyperlink")))
        name = "CiteGrid Numbered Reference" if made.numbered else "CiteGrid Reference"
        report.add(paragraph(report.style(name), *inside))


def write_evidence(report: Report) -> None:
    """One entry for each piece of evidence: number, quote, picture of its lines, place, and the way back."""
    entries = report.evidence.entries
    if not entries:
        return
    report.heading(report.words.evidence)
    how = report.add(paragraph(report.style("CiteGrid Note"), run(report.words.evidence_how)))
    how[0].append(el("keepNext"))  # heading and note do not stand at a page's foot without an entry
    for entry in entries:
        _entry(report, entry)


def _entry(report: Report, entry: Entry) -> None:
    evidence, say = entry.evidence, report.words
    number = report.bookmarks.around(f"ev_{entry.number}", run(f"[{entry.number}]", "CiteGridStrong"))
    words = f"“{clean(evidence.quote)}”"
    report.add(paragraph(report.style("CiteGrid Evidence"), *number, tab(), run(words)))
    picture = report.crops(evidence) if report.crops else None
    if picture:
        report.add(_picture(report, picture, clean(evidence.quote)[:200]))
    mark = cite(evidence, say.language)[1:-1]
    href = report.options.pdf_links.get(evidence.source, report.options.pdf_link)
    inside: list[Element] = []
    if href and evidence.page is not None and evidence.kind.value == "document":
        target = f"{href}#page={evidence.page}"
        inside.append(outer_link(report.document.part, target, run(mark, "Hyperlink")))
    else:
        inside.append(run(mark))
    hand = say.first_hand if evidence.first_hand else say.second_hand
    inside.append(run(f" · {say.matched(evidence)} · {hand} · {say.used_in} "))
    for i, use in enumerate(entry.uses[:_USES_SHOWN]):
        if i:
            inside.append(run(say.between))
        inside.append(_way_back(report, use))
    if len(entry.uses) > _USES_SHOWN:
        inside.append(run(f" +{len(entry.uses) - _USES_SHOWN}"))
    report.add(paragraph(report.style("CiteGrid Place"), *inside))


def _way_back(report: Report, use: Use) -> Element:
    text = report.words.use(use.row, use.column, [c.name for c in report.project.table.columns])
    anchor = f"sentence_{use.column + 1}" if use.row is None else f"cell_{use.row + 1}_{use.column + 1}"
    return link(anchor, run(text, "Hyperlink"))


def _picture(report: Report, png: bytes, words: str) -> Element:
    _, image = report.document.part.get_or_add_image(BytesIO(png))
    width = image.px_width * _EMU_A_PIXEL * _SHOWN
    height = image.px_height * _EMU_A_PIXEL * _SHOWN
    scale = min(1.0, _MOST_WIDTH / width, _MOST_HEIGHT / height)
    inline = report.document.part.new_pic_inline(BytesIO(png), Emu(round(width * scale)), Emu(round(height * scale)))
    inline.docPr.set("descr", words)
    drawing = el("drawing", inline)
    return paragraph(report.style("CiteGrid Crop"), el("r", drawing))


def write_checks(report: Report) -> None:
    """The self-check, a line for each check."""
    if not report.project.checks:
        return
    report.heading(report.words.checks)
    for check in report.project.checks:
        sign = run("✓", "CiteGridGood") if check.passed else run("!", "CiteGridSign")
        detail = f"{report.words.colon}{clean(say(check.detail, report.words.language))}" if check.detail else ""
        report.add(
            paragraph(
                report.style("CiteGrid Check"),
                sign,
                tab(),
                run(clean(say(check.name, report.words.language))),
                run(detail),
            )
        )


def write_run(report: Report) -> None:
    """What the result was made from and with."""
    report.heading(report.words.run)
    facts = facts_of(report.project, report.version, report.words)
    for i, (name, value) in enumerate(facts):
        line = paragraph(report.style("CiteGrid Fact"), run(name, "CiteGridStrong"), tab(), run(clean(value)))
        if i < len(facts) - 1:
            line[0].append(el("keepNext"))  # the facts are few: they stand together on one page
        report.add(line)


def comment(report: Report, text: Element, cell: Cell) -> None:
    """Put the quotes of a cell into a Word comment on it."""
    from docx.text.run import Run

    runs = [Run(r, None) for r in text.iter(el("r").tag)]
    lines = [
        f"[{report.evidence.number(e)}] “{clean(e.quote)}” {cite(e, report.words.language)}" for e in cell.evidence
    ]
    report.document.add_comment([runs[0], runs[-1]], "\n".join(lines), author="CiteGrid", initials="CG")
