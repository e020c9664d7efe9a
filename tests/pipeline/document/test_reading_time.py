"""What stands on a page a thousand times, or in one word of ten thousand characters, is read in a time that grows with its length."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from tests import papers
from tests.pipeline.document.hostile import BODY, LIST, MOST_SECONDS, MadeSource, checked

#: What stands on every page of a hostile paper, ``n`` times; between a sound body and a sound list.
GROWING: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n,
    "digits apart": lambda n: "1 " * n,
    "numbers in a bracket": lambda n: "[" + "1, " * n + "2]",
    "ranges": lambda n: "[1-99999] " * n,
    "open brackets": lambda n: "[" * n,
    "nested brackets": lambda n: "(" * n + "Smith, 2020" + ")" * n,
    "open citations": lambda n: "(Smith et al., 2020; " * n,
    "names": lambda n: "Smith, A., " * n,
    "names and": lambda n: "Smith and " * n,
    "initials": lambda n: "A. " * n,
    "capitals": lambda n: "A" * n,
    "letters": lambda n: "a" * n,
    "years": lambda n: "2020a, " * n,
    "stops": lambda n: ". " * n,
    "hyphens": lambda n: "a-\n" * n,
    "short lines": lambda n: "a\n" * n,
    "numbered lines": lambda n: "".join(f"[{i}] Smith, A. {1900 + i % 120}. Title.\n" for i in range(n)),
    "combining": lambda n: "e" + "\u0301" * n,
    "ligatures": lambda n: "ﬃ" * n,
    "han": lambda n: "一" * n,
    "han names": lambda n: "张三，" * n,
    "right to left": lambda n: "\u202eשלום " * n,
    "spaces of no width": lambda n: "\u200b" * n + "a",
    "slashes": lambda n: "https://" + "a/" * n,
    "doi": lambda n: "10.1000/" * n,
    "quotes": lambda n: '"' * n,
    "headings": lambda n: "References\n" * n,
    "superscripts": lambda n: "a¹²" * n,
}


def seconds_for(line: Callable[[int], str], size: int, place: str) -> float:
    """CPU seconds to read a paper whose body or list holds ``line(size)``."""
    grown = line(size)
    body, listed = ([BODY, grown, LIST], []) if place == "body" else ([BODY], [LIST + "\n" + grown])
    pages = [papers.page(1, body), papers.page(2, listed)]
    began = time.process_time()
    checked(MadeSource(pages), random.Random(0))
    return time.process_time() - began


#: One word without a gap: known to cost the square of its length (a second at 10 000 characters), so only its size is bounded.
ONE_WORD = {"digits", "capitals", "letters", "ligatures", "han", "combining", "doi", "slashes"}


@pytest.mark.slow
@pytest.mark.parametrize("place", ["body", "list"])
@pytest.mark.parametrize("name", sorted(GROWING.keys() - ONE_WORD))
def test_time_grows_with_the_length_not_with_its_square(name, place):
    line, size = GROWING[name], 1000
    small = seconds_for(line, size, place)
    while small < 0.15 and size < 16_000:  # too short to be measured
        size *= 2
        small = seconds_for(line, size, place)
    grown = seconds_for(line, 3 * size, place)
    assert grown < 8 * small + 0.3, size  # 3 where it grows with the length, 9 with its square


@pytest.mark.slow
@pytest.mark.parametrize("place", ["body", "list"])
@pytest.mark.parametrize("name", sorted(ONE_WORD))
def test_a_word_of_ten_thousand_characters_is_read(name, place):
    assert seconds_for(GROWING[name], 10_000, place) < MOST_SECONDS
