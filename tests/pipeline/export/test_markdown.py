"""The Markdown report."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from citegrid.pipeline.export.markdown import escaped, write_markdown


@pytest.fixture(scope="module")
def projects() -> dict[str, Any]:
    import importlib.util

    spec = importlib.util.spec_from_file_location("export_samples_md", Path(__file__).with_name("samples.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Any] = module.samples()
    return found


def test_the_table_keeps_its_shape_whatever_the_cells_hold(projects: dict[str, Any]):
    for project in projects.values():
        lines = [line for line in write_markdown(project).split("\n") if line.startswith("|")]
        columns = len(project.table.columns)
        assert len(lines) == (len(project.table.rows) + 2 if columns else 0)
        assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} <= {columns + 1}


def test_every_link_leads_to_an_anchor_that_is_there_once(projects: dict[str, Any]):
    text = write_markdown(projects["zh"])
    anchors = re.findall(r'<a id="(ev-\d+)">', text)
    assert len(anchors) == len(set(anchors)) > 20
    assert set(re.findall(r"\(#(ev-\d+)\)", text)) == set(anchors)


def test_marks_stand_behind_cells_and_sentences(projects: dict[str, Any]):
    text = write_markdown(projects["en"])
    assert "\\[doc: 2023.emnlp-main.398.pdf, page 11\\]<sup>[1](#ev-1)</sup>" in text
    assert "## Evidence" in text and "## Self-check" in text and "no network was used" in text


def test_markup_is_escaped():
    assert escaped("a|b <c> [d](e) *f* `g`\nh") == "a\\|b \\<c\\> \\[d\\](e) \\*f\\* \\`g\\` h"
