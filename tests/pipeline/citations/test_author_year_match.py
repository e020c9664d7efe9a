"""Which entry the names before a year mean: candidates, their features and the one table of weights."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.papers import reference

from citegrid.core.reference import Reference
from citegrid.pipeline.citations import author_year_match
from citegrid.pipeline.citations.author_year_match import (
    WEIGHTS,
    AuthorMatch,
    AuthorYearCandidate,
    LetterMatch,
    YearMatch,
    candidates_of,
    choose,
    rivals,
)
from citegrid.pipeline.citations.keys import index_names


def entry(name: str, year: int | None, *authors: str, letter: str = "") -> Reference:
    raw = f"{' and '.join(authors)}. {year}{letter}. A title of {name}."
    return reference(name, raw=raw, year=year, authors=authors, page=99)


def found(text: str, *entries: Reference, years: tuple[int, ...] = (2020,)) -> list[AuthorYearCandidate]:
    """The candidates for the names that ``text`` is."""
    return candidates_of(text, 0, len(text), index_names(entries), years)


ONE, OTHER, THIRD = "Smith, A.", "Jones, B.", "Brown, C."


@pytest.mark.parametrize(
    ("text", "authors", "expected"),
    [
        ("Smith ", (ONE,), AuthorMatch.ALL),
        ("Smith and Jones ", (ONE, OTHER), AuthorMatch.ALL),
        ("Smith ", (ONE, OTHER), AuthorMatch.ONE_LEFT_OUT),
        ("Smith ", (ONE, OTHER, THIRD), AuthorMatch.SEVERAL_LEFT_OUT),
        ("Smith et al. ", (ONE, OTHER, THIRD), AuthorMatch.MANY),
        ("Smith et al. ", (ONE, OTHER), AuthorMatch.TWO),
        ("Smith et al. ", (ONE,), AuthorMatch.ONE),
        ("Smith y otros ", (ONE, OTHER, THIRD), AuthorMatch.MANY),
        ("Smith et coll. ", (ONE, OTHER, THIRD), AuthorMatch.MANY),
        ("Smith u. a. ", (ONE, OTHER, THIRD), AuthorMatch.MANY),
        ("Smith i in. ", (ONE, OTHER, THIRD), AuthorMatch.MANY),
        ("Smith и др. ", (ONE, OTHER, THIRD), AuthorMatch.MANY),
        ("Smith ve ark. ", (ONE, OTHER, THIRD), AuthorMatch.MANY),
        ("Smith and co-workers ", (ONE, OTHER, THIRD), AuthorMatch.MANY),
    ],
)
def test_how_many_authors_are_named(text: str, authors: tuple[str, ...], expected: AuthorMatch) -> None:
    (candidate,) = found(text, entry("a", 2020, *authors))
    assert candidate.authors is expected


@pytest.mark.parametrize(
    ("years", "own", "expected"),
    [
        ((2020,), 2020, YearMatch.SAME),
        ((2019, 2020), 2020, YearMatch.SAME),
        ((2021,), 2020, YearMatch.NEAR),
        ((), None, YearMatch.NONE),
    ],
)
def test_how_the_years_agree(years: tuple[int, ...], own: int | None, expected: YearMatch) -> None:
    (candidate,) = found("Smith and Jones ", entry("a", own, ONE, OTHER), years=years)
    assert candidate.year is expected


@pytest.mark.parametrize(("text", "years"), [("Smith ", (2023,)), ("Smith ", (2021,)), ("Brown and Smith ", (2020,))])
def test_a_contradiction_makes_no_candidate(text: str, years: tuple[int, ...]) -> None:
    """A wrong year, one year off behind a lone name, an author whom the entry does not have."""
    assert found(text, entry("a", 2020, ONE), years=years) == []


def test_a_wrong_year_is_forgiven_only_where_one_entry_can_be_meant() -> None:
    near = found("Smith and Jones ", entry("a", 2019, ONE, OTHER), entry("b", 2021, ONE, OTHER))
    exact = found("Smith and Jones ", entry("c", 2020, ONE, OTHER))
    assert len(near) == 2
    assert rivals(near) == []
    assert rivals(near[:1]) == near[:1]
    assert rivals([*near, *exact]) == exact


def test_every_feature_has_a_weight_that_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    (plain,) = found("Smith ", entry("a", 2020, ONE))
    for feature in (*YearMatch, *AuthorMatch):
        changed = replace(plain, year=feature) if feature in YearMatch else replace(plain, authors=feature)
        before = changed.score(LetterMatch.NONE, linked=False, initial_expected=False)
        monkeypatch.setitem(author_year_match.WEIGHTS, feature, WEIGHTS[feature] + 1)
        assert changed.score(LetterMatch.NONE, linked=False, initial_expected=False) == before + 1


def test_the_letter_the_initial_and_the_link_choose_between_like_entries() -> None:
    both = found("Smith ", entry("a", 2020, ONE, letter="a"), entry("b", 2020, ONE, letter="b"))
    assert choose(both, "", (), ()) is None
    assert choose(both, "b", (), ()) is both[1]
    assert choose(both, "", {1}, ()) is both[1]
    assert choose(both, "", (), {1}) is both[0]
    assert choose(both, "c", (), ()) is None


def test_et_al_means_the_entry_with_more_authors_in_chinese_too() -> None:
    names = index_names([entry("a", 2020, "张三", "李四"), entry("b", 2020, "张三", "李四", "王五")])
    candidates = list(author_year_match.asian_candidates("张三等（", 0, 3, names, {2020}))
    best = choose(candidates, "", (), ())
    assert best is not None
    assert best.entry.index == 1
