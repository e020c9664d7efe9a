"""Topics: the sentence that opens a paragraph and says what its works have in common by their titles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from citegrid.core.evidence import Evidence
from citegrid.core.reference import Work
from citegrid.core.review import Sentence
from citegrid.core.table import Status
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.phrases import phrases
from citegrid.pipeline.review.terms import names_in, phrases_in, written_as
from citegrid.pipeline.review.threads import Thread

#: The most works of a topic.
MOST_WORKS = 5


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of works as the papers print them, by the ids of the works, and that of the paper itself."""

    printed: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    own: str = ""


def topics_of(threads: Sequence[Thread], names: Names, titles: Titles) -> Iterator[Sentence | None]:
    """For each paragraph what several of its works have in common by their titles, and the paper with few of them; None where
    nothing is, or where its first sentence speaks of several works already."""
    used: set[Work] = set()
    general = phrases_in(titles.own)
    for thread in threads:
        told = [work for work in _works_in([thread]) if work not in used]
        shared = shared_topic(told, _text_of([thread]), titles, general) if len(thread[0].works) == 1 else None
        used |= set(shared[1]) if shared else set()
        yield _sentence(*shared, "shared_topic", names, titles) if shared else None


def further(threads: Sequence[Thread], works: Sequence[Work], names: Names, titles: Titles) -> Sentence | None:
    """What those of ``works`` that no paragraph tells of have in common with each other by their titles."""
    untold = [work for work in works if work not in _works_in(threads)]
    names_of_all = " ".join(name for work in untold for name in names_in(work.title))
    shared = shared_topic(untold, f"{_text_of(threads)} {titles.own} {names_of_all}", titles, frozenset())
    return _sentence(*shared, "further_topic", names, titles) if shared else None


def _works_in(threads: Sequence[Thread]) -> list[Work]:
    return list(dict.fromkeys(work for thread in threads for fact in thread for work in fact.works))


def _text_of(threads: Sequence[Thread]) -> str:
    return " ".join(fact.content for thread in threads for fact in thread)


def shared_topic(
    works: Sequence[Work], said: str, titles: Titles, general: Collection[str]
) -> tuple[str, tuple[Work, ...]] | None:
    """The longest phrase, none of ``general``, that the titles of most of ``works`` share, with those works by year; its words
    stand in what is ``said``, and are written as there."""
    owners: dict[str, list[Work]] = {}
    for work in works:
        for found in phrases_in(work.title) - set(general) if work.id in titles.printed else ():
            owners.setdefault(found, []).append(work)
    shared = [(known, of) for found, of in owners.items() if len(of) > 1 and (known := written_as(found, said))]
    if not shared:
        return None
    topic, of = max(shared, key=lambda pair: (len(pair[1]), len(pair[0])))
    return topic, tuple(sorted(of, key=lambda work: work.year or 0)[:MOST_WORKS])


def _sentence(topic: str, works: Sequence[Work], form: str, names: Names, titles: Titles) -> Sentence:
    of_two, of_more = phrases(form, names.language)
    text = (of_two if len(works) == 2 else of_more).format(topic=topic, works=names.listed(works))
    evidence = tuple(e for work in works for e in titles.printed[work.id])
    return Sentence(text, Status.SUPPORTED, evidence, works=tuple(work.id for work in works))
