"""Certainty: the chance that a translation is true in meaning, by what is seen of it.

The weights are those of a logistic regression on translations of the default model that were judged by reading
(``models/training/translation``); they lie in ``resources/memory/certainty.toml``.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import asdict
from functools import cache

from citegrid.core.resources import resource
from citegrid.pipeline.translation.candidates import TranslationFeatures


def certainty(seen: TranslationFeatures) -> float:
    """A share from 0 to 1; a fault that turns the meaning round takes most of it, whatever else speaks for it."""
    read = _read()
    weights, caps = read["weights"], read["caps"]
    points = weights["bias"] + sum(weights[name] * value for name, value in asdict(seen).items())
    share = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, points))))
    return share * min([1.0, *(cap for name, cap in caps.items() if getattr(seen, name))])


@cache
def _read() -> dict[str, dict[str, float]]:
    read = tomllib.loads(resource("memory", "certainty.toml").read_text("utf-8"))
    return {table: {name: float(value) for name, value in values.items()} for table, values in read.items()}
