"""Readings kept on disk: hit, miss, damage, bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from citegrid.ports import NEVER, Cancel, OcrLine, Pixels
from citegrid.store.ocr_cache import CachedOcr

LINE = OcrLine("two words", ((0.0, 1.0), (90.123, 1.0), (90.0, 9.0), (0.0, 9.0)), 0.98765, (0.0,) * 9 + (1.0,))


class Counting:
    workers = 1

    def __init__(self) -> None:
        self.asked = 0

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        self.asked += 1
        return [LINE]


def picture(value: int) -> Pixels:
    return Pixels(4, 1, bytes([value]) * 12)


def test_a_second_reading_is_the_first_from_the_disk(tmp_path: Path) -> None:
    engine = Counting()
    first = CachedOcr(engine, tmp_path, "1").read(picture(1))
    again = CachedOcr(engine, tmp_path, "1").read(picture(1))
    assert (first, engine.asked) == (again, 1)
    assert first[0].text == "two words"
    CachedOcr(engine, tmp_path, "1").read(picture(2))
    CachedOcr(engine, tmp_path, "2").read(picture(1))
    assert engine.asked == 3


@pytest.mark.parametrize("damage", ["", "{}", "[]", "null", '{"sum": "0", "lines": "[]"}', "\x00\xff"])
def test_damage_is_a_miss(tmp_path: Path, damage: str) -> None:
    engine = Counting()
    cached = CachedOcr(engine, tmp_path, "1")
    whole = cached.read(picture(1))
    (file,) = tmp_path.glob("*.json")
    file.write_text(damage, "utf-8")
    assert cached.read(picture(1)) == whole
    assert cached.read(picture(1)) == whole
    assert engine.asked == 2


def test_the_oldest_go(tmp_path: Path) -> None:
    engine = Counting()
    cached = CachedOcr(engine, tmp_path, "1", most_bytes=1000)
    for value in range(10):
        cached.read(picture(value))
    assert 0 < sum(f.stat().st_size for f in tmp_path.iterdir()) <= 1000


def test_a_folder_that_cannot_be_written_costs_only_the_keeping(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (read,) = CachedOcr(Counting(), tmp_path / "file", "1").read(picture(1))
    assert read.text == LINE.text
