"""Formats by suffix."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from citegrid.core.errors import UsageError
from citegrid.core.project import Project
from citegrid.core.result import from_json
from citegrid.pipeline.export.formats import FORMATS, export


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_every_format_is_written_in_any_case(suffix: str):
    assert export(Project(), suffix)
    assert export(Project(), suffix.upper())


def test_json_is_the_contract():
    project = replace(Project(), query="问")
    assert from_json(json.loads(export(project, ".json", version="1"))) == project


def test_an_unknown_suffix_is_a_usage_error():
    with pytest.raises(UsageError, match=r"\.odt.*\.docx"):
        export(Project(), ".odt")
