"""The term base as data, and terms found in sentences of either language."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from citegrid.core.glossary import Term
from citegrid.core.language.script import has_han
from citegrid.pipeline.translation.term_base import (
    Entry,
    TermBase,
    fields_of,
    meant,
    read_entries,
    shipped,
    shipped_entries,
    with_glossary,
)

BASE = TermBase(
    [
        Entry("policy model", ("策略模型",), "machine-learning"),
        Entry("model", ("模型",), "machine-learning"),
        Entry("fine-tuning", ("微调",), "machine-learning"),
        Entry("instruction fine-tuning", ("指令微调",), "machine-learning"),
        Entry("study", ("研究",), "general-research"),
        Entry("plant", ("植物", "植株"), "ecology-agriculture"),
        Entry("plant", ("被控对象",), "engineering"),
        Entry("soil moisture", ("土壤水分",), "ecology-agriculture"),
        Entry("ACE", ("血管紧张素转换酶",), "medicine-health"),
    ]
)


def found(text: str, language: str = "en") -> list[str]:
    return [hit.text for hit in BASE.find(text, language)]


def test_the_term_base_is_whole() -> None:
    fields: dict[str, list[Entry]] = defaultdict(list)
    for entry in shipped_entries():
        fields[entry.field].append(entry)
    own = {field: entries for field, entries in fields.items() if field != "constructions"}
    assert len(own) == 12
    assert sum(map(len, own.values())) >= 6000
    for field, entries in fields.items():
        assert len({entry.english for entry in entries}) == len(entries), field


def test_every_entry_is_a_pair() -> None:
    for entry in shipped_entries():
        assert entry.english == entry.english.strip() and entry.english and not has_han(entry.english), entry
        assert entry.chinese and all(form == form.strip() and has_han(form) for form in entry.chinese), entry
        assert len(set(entry.chinese)) == len(entry.chinese), entry


def test_notes_are_no_entries() -> None:
    assert read_entries("# field\nloss\t损失|损失值\n", "f") == [Entry("loss", ("损失", "损失值"), "f")]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The policy models were compared.", ["policy models"]),
        ("Fine tuned models and instruction fine-tuned ones", ["Fine tuned", "models", "instruction fine-tuned"]),
        ("Several studies of remodelling", ["studies"]),
        ("an ace student and an ACE inhibitor", ["ACE"]),
    ],
)
def test_the_longest_term_is_found_whatever_its_endings(text: str, terms: list[str]) -> None:
    assert found(text) == terms


def test_terms_are_found_in_chinese() -> None:
    assert found("该策略模型经过指令微调", "zh") == ["策略模型", "指令微调"]


def test_the_text_tells_which_of_two_is_meant() -> None:
    hits = BASE.find("The plant grows where soil moisture is high.", "en")
    fields = fields_of(hits)
    assert fields == ("ecology-agriculture",)
    entry = meant(hits[0], fields)
    assert entry is not None and entry.chinese[0] == "植物"
    assert meant(hits[0], ("machine-learning",)) is None


def test_a_projects_own_terms_bind() -> None:
    base = with_glossary((Term("policy model", "政策模型"),))
    hit = base.find("a policy model", "en")[0]
    entry = meant(hit, ("machine-learning",))
    assert entry is not None and entry.forms("zh")[0] == "政策模型"


def test_the_shipped_base_knows_the_words_that_were_wrong() -> None:
    said = {
        entry.chinese[0]
        for hit in shipped().find("reproducible results and a policy model", "en")
        for entry in hit.entries
    }
    assert any(re.search("可复现|可重复", form) for form in said), said
