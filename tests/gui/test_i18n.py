"""Every word the window shows has its Chinese counterpart, with the same places to fill."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from citegrid.core.errors import InputError
from citegrid.core.messages import Message
from citegrid.core.resources import resource
from citegrid.engines.picture import load_picture
from citegrid.gui import actions, i18n, status_style
from citegrid.gui.dialogs import about
from citegrid.gui.items.table_items import FILTERS
from citegrid.gui.panes import start_page, table_pane

GUI = Path(i18n.__file__).parent


def shown_words() -> set[str]:
    """All literals given to ``tr`` (inside any expression), to tools and to panes, and the words of tables."""
    found: set[str] = set()
    for path in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name == "tr":
                parts = node.args[0]
                if isinstance(parts, ast.IfExp):
                    found |= {p.value for p in (parts.body, parts.orelse) if isinstance(p, ast.Constant)}
                elif isinstance(parts, ast.Constant):
                    found.add(parts.value)
            elif name in ("tool", "teach") and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                found.add(node.args[1].value)
            elif name == "_worded" and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    for label, _, _, tip in actions.COMMANDS.values():
        found |= {label, tip}
    for _, title, lead, button in start_page.STEPS:
        found |= {title, lead, button}
    found |= {table_pane.FILTER_WORDS[kind] for kind in FILTERS} | {table_pane.KEYS}
    found |= {mark.phrase for mark in (*status_style.ALL, status_style.FAILED, status_style.WAITING, status_style.LINK)}
    found |= {*about.PARTS.values(), *about.OFFLINE}
    found |= {"Paper", "Picture", "References", "Evidence", "Library", "Table", "Review"}
    return found - {""}


def test_nothing_is_left_in_english() -> None:
    catalogue = json.loads(resource("translations", "zh.json").read_text("utf-8"))
    assert sorted(shown_words() - set(catalogue)) == []


def test_places_to_fill_are_the_same() -> None:
    catalogue = json.loads(resource("translations", "zh.json").read_text("utf-8"))
    for key, value in catalogue.items():
        assert set(re.findall(r"\{\w+\}", key)) == set(re.findall(r"\{\w+\}", value)), key


def test_sentences_from_below_are_said_by_their_key() -> None:
    i18n.set_language("zh")
    assert i18n.tr_sentence(Message("Reading {name}", name="a b.pdf")) == "正在读取 a b.pdf"
    assert i18n.tr_sentence("Loading the model") == "正在加载模型"
    assert i18n.tr_sentence("Reading a b.pdf") == "Reading a b.pdf"  # put together: nothing is guessed from its words
    i18n.set_language("en")
    assert i18n.tr_sentence(Message("Reading {name}", name="a b.pdf")) == "Reading a b.pdf"


def test_an_error_is_chinese_from_its_first_word_to_its_last(tmp_path: Path) -> None:
    (tmp_path / "table.png").write_bytes(b"no picture")
    with pytest.raises(InputError) as caught:
        load_picture(tmp_path / "table.png")
    i18n.set_language("zh")
    said = i18n.tr_sentence(caught.value.whole)
    i18n.set_language("en")
    assert said == "“table.png”不是可读取的图片。请使用 PNG、JPEG、WebP、BMP 或 TIFF 图片。"
