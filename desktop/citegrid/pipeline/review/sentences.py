"""Sentences: facts said so that each names its work, in forms that change as people change them.

A statement whose subject is its authors takes their name in that place; one that has a subject of its own takes a citation
at its end or behind the name that is its subject, or is reported as what the work found.  Two facts of one work make one sentence where they fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from citegrid.core.reference import WorkKind
from citegrid.core.review import Sentence
from citegrid.core.script import language_of
from citegrid.core.statement import Kind
from citegrid.core.table import Status, Wording
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.names import Names
from citegrid.pipeline.review.own_voice import ADVERB_END, is_finite, told_of_paper
from citegrid.pipeline.review.passages import HERE
from citegrid.pipeline.review.phrases import (
    BEFORE_NAMES,
    BEHIND_VERBS,
    CONDITION,
    INNER_SUBJECTS,
    KEEPS_CAPITAL,
    NAME,
    OWNED,
    POSSESSIVE,
    SUBJECTS,
    TAIL,
    WITHOUT_SUBJECT,
    in_turn,
    is_closed,
    phrase,
    phrases,
)

#: A sentence is no longer than this (characters, words); a statement that is longer than the second loses a clause that it is
#: true without; a single statement above the third is a long one; what is left is at least as long as the fourth.
LONGEST = {"zh": 130, "en": 52}
LONG = {"zh": 45, "en": 22}
LENGTHY = {"zh": 75, "en": 36}
LEAST = {"zh": 22, "en": 10}
#: Kinds of facts that a review tells less closely than the table does.
_ACCOUNTS = (Kind.METHOD, Kind.CONTRIBUTION, Kind.DATA, Kind.AIM, Kind.BACKGROUND, Kind.DETAIL)
_WORDINGS = tuple(Wording)


class Form(Enum):
    """How a sentence names its work: as its subject, as who reports it, or in brackets."""

    TOLD = auto()
    REPORTED = auto()
    NOTED = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in the making, without its stop: its words, the facts it rests on, and how and by which names it names
    their works; ``names`` are empty where it is about the paper itself."""

    said: Marked
    facts: tuple[Fact, ...]
    form: Form
    names: tuple[str, ...] = ()

    def name_lost(self, text: str) -> bool:
        """Whether ``text`` leaves out a work that this sentence names, or its year."""
        return any(name not in text for name in self.names)

    def sentence(self, stop: str, status: Status = Status.SUPPORTED) -> Sentence:
        """The sentence, with all that proves it."""
        evidence = tuple(dict.fromkeys(e for fact in self.facts for e in fact.evidence))
        wording = max((fact.wording for fact in self.facts), key=_WORDINGS.index)
        works = tuple(dict.fromkeys(work.id for fact in self.facts for work in fact.works))
        return Sentence(self.said.text + stop, status, evidence, 0, "", wording, self.said.doubts, works)


def length(text: str, language: str) -> int:
    """How long a text is: in characters where it is Chinese, else in words."""
    return len(text) if language == "zh" else len(text.split())


def say(facts: Sequence[Fact], names: Names, forms: Sequence[Form], *, itself: str = "") -> Said:
    """One sentence of one fact, or of two facts of one work; ``forms`` are those of the sentences before it; see
    ``_of_paper`` for ``itself``."""
    head, *rest = facts
    if names.is_own(head.work):
        made = Said(_of_paper(head, names, itself), (head,), Form.TOLD)
    elif head.by_paper:
        made = Said(_of_use(head, names), (head,), Form.NOTED, names.parts(head.works))
    else:
        made = replace(_of_work(head, names, forms), names=names.parts(head.works))
    for fact in rest:
        limits = (
            fact.kind is Kind.LIMIT and fact.column
        )  # what a sentence's words alone make a limit may limit something else
        between = phrase("but" if limits else "and_found", names.language)
        made = replace(made, said=made.said.joined(between, _second(fact, names)), facts=(*made.facts, fact))
    return made


def fit(one: Fact, other: Fact, language: str) -> bool:
    """Whether two facts make one sentence: of one work beside the paper, short enough together, and neither in two parts already."""
    parted = any(mark in fact.said.text for fact in (one, other) for mark in ";；")
    together = length(_short(one, language).text, language) + length(_short(other, language).text, language)
    alike = one.works == other.works and one.work.kind is not WorkKind.PAPER and one.by_paper == other.by_paper
    return alike and one.kind is not other.kind and not parted and together <= LONGEST[language] - 8


def say_opposed(one: Fact, other: Fact, names: Names) -> Said:
    """One sentence of two facts that say opposite things of one subject, each with the citation of its work."""
    language = names.language
    first = one.said.and_then(names.noted(one.works))
    second = small(other.said, language).and_then(names.noted(other.works))
    return Said(first.joined(phrase("whereas", language), second), (one, other), Form.NOTED)


def opposed(one: Fact, other: Fact, language: str) -> bool:
    """Whether two facts of two works say opposite things of the same subject, by the words they begin with."""
    if one.works == other.works:
        return False
    first, second = (_subject(fact.said.text) for fact in (one, other))
    pairs = list(zip(phrases("less", language), phrases("more_so", language), strict=True))
    texts = one.said.text.casefold(), other.said.text.casefold()
    return bool(first) and first == second and any(_parts(texts, pair) or _parts(texts[::-1], pair) for pair in pairs)


