"""Weights: how much each feature of a gutter or of a reading speaks for it, fitted on labelled pictures.

``resources/table_image_weights.toml`` holds them; ``models/training/table_image`` how they were found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from citegrid.core.resources import resource

Features = Mapping[str, float]


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(resource("table_image_weights.toml").read_text("utf-8"))


def weigh(table: str, features: Features) -> float:
    """What speaks for something: the sum of its features, each with its weight in ``table``; one without says nothing yet."""
    weights = _weights()[table]
    return sum(weights.get(name, 0.0) * value for name, value in features.items())
