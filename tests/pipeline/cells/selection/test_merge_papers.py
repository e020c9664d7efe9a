"""Which rows several papers get: shared works once, a paper that another cites as one row, turns, and papers that come later."""

from __future__ import annotations

from dataclasses import replace

from citegrid.core.document import Document
from citegrid.core.paper import Paper, ids_of, short_name
from citegrid.core.reference import Mention, Reference, WorkKind
from citegrid.pipeline.cells.selection.merge_papers import joined, works_of
from citegrid.pipeline.cells.selection.query import read_request

TITLES = (
    "Enabling language models to cite",
    "Attributed answers to open questions",
    "Measuring what a sentence supports",
    "A ledger of claims for readers",
    "Checking desks for generated text",
)


def entry(number: int, title: str, times: int = 1) -> Reference:
    said = tuple(Mention(1, "(X)", (), (), "X proposes a way to do this in the text.", ()) for _ in range(times))
    return Reference(f"r{number}", "", title, 2, (), (), (f"{title.split()[1]}, Ada",), title, 2020, mentions=said)


def paper(name: str, title: str, *cited: Reference, key: str = "") -> Paper:
    document = Document(name, name * 8, (), title, (f"Ada {title.split()[1]}",), 2020)
    return Paper(document, cited).known_as(name, key)


def request(rows: int):
    return read_request("综述", language="zh", max_rows=rows, target=500)


FIRST = paper(
    "a.pdf", "The first of two papers here", entry(1, TITLES[0], 3), entry(2, TITLES[1], 2), entry(3, TITLES[2])
)
SECOND = paper("b.pdf", TITLES[4], entry(1, TITLES[3], 5), entry(2, TITLES[1], 1), key="bbbb:")


def test_shared_works_come_behind_the_papers_and_stand_once():
    works = works_of((FIRST, SECOND), request(6), {})
    assert [w.id for w in works[:3]] == ["paper", "bbbb:paper", "r2"]
    assert works[2].also == ("bbbb:r2",)
    assert [w.id for w in works[3:]] == ["r1", "r3", "bbbb:r1"]
    every = [one for w in works for one in ids_of(w)]
    assert len(set(every)) == len(every)


def test_papers_take_turns_when_rows_are_few():
    works = works_of((FIRST, SECOND), request(4), {})
    assert [w.id for w in works] == ["paper", "bbbb:paper", "r1", "bbbb:r1"]
    assert len(works_of((FIRST, SECOND), request(1), {})) == 2  # the papers themselves always


def test_a_paper_that_another_cites_is_one_row():
    citing = replace(FIRST, references=(*FIRST.references, entry(9, TITLES[4])))
    works = works_of((citing, SECOND), request(9), {})
    assert works[1].id == "bbbb:paper"
    assert works[1].also == ("r9",)
    assert works[1].kind is WorkKind.PAPER
    assert "r9" not in {w.id for w in works}


def test_a_cited_work_whose_paper_comes_later_becomes_its_row():
    citing = replace(FIRST, references=(*FIRST.references, entry(9, TITLES[4], 9)))
    before = works_of((citing,), request(3), {})
    assert [w.id for w in before] == ["paper", "r9", "r1"]
    after = joined(before, (citing, SECOND), request(6), {})
    assert [w.id for w in after[:3]] == ["paper", "bbbb:paper", "r1"]
    assert after[1].also == ("r9",)
    assert {"bbbb:r1", "bbbb:r2"} & {one for w in after[3:] for one in ids_of(w)}


def test_nothing_comes_anew_for_papers_that_have_rows():
    works = works_of((FIRST, SECOND), request(4), {})
    assert joined(works, (FIRST, SECOND), request(9), {}) == works


def test_names_are_short_and_distinct():
    long = "a-very-long-file-name-of-a-preprint-2305.14627v2.pdf"
    name = short_name(long, [])
    assert len(name) == 32
    assert name.endswith("14627v2.pdf")
    assert short_name("paper.pdf", ["Paper.PDF", "paper (2).pdf"]) == "paper (3).pdf"
