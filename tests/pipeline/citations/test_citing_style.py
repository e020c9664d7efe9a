"""How a paper cites: what each style reaches, and the one table of weights that chooses."""

from __future__ import annotations

from citegrid.pipeline.citations.citing_style import CitingStyle, StyleCandidate, choose_style
from citegrid.pipeline.citations.text_spans import InTextCitation


def candidate(style: CitingStyle, *reached: int, at: int = 0) -> StyleCandidate:
    """A style that cites the entries ``reached`` in one text, each in ten characters from ``at`` on."""
    starts = range(at, at + 10 * len(reached), 10)
    return StyleCandidate(
        style, [[InTextCitation(a, a + 9, n, a, a + 9) for a, n in zip(starts, reached, strict=True)]]
    )


def chosen(labelled: bool, entries: int, *candidates: StyleCandidate) -> list[int]:
    names = StyleCandidate(CitingStyle.NAMES, [[]])
    return [c.reference for citations in choose_style([*candidates, names], labelled, entries) for c in citations]


def test_the_style_that_reaches_the_most_entries_is_that_of_the_paper() -> None:
    few, many = candidate(CitingStyle.BRACKETS, 0, 1), candidate(CitingStyle.RAISED, 0, 1, 2)
    assert chosen(True, 9, few, many) == [0, 1, 2]


def test_brackets_win_a_tie_where_entries_bear_numbers_and_names_where_they_do_not() -> None:
    brackets = candidate(CitingStyle.BRACKETS, 0, 1, 2)
    names = candidate(CitingStyle.NAMES, 3, 4, 5, at=2)
    assert chosen(True, 6, brackets, names) == [0, 1, 2]
    assert chosen(False, 6, brackets, names) == [3, 4, 5]


def test_raised_numbers_that_only_count_positions_cite_nothing() -> None:
    raised = candidate(CitingStyle.RAISED, 0, 1, 2)
    assert raised.score(True, 3) is not None
    assert raised.score(False, 3) is None


def test_positions_and_pages_must_reach_their_share_of_a_list_without_labels() -> None:
    assert candidate(CitingStyle.BRACKETS, 0, 1, 2).score(False, 20) is None
    assert candidate(CitingStyle.BRACKETS, 0, 1, 2).score(False, 10) is not None
    assert candidate(CitingStyle.PAGES, 0, 1).score(False, 3) is None


def test_a_second_style_is_mixed_in_where_it_cites_what_the_first_leaves_out() -> None:
    brackets = candidate(CitingStyle.BRACKETS, 0, 1, 2, 3)
    assert chosen(True, 8, brackets, candidate(CitingStyle.KEYS, 4, 5, 6, at=100)) == [0, 1, 2, 3, 4, 5, 6]
    assert chosen(True, 8, brackets, candidate(CitingStyle.KEYS, 4, 5, at=100)) == [0, 1, 2, 3]
    assert chosen(True, 8, brackets, candidate(CitingStyle.RAISED, 4, 5, 6, at=100)) == [0, 1, 2, 3]
