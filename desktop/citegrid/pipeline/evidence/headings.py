"""Under which words a sentence stands: the heading of its section, and what leads in to it on the page.

A layout often sets a heading into the line ("3.2 数据来源本文选取…"), an abstract has labels ("【方法】…"), and a sentence may announce what the next
ones say ("Our study has several limitations.").  Each stands over what follows, up to the next of their kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

from citegrid.core.evidence import Passage
from citegrid.core.language.lexicon import compiled
from citegrid.core.language.text import matched

#: Characters of a heading in the line behind its number.
LONGEST = 16
_LISTS = ("heading_numbers", "abstract_labels", "announcements", "side_headings", "other_studies")
_NUMBERED, _LABELLED, _ANNOUNCES, _BESIDE, _OTHERS = map(partial(compiled, "evidence"), _LISTS)


def headings_of(passages: Iterable[Passage]) -> list[str]:
    """For each of a paper's sentences, in reading order, the words it stands under; what announces stands under its own."""
    sections = groupby(passages, key=lambda one: one.section)
    return [f"{section} | {lead}" for section, some in sections for lead in _leads(some)]


def _leads(passages: Iterable[Passage]) -> Iterator[str]:
    lead = ""
    for passage in passages:
        lead = _led_in_by(passage.text) or lead
        yield lead


def _led_in_by(text: str) -> str:
    """The heading or the announcement with which a sentence begins, or is; empty without one."""
    numbered = _NUMBERED.match(text)
    heading = text[numbered.end() :][:LONGEST] if numbered else matched(_LABELLED.match(text))
    return heading or text * announces(text)


def is_beside(heading: str) -> bool:
    """Whether under such words stands what a paper does besides, to see whether its results hold."""
    return _BESIDE.search(heading) is not None


def announces(text: str) -> bool:
    """Whether a sentence only says that the next ones will tell something."""
    return _ANNOUNCES.search(text) is not None


def tells_of_studies(text: str) -> bool:
    """Whether a sentence tells what other studies have found, without naming them."""
    return _OTHERS.search(text) is not None
