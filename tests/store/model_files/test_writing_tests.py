"""Outcomes of the writing test are remembered by the model's checksum."""

from pathlib import Path

from citegrid.store.model_files.writing_tests import FILE, WritingTests


def test_an_outcome_is_remembered_by_its_model(tmp_path: Path) -> None:
    record = WritingTests(tmp_path / "data")
    assert record.passed("a") is None
    record.keep("a", True)
    record.keep("b", False)
    again = WritingTests(tmp_path / "data")
    assert (again.passed("a"), again.passed("b"), again.passed("c")) == (True, False, None)


def test_a_broken_file_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[1", "utf-8")
    assert WritingTests(tmp_path).passed("a") is None
    (tmp_path / FILE).write_text("[1]", "utf-8")
    assert WritingTests(tmp_path).passed("a") is None
