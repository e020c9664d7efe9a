"""Glossaries as files: sheets as people save them, TBX of both kinds, and files that mean harm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from citegrid.core.errors import InputError, StorageError, UsageError
from citegrid.core.glossary import Term
from citegrid.store import glossary, tbx

TERMS = (Term("policy model", "策略模型", "paper.pdf"), Term("=SUM(x)", "求和", ""), Term("A & <B>", "甲“乙”", "a, b"))


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize("suffix", [".csv", ".tbx", ".TBX"])
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"terms{suffix}"
    glossary.write(path, TERMS)
    assert glossary.read(path) == TERMS


def test_no_cell_of_a_sheet_is_a_formula() -> None:
    assert b"\n'=SUM(x)," in glossary.to_csv(TERMS).replace(b"\r", b"")


def test_the_terms_of_all_projects_lie_in_the_data_folder() -> None:
    assert glossary.shared() == ()
    glossary.save_shared(TERMS)
    assert glossary.shared() == TERMS


@pytest.mark.parametrize(
    "data",
    [
        "术语,英文,来源\n策略模型,policy model,x".encode("gb18030"),
        "chinese;english;source\r\n策略模型;policy model;x".encode("utf-16"),
        "policy model\t策略模型\tx".encode(),
        "策略模型\tpolicy model\tx\n\n".encode("utf-8-sig"),
        'English,note,Chinese,Source\n"policy model",n,策略模型,x\nonly one,,,\n'.encode(),
    ],
)
def test_sheets_are_read_however_they_were_saved(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "terms.csv"
    path.write_bytes(data)
    assert glossary.read(path) == (Term("policy model", "策略模型", "x"),)


def test_older_tbx_is_read_without_its_document_type() -> None:
    data = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX" xml:lang="en"><text><body>
    <termEntry id="1"><langSet xml:lang="en-US"><tig><term>policy</term></tig><tig><term>strategy</term></tig></langSet>
    <langSet xml:lang="zh-CN"><ntig><termGrp><term>策略</term></termGrp></ntig><tig><term>政策</term></tig></langSet>
    <langSet xml:lang="de"><tig><term>Politik</term></tig></langSet></termEntry>
    <termEntry><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry></body></text></martif>"""
    assert [(t.english, t.chinese) for t in tbx.parse(data.encode())] == [
        ("policy", "策略"), ("strategy", "策略"), ("policy", "政策"),
    ]  # fmt: skip


def test_entities_are_neither_followed_nor_multiplied(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("told", "utf-8")
    tens = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    data = f"""<!DOCTYPE tbx [<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY e0 "xxxxxxxxxx">{tens}]>
    <tbx><text><body><conceptEntry><langSec xml:lang="en"><termSec><term>a&file;&e11;</term></termSec></langSec>
    <langSec xml:lang="zh"><termSec><term>甲</term></termSec></langSec></conceptEntry></body></text></tbx>"""
    began = time.perf_counter()
    try:
        said = [t.english for t in tbx.parse(data.encode())]
    except ValueError:
        said = []
    assert "told" not in "".join(said) and sum(map(len, said)) < 1000
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.tbx", b"no xml", InputError),
        ("a.tbx", b"<html/>", InputError),
        ("a.csv", b"\xff\xff\x00\x81", InputError),
        ("a.txt", b"", UsageError),
        ("missing.csv", None, StorageError),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, data: bytes | None, kind: type[Exception]) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(kind):
        glossary.read(tmp_path / name)


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert tbx.parse(tbx.form([Term("a\x00b\ud800", "甲", "x\x0b")])) == [Term("ab", "甲", "x")]
