"""The Word report: query, table, review, evidence, self-check and run, each statement linked to the words that carry it.

Every citation in a cell or sentence leads to its entry in the evidence list
by a bookmark, and the entry leads back; so the file can be checked by someone
who has neither CiteGrid nor the paper.
"""

from __future__ import annotations

from itertools import groupby

from citegrid.core.library import APPLICATION
from citegrid.core.project import Project
from citegrid.core.review import Sentence
from citegrid.core.table import Status
from citegrid.pipeline.export.paper_account import summary_of
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.provenance import asked_beside
from citegrid.pipeline.export.word import embedded_project
from citegrid.pipeline.export.word.appendix import (
    write_account,
    write_checks,
    write_evidence,
    write_references,
    write_run,
)
from citegrid.pipeline.export.word.citing import CitedText
from citegrid.pipeline.export.word.comments import comment_on, is_commented
from citegrid.pipeline.export.word.ooxml import Element, field, paragraph, run
from citegrid.pipeline.export.word.options import Crops, WordOptions
from citegrid.pipeline.export.word.report import WordReport
from citegrid.pipeline.export.word.table import write_table
from citegrid.pipeline.export.word.texts import own_runs, unsupported_runs
from citegrid.pipeline.export.word.tracked import TrackedReview


def write_docx(
    project: Project, *, version: str = "", crops: Crops | None = None, options: WordOptions | None = None
) -> bytes:
    """The report as the bytes of a .docx; raises InputError for a template that is not a Word document."""
    report = WordReport(project, version, crops, options or WordOptions())
    _write_footer(report)
    _write_front(report)
    write_table(report)
    _write_review(report)
    write_references(report)
    if report.options.appendix:
        write_evidence(report)
    write_account(report)
    write_checks(report)
    write_run(report)
    _set_properties(report)
    embedded_project.keep(report.document, project, report.printed_citations)
    return report.saved()


def _write_front(report: WordReport) -> None:
    report.add_text("Title", report.words("Literature table and review"))
    subject = _subject(report)
    if subject:
        report.add_text("Subtitle", subject)
    query = clean(report.project.query)
    if query:
        report.heading(report.words("Task"))
        report.add_text("Quote", query)
    beside = asked_beside(report.project, report.words)
    if beside:
        report.add_text("Quote", beside)


def _subject(report: WordReport) -> str:
    """The paper's title, those of several papers, how many a batch read, or the file name."""
    project = report.project
    if project.account:
        return summary_of(project, report.words)
    works = (row.work for row in project.table.rows)
    titles = [work.title for work in works if work.kind.value == "paper" and work.title]
    if titles:
        return clean(report.words.listed(titles if project.also else titles[:1]))
    return clean(project.paper.name) if project.paper else ""


def _set_properties(report: WordReport) -> None:
    properties = report.document.core_properties
    title, subject = report.words("Literature table and review"), _subject(report)
    properties.title = report.words.named(title, subject)[:255] if subject else title
    properties.author = properties.last_modified_by = APPLICATION
    properties.comments = properties.keywords = properties.category = ""
    properties.language = report.words.typography.tag
    properties.revision = 1
    properties.created = properties.modified = report.made.replace(tzinfo=None)


def _write_footer(report: WordReport) -> None:
    footer = report.document.sections[-1].footer
    if report.options.template is not None and not footer.is_linked_to_previous:
        return  # a person's own footer stays
    footer.is_linked_to_previous = False
    old = footer._element
    for child in list(old):
        old.remove(child)
    parts = report.runs("Page {page} of {pages}", page=field("PAGE", "1"), pages=field("NUMPAGES", "1"))
    old.append(paragraph(report.style("footer"), *parts))


def _write_review(report: WordReport) -> None:
    report.heading(report.words("Review"))
    review = report.project.review
    if review is None or not review.sentences:
        report.add_text("Normal", report.words("No review has been written yet."))
        return
    said = [clean(sentence.text) for sentence in review.sentences]
    tracked = TrackedReview(report.options.previous, said, report.made, report.bookmarks)
    current: Element = None
    for _, sentences in groupby(enumerate(review.sentences), key=lambda one: one[1].paragraph):
        current = report.add(paragraph(report.style("Body Text")))
        before: Sentence | None = None
        for i, sentence in sentences:
            if before is not None and (report.words.typography.between_sentences or before.evidence):
                current.append(run(" "))
            current.extend(tracked.deleted(i))
            _write_sentence(report, current, i, tracked)
            before = sentence
    current.extend(tracked.deleted(len(said)))


def _write_sentence(report: WordReport, current: Element, place: int, tracked: TrackedReview) -> None:
    """Set a sentence with its citations in its bookmark; with a comment, for which it must stand in its paragraph, where it is
    in doubt."""
    sentence = report.project.sentences[place]
    said = _said(report, sentence)
    parts = report.citing.cite(said, CitedText(sentence.evidence, sentence.works, clean(sentence.text)))
    current.extend(report.bookmarks.around(f"sentence_{place + 1}", *tracked.inserted(place, parts)))
    if is_commented(report, sentence):
        comment_on(report, said, sentence)


def _said(report: WordReport, sentence: Sentence) -> list[Element]:
    carried = sentence.status in (Status.SUPPORTED, Status.LINK)
    return own_runs(report, sentence) if carried else unsupported_runs(report, sentence)
