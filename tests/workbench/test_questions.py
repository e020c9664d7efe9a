"""Questions and texts on a real workbench: from paper and library, each with its place, and an answer put into a cell."""

from __future__ import annotations

import pytest
from docx import Document
from tests.telling import COLUMNS, QUIET, SAMPLE

from citegrid.core.errors import InputError, ModelError, UsageError
from citegrid.core.evidence import SourceKind
from citegrid.core.outcome.answers import Standing
from citegrid.core.table import Status, Verdict

GEESE = (
    "Geese fly in a wedge because the leader breaks the wind for them and spares the others a third of their strength."
)


@pytest.fixture
def opened(workbench, loop, tmp_path, monkeypatch):
    """The sample paper, and a library that tells of geese."""
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "geese.txt").write_text(f"Geese\n\n{GEESE}\n", "utf-8")
    loop.wait(workbench.library.add([folder]), QUIET)
    return workbench


def test_the_library_answers_and_can_fill_a_cell(opened, loop):
    opened.table.set_columns(COLUMNS)
    opened.table.add_row(opened.shown_paper.references[0].id)
    heard = []
    answered = loop.wait(opened.questions.ask("Why do geese fly in a wedge?", heard.append), QUIET)
    assert heard == [answered]
    assert answered.sentences[0].text == GEESE
    assert (answered.evidence[0].kind, answered.evidence[0].chunk) == (SourceKind.LIBRARY, 1)
    assert opened.library.place_of(answered.evidence[0]) is not None
    row = opened.project.table.rows[0]
    before = opened.cells.at(row.work.id, row.cells[1].column)
    opened.questions.put_into_table(answered, row.work.id, before.column)
    cell = opened.cells.at(row.work.id, before.column)
    assert (cell.text, cell.status, cell.verdict) == (answered.text, Status.SUPPORTED, Verdict.EDITED)
    assert (cell.evidence, cell.draft) == (answered.evidence, before.text)
    opened.session.undo()
    assert opened.cells.at(row.work.id, before.column) == before


def test_an_answer_in_another_language_is_translated_once_the_model_is_there(opened, loop):
    heard = []
    ask = opened.questions.ask
    printed = loop.wait(ask("引用的精确率是多少？", heard.append), QUIET)
    assert (heard, opened.session.model) == ([printed], None)
    loop.wait(ask("引用的精确率是多少？", heard.append, load=True), QUIET)
    loop.drain()
    loop.wait(opened.session.start(opened.session.queues.asking, "waiting", lambda progress, cancel: None), QUIET)
    *_, first, second = heard
    assert (first, opened.session.model is None) == (printed, False)
    assert second.question == first.question
    assert second.sentences != first.sentences


def test_without_a_model_it_stays_as_printed(opened, loop, monkeypatch):
    def missing(choice, cancel):
        raise ModelError("There is no model.")

    monkeypatch.setattr(opened.session, "load_model", missing)
    heard = []
    loop.wait(opened.questions.ask("引用的精确率是多少？", heard.append, load=True), QUIET)
    loop.drain()
    loop.wait(opened.session.start(opened.session.queues.asking, "waiting", lambda progress, cancel: None), QUIET)
    assert len(heard) == 1


def test_a_manuscript_is_set_against_paper_and_library(opened, loop, tmp_path):
    made = Document()
    made.add_heading("Birds", 1)
    made.add_paragraph(
        "Geese fly in a wedge as the leader breaks the wind. It spares the others a half of their strength."
    )
    made.add_paragraph("Geese spare no strength at all by flying in a wedge behind the leader.")
    made.add_heading("References", 1)
    made.add_paragraph("Smith, A. Geese and wedges of the northern sky. Journal of Birds, 2001.")
    path = tmp_path / "mine.docx"
    made.save(path)
    text = opened.text_check.read(path)
    assert "Smith" not in text and "Birds" not in text
    checked = loop.wait(opened.text_check.check(text), QUIET)
    assert len(checked.sentences) == 3
    assert checked.sentences[0].standing is Standing.SUPPORTED
    assert checked.sentences[0].evidence[0].kind is SourceKind.LIBRARY


def test_without_a_paper_and_of_a_wrong_file_one_sentence_says_what_to_do(workbench, tmp_path):
    with pytest.raises(UsageError):
        workbench.questions.ask("Why?")
    with pytest.raises(UsageError):
        workbench.text_check.check("Something is said here.")
    picture = tmp_path / "page.png"
    picture.write_bytes(b"drawn")
    with pytest.raises(InputError, match=r"page\.png is no text"):
        workbench.text_check.read(picture)
