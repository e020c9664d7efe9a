"""Every word the window shows has its Chinese counterpart, with the same places to fill."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from citegrid.core.resources import resource
from citegrid.gui import actions, i18n, status_style
from citegrid.gui.dialogs import about
from citegrid.gui.dialogs.export import EXPORTS
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
    found |= {kind.split(" (")[0] for kind in EXPORTS}
    found |= {"Paper", "Picture", "References", "Evidence", "Library", "Table", "Review"}
    return found - {""}


def test_nothing_is_left_in_english() -> None:
    catalogue = json.loads(resource("translations", "zh.json").read_text("utf-8"))
    assert sorted(shown_words() - set(catalogue)) == []


def test_places_to_fill_are_the_same() -> None:
    catalogue = json.loads(resource("translations", "zh.json").read_text("utf-8"))
    for key, value in catalogue.items():
        assert set(re.findall(r"\{\w+\}", key)) == set(re.findall(r"\{\w+\}", value)), key


def test_sentences_from_below_are_translated_by_pattern() -> None:
    i18n.set_language("zh")
    assert i18n.tr_sentence("Reading a b.pdf") == "正在读取 a b.pdf"
    assert i18n.tr_sentence("notes.odt is neither a PDF nor a picture.") == "notes.odt 既不是 PDF 也不是图片。"
    assert i18n.tr_sentence("Something quite new.") == "Something quite new."
