"""Evidence by hand and a person's "not stated", without a window: what becomes of the cell, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.workbench.test_session import no_engines

from citegrid.core.document import Box, Document, Page, Span, Word
from citegrid.core.errors import InputError
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.library import Background, Chunk
from citegrid.core.project import Part, SetColumns, SetFields, set_rows
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Verdict
from citegrid.store import paths
from citegrid.store.library_index import LibraryIndex
from citegrid.workbench.evidence_edits import passage_of, quoted, with_quote
from citegrid.workbench.library.service import FILE
from citegrid.workbench.workbench import Workbench

WORDS = "Geese fly in a wedge."
FOUND = Evidence(SourceKind.DOCUMENT, "birds.pdf", "in a wedge", Match.EXACT, 1, "1")
LOST = Evidence(SourceKind.DOCUMENT, "birds.pdf", "in a line", Match.NOT_FOUND)


def page(number: int) -> Page:
    words, at = [], 0
    for i, word in enumerate(WORDS.split()):
        words.append(Word(word, at, at + len(word), Box(number, 40.0 * i, 10, 40.0 * i + 30, 22), 0, 0, 10.0))
        at += len(word) + 1
    return Page(number, str(number + 100), 400, 600, WORDS, tuple(words), ())


BIRDS = Document("birds.pdf", "b" * 64, (page(1), page(2)))
LIBRARY = Background("a" * 64, "geese.md", "How geese fly", chunks=(Chunk(1, WORDS), Chunk(2, "Storks glide.", page=9)))


@pytest.fixture
def workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """A table of one work and two columns: the first says something, the second is empty."""
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path))
    made = Workbench(no_engines())
    made.session.apply(SetColumns((Column("Said"), Column("Empty"))))
    said = Cell("Said", "They fly.", Status.UNSUPPORTED, (LOST, FOUND), "no quote carries it")
    row = Row(
        Work(WorkKind.REFERENCE, "r1", "Birds"), (said, Cell("Empty", "", Status.NOT_STATED, (), "nothing found"))
    )
    made.session.apply(set_rows((row,), made.project.table))
    yield made
    made.close()


def test_a_selection_over_two_pages_is_one_quote_at_the_first() -> None:
    made = quoted(BIRDS, (Span(1, 10, 21), Span(2, 0, 5)))
    assert (made.quote, made.page, made.page_label, made.match) == ("in a wedge. Geese", 1, "101", Match.EXACT)
    assert {box.page for box in made.boxes} == {1, 2}
    with pytest.raises(InputError, match="No words are selected"):
        quoted(BIRDS, (Span(1, 5, 6),))


def test_a_quote_joins_those_that_were_found_and_the_text_stays() -> None:
    new = quoted(BIRDS, (Span(2, 0, 9),))
    cell = with_quote(Cell("c", "They fly.", Status.UNSUPPORTED, (LOST, FOUND), "why"), new)
    assert cell.evidence == (FOUND, new)
    assert (cell.text, cell.status, cell.reason, cell.verdict) == (
        "They fly.",
        Status.UNSUPPORTED,
        "why",
        Verdict.EDITED,
    )
    assert with_quote(cell, new).evidence == (FOUND, new), "the same words are attached once"


def test_an_empty_cell_says_what_it_quotes() -> None:
    cell = with_quote(Cell("c", "", Status.NOT_STATED, (), "nothing found"), FOUND)
    assert (cell.text, cell.status, cell.reason) == ("in a wedge", Status.SUPPORTED, "")


def test_a_passage_knows_its_page_and_whose_words_it_holds() -> None:
    made = passage_of(LIBRARY, 2, "Storks glide.", first_hand=True)
    assert (made.kind, made.source, made.page, made.page_label) == (SourceKind.LIBRARY, "How geese fly", 9, "9")
    assert (made.chunk, made.sha256, made.first_hand) == (2, "a" * 64, True)
    assert passage_of(LIBRARY, 1, WORDS, first_hand=False).page is None


def test_a_selection_is_attached_and_undone(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert workbench.evidence.attach_selection("r1", "Empty", (Span(1, 0, 5),)) is None, "no paper has been read"
    monkeypatch.setattr(type(workbench.shown_paper), "document", BIRDS)
    assert workbench.evidence.attach_selection("r1", "Said", (Span(1, 0, 9),)) == 1
    assert [e.quote for e in workbench.cells.at("r1", "Said").evidence] == ["in a wedge", "Geese fly"]
    assert workbench.evidence.attach_selection("r1", "Said", ()) is None
    workbench.session.undo()
    assert workbench.cells.at("r1", "Said").evidence == (LOST, FOUND)
    with pytest.raises(KeyError):
        workbench.evidence.attach_selection("gone", "Said", (Span(1, 0, 9),))


def test_a_passage_of_the_library_is_attached_while_the_library_has_it(workbench: Workbench) -> None:
    index = LibraryIndex(paths.cache_folder() / FILE)
    index.put(LIBRARY)
    index.close()
    workbench.evidence.attach_passage("r1", "Empty", "a" * 64, 2, "Storks glide.")
    cell = workbench.cells.at("r1", "Empty")
    assert (cell.text, cell.status, cell.verdict) == ("Storks glide.", Status.SUPPORTED, Verdict.EDITED)
    assert cell.evidence[0].source == "How geese fly" and not cell.evidence[0].first_hand
    with pytest.raises(InputError, match="no longer in the library"):
        workbench.evidence.attach_passage("r1", "Empty", "c" * 64, 2, "Storks glide.")


@pytest.mark.parametrize(("language", "text"), [("zh", "未提及"), ("en", "not stated")])
def test_not_stated_is_a_persons_word_in_the_table_s_language(workbench: Workbench, language: str, text: str) -> None:
    workbench.session.apply(SetFields((("language", language),), frozenset({Part.QUERY})))
    workbench.cells.mark_not_stated("r1", "Said")
    cell = workbench.cells.at("r1", "Said")
    assert (cell.text, cell.status, cell.verdict) == (text, Status.NOT_STATED, Verdict.ACCEPTED)
    assert (cell.evidence, cell.reason, cell.draft) == ((), "", "They fly.")
    workbench.session.undo()
    assert workbench.cells.at("r1", "Said").text == "They fly."
