"""The labels that the classifiers are learnt from, and the figures on them that can be had without the papers."""

from __future__ import annotations

from collections import Counter

import pytest
from models.training.statements.sentences import SECOND_READER, Label, first_readings, labels

from citegrid.core.statement import Kind, Speaker

ALL = labels()
SPEAKERS, KINDS = {one.value for one in Speaker}, {one.value for one in Kind}


def test_every_label_answers_every_question() -> None:
    wrong = [
        label
        for label in ALL
        if label.speaker not in SPEAKERS
        or not 1 <= len(label.kinds) <= 2
        or not set(label.kinds) <= KINDS
        or label.central not in (0, 1, 2)
    ]
    assert wrong == []


def test_nothing_but_hashes_stands_for_papers_and_sentences() -> None:
    assert [
        label for label in ALL if not all(len(one) == 16 and int(one, 16) >= 0 for one in (label.file, label.sentence))
    ] == []


@pytest.mark.parametrize(
    ("question", "share"), [("speaker", 0.93), ("kind", 0.82), ("central", 0.78), ("alone", 0.84)], ids=str
)
def test_two_readers_agree(question: str, share: float) -> None:
    first = {label.key: label for label in first_readings()}
    second = [label for label in ALL if label.reader == SECOND_READER and label.key in first]
    assert len(second) >= 480
    equal = Counter(_answer(first[label.key], question) == _answer(label, question) for label in second)
    assert equal[True] / len(second) >= share


def _answer(label: Label, question: str) -> object:
    return label.kinds[0] if question == "kind" else getattr(label, question)
