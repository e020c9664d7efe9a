"""A number that contradicts the names beside it."""

from __future__ import annotations

from citegrid.core.document import Span
from citegrid.core.reference import Mention, Reference
from citegrid.pipeline.citations.misprints import corrected

NAMED = "2014年，研究员Ａlexander Ｔoshev和Christian Szegedy率先将深度学习引入到了姿态估计上[40]。"


def entry(number: int, authors: tuple[str, ...], year: int, *sentences: str) -> Reference:
    mentions = tuple(
        Mention(1, f"[{number}]", (), (Span(1, 10 * n, 10 * n + 4),), sentence, (Span(1, 0, len(sentence)),))
        for n, sentence in enumerate(sentences)
    )
    return Reference(f"r{number}", f"[{number}]", "", 9, (), (), authors, "A title", year, mentions=mentions)


YANG, TOSHEV = ("杨凯", "魏本征"), ("Toshev, A", "Szegedy, C")


def numbers(*references: Reference) -> list[int]:
    return [len(one.mentions) for one in corrected(references)]


def test_a_citation_is_of_whom_its_sentence_names_and_dates() -> None:
    assert numbers(entry(40, YANG, 2015, NAMED), entry(41, TOSHEV, 2014)) == [0, 1]


def test_a_number_may_be_right_where_its_authors_are_named_or_the_others_are_cited_beside_or_doubtful() -> None:
    assert numbers(entry(40, YANG, 2015, f"与杨凯不同，{NAMED}"), entry(41, TOSHEV, 2014)) == [1, 0]
    assert numbers(entry(40, YANG, 2015, NAMED), entry(41, TOSHEV, 2014, NAMED)) == [1, 1]
    assert numbers(entry(40, YANG, 2015, NAMED), entry(41, TOSHEV, 2013)) == [1, 0]
    assert numbers(entry(40, YANG, 2015, NAMED), entry(41, TOSHEV, 2014), entry(42, TOSHEV, 2014)) == [1, 0, 0]
    assert numbers(entry(40, YANG, 2015, "2014年提出了该方法[40]。"), entry(41, TOSHEV, 2014)) == [1, 0]
