"""The words of prompts and columns are data: whole in both languages, and of one form."""

import string
import tomllib

import pytest

from citegrid.core.resources import resource
from citegrid.core.table import AnswerType, Column
from citegrid.pipeline.cells import prompts

TABLES = tomllib.loads(resource("prompts", "cells.toml").read_text("utf-8"))
BY_LANGUAGE = [name for name, table in TABLES.items() if set(table) == {"zh", "en"}]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("table", BY_LANGUAGE)
def test_both_languages_fill_in_the_same(table):
    assert fields(TABLES[table]["zh"]) == fields(TABLES[table]["en"])


def test_every_form_of_an_answer_is_asked_for_in_both_languages():
    forms = {kind.name.lower() for kind in AnswerType}
    assert set(TABLES["forms_zh"]) == set(TABLES["forms_en"]) == forms


def test_prompts_begin_and_end_as_they_stand():
    assert prompts.prompt("write_task", "zh").startswith("证据：{text}\n\n请用")
    assert prompts.prompt("second_try", "en") == ""
    with pytest.raises(KeyError):
        prompts.prompt("write_task", "fr")


def test_an_instruction_stands_in_brackets_with_its_examples():
    column = Column("样本", "只写\n人数", hints=("12", "15"))
    assert prompts.instruction_of(column, "zh") == "（只写 人数；形式如：12；15）"
    assert prompts.instruction_of(column, "en") == " (只写 人数; in the form of: 12; 15)"
    assert prompts.instruction_of(Column("样本"), "en") == ""
