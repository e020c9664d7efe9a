"""A report checks what it says when it is written, and names the length and the rows that were really asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Driver
from docx import Document

from citegrid.core.review import count


def written(driver: Driver, path: Path) -> str:
    driver.workbench.reports.export(path).result(60)
    if path.suffix == ".docx":
        document = Document(str(path))
        cells = (c.text for t in document.tables for row in t.rows for c in row.cells)
        return "\n".join([*(p.text for p in document.paragraphs), *cells])
    return path.read_text("utf-8").replace("\\", "")


@pytest.mark.parametrize("suffix", [".md", ".docx"])
def test_the_self_check_and_the_task_are_those_of_now(driver: Driver, tmp_path: Path, suffix: str) -> None:
    driver.open()
    driver.workbench.table.set_query("Write a review of 500 words.", "en")
    driver.fill()
    review = driver.workbench.project.review
    assert review is not None
    length = count(" ".join(s.text for s in review.sentences), review.unit)
    before = written(driver, tmp_path / f"one{suffix}")
    assert f"{length} / 1000 characters" in before and "4 unsupported" in before and "Set beside it" not in before
    driver.workbench.table.set_limits(6, 150)
    driver.workbench.review.edit(replace(review, sentences=review.sentences[:2]))
    row = driver.workbench.project.table.rows[0]
    driver.workbench.cells.mark_not_stated(row.work.id, row.cells[4].column)
    after = written(driver, tmp_path / f"two{suffix}")
    now = count(" ".join(s.text for s in review.sentences[:2]), review.unit)
    assert f"{now} / 1000 characters" in after and f"{length} / 1000" not in after and "3 unsupported" in after
    assert "6 rows at most" in after and "a review of 150 words" in after
