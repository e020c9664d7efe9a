"""Why a cell says nothing, in the language of whoever reads it."""

from __future__ import annotations

from citegrid.core.document import Document
from citegrid.core.messages import from_json, say, to_json
from citegrid.core.paper import Paper
from citegrid.core.table import Cell, Status, Verdict
from citegrid.pipeline.cells.reasons import not_stated, not_stated_in
from citegrid.pipeline.cells.rows import unless_carried


def paper(name: str) -> Paper:
    return Paper(Document(name, name * 8, ()), ())


def test_pages_are_named_until_there_are_too_many() -> None:
    assert not_stated((3, 4)) == "not stated (pages 3, 4 searched)"
    assert say(not_stated((3, 4)), "zh") == "未提及（已查第3, 4页）"
    assert not_stated(range(1, 20)).endswith("11, 12 … searched)")
    assert say(not_stated(()), "zh") == "未提及（已查背景文献）"


def test_pages_of_several_papers_are_named_with_them() -> None:
    reason = not_stated_in([(paper("a.pdf"), [1, 2, 4]), (paper("b.pdf"), [7])])
    assert reason == "not stated (a.pdf pages 1-2, 4; b.pdf page 7 searched)"
    assert say(reason, "zh") == "未提及（已查a.pdf 第1-2, 4页；b.pdf 第7页）"
    assert say(from_json(to_json(reason)), "zh") == say(reason, "zh")
    assert not_stated_in([]) == not_stated(())


def test_what_nothing_carries_is_left_out_where_that_was_asked_for() -> None:
    doubted = Cell("A", "It is so.", Status.UNSUPPORTED, reason="not a single year", searched=(1,))
    strict = unless_carried(doubted)
    assert (strict.status, strict.text, strict.draft, strict.searched) == (Status.NOT_STATED, "", "It is so.", (1,))
    assert say(strict.reason, "zh") == "未提及（有说法，但引文不支持）: not a single year"
    accepted = Cell("A", "It is so.", Status.UNSUPPORTED, verdict=Verdict.ACCEPTED)
    assert unless_carried(accepted) is accepted
