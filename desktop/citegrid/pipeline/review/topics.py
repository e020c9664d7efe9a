"""What is said across the works of a review, from what is told of each: it counts what the facts say, and rests on the evidence of
each of them.

``themes`` names what several works treat, ``disagreement`` who reports gains and who drawbacks of one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from citegrid.core.reference import Work
from citegrid.core.statement import Kind
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import Fact, parted
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.phrases import phrase
from citegrid.pipeline.review.sentences import Form, Said
from citegrid.pipeline.review.terms import names_in, phrases_in, words_in, written_as

#: The most works of a theme and of a side of a disagreement.
MOST_TOGETHER = 3
#: The most themes that are named, and the fewest; and the works from which a disagreement tells.
MOST_THEMES, LEAST_THEMES, LEAST_DIVIDED = 3, 2, 3
#: What a sentence tells of a work that it cites in brackets.
FINDINGS = (Kind.RESULT, Kind.COMPARISON, Kind.LIMIT)
#: Characters beside a term by which its places are told apart, and in how many ways it must stand.
BESIDE, WAYS = 3, 3


def themes(told: Sequence[Fact], known: Sequence[Fact], names: Names, general: str) -> Said | None:
    """What several works of the facts ``told`` treat, by terms that the papers use: such as stand in different company in the facts
    ``known`` of them and not in their title, ``general``; None where there are not enough."""
    text = "\n".join(fact.content for fact in known)
    owners: dict[str, list[Fact]] = {}
    for fact in _of_one_citation(told, names):
        for term in phrases_in(fact.content) - phrases_in(general) - names_in(fact.content):
            owners.setdefault(term, []).append(fact)
    taken: set[Work] = set()
    parts: list[str] = []
    facts: list[Fact] = []
    for term, of in sorted(owners.items(), key=lambda pair: (-len(_works_of(pair[1])), -len(pair[0]), pair[0])):
        works = _works_of(of)
        if all((len(works) > 1, len(parts) < MOST_THEMES, taken.isdisjoint(works), _is_term(term, text))):
            taken.update(works)
            facts += of
            parts.append(written_as(term, text) + names.noted(works))
    return _told("themes", names, facts, themes=names.in_row(parts)) if len(parts) >= LEAST_THEMES else None


def _is_term(term: str, text: str) -> bool:
    """Whether a phrase stands in different company: what is cut out of others never does."""
    parts = text.casefold().split(term.casefold())
    sides = {part[-BESIDE:] for part in parts[:-1]}, {part[:BESIDE] for part in parts[1:]}
    return min(map(len, sides)) >= WAYS


def disagreement(told: Sequence[Fact], names: Names, general: str) -> Said | None:
    """Who of the facts ``told`` reports gains and who drawbacks or none, of what shares a word with ``general``; None where not
    both are."""
    language = names.language
    clear = [fact for fact in _of_one_citation(told, names) if fact.takes_side]
    clear.sort(key=lambda fact: -fact.worth)
    words = sorted(words_in(general, language), key=lambda word: (-len(word), word))
    about = ([fact for fact in clear if word in words_in(fact.content, language)] for word in words)
    against, favour = max(
        (parted(some, lambda fact: fact.favourable) for some in about), key=_divided, default=([], [])
    )
    if _divided((against, favour)) < LEAST_DIVIDED:
        return None
    listed = {"favour": names.listed(_works_of(favour)), "against": names.listed(_works_of(against))}
    return _told("disagreement", names, [*favour, *against], **listed)


def _divided(sides: Sequence[Sequence[Fact]]) -> int:
    """Of how many works two sides are; 0 where one is empty, or a work is on both."""
    against, favour = map(_works_of, sides)
    apart = set(against).isdisjoint(favour) and min(len(against), len(favour))
    return (len(against) + len(favour)) * bool(apart)


def _told(table: str, names: Names, facts: Sequence[Fact], **values: str) -> Said:
    works = [work for fact in facts for work in fact.works]
    return Said(Marked(phrase(table, names.language, **values)), tuple(facts), Form.CITED, names.parts(works))


def _works_of(facts: Iterable[Fact]) -> list[Work]:
    return list(dict.fromkeys(work for fact in facts for work in fact.works))[:MOST_TOGETHER]


def _of_one_citation(facts: Iterable[Fact], names: Names) -> list[Fact]:
    """The facts about works that cite them all in one place and are surely theirs: named in the sentence, or in brackets behind a
    result or a limit; what else stands before brackets may be the citing paper's."""
    return [fact for fact in facts if all((fact.cites, fact.cited, not fact.own, _is_theirs(fact, names)))]


def _is_theirs(fact: Fact, names: Names) -> bool:
    works = (*fact.works, *fact.beside)
    noted = fact.kind in FINDINGS, names.within(works) in fact.said.text
    return names.listed(works) in fact.said.text or all(noted)
