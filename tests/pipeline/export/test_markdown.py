"""The Markdown report."""

from __future__ import annotations

import re
from collections.abc import Callable

from citegrid.core.project import Project
from citegrid.pipeline.export.markdown import escaped, write_markdown

Sample = Callable[[str], Project]


def test_the_table_keeps_its_shape_whatever_the_cells_hold(any_project: Project):
    lines = [line for line in write_markdown(any_project).split("\n") if line.startswith("|")]
    columns = len(any_project.table.columns)
    assert len(lines) == (len(any_project.table.rows) + 2 if columns else 0)
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} <= {columns + 1}


def test_every_link_leads_to_an_anchor_that_is_there_once(sample: Sample):
    text = write_markdown(sample("zh"))
    anchors = re.findall(r'<a id="(ev-\d+)">', text)
    assert len(anchors) == len(set(anchors)) > 20
    assert set(re.findall(r"\(#(ev-\d+)\)", text)) == set(anchors)


def test_marks_stand_behind_cells_and_sentences(sample: Sample):
    text = write_markdown(sample("en"))
    assert "\\[doc: 2023.emnlp-main.398.pdf, page 11\\]<sup>[1](#ev-1)</sup>" in text
    assert "## Evidence" in text and "## Self-check" in text and "no network was used" in text


def test_markup_is_escaped():
    assert escaped("a|b <c> [d](e) *f* `g`\nh") == "a\\|b \\<c\\> \\[d\\](e) \\*f\\* \\`g\\` h"
