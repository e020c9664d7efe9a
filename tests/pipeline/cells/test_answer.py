"""Answers as values: a step sees those it picks together, and the others stay where they are."""

from citegrid.core.table import Column
from citegrid.pipeline.cells.answer import CellAnswer, change_some


def test_a_step_changes_the_answers_it_picks_and_keeps_the_order():
    answers = [CellAnswer(Column(name), speaks=speaks) for name, speaks in (("a", 1.0), ("b", 0.0), ("c", 2.0))]
    seen = []

    def step(some):
        seen.append([answer.column.name for answer in some])
        return [CellAnswer(answer.column, text=answer.column.name * 2) for answer in some]

    changed = change_some(answers, lambda answer: answer.speaks > 0, step)
    assert [answer.text for answer in changed] == ["aa", "", "cc"]
    assert changed[1] is answers[1]
    assert seen == [["a", "c"]]
