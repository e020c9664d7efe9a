"""Which passages a row is asked of, and how much a paper says of each work."""

from __future__ import annotations

from dataclasses import replace

from tests.doubles.engines import FakeModel, ToldEncoder
from tests.papers import document, mention, reference

from citegrid.core.paper import Paper
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.statement import Kind, Speaker
from citegrid.pipeline.cells import passages
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import read_request

TOLD = "Gao (2023) trains small models on twelve corpora of news."
AGAIN = "Later, Gao (2023) finds that small models forget old facts."
NOTED = "Small models are used in many fields today (Yen 2022)."
HELD = "Unlike Chen (2021), we train small models on one corpus."
DOC = document([TOLD, AGAIN, NOTED, HELD], title="Our paper")
GAO = reference(
    "gao", [mention(DOC, "Gao (2023)", TOLD, narrative=True), mention(DOC, "Gao (2023)", AGAIN, narrative=True)]
)
YEN = reference("yen", [mention(DOC, "(Yen 2022)", NOTED)])
CHEN = reference("chen", [mention(DOC, "Chen (2021)", HELD, narrative=True)])
NEVER_CITED = reference("wu")
READER = ToldEncoder({"trains small": Kind.METHOD, "forget old": Kind.RESULT})


def context(*entries: Reference, encoder: ToldEncoder = READER) -> RunContext:
    return RunContext((Paper(DOC, entries),), read_request("", language="en"), FakeModel(), encoder=encoder)


def test_a_work_of_which_more_is_told_weighs_more() -> None:
    weights = passages.mention_weights(context(YEN, GAO, CHEN, NEVER_CITED))
    assert weights["gao"] > weights["yen"] > 0
    assert weights["chen"] == 0  # it is only held against the paper's own
    assert "wu" not in weights


def test_every_sentence_that_tells_counts() -> None:
    once = replace(GAO, mentions=GAO.mentions[:1])
    twice, single = passages.mention_weights(context(GAO))["gao"], passages.mention_weights(context(once))["gao"]
    assert single < twice <= 2


def test_what_a_sentence_tells_of_another_counts_less() -> None:
    other = ToldEncoder({"small models": Kind.METHOD}, Speaker.GENERAL)
    assert passages.mention_weights(context(GAO, encoder=other))["gao"] < passages.mention_weights(context(GAO))["gao"]


def test_all_sentences_are_read_at_once() -> None:
    class Counting(ToldEncoder):
        calls = 0

        def opinions(self, lines):  # type: ignore[no-untyped-def]
            self.calls += bool(lines)
            return super().opinions(lines)

    reader = Counting({})
    passages.mention_weights(context(GAO, YEN, CHEN, encoder=reader))
    assert reader.calls == 1


def test_a_row_is_asked_of_what_is_said_of_its_work() -> None:
    run = context(GAO, YEN)
    said = passages.for_row(run, Work(WorkKind.REFERENCE, "gao", "A title"))
    assert {p.text for p in said} == {TOLD, AGAIN}
    assert all("⟦TARGET⟧" in p.shown for p in said)


def test_several_papers_speak_in_turn() -> None:
    assert passages.in_turn([["a", "b", "c"], ["d"], []]) == ("a", "d", "b", "c")  # type: ignore[list-item,comparison-overlap]
