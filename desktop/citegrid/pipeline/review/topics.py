"""Topics: the sentence that opens a paragraph and says what its works have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citegrid.core.reference import Work
from citegrid.core.review import Sentence
from citegrid.core.table import Status, Wording
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.grouping import Discussed, Group, begun_small
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.names import Names
from citegrid.pipeline.review.phrases import in_turn, phrase, phrases
from citegrid.pipeline.review.terms import used_in


def topic_of(
    group: Group, names: Names, places: Mapping[str, Discussed], turn: int, wording: Wording = Wording.PRINTED
) -> Sentence:
    """What links the works of ``group``, proved by the places where the paper speaks of them; ``turn`` counts the topics."""
    language = names.language
    text = _text(group, names, turn)
    at = text.find(group.topic)
    doubted = wording is Wording.TO_BE_CHECKED and at >= 0
    doubts = ((at, at + len(group.topic)),) if doubted else ()
    evidence = tuple(e for work in group.works for e in places.get(work.id, Discussed()).evidence[:1])
    said = Marked(text[:1].upper() + text[1:] if language == "en" else text, doubts)
    works = tuple(work.id for work in group.works)
    return Sentence(said.text, Status.SUPPORTED, evidence, 0, "", wording, said.doubts, works)


def _text(group: Group, names: Names, turn: int) -> str:
    language, works = names.language, names.listed(group.works)
    topic = begun_small(group.topic)
    if len(group.works) == 2 and group.works[0].year != group.works[1].year:
        first, last = map(names.told, group.works)
        return phrase("topic_development", language, topic=topic, first=first, last=last)
    return in_turn("topic_heading", language, turn, works=works, topic=topic)


def is_common(name: str, said: Sequence[Fact]) -> bool:
    """Whether what is said of two works or more rests on ``name``."""
    return len({fact.work.id for fact in said if name in used_in(fact.said.text)}) > 1


def common_to(name: str, works: Sequence[Work], said: Sequence[Fact], names: Names) -> Sentence:
    """That several of ``works`` rest on ``name``, proved by what is said."""
    holding = [fact for fact in said if name in used_in(fact.said.text)]
    ids = tuple(dict.fromkeys(fact.work.id for fact in holding))
    of_two, of_more = phrases("common", names.language)
    named = names.listed([work for work in works if work.id in ids])
    form = of_two if len(ids) == 2 else of_more
    evidence = tuple(dict.fromkeys(e for fact in holding for e in fact.evidence))
    return Sentence(form.format(topic=name, works=named), Status.SUPPORTED, evidence, works=ids)
