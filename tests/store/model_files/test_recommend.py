"""Which model fits: by memory, and by what was measured."""

from dataclasses import replace
from pathlib import Path

import pytest

from citegrid.store.model_files.models import Model, served_models
from citegrid.store.model_files.recommend import BESIDE, TABLE_READ, TABLE_WRITTEN, Pace, recommended

GB = 10**9


def model(name: str, size: float) -> Model:
    return Model(name, name, Path(name), int(size * GB), "", 4096, True, False, "not here")


FOUND = [model("middle", 2.5), model("small", 1), model("large", 5), *served_models(["http://127.0.0.1:1/v1"])]


@pytest.mark.parametrize(
    ("free", "read", "best", "fits"),
    [
        (16, 1000.0, "large", ["large", "middle", "small"]),
        (4.5, 1000.0, "middle", ["middle", "small"]),
        (16, 50.0, "middle", ["large", "middle", "small"]),
        (2, 1000.0, "", []),
        (16, 1.0, "", ["large", "middle", "small"]),
    ],
)
def test_the_largest_that_fits_and_is_quick_enough_is_the_best(
    free: float, read: float, best: str, fits: list[str]
) -> None:
    told = recommended(FOUND, int(free * GB), Pace(GB, read, read / 5))
    assert [one.model.name for one in told] == ["large", "middle", "small"]
    assert [one.model.name for one in told if one.best] == [best] * bool(best)
    assert [one.model.name for one in told if one.fits] == fits
    assert told[0].needed == 5 * GB + BESIDE


def test_the_best_does_all_of_the_work_in_the_persons_language() -> None:
    found = [
        replace(model("translator", 5), task="translation", languages=("zh", "en")),
        replace(model("english", 4), languages=("en",)),
        replace(model("both", 2), languages=("zh", "en")),
        replace(model("tiny", 0.1), task="tests"),
        replace(model("elsewhere", 0), state="to be looked for"),
    ]
    best = {
        code: [one.model.name for one in recommended(found, 16 * GB, None, code) if one.best] for code in ("zh", "en")
    }
    assert best == {"zh": ["both"], "en": ["english"]}
    assert [one.model.name for one in recommended(found, 16 * GB, None)] == ["translator", "english", "both"]


def test_what_a_table_costs_follows_the_size() -> None:
    pace = Pace(GB, 100.0, 10.0)
    assert pace.table(2 * GB) == pytest.approx(2 * (TABLE_READ / 100 + TABLE_WRITTEN / 10))
    assert [one.seconds for one in recommended(FOUND, 16 * GB, None)] == [0.0] * 3
