"""What a column asks for: which statements answer it, and by which words they are known.

Kinds of columns are data: ``resources/columns.toml`` says what answers each, ``resources/lexicon/columns.toml`` how people name
it and how sentences that answer it are worded.  A name of several parts ("方法/理论") asks for all that its parts do.  A name that no
list knows is answered only by sentences that hold its own words, or words that the model knows for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from types import MappingProxyType

from citegrid.core.language import lexicon
from citegrid.core.language.script import count_han
from citegrid.core.language.terms import asked_terms, stem
from citegrid.core.resources import resource
from citegrid.core.statement import Kind, Statement
from citegrid.core.table import AnswerType, Column
from citegrid.pipeline.cells.columns import patterns
from citegrid.pipeline.cells.prompts import instruction_of, prompt
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

KEYWORD_TOKENS = 48
#: Letters from which a word of an unknown name says something ("of" does not); an ideograph counts as two.
LEAST_LETTERS = 3
_ANY: Mapping[Kind, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ColumnIntent:
    """What columns of one kind ask for; ``key`` is empty for a name of no known kind.

    ``kinds`` are the kinds of statement that answer, and how well (0 to 1; empty: any kind).  ``cues`` are words of sentences
    that answer; ``explicit``: only a sentence that holds one does, ``explicit_of_others``: only that of what is said of other
    works.  ``number``: only one with a figure does.
    ``said`` is how papers name such things outright ("our contributions are"), and ``words`` are looked for in them; what another work
    is said to have ``reported`` ("they found that …") does not answer.  Under headings of such ``sections`` papers tell it.
    """

    key: str = ""
    kinds: Mapping[Kind, float] = field(default_factory=lambda: _ANY, hash=False)
    cues: re.Pattern[str] = patterns.NOTHING
    explicit: bool = False
    explicit_of_others: bool = False
    number: bool = False
    said: re.Pattern[str] = patterns.NOTHING
    words: str = ""
    reported: re.Pattern[str] = patterns.NOTHING
    sections: re.Pattern[str] = patterns.NOTHING

    def fit(self, statement: Statement) -> float:
        """How well what ``statement`` says answers, 0 to 1: each kind by its share; of any kind but nothing, where any answers."""
        if not self.kinds:
            return 1.0 - statement.says(Kind.NOTHING)
        return sum(weight * statement.says(kind) for kind, weight in self.kinds.items())

    def is_spoken_of_in(self, text: str, *, own: bool = True) -> bool:
        """Whether ``text`` holds what a sentence must hold to answer: a cue where only such answer, and a figure where one
        is asked for.  True for any text where nothing of the kind is asked.  ``own``: a paper says it of itself."""
        if self.number and not _has_figure(text):
            return False
        explicit = self.explicit or (self.explicit_of_others and not own)
        holds = not explicit or self.cues.search(text) is not None
        return holds and (own or self.reported.search(text) is None)


def intent_of(column: Column) -> ColumnIntent:
    """What a column asks for, by its name; one that is answered by yes or no is answered by explicit words only."""
    intent = _of_name(" ".join(column.name.split()))
    if asks_yes_or_no(column) and not intent.explicit:
        cues = _own_words(column.name) if intent.cues == patterns.NOTHING else intent.cues
        return replace(intent, explicit=True, cues=cues)
    return intent


def asks_yes_or_no(column: Column) -> bool:
    """Whether a column is answered by yes or no, by its type or by its name."""
    return column.answer_type is AnswerType.YES_NO or patterns.YES_NO.search(column.name.strip()) is not None


def informed(intent: ColumnIntent, words: str) -> ColumnIntent:
    """The intent of an unknown name with further words (``search_words``) that a sentence may hold; any other as it is."""
    if intent.key:
        return intent
    return replace(intent, cues=patterns.compiled(intent.cues.pattern, _own_words(words).pattern))


@cache
def _of_name(name: str) -> ColumnIntent:
    known = [intents()[key] for key in _keys_of(name)]
    if not known:
        return ColumnIntent(explicit=True, cues=_own_words(name))
    return _together(known) if len(known) > 1 else known[0]


def _keys_of(name: str) -> tuple[str, ...]:
    """The kinds that a name asks for: those that list it whole, else those of its parts, else the first that knows it."""
    whole = _listed_whole(name)
    if whole:
        return whole
    parts = list(filter(None, patterns.BETWEEN_FIELDS.split(name)))
    found = [key for part in parts for key in _listed_whole(part) or _first_that_knows(part)]
    return tuple(dict.fromkeys(found)) or _first_that_knows(name)


def _listed_whole(name: str) -> tuple[str, ...]:
    """The kinds that list ``name`` whole, in their order."""
    return tuple(key for key in intents() if patterns.listed_if_any(f"{key}_exact").fullmatch(name))


def _first_that_knows(name: str) -> tuple[str, ...]:
    """The first kind that knows a part of ``name``; empty without one."""
    return next(((key,) for key in intents() if _names()[key].search(name)), ())


def _together(several: Sequence[ColumnIntent]) -> ColumnIntent:
    """One intent for a name of several parts: what answers any of them; explicit words only where all ask for them."""
    return ColumnIntent(
        several[0].key,
        _best_of([intent.kinds for intent in several]),
        patterns.compiled(*(i.cues.pattern for i in several)),
        all(i.explicit for i in several),
        all(i.explicit_of_others for i in several),
        all(i.number for i in several),
        patterns.compiled(*(i.said.pattern for i in several)),
        " ".join(i.words for i in several),
        sections=patterns.compiled(*(i.sections.pattern for i in several)),
    )


def _best_of(several: Sequence[Mapping[Kind, float]]) -> Mapping[Kind, float]:
    """How well each kind of statement answers one of several columns; any kind where one of them takes any."""
    every = dict.fromkeys(chain.from_iterable(several))
    best = {kind: max(kinds.get(kind, 0.0) for kinds in several) for kind in every}
    return MappingProxyType(best) if all(several) else _ANY


def _own_words(name: str) -> re.Pattern[str]:
    """The words of a name that say what it asks for, as cues; what no text holds where it has none ("?", "其他")."""
    bare = patterns.YES_NO.sub(" ", name)
    terms = [term for term in asked_terms(bare) if len(term) + count_han(term) >= LEAST_LETTERS]
    return patterns.cue_pattern(f"{stem(term)}*" if term.isascii() else term for term in terms)


def _has_figure(text: str) -> bool:
    """Whether a number stands in ``text``, in figures or as a counted word."""
    return any(map(str.isdigit, text)) or any(pattern.search(text) for pattern in patterns.COUNTS)


@cache
def intents() -> Mapping[str, ColumnIntent]:
    """Every known kind by its key, in the order in which a name is tried."""
    read = tomllib.loads(resource("columns.toml").read_text("utf-8"))
    return {key: _intent(key, table) for key, table in read.items()}


@cache
def _names() -> Mapping[str, re.Pattern[str]]:
    """The names of each kind, by its key."""
    return {key: patterns.column_names(key) for key in intents()}


def _intent(key: str, table: Mapping[str, object]) -> ColumnIntent:
    """The kind ``key`` as its table and its lists in the lexicon say."""
    kinds = table["kinds"]
    assert isinstance(kinds, dict)
    return ColumnIntent(
        key,
        MappingProxyType({Kind[name]: float(weight) for name, weight in kinds.items()}),
        patterns.cues(key),
        bool(table.get("explicit", False)),
        bool(table.get("explicit_of_others", False)),
        bool(table.get("number", False)),
        patterns.cues(key, "said"),
        " ".join(lexicon.words("columns", f"{key}_search")),
        patterns.cues(key, "reported"),
        patterns.cues(key, "sections"),
    )


# -- words to look for -------------------------------------------------------------------------------------------------


def search_words(columns: Sequence[Column], model: LanguageModel, *, cancel: Cancel = NEVER) -> dict[str, str]:
    """For each column the words to look for in the paper: its name, its instruction, words of its kind; for a column of
    no known kind the model's own keywords."""
    words = {c.name: f"{c.name} {c.instruction} {intent_of(c).words}" for c in columns}
    unknown = [c for c in columns if not intent_of(c).words]
    for column, answer in zip(unknown, model.answer(list(map(_question, unknown)), cancel=cancel), strict=True):
        words[column.name] += f" {answer.text}"
    return words


def _question(column: Column) -> Ask:
    task = prompt("search", "task").format(column=column.name + instruction_of(column, "en"))
    return Ask(prompt("search", "system"), "", task, max_tokens=KEYWORD_TOKENS)
