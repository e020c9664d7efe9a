"""The labels that the classifier of statements was learnt from: whole, well formed, and agreed on by second readers."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from citegrid.core.statement import Kind, Speaker

LABELS = Path(__file__).resolve().parents[2] / "models" / "training" / "statements" / "labels.tsv"
SECOND = "second"
HASH = re.compile("[0-9a-f]{16}")
Row = tuple[str, ...]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t")]


def is_well_formed(row: Row) -> bool:
    file, page, sentence, target, speaker, kinds, central, alone, reader = row
    places = HASH.fullmatch(file) and HASH.fullmatch(sentence) and page.isdigit() and int(page) > 0
    known = {kind.value for kind in Kind}
    said = 1 <= len(kinds) <= 2 and set(kinds) <= known and len(set(kinds)) == len(kinds)
    told = speaker in {one.value for one in Speaker} and (bool(target) or speaker != Speaker.TARGET.value)
    return bool(places and said and told and central in ("0", "1", "2") and alone in ("y", "n") and reader)


def test_every_label_is_well_formed(rows: list[Row]) -> None:
    assert {len(row) for row in rows} == {9}
    assert [row for row in rows if not is_well_formed(row)] == []


def test_no_text_of_a_paper_is_kept(rows: list[Row]) -> None:
    assert max(len(part) for row in rows for part in row) <= 20


def test_there_are_enough_of_them(rows: list[Row]) -> None:
    assert sum(row[8] != SECOND for row in rows) >= 4000
    assert sum(row[8] == SECOND for row in rows) >= 500
    assert len({row[0] for row in rows}) >= 80
    assert {row[5][0] for row in rows} == {kind.value for kind in Kind}
    assert {row[4] for row in rows} == {speaker.value for speaker in Speaker}


def test_no_reader_judged_a_sentence_twice(rows: list[Row]) -> None:
    assert len({(*row[:4], row[8] == SECOND) for row in rows}) >= 0.999 * len(rows)


def pairs(rows: list[Row]) -> list[tuple[Row, Row]]:
    """The labels of a first and of a second reader for the same sentence and work."""
    first: dict[Row, list[Row]] = defaultdict(list)
    for row in rows:
        if row[8] != SECOND:
            first[row[:4]].append(row)
    return [(one, row) for row in rows if row[8] == SECOND for one in first[row[:4]]]


@pytest.mark.parametrize(("part", "least"), [("kind", 0.75), ("speaker", 0.85)])
def test_second_readers_agree(rows: list[Row], part: str, least: float) -> None:
    both = pairs(rows)
    assert len(both) >= 450
    of = {"kind": lambda row: row[5][0], "speaker": lambda row: row[4]}[part]
    assert sum(of(one) == of(other) for one, other in both) / len(both) >= least
