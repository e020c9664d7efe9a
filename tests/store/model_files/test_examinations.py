"""What examinations found is remembered by the model."""

import json
from pathlib import Path

import pytest

from citegrid.core.model.examination import Examination
from citegrid.store.model_files.examinations import FILE, Examinations

FOUND = Examination(0.8, 0.9, True, False, True, False, 31.5)


def test_what_was_found_is_remembered_by_its_model(tmp_path: Path) -> None:
    record = Examinations(tmp_path / "data")
    assert record.found("a") is None
    record.keep("a", FOUND)
    record.keep("http://127.0.0.1:8080/v1#b", Examination())
    again = Examinations(tmp_path / "data")
    assert (again.found("a"), again.found("http://127.0.0.1:8080/v1#b"), again.found("c")) == (
        FOUND,
        Examination(),
        None,
    )


@pytest.mark.parametrize(
    "said", ["[1", "[1]", '{"a": 1}', '{"a": {"carried": 0.1}}', json.dumps({"a": {"carried": "x"}})]
)
def test_a_broken_file_counts_as_none(tmp_path: Path, said: str) -> None:
    (tmp_path / FILE).write_text(said, "utf-8")
    assert Examinations(tmp_path).found("a") is None


def test_a_threshold_below_any_sense_counts_as_none(tmp_path: Path) -> None:
    record = Examinations(tmp_path)
    record.keep("a", Examination(carried=0.0))
    assert record.found("a") is None
