"""Files beside the projects that others have touched: they count for nothing, or are one sentence."""

from __future__ import annotations

import contextlib

import pytest

from citegrid.cli.context import load_result
from citegrid.core.errors import CiteGridError
from citegrid.store import checksums, glossary, locking, templates, written
from citegrid.store.model_files.writing_tests import WritingTests

ODD = (
    b"", b"null", b"3", b"[]", b"{}", b'"x"', b"[" * 100_000, b'{"a":' * 50_000, bytes(range(256)), b"NaN", b"\xff\xfe{}",
    b'{"version": 1, "columns": 3}', b'{"version": 1, "name": [], "columns": [{"name": null}]}', b'{"x": {"sha256": 3}}',
    b'{"computer": [], "process": 1e400}', b"english,chinese\n\x00,\x00\n", b"<tbx>", b"1" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("data", ODD, ids=range(len(ODD)))
def test_odd_files_beside_the_projects(tmp_path, monkeypatch, data):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path))
    for folder in ("templates", "models"):
        (tmp_path / folder).mkdir()
    names = ("exports.json", f"models/{checksums.REMEMBERED}", "templates/a.json", ".lock.owner.json")
    names += ("glossary.csv", "glossary.json", "terms.tbx", "result.json")
    for name in (*names, "writing-tests.json"):
        (tmp_path / name).write_bytes(data)
    assert written.look(tmp_path / "free.docx") is written.Place.FREE
    checksums.remembered()
    checksums.checksum(tmp_path / "glossary.csv")
    templates.saved()
    locking.holder_of(tmp_path / ".lock")
    WritingTests(tmp_path).passed("0" * 64)
    for call in (
        glossary.shared,
        lambda: glossary.read(tmp_path / "glossary.csv"),
        lambda: glossary.read(tmp_path / "terms.tbx"),
        lambda: templates.load("a"),
        lambda: load_result(tmp_path / "result.json"),
    ):
        with contextlib.suppress(CiteGridError):
            call()
