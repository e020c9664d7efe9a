"""The examination of a model: statements with known answers, translations, the form of answers, and the writing test.

It is short, on made-up sentences (``resources/prompts/examination.toml``), and done once for a model.  What it finds can only
make the program stricter: a threshold is never lower than the one that was measured with the default model.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any

from citegrid.core.model.examination import CARRIED, NEVER_CARRIES, Examination
from citegrid.core.resources import resource
from citegrid.pipeline.evidence.verify import share_of_yes
from citegrid.pipeline.review.prompts import exercises
from citegrid.pipeline.review.writing_test import passes
from citegrid.pipeline.translation.translate import translate
from citegrid.ports import NEVER, SILENT, Ask, Cancel, LanguageModel, Progress

#: Share of the statements that count as carried which may be wrong, and of translations and forms that must be right.
MOST_WRONG, RIGHT = 0.25, 0.6
#: Thresholds that are tried, the usual one first.
THRESHOLDS = (CARRIED, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98)
#: Answers to each translation; fewer than in a run, where agreement tells how sure each is.
SAMPLES, FORM_TOKENS = 1, 12
_STEPS = 5


def examine(model: LanguageModel, progress: Progress = SILENT, cancel: Cancel = NEVER) -> Examination:
    """What ``model`` is to be trusted with; raises ModelError or Cancelled."""
    began, phase, name = time.monotonic(), "Examining the model", model.info.name
    progress.report(phase, 0, _STEPS, name)
    judged = _tables()["judged"]
    likely = share_of_yes([(one["claim"], one["evidence"]) for one in judged], model, cancel)
    shares = list(zip(likely, [bool(one["stated"]) for one in judged], strict=True))
    carried = threshold(shares)
    progress.report(phase, 1, _STEPS, name)
    to_chinese = _translates(model, "zh", cancel)
    progress.report(phase, 2, _STEPS, name)
    to_english = _translates(model, "en", cancel)
    progress.report(phase, 3, _STEPS, name)
    form = _keeps_form(model, cancel)
    progress.report(phase, 4, _STEPS, name)
    writes = passes(model, exercises(), cancel)
    right = [(share >= carried) == stated for share, stated in shares]
    return Examination(
        carried=carried,
        judged=sum(right) / len(right),
        to_chinese=to_chinese,
        to_english=to_english,
        form=form,
        writes=writes,
        seconds=round(time.monotonic() - began, 1),
    )


def threshold(shares: Sequence[tuple[float, bool]]) -> float:
    """From which share of Yes on a statement counts as carried, of ``(share, whether it is stated)``.

    The lowest at which few of the carried ones are wrong; ``NEVER_CARRIES`` where there is none that carries a third of the
    right ones.
    """
    stated = sum(true for _, true in shares)
    for one in THRESHOLDS:
        carried = [true for share, true in shares if share >= one]
        if 3 * sum(carried) >= stated and carried.count(False) <= MOST_WRONG * len(carried):
            return one
    return NEVER_CARRIES


def _translates(model: LanguageModel, language: str, cancel: Cancel) -> bool:
    """Whether most sentences come out with all their terms."""
    items = [one for one in _tables()["translated"] if one["language"] == language]
    said = translate([one["text"] for one in items], language, model, samples=SAMPLES, cancel=cancel)
    return _most([_holds(one.text, item["terms"]) for one, item in zip(said, items, strict=True)])


def _holds(text: str, terms: Sequence[Sequence[str]]) -> bool:
    """Whether a form of each term stands in ``text``."""
    lower = text.lower()
    return all(any(form in lower for form in forms) for forms in terms)


def _keeps_form(model: LanguageModel, cancel: Cancel) -> bool:
    items = _tables()["form"]
    asks = [Ask(one["system"], "", one["task"], max_tokens=FORM_TOKENS) for one in items]
    answers = model.answer(asks, cancel=cancel)
    return _most([_bare(a.text) in map(_bare, one["answers"]) for a, one in zip(answers, items, strict=True)])


def _bare(text: str) -> str:
    return text.strip(" .。“”\"'").lower()


def _most(held: Sequence[bool]) -> bool:
    return sum(held) >= RIGHT * len(held)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resource("prompts", "examination.toml").read_text("utf-8"))
