"""Superscripts: which words are raised, and the runs that they make."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.papers import document

from citegrid.pipeline.citations.superscripts import joined_runs
from citegrid.pipeline.citations.text_spans import citing_texts


def test_superscript_characters_count_as_raised() -> None:
    (text,) = citing_texts(document(["shown¹² before"]), ())
    assert text.plain == "shown12 before"
    assert text.raised == ((5, 7),)


def test_a_raised_list_goes_on_over_a_line_end_after_a_comma() -> None:
    doc = document(["shown 1,\n2 here"])
    page = doc.page(1)
    page = replace(page, words=tuple(replace(w, raised=w.text in ("1,", "2")) for w in page.words))
    (text,) = citing_texts(replace(doc, pages=(page,)), ())
    assert [text.plain[a:b] for a, b in text.raised] == ["1,\n2"]


@pytest.mark.parametrize(
    ("text", "runs", "joined"),
    [
        ("a12b", [(1, 2), (2, 3)], [(1, 3)]),
        ("a1,\n2b", [(1, 3), (4, 5)], [(1, 5)]),
        ("a1 2b", [(1, 2), (3, 4)], [(1, 2), (3, 4)]),
        ("a1x2b", [(3, 4), (1, 2)], [(1, 2), (3, 4)]),
        ("ab", [], []),
    ],
)
def test_runs_are_joined_where_a_list_goes_on(
    text: str, runs: list[tuple[int, int]], joined: list[tuple[int, int]]
) -> None:
    assert list(joined_runs(runs, text)) == joined
