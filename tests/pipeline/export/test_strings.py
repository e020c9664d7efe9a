"""The words of a report: the catalogue's, in the language of the project."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from citegrid.core.messages import Message
from citegrid.core.project import Project
from citegrid.core.resources import resource
from citegrid.core.table import Cell, Status, Verdict
from citegrid.pipeline.export import provenance, spreadsheets, strings
from citegrid.pipeline.export.markdown import write_markdown
from citegrid.pipeline.export.strings import wording_in
from citegrid.pipeline.export.word import appendix, table
from citegrid.pipeline.export.word.template import begin

REASON = Message("edited by hand, not yet checked")


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        (Cell("c", "text", Status.SUPPORTED, note="a note"), "text（a note）", "text (a note)"),
        (Cell("c", "", Status.NOT_STATED, searched=(2, 3, 4)), "– 未提及（已查第2-4页）", "– not stated (pages 2-4 searched)"),
        (Cell("c", "", Status.NOT_STATED), "– 未提及", "– not stated"),
        (Cell("c", "", Status.FAILED, reason=REASON), "!! 未能作答：人工修改，尚待核对",
         "!! could not be answered: edited by hand, not yet checked"),
        (Cell("c", "", Status.WAITING), "尚未填写", "not filled yet"),
        (Cell("c", "t", Status.UNSUPPORTED, reason=REASON), "! t（无依据：人工修改，尚待核对）",
         "! t (no evidence: edited by hand, not yet checked)"),
        (Cell("c", "t", Status.UNSUPPORTED), "! t（无依据）", "! t (no evidence)"),
        (Cell("c", "", Status.UNSUPPORTED), "– 未提及", "– not stated"),
        (Cell("c", "t", Status.SUPPORTED, verdict=Verdict.REJECTED), "t (已被人工否决)", "t (rejected by a person)"),
    ],
)  # fmt: skip
def test_a_cell_says_what_it_is(cell: Cell, zh: str, en: str) -> None:
    assert (wording_in("zh").cell(cell), wording_in("en").cell(cell)) == (zh, en)


def test_one_english_word_may_be_two_chinese_ones() -> None:
    """``Evidence`` over a list and ``Evidence`` over a pane: the key tells them apart, the English report does not."""
    assert (wording_in("zh")("Evidence (a list)"), wording_in("zh")("Evidence")) == ("证据清单", "证据")
    assert wording_in("en")("Evidence (a list)") == "Evidence"


def test_any_other_language_is_english() -> None:
    assert wording_in("fr").status(Status.SUPPORTED) == "supported"


def test_every_word_of_a_report_has_its_chinese() -> None:
    """All literals that are said by calling a ``ReportWords``, and those of the tables of words."""
    catalogue = json.loads(resource("translations", "zh.json").read_text("utf-8"))
    said: set[str] = set()
    for path in Path(strings.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = (
                isinstance(node, ast.Call) and node.args and ast.unparse(node.func).split(".")[-1] in ("words", "self")
            )
            if called and isinstance(node.args[0], ast.Constant):
                said.add(node.args[0].value)
    tables = (
        strings._STATUSES,
        strings._COUNTS,
        strings._MATCHES,
        strings._HANDS,
        provenance._STEPS,
        table._LEGEND,
        table._CITED,
    )
    said |= {word for words in tables for word in words.values()}
    said |= {*appendix._HOW.values(), provenance._LOCAL, *spreadsheets._EVIDENCE_HEADS} - {"chunk"}
    assert len(said) > 50
    assert sorted(said - set(catalogue)) == []


def test_reports_hold_no_word_of_the_other_language(sample: Callable[[str], Project]) -> None:
    assert "Self-check" not in write_markdown(sample("zh")) and "自检" in write_markdown(sample("zh"))
    assert "自检" not in write_markdown(sample("en")) and "Self-check" in write_markdown(sample("en"))


@pytest.mark.parametrize(("language", "face", "size"), [("zh", "Times New Roman", "18"), ("en", "Arial", "17")])
def test_the_type_of_a_cell_is_that_of_its_language(language: str, face: str, size: str) -> None:
    styles = begin(language).styles
    cell = next(style for style in styles if style.name == "CiteGrid Cell").element
    assert f'w:ascii="{face}"' in cell.xml and f'<w:sz w:val="{size}"/>' in cell.xml
    assert "$" not in styles.element.xml
