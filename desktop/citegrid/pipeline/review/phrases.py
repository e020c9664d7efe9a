"""The phrases that hold a review together, and the patterns of what they are put to: ``resources/lexicon/review.toml``."""

from __future__ import annotations

import re
from functools import cache

from citegrid.core.language import lexicon


def phrases(table: str, language: str) -> tuple[str, ...]:
    """The phrases of a table, in their order; a phrase may stand in it more than once."""
    return lexicon.tables("review")[table][language]


def phrase(table: str, language: str, **values: object) -> str:
    """The one phrase of a table, its ``{names}`` filled in."""
    (only,) = phrases(table, language)
    return only.format_map(values)


def in_turn(table: str, language: str, turn: int, **values: object) -> str:
    """The phrase of a table whose turn it is, its ``{names}`` filled in; the last one stays for all that follow."""
    found = phrases(table, language)
    return found[min(turn, len(found) - 1)].format_map(values)


def _held(table: str, *languages: str) -> str:
    return lexicon.pattern_of("review", table, *languages)


def _whole(table: str) -> str:
    return lexicon.whole_words("review", table)


def words_of(table: str) -> re.Pattern[str]:
    """Any phrase of a table as whole words, in small letters or capitals."""
    return re.compile(_whole(table), re.I)


def either(zh: str, en: str) -> dict[str, re.Pattern[str]]:
    """A pattern for each language."""
    return {"zh": re.compile(zh), "en": re.compile(en)}


#: The tables of sentences that are said across works, and what is filled in; the first is that of older reviews.
TOPICS = ("shared_topic", "themes", "disagreement")
_FILLED = re.compile(r"\\{\w+\\}")
_NOTHING = "(?!)"
_POINTING = rf"(?:{_held('pointing')}|[图表]\s*\d)"
#: Not where something of the authors' is named ("the authors' data").
_AUTHORS = rf"\b{_held('inner_subjects', 'en')}\b(?![’'])"

#: The subject of a sentence about a work, in whose place its name can stand; and the authors further inside a sentence.
SUBJECTS = either("^" + _held("subjects", "zh"), rf"^{_held('subjects', 'en')}\b")
INNER_SUBJECTS = either(_held("inner_subjects", "zh"), _AUTHORS)
#: What may stand behind the family name of a work's first author where a sentence begins with it; a verb follows.
AND_OTHERS = {
    "zh": rf"\s*(?:{_held('and_others', 'zh')}[\w·]*?)?(?={_held('verbs')})",
    "en": rf"(?:,? (?:{_held('and_others', 'en')}|(?:and|&) [A-ZÀ-Þ][\w’-]+))?(?=,? [A-Za-z])",
}
#: A sentence that lacks only its subject.
WITHOUT_SUBJECT = either(f"{_held('adverbs')}?{_held('verbs')}", _NOTHING)
#: The authors of the paper itself as a subject in English, and what they call theirs: inside a sentence, and at its beginning.
OWN_SUBJECTS = words_of("own_subjects")
OWN_POSSESSIVES = re.compile(rf"{_whole('own_possessives')}(?! (?:[\w-]+ )?{_whole('common_things')})", re.I)
OWNED = either("^" + _held("owned", "zh"), "^" + rf"{_held('owned', 'en')}\b")
#: What keeps its capital inside a sentence: acronyms, and words made of names of places ("Brazilian").
KEEPS_CAPITAL = re.compile(
    r"[A-Z][\w\-]*[A-Z0-9]|[B-Z]\b|[A-Z]\w{2,}(?:ian|ean|ese|ican)s?\b|[A-Z]\w+[’']s\b|[A-Z][a-z]+ [A-Z][a-z]+\b"
)
#: A name with a capital or a number inside.
NAME = re.compile(r"(?<![\w-])(?=[\w\-]*[A-Z][\w\-]*[A-Z0-9])[A-Za-z][\w\-]+(?![\w-])", re.A)
#: What opens and closes.
BRACKETS = (("(", ")"), ("（", "）"), ("[", "]"), ("“", "”"))
#: Words that joined a sentence to others in its source: at its beginning, and inside it.
CONNECTIVE = either(
    rf"^(?:(?:(?:{_held('connectives', 'zh')}|{_held('counting')}[^,，]{{0,20}})[,，]|{_held('bare_connectives')}|如(?={_held('behind_examples')}))\s*)+",
    rf"^(?:{_held('connectives', 'en')}(?:,\s*|(?=\s+(?:the|a|an|we)\s)))+",
)
INNER_CONNECTIVE = either(
    _NOTHING, rf",\s*{_held('inner_connectives', 'en')}\s*,|(?<=[a-z]) {_held('inferring')}(?= [a-z])"
)
#: A clause that points to another place of its paper; such a note in brackets, or one with the figures of a test or a sample
#: (n = 53, 62.3%).
POINTS = re.compile(_POINTING)
NOTE = re.compile(rf"\s*[(（][^()（）]*(?:{_POINTING}|\s[=<>]\s)[^()（）]*[)）]")
#: A sentence that leans on the one before it, and one in which the paper speaks of itself.
LEANS = words_of("leaning")
OWN_VOICE = words_of("citing_voice")
#: Words inside a sentence that point to what stood before it.
POINTS_BACK = words_of("pointing_back")
#: Words that want a noun behind them: the name of a work there is part of the sentence.
BEFORE_NAMES = frozenset(phrases("before_names", "en"))
#: What stands behind a verb and not behind a noun that could be taken for one.
BEHIND_VERBS = frozenset(phrases("behind_verbs", "en"))
#: What makes the name before it an owner.
POSSESSIVE = lexicon.words("review", "possessive")
#: What can be said shorter, and how.
TERSE = {language: dict(pair.split(" → ") for pair in phrases("shorter", language)) for language in ("zh", "en")}
WORDY = either(lexicon.alternatives(TERSE["zh"]), rf"\b{lexicon.alternatives(TERSE['en'])}\b")


def is_closed(text: str) -> bool:
    """Whether every bracket of a text is closed."""
    return all(text.count(opens) == text.count(closes) for opens, closes in BRACKETS)


@cache
def _topics(language: str) -> re.Pattern[str]:
    forms = (form for table in TOPICS for form in phrases(table, language))
    return re.compile("|".join(_FILLED.sub(".*", re.escape(form)) for form in forms))


def is_topic(text: str, language: str) -> bool:
    """Whether a sentence is one that the program says across works."""
    return _topics(language).match(text) is not None
