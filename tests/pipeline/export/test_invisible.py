"""Characters that turn the writing around, hide text or are none do not pass into any report."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
from tests.store.test_project_fuzz import whole

from citegrid.core.invisible import visible
from citegrid.core.messages import Message, say
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.pipeline.export.formats import FORMATS, export
from citegrid.pipeline.library.read_source import read_background

#: Overrides, isolates, marks, white space without a width, a hidden tag, an escape, a half character.
HIDDEN = "\u202e\u202d\u2066\u2069\u200f\u200b\ufeff\U000e0041\x1b\x07\x85\u2028"[:-2]


def planted(value: Any) -> Any:
    """``value`` with the characters in each of its texts."""
    if isinstance(value, Message | Enum):
        return value
    if isinstance(value, str):
        return f"{value[:1]}{HIDDEN}{value[1:]}" if value and value not in ("en", "zh") else value
    if isinstance(value, tuple):
        return tuple(map(planted, value))
    if is_dataclass(value):
        return replace(value, **{f.name: planted(getattr(value, f.name)) for f in fields(value)})
    return value


def hidden_in(text: str) -> set[str]:
    return {unicodedata.name(c, hex(ord(c))) for c in text if c in HIDDEN}


@pytest.mark.parametrize("suffix", sorted(set(FORMATS) - {".pdf"}))
def test_no_report_holds_them(suffix):
    project = planted(whole())
    data = export(project, suffix)
    if zipfile.is_zipfile(io.BytesIO(data)):
        archive = zipfile.ZipFile(io.BytesIO(data))
        texts = {
            name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith((".xml", ".rels"))
        }
    else:
        texts = {suffix: data.decode("utf-8-sig")}
    assert {name: hidden_in(text) for name, text in texts.items() if hidden_in(text)} == {}


def test_a_project_that_is_read_back_is_without_them():
    data = json.loads(json.dumps(to_json(planted(whole()), "0")))
    back = from_json(data)
    assert hidden_in(json.dumps(to_json(back, "0"), ensure_ascii=False)) == set()


def test_no_sentence_for_people_holds_them():
    assert say(Message("{name} is empty.", name="invoice\u202efdp.exe\x1b[2J"), "en") == "invoicefdp.exe[2J is empty."


def test_background_documents_lose_them(tmp_path):
    for name in ("a.txt", "b.md", "c.html"):
        text = "# The method\n\nThe method &#x202e;lowers\u202e the error of the forecast by half.\n"
        document = read_background(tmp_path / name, text.encode(), "0" * 64, lambda path: pytest.fail())
        assert hidden_in("".join(f"{c.text} {c.heading}" for c in document.chunks) + document.title) == set()


def test_joiners_that_words_need_stay():
    assert visible("می\u200cخواهم 👩\u200d🔬 नमस्\u200dते\tx\n") == "می\u200cخواهم 👩\u200d🔬 नमस्\u200dते\tx\n"
