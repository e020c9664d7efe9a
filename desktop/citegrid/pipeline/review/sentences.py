"""Sentences: facts said so that each names its work, in forms that change as people change them.

A statement whose subject is its authors takes their name in that place; one that has a subject of its own takes a citation
at its end or behind the name that is its subject, or is reported as what the work found.  Two facts of one work make one sentence where they fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from citegrid.core.evidence import Evidence
from citegrid.core.language.text import matched
from citegrid.core.reference import WorkKind
from citegrid.core.review import Sentence
from citegrid.core.statement import Kind
from citegrid.core.table import Status, Wording
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.own_voice import ADVERB_END, is_finite, told_of_paper
from citegrid.pipeline.review.phrases import (
    BEHIND_VERBS,
    INNER_SUBJECTS,
    KEEPS_CAPITAL,
    NAME,
    OWNED,
    SUBJECTS,
    WITHOUT_SUBJECT,
    in_turn,
    phrase,
    phrases,
)

#: A sentence is no longer than this, in characters or words.
LONGEST = {"zh": 130, "en": 52}
#: How the first sentence about the paper is told apart from others.
FIRST = "first"
#: What may stand behind a name.
_BEHIND_NAMES = " ,;.-"
_WORDINGS = tuple(Wording)


class Form(Enum):
    """How a sentence names its work: as its subject, as who reports it, in brackets, or as its source does."""

    TOLD = auto()
    REPORTED = auto()
    NOTED = auto()
    CITED = auto()


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

    def behind(self, before: Said, names: Names) -> Said:
        """The sentence as it stands right ``behind`` another one: a work that this has named alone is named without its year."""
        (work, *more), known = self.facts[0].works, before.facts[-1].works
        name, at = names.told(work), self.said.text.find(names.told(work))
        if more or known != self.facts[0].works or at < 0 or names.is_own(work):
            return self
        again = names.again(work)
        return replace(self, said=self.said.put(at, at + len(name), again), names=(again,))

    def in_long_form(self, short: str, long: str, told: Evidence) -> Said | None:
        """The sentence with an abbreviation behind its long form, which is ``told`` there; itself where it says that already, None where
        the abbreviation is only a part of words."""
        text = self.said.text
        if long.casefold() in text.casefold():
            return self
        at = max(f" {text} ".find(f" {short}{end}") for end in _BEHIND_NAMES)
        if at < 0:
            return None
        first = replace(self.facts[0], evidence=(*self.facts[0].evidence, told))
        said = self.said.put(at, at + len(short), f"{long} ({short})").begun(str.upper)
        return replace(self, said=said, facts=(first, *self.facts[1:]))

    def sentence(self, stop: str, status: Status = Status.SUPPORTED) -> Sentence:
        """The sentence, with all that proves it."""
        evidence = tuple(dict.fromkeys(e for fact in self.facts for e in fact.evidence))
        wording = max((fact.wording for fact in self.facts), key=_WORDINGS.index)
        works = tuple(dict.fromkeys(work.id for fact in self.facts for work in (*fact.works, *fact.beside)))
        return Sentence(self.said.text + stop, status, evidence, 0, "", wording, self.said.doubts, works)


def length(text: str, language: str) -> int:
    """How long a text is: in characters where it is Chinese, else in words."""
    return len(text) if language == "zh" else len(text.split())


def say(facts: Sequence[Fact], names: Names, forms: Sequence[Form], *, itself: str = "") -> Said:
    """One sentence of one fact, or of two facts of one work; ``forms`` are those of the sentences before it; see
    ``_of_paper`` for ``itself``."""
    head, *rest = facts
    if names.is_own(head.work):
        made = Said(_named_first(_of_paper(head, names, itself), names, itself), (head,), Form.TOLD)
    elif head.cited:
        said = _of_paper(head, names, itself) if head.own else head.said
        made = Said(said, (head,), Form.CITED, tuple(name for name in names.parts(head.works) if name in said.text))
    else:
        made = replace(_of_work(head, names, forms), names=names.parts(head.works))
    for fact in rest:
        limits = (
            fact.kind is Kind.LIMIT and fact.column
        )  # what a sentence's words alone make a limit may limit something else
        between = phrase("but" if limits else "and_found", names.language)
        made = replace(made, said=made.said.joined(between, _second(fact, names)), facts=(*made.facts, fact))
    return made


def joined(one: Said, other: Said, language: str) -> Said | None:
    """Two sentences about the paper itself as one, "The paper introduces … and finds that …"; None where they do not fit: the second
    finds something and begins with the paper as the first does, and they are short enough together."""
    and_itself, again = phrases("both_of_itself", language)
    told = one.said.text.casefold().startswith(phrase("itself", language)), other.said.text.startswith(again)
    finds = other.facts[0].kind is Kind.RESULT, one.facts[-1].kind is not Kind.RESULT
    short = length(one.said.text, language) + length(other.said.text, language) <= LONGEST[language]
    if not all((*told, *finds, short)):
        return None
    rest = other.said.put(0, len(again), "")
    return replace(one, said=one.said.joined(and_itself, rest), facts=one.facts + other.facts)


def fit(one: Fact, other: Fact, language: str) -> bool:
    """Whether two facts make one sentence: of one work beside the paper, short enough together, and neither in two parts already."""
    whole = set(one.said.text + other.said.text).isdisjoint(";；")
    together = length(one.said.text, language) + length(other.said.text, language)
    uncited = not one.cited, not other.cited, one.work.kind is not WorkKind.PAPER
    return all(
        (*uncited, one.works == other.works, one.kind is not other.kind, whole, together <= LONGEST[language] - 8)
    )


def _of_work(fact: Fact, names: Names, forms: Sequence[Form]) -> Said:
    language, said = names.language, fact.said
    told = _told(said, names.told(fact.work), language) if len(fact.works) == 1 else None
    if told is not None:
        return Said(told, (fact,), Form.TOLD)
    reported = fact.found and len(fact.works) == 1
    if reported and (not forms or forms[-1] is not Form.REPORTED):
        plural = len(fact.work.authors) > 1 or language == "zh"
        turn = sum(form is Form.REPORTED for form in forms) % len(phrases("report_result", language))
        form = in_turn("report_result" if plural else "report_result_one", language, turn, who="{who}", text="{text}")
        return Said(small(said, language).in_form(form, who=names.told(fact.work)), (fact,), Form.REPORTED)
    at = _place_of_note(said.text)
    return Said(said.put(at, at, names.noted(fact.works)), (fact,), Form.NOTED)


def _place_of_note(text: str) -> int:
    """Where a citation stands: behind the name that is the subject of an English statement, else at the end."""
    name = matched(NAME.match(text))
    words = [word for word in text[len(name) :].split() if not word.endswith(ADVERB_END)][:2]
    told = len(words) == 2 and is_finite(words[0]) and words[1] in BEHIND_VERBS
    return len(name) if name and told else len(text)


def _told(said: Marked, who: str, language: str) -> Marked | None:
    """The statement with its work as its subject, or as whose the study is that is its subject; None where it has another."""
    study = next((one for one in phrases("studies", language) if said.text.startswith(f"{one} ")), "")
    if study:
        return said.put(0, len(study), phrase("study_of", language, study=study, who=who))
    return _with_subject(said, who, language)


def _with_subject(said: Marked, who: str, language: str) -> Marked | None:
    """The statement with the name of its work in the place of its authors; None where it has another subject."""
    if SUBJECTS[language].match(said.text):
        return said.with_first(SUBJECTS[language], who)
    if INNER_SUBJECTS[language].search(said.text):
        return said.with_first(INNER_SUBJECTS[language], who)
    return said.put(0, 0, who) if WITHOUT_SUBJECT[language].match(said.text) and who not in said.text else None


def _of_paper(fact: Fact, names: Names, itself: str) -> Marked:
    """What the paper says of itself; ``itself`` says how it is named, as a table of phrases does ("", "first", "again", "also")."""
    language, said = names.language, fact.said
    table = f"itself_{itself}" if itself else "itself"
    if not any((fact.own, fact.column)):
        return said
    if language == "zh":
        owned = said.with_first(OWNED[language], phrase("itself_owning", language))
        return _with_subject(owned, phrase(table, language), language) or owned
    return Marked(told_of_paper(said.text, phrase(table, language)))  # in its own language it has no doubts


def _named_first(said: Marked, names: Names, itself: str) -> Marked:
    """What the paper says of itself first, with its authors and year behind the word for it."""
    if itself != FIRST:
        return said
    text, words = said.text.casefold(), phrases("itself_named", names.language)
    at = max(text.find(word) + len(word) for word in ("", *filter(text.__contains__, words)))
    return said.put(at, at, names.of_paper() * bool(at))


def _second(fact: Fact, names: Names) -> Marked:
    """A fact behind another one of the same work."""
    language, they = names.language, phrase("they", names.language)
    said = fact.said
    if names.is_own(fact.work):
        return small(_of_paper(fact, names, "again"), language)
    if SUBJECTS[language].match(said.text):
        return said.with_first(SUBJECTS[language], they)
    return small(said, language)


def small(said: Marked, language: str) -> Marked:
    """An English statement behind other words: a capital that is no name's becomes small."""
    keeps = language == "zh" or KEEPS_CAPITAL.match(said.text)
    return said if keeps else said.begun(str.lower)
