"""Rows of a changed paper follow their works, not the numbers of its list; those of other papers stay."""

from __future__ import annotations

from tests.papers import document, reference

from citegrid.core.annotation import Annotation
from citegrid.core.document import Box
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.messages import say
from citegrid.core.outcome.answers import AnswerSentence, CheckedSentence, CheckedText, QuestionAnswered, Standing
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict
from citegrid.pipeline.relocate import LOST, relocate, relocate_annotations, relocate_answers

PAPER = document(["Nothing that matters here."])
#: The list as it is now: its first entry is new, so every other has moved by one.
NOW = (
    reference("r1", raw="Auk, A. (2018). A new first entry.", title="A new first entry"),
    reference("r2", raw="Bee, B. (2019). On hives.", title="On hives"),
    reference("r3", raw="Cat, C. (2020). On mice.", title="On mice"),
)
OLD, NEW = "11111111:", "22222222:"


def row(work_id: str, title: str, *also: str, kind: WorkKind = WorkKind.REFERENCE, verdict=Verdict.OPEN) -> Row:
    return Row(Work(kind, work_id, title, also=also), (Cell("A", "words", Status.SUPPORTED, verdict=verdict),))


def bound(rows: list[Row], references=NOW, **keys: str) -> list[Row]:
    table, _, _ = relocate(Table((Column("A"),), tuple(rows)), None, PAPER, references, "paper.pdf", **keys)
    return list(table.rows)


def keyed(key: str):
    return tuple(reference(f"{key}{r.id}", raw=r.raw, title=r.title) for r in NOW)


def test_rows_follow_their_works_to_other_numbers():
    rows = bound([row("paper", "The paper", kind=WorkKind.PAPER), row("r1", "On hives"), row("r2", "On mice")])
    assert [r.work.id for r in rows] == ["paper", "r2", "r3"]
    assert all(c.status is Status.SUPPORTED for r in rows for c in r.cells)


def test_beside_a_further_paper_the_first_ones_rows_follow_too_and_the_others_stay():
    rows = bound([row("r1", "On hives", f"{OLD}r9"), row(f"{OLD}r1", "On mice"), row("l:abc", "A book")])
    assert [(r.work.id, r.work.also) for r in rows] == [("r2", (f"{OLD}r9",)), (f"{OLD}r1", ()), ("l:abc", ())]


def test_a_further_papers_rows_follow_under_its_new_key():
    rows = bound(
        [
            row(f"{OLD}paper", "The second", "r7", kind=WorkKind.PAPER),
            row("r1", "On hives", f"{OLD}r1"),
            row(f"{OLD}r2", "On mice"),
            row("r5", "Of the first alone"),
        ],
        keyed(NEW), old_key=OLD, key=NEW,
    )  # fmt: skip
    assert [(r.work.id, r.work.also) for r in rows] == [
        (f"{NEW}paper", ("r7",)), ("r1", (f"{NEW}r2",)), (f"{NEW}r3", ()), ("r5", ()),
    ]  # fmt: skip


def test_a_work_of_two_papers_that_one_dropped_stays_with_the_other():
    rows = bound([row(f"{OLD}r4", "On owls", "r4")], keyed(NEW), old_key=OLD, key=NEW)
    assert (rows[0].work.id, rows[0].work.also) == ("r4", ())
    assert rows[0].cells[0].status is Status.SUPPORTED


def test_a_work_that_no_paper_cites_is_gone_and_found_again_when_it_comes_back():
    gone = bound([row("r4", "On owls"), row("r5", "On eels", verdict=Verdict.ACCEPTED)])
    assert [r.work.id for r in gone] == ["gone:r4", "gone:r5"]
    assert gone[0].cells[0].status is Status.UNSUPPORTED
    assert "no longer cites" in gone[0].cells[0].reason
    assert gone[1].cells[0].status is Status.SUPPORTED, "what a person accepted is theirs"
    back = bound([*gone], (*NOW, reference("r4", raw="Owl, O. On owls.", title="On owls")))
    assert [r.work.id for r in back] == ["r4", "gone:r5"]


def test_an_entry_is_taken_by_one_row_only():
    rows = bound([row("r1", "On hives"), row("r2", "On hives")])
    assert [r.work.id for r in rows] == ["r2", "gone:r2"]


def test_what_became_of_a_work_is_said_in_either_language():
    reason = bound([row("r4", "On owls")])[0].cells[0].reason
    assert reason == "the paper was changed, and no longer cites this work"
    assert say(reason, "zh") == "论文文件已更改，不再引用此文献"


def quoted(words: str) -> tuple[Evidence, ...]:
    return (Evidence(SourceKind.DOCUMENT, "paper.pdf", words, Match.EXACT, 4, "4", (Box(4, 1, 1, 2, 2),)),)


def test_answers_follow_their_words_and_what_is_gone_answers_and_supports_nothing():
    here, gone = quoted("that matters"), quoted("It was said.")
    answer = QuestionAnswered("What?", (AnswerSentence("that matters", here), AnswerSentence("It was said.", gone)))
    text = CheckedText(
        (CheckedSentence("a", Standing.SUPPORTED, "", here), CheckedSentence("b", Standing.SUPPORTED, "", gone))
    )
    moved, empty, checked = relocate_answers(
        (answer, QuestionAnswered("Who?", answer.sentences[1:]), text), PAPER, "paper.pdf"
    )
    assert isinstance(moved, QuestionAnswered) and isinstance(checked, CheckedText)
    assert [s.text for s in moved.sentences] == ["that matters"]
    assert [(e.page, e.boxes) for e in moved.evidence] == [(1, moved.evidence[0].boxes)] and moved.evidence[0].boxes[
        0
    ].page == 1
    assert empty == QuestionAnswered("Who?", (), LOST)
    assert [(s.standing, bool(s.evidence)) for s in checked.sentences] == [
        (Standing.SUPPORTED, True),
        (Standing.NOT_FOUND, False),
    ]


def test_highlights_follow_their_words_and_those_without_a_place_stay_of_the_old_file():
    boxes = (Box(4, 1, 1, 2, 2),)
    found, lost = Annotation("a", "old", 4, boxes, "that matters", "note"), Annotation("b", "old", 4, boxes, "Another.")
    mark, beyond, others = (
        Annotation("c", "old", 1),
        Annotation("d", "old", 9),
        Annotation("e", "else", 4, boxes, "that matters"),
    )
    (here, stays, page, away, same), count = relocate_annotations((found, lost, mark, beyond, others), PAPER, "old")
    assert (here.sha256, here.page, here.note) == (PAPER.sha256, 1, "note") and here.boxes[0].page == 1
    assert (page.sha256, page.page) == (PAPER.sha256, 1)
    assert (stays, away, same, count) == (lost, beyond, others, 2)
