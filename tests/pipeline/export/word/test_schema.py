"""The Word report against the schemas of Office Open XML, by a validator that others wrote."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from citegrid.core.project import Project
from citegrid.pipeline.export.word.options import WordOptions
from citegrid.pipeline.export.word.write import write_docx

audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed; `make env` does that")
Sample = Callable[[str], Project]
STYLES = Path(__file__).resolve().parents[4] / "resources" / "csl"
GOLDEN = Path(__file__).with_name("golden")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


#: A picture of 60 × 20 white pixels.
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 20, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress((b"\x00" + b"\xff" * 60) * 20))
    + _chunk(b"IEND", b"")
)


def everything(project: Project) -> bytes:
    style = (STYLES / ("gb-t-7714.csl" if project.language == "zh" else "apa.csl")).read_bytes()
    options = WordOptions(
        pdf_link="paper%20%231.pdf", comments=True, made=datetime(2026, 1, 2, 3, 4, tzinfo=UTC), style=style
    )
    return write_docx(project, version="1.2.3", crops=lambda evidence: PNG, options=options)


def faults(data: bytes, folder: Path) -> list[str]:
    path = folder / "report.docx"
    path.write_bytes(data)
    return [str(e.description) for e in audit.OpenXmlValidator().validate(path).errors]


@pytest.mark.slow
def test_the_file_is_valid(any_project: Project, tmp_path: Path):
    assert faults(everything(any_project), tmp_path) == []


def test_the_validator_sees_a_planted_fault(sample: Sample, tmp_path: Path):
    path = tmp_path / "planted.docx"
    path.write_bytes(everything(sample("en")))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:tblHeader/>", b"<w:tblHeader/><w:nonsense/>", 1
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert faults(path.read_bytes(), tmp_path)


@pytest.mark.parametrize("name", ["narrow", "no-review", "to-check"])
def test_the_xml_is_the_golden_one(sample: Sample, name: str, tmp_path: Path):
    """To renew after looking at the pages: delete the file of ``golden/`` and run the test twice."""
    path = tmp_path / "report.docx"
    path.write_bytes(everything(sample(name)))
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    lines = re.sub(r"(<w:(?:p|tr|tbl|sectPr)[ >])", r"\n\1", re.sub(r'\bxmlns:\w+="[^"]*" ?', "", text))
    golden = GOLDEN / f"{name}.xml"
    if not golden.exists():
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(lines, "utf-8")
        pytest.fail(f"{golden.name} was missing and has been written; look at it and run the test again")
    assert lines.split("\n") == golden.read_text("utf-8").split("\n")
