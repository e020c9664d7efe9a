"""Grouping: which works a paragraph speaks of together, and what links them.

Works that their paper discusses under one telling heading belong together; nothing links those that are left.  Groups come in the order in which the paper reaches them, the works of each by year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from citegrid.core import lexicon
from citegrid.core.evidence import Evidence
from citegrid.core.reference import Work
from citegrid.pipeline.review.phrases import ARTICLES, BEFORE_NAMES, CHAPTER_ZH, phrase

#: The most works of one group.
MOST_WORKS = 5
#: Characters of the longest heading, and those that stand in none that reads as one.
LONGEST, _NO_HEADING = 60, frozenset("()[].;:0123456789")
_GENERIC = re.compile(rf"^(?:the\s+)?{lexicon.pattern_of('review', 'generic_headings')}\b", re.I)


class Tie(Enum):
    """What links the works of a group: a heading, or only that one paper discusses them."""

    HEADING = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Discussed:
    """Where a paper speaks of a work: the headings it stands under, in order, and the sentences."""

    sections: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Works in the order in which they are told, and what links them: ``topic`` is a heading."""

    works: tuple[Work, ...]
    tie: Tie
    topic: str = ""


def heading_of(section: str) -> tuple[str, str]:
    """The number of a section's chapter and its name, the name empty where it may stand in any paper."""
    number, _, rest = section.strip().partition(" ")
    numbered = number[:1].isdigit() or CHAPTER_ZH.fullmatch(number) is not None
    name = (rest if numbered else section).strip(" .:")
    readable = (
        2 < len(name) <= LONGEST
        and _NO_HEADING.isdisjoint(name)
        and not name.endswith("-")
        and not name.isupper()
        and name.split()[-1].casefold() not in BEFORE_NAMES
    )
    return number.split(".")[0] if numbered else name, name if readable and not _GENERIC.match(name) else ""


def groups_of(works: Sequence[Work], places: Mapping[str, Discussed]) -> tuple[Group, ...]:
    """``works`` in groups, those that no heading links last; ``places`` by the ids of the works."""
    by_chapter: dict[str, list[Work]] = {}
    for work in works:
        by_chapter.setdefault(_chapter(places.get(work.id, Discussed())), []).append(work)
    groups: list[Group] = []
    left: list[Work] = []
    for chapter, members in by_chapter.items():
        topic = _common_heading(members, places, chapter, phrase("listed_headings", "en"))
        if topic and 2 <= len(members) <= MOST_WORKS:
            groups.append(Group(_by_year(members), Tie.HEADING, topic))
        else:
            left += members
    groups.sort(key=lambda group: _chapter_order(places, group))
    return (*groups, Group(_by_year(left), Tie.NOTHING)) if left else tuple(groups)


def _chapter(place: Discussed) -> str:
    """The chapter that speaks of a work most often, the first of them where several do."""
    chapters = Counter(number for section in place.sections for number, name in [heading_of(section)] if name)
    return chapters.most_common(1)[0][0] if chapters else ""


def _common_heading(members: Sequence[Work], places: Mapping[str, Discussed], chapter: str, between: str) -> str:
    """The heading under which the works stand within a chapter, or both where there are two; empty where there are more."""
    if not chapter:
        return ""
    names: list[str] = []
    for work in members:
        found = (heading_of(section) for section in places[work.id].sections)
        within = Counter(name for number, name in found if name and number == chapter)
        names += [name for name, _ in within.most_common(1)]
    distinct = list(dict.fromkeys(names))
    return between.join([distinct[0], *map(begun_small, distinct[1:])]) if len(distinct) <= 2 else ""


def begun_small(name: str) -> str:
    """A heading inside a sentence: its first capital becomes small where it is no acronym's, nor one of several words that have
    one; that of an article always does."""
    article = name.split(" ")[0] in ARTICLES
    capitals = any(letter.isupper() for letter in name[1:])
    return name if (capitals and not article) or len(name) < 2 else name[0].lower() + name[1:]


def _chapter_order(places: Mapping[str, Discussed], group: Group) -> tuple[int, str]:
    chapter = _chapter(places[group.works[0].id])
    return (int(chapter), "") if chapter.isdigit() else (99, chapter)


def _by_year(works: Sequence[Work]) -> tuple[Work, ...]:
    return tuple(sorted(works, key=lambda work: work.year or 0))
