"""The examination of a model: what it finds decides what the model is trusted with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.doubles.engines import FakeModel

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.model.examination import CARRIED, NEVER_CARRIES, Examination
from citegrid.core.reference import Work, WorkKind
from citegrid.pipeline import examination
from citegrid.pipeline.evidence import verify
from citegrid.pipeline.translation.translate import translate
from citegrid.ports import Ask


def stated(item: dict[str, object]) -> bool:
    return bool(item["stated"])


class Knowing(FakeModel):
    """Knows the answers; ``wrong`` of its judgements, from the first on, are turned round."""

    def __init__(self, wrong: int = 0, speech: str = "") -> None:
        super().__init__(lambda ask: speech or self._said(ask))
        self._wrong = wrong

    def _said(self, ask: Ask) -> str:
        tables = examination._tables()
        for one in tables["form"]:
            if one["task"] in ask.own:
                return str(one["answers"][0]) + "."
        for one in tables["translated"]:
            if one["text"].rstrip("。.") in ask.own:
                return " ".join(forms[0] for forms in one["terms"])
        return ""

    def weigh(self, asks, choices, *, cancel=examination.NEVER):  # type: ignore[no-untyped-def]
        items = examination._tables()["judged"]
        right = [stated(one) for one in items]
        return [(3.0 if yes != (i < self._wrong) else -3.0, 0.0) for i, yes in enumerate(right)]


def test_a_model_that_knows_is_trusted() -> None:
    found = examination.examine(Knowing())
    assert (found.carried, found.judged, found.judges) == (CARRIED, 1.0, True)
    assert found.to_chinese and found.to_english and found.form
    assert not found.writes  # it says nothing when it is to write a paragraph


def test_a_model_that_errs_is_not() -> None:
    found = examination.examine(Knowing(wrong=12, speech="Perhaps."))
    assert (found.carried, found.judges) == (NEVER_CARRIES, False)
    assert not (found.to_chinese or found.to_english or found.form or found.writes)


@pytest.mark.parametrize(
    ("shares", "carried"),
    [
        ([(0.9, True)] * 6 + [(0.1, False)] * 6, CARRIED),
        ([(0.9, True)] * 6 + [(0.72, False)] * 6, 0.75),
        ([(0.9, True)] * 6 + [(0.93, False)] * 6, NEVER_CARRIES),
        ([(0.99, True)] * 2 + [(0.2, True)] * 7 + [(0.97, False)] * 2, NEVER_CARRIES),
        ([(0.5, True)] * 6 + [(0.1, False)] * 6, NEVER_CARRIES),
    ],
)
def test_the_threshold_is_the_lowest_that_keeps_wrong_ones_out(
    shares: list[tuple[float, bool]], carried: float
) -> None:
    assert examination.threshold(shares) == carried


def test_its_threshold_holds_in_the_verifier() -> None:
    passage = Passage(SourceKind.DOCUMENT, "a.pdf", 1, "Birds are fewer on mown verges.")
    work, model = Work(WorkKind.REFERENCE, "w", "Birds"), FakeModel(sure=2.0)
    (found,) = verify.check([("Birds are fewer.", [passage])], work, (), model)
    assert found.carried
    model.info = replace(model.info, carried=0.95)
    (found,) = verify.check([("Birds are fewer.", [passage])], work, (), model)
    assert not found.carried
    model.info, model.sure = replace(model.info, carried=NEVER_CARRIES), 50.0
    (found,) = verify.check([("Birds are fewer.", [passage])], work, (), model)
    assert not found.carried


def test_a_translation_of_one_that_failed_is_always_to_be_checked() -> None:
    text = "Soil samples were taken at a depth of 20 cm before the harvest."
    model = FakeModel(lambda ask: "在收获前于20厘米深处采集土壤样品。")
    (trusted,) = translate([text], "zh", model)
    model.info = replace(model.info, translates=("en",))
    (other,) = translate([text], "zh", model)
    assert other.text == trusted.text and not other.trusted and other.doubts


def test_one_cannot_be_carried_below_the_usual() -> None:
    assert min(examination.THRESHOLDS) == CARRIED == Examination().carried
