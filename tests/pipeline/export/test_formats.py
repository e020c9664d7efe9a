"""Formats by suffix."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from citegrid.core.errors import UsageError
from citegrid.core.project import Project
from citegrid.core.serialisation.result import from_json
from citegrid.pipeline.export.formats import FORMATS, export, suffix_of


@pytest.mark.parametrize("suffix", [s for s in FORMATS if s != ".pdf"])
def test_every_format_is_written_in_any_case(suffix: str, any_project: Project):
    written = export(any_project, suffix)
    assert bool(written) == bool(export(any_project, suffix.upper()))
    assert written or suffix in (".bib", ".ris")  # no work, no entry


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.docx", ".docx"), ("论文 #1.CSL.json", ".csl.json"), ("a.b.json", ".json"), ("a.odt", ".odt"), ("a", "")],
)
def test_the_suffix_of_a_name(name: str, suffix: str):
    assert suffix_of(name) == suffix


def test_json_is_the_contract():
    project = replace(Project(), query="问")
    assert from_json(json.loads(export(project, ".json", version="1"))) == project


def test_an_unknown_suffix_is_a_usage_error():
    with pytest.raises(UsageError, match=r"\.odt.*\.docx"):
        export(Project(), ".odt")