def _parts(texts: tuple[str, str], pair: tuple[str, str]) -> bool:
    """Whether each of two texts has its own word of the pair, and not the other's."""
    return all(mine in text and theirs not in text for text, mine, theirs in zip(texts, pair, pair[::-1], strict=True))


def _subject(text: str) -> str:
    """The name that a statement begins with; empty where it begins with another word."""
    found = NAME.match(text)
    return found.group() if found else ""


def is_long(fact: Fact) -> bool:
    """Whether a fact makes a long sentence by itself."""
    language = language_of(fact.said.text)
    return length(fact.said.text, language) > LENGTHY[language]


def introduces(fact: Fact, language: str) -> bool:
    """Whether a fact says what the authors of its work did, so that its work can be told of from it on."""
    subject = SUBJECTS[language].match(fact.said.text)
    return subject is not None and not fact.said.text.startswith(POSSESSIVE, subject.end())


def _of_work(fact: Fact, names: Names, forms: Sequence[Form]) -> Said:
    language, said = names.language, _short(fact, names.language)
    told = _with_subject(said, names.told(fact.work), language) if len(fact.works) == 1 else None
    if told is not None:
        return Said(told, (fact,), Form.TOLD)
    reported = fact.found and len(fact.works) == 1
    if reported and (not forms or forms[-1] is Form.NOTED):
        plural = len(fact.work.authors) > 1 or language == "zh"
        turn = sum(form is Form.REPORTED for form in forms) % len(phrases("report_result", language))
        form = in_turn("report_result" if plural else "report_result_one", language, turn, who="{who}", text="{text}")
        return Said(small(said, language).in_form(form, who=names.told(fact.work)), (fact,), Form.REPORTED)
    at = _place_of_note(said.text)
    return Said(said.put(at, at, names.noted(fact.works)), (fact,), Form.NOTED)


def _place_of_note(text: str) -> int:
    """Where a citation stands: behind the name that is the subject of an English statement, else at the end."""
    name = _subject(text)
    words = [word for word in text[len(name) :].split() if not word.endswith(ADVERB_END)][:2]
    told = len(words) == 2 and is_finite(words[0]) and words[1] in BEHIND_VERBS
    return len(name) if name and told else len(text)


def _with_subject(said: Marked, who: str, language: str) -> Marked | None:
    """The statement with the name of its work in the place of its authors; None where it has another subject."""
    if SUBJECTS[language].match(said.text):
        return said.with_first(SUBJECTS[language], who)
    if WITHOUT_SUBJECT[language].match(said.text):
        return said.put(0, 0, who)
    return said.with_first(INNER_SUBJECTS[language], who) if INNER_SUBJECTS[language].search(said.text) else None


def _of_paper(fact: Fact, names: Names, itself: str) -> Marked:
    """What the paper says of itself; ``itself`` says how it is named, as a table of phrases does ("", "first", "again")."""
    language, said = names.language, fact.said
    table = f"itself_{itself}" if itself else "itself"
    if language == "zh":
        owned = said.with_first(OWNED[language], phrase("itself_owning", language))
        return _with_subject(owned, phrase(table, language), language) or owned
    return Marked(told_of_paper(said.text, phrase(table, language)))  # in its own language it has no doubts


def _of_use(fact: Fact, names: Names) -> Marked:
    """What the paper did with a work, the name of the work in its place: in brackets, or as a part of the sentence behind a
    word that wants one."""
    said = _of_paper(fact, names, "")
    at = said.text.find(HERE)
    before = said.text[:at].split()
    if before and before[-1].casefold() in BEFORE_NAMES:
        return said.put(at, at + len(HERE), names.told(fact.work))
    return said.put(len(said.text[:at].rstrip()), at + len(HERE), names.noted(fact.works))


def _second(fact: Fact, names: Names) -> Marked:
    """A fact behind another one of the same work."""
    language, they = names.language, phrase("they", names.language)
    said = _short(fact, language)
    if names.is_own(fact.work):
        return small(_of_paper(fact, names, "again"), language)
    if SUBJECTS[language].match(said.text):
        return said.with_first(SUBJECTS[language], they)
    return small(said, language)


def _short(fact: Fact, language: str) -> Marked:
    """The statement without last clauses that it is true without, as long as it is long."""
    said = fact.said
    while length(said.text, language) > LONG[language] and not CONDITION.search(said.text):
        less = _without_tail(fact, said, language)
        if less == said:
            break
        said = less
    return said


def _without_tail(fact: Fact, said: Marked, language: str) -> Marked:
    """The statement without the last clause that may be left out; of a finding, a clause with a number in it stays."""
    account = fact.kind in _ACCOUNTS
    for start in reversed([match.start() for match in TAIL[language].finditer(said.text)]):
        head, tail = said.text[:start], said.text[start:]
        if (
            is_closed(head)
            and length(head, language) >= LEAST[language]
            and (account or not any(c.isdigit() for c in tail))
        ):
            return said.put(start, len(said.text), "")
    return said


def small(said: Marked, language: str) -> Marked:
    """An English statement behind other words: a capital that is no name's becomes small."""
    keeps = language == "zh" or KEEPS_CAPITAL.match(said.text)
    return said if keeps else said.begun(str.lower)
