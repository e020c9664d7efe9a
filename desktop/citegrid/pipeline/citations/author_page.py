"""Citations by names and page, as the MLA style has them: ``(Smith 42)``, ``(Smith and Jones, Rivers 42–45)``, ``Smith shows … (42)``.

No year tells the works of one author apart, so a name that two works bear means one of them only with words of its title.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.language.text import key_text
from citegrid.core.reference import Reference
from citegrid.pipeline.citations.author_year_match import NameWord
from citegrid.pipeline.citations.keys import EntryNames, NameIndex, without_particles, word_key
from citegrid.pipeline.citations.patterns import (
    ARTICLE,
    CONJUNCTIONS,
    DIGITS,
    LEAD_IN,
    NAME_WORD,
    NAMES_GO_ON,
    PAGES,
    PARTICLES,
)
from citegrid.pipeline.citations.text_spans import CitingText, InTextCitation

_BRACKET = re.compile(r"\(([^()\[\]]{1,220})\)")
_PART = re.compile(r"[^;]+")
_LEAD = re.compile(rf"\s*{LEAD_IN}", re.I)
_OPENS_QUOTE = frozenset("“\"'")
#: A citation at the end of its clause, and where the sentence before it begins.
_CLOSES, _STOP = re.compile(r"\s*[.,;:?!]"), re.compile(r"[.!?][\"'”)\]]*\s+(?=[A-Z“\"])")
#: Characters in which the name stands that a bare page belongs to, at the end of a clause and amid it: "Smith shows (42) that".
_REACH, _NEAR = 400, 50
#: Key letters of the words of a title that must be the work's.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class _PageCandidate:
    """An entry whose authors begin a citation; ``sure`` when its title follows, or as many authors are named as it has."""

    index: int
    sure: bool


def author_page_citations(
    text: CitingText, names: NameIndex, references: Sequence[Reference]
) -> Iterator[InTextCitation]:
    """Citations by names and pages, in reading order."""
    for bracket in _BRACKET.finditer(text.plain):
        found = list(_parenthetical(text.plain, bracket, names, references))
        yield from found or _narrative(text.plain, bracket, names)


def _parenthetical(
    text: str, bracket: re.Match[str], names: NameIndex, references: Sequence[Reference]
) -> Iterator[InTextCitation]:
    """The works that a bracket names, parted by semicolons."""
    for part in _PART.finditer(text, bracket.start(1), bracket.end(1)):
        lead = _LEAD.match(text, part.start(), part.end())
        start = lead.end() if lead else part.start()
        printed = text[start : part.end()]
        pages = PAGES.search(printed)
        work = _work_of(printed[: pages.start()] if pages else printed, bool(pages), names, references)
        if work is not None:
            yield InTextCitation(start, part.end(), work, bracket.start(), bracket.end())


def _narrative(text: str, bracket: re.Match[str], names: NameIndex) -> Iterator[InTextCitation]:
    """The work that the sentence names before a bracket with nothing but pages."""
    inner = bracket.group(1).strip()
    if not PAGES.fullmatch(inner):
        return
    at_end = _CLOSES.match(text, bracket.end()) is not None
    reach = _REACH if at_end else _NEAR if any(len(number) > 1 for number in DIGITS.findall(inner)) else 0
    work = _named_before(text, bracket.start(), names, reach)
    if work is not None:
        yield InTextCitation(bracket.start(), bracket.end(), work, bracket.start(), bracket.end(), narrative=True)


def _work_of(head: str, paged: bool, names: NameIndex, references: Sequence[Reference]) -> int | None:
    """The entry that ``head`` names by its authors, and by words of its title; without a page only by authors in full."""
    words = [NameWord(m.start(), m.end(), word_key(m.group()) or m.group()) for m in NAME_WORD.finditer(head)]
    found: list[_PageCandidate] = []
    for index in names.by_word.get(_first_name(words), ()):
        candidate = _candidate(head, words, names.entries[index], references[index], paged)
        if candidate is not None:
            found.append(candidate)
    sure = [candidate for candidate in found if candidate.sure]
    meant = sure if len(sure) == 1 or not paged else found
    return meant[0].index if len(meant) == 1 else None


def _first_name(words: Sequence[NameWord]) -> str:
    """The key of the first word that is no particle."""
    return next((word.key for word in words if word.key not in PARTICLES), "")


def _candidate(
    head: str, words: Sequence[NameWord], entry: EntryNames, reference: Reference, paged: bool
) -> _PageCandidate | None:
    """The entry as one that ``head`` may mean; None where it names other authors or another title."""
    count, behind = _count_named(head, words, entry)
    if not count:
        return None
    title = _title_key(head[behind:])
    if title:
        return _PageCandidate(entry.index, True) if paged and _is_title(title, reference) else None
    abbreviated = bool(NAMES_GO_ON.search(head))
    agrees = len(entry.families) >= 3 if abbreviated else count == len(entry.families)
    return _PageCandidate(entry.index, agrees) if paged or abbreviated or count > 1 else None


def _is_title(title: str, reference: Reference) -> bool:
    """Whether the key of title words begins the title of a work."""
    return len(title) >= _TELLING and _title_key(reference.title).startswith(title)


def _title_key(title: str) -> str:
    """The key of a title without its article, which short titles leave out."""
    return key_text(ARTICLE.sub("", title))


def _count_named(head: str, words: Sequence[NameWord], entry: EntryNames) -> tuple[int, int]:
    """How many authors of ``entry`` begin ``head``, its first foremost, and where they end in it."""
    used, behind = _names_at_start(head, words, {key for family in entry.families for key in family})
    first = entry.first_family
    if not first or not first <= used:
        return 0, 0
    return sum(without_particles(family) <= used for family in entry.families), behind


def _names_at_start(head: str, words: Sequence[NameWord], vocabulary: Collection[str]) -> tuple[set[str], int]:
    """The words of the names that begin ``head``, and where they end: at another word, or where a title in quotes begins."""
    used: set[str] = set()
    behind = 0
    for word in words:
        is_name = word.key in vocabulary
        opens_title = bool(behind and _OPENS_QUOTE.intersection(head[behind : word.start]))
        if (opens_title and is_name) or not (is_name or _may_join(word.key)):
            break
        used.add(word.key)
        if is_name or word.key in CONJUNCTIONS:
            behind = word.end + (word.key == "al" and head.startswith(".", word.end))
    return used, behind


def _named_before(text: str, at: int, names: NameIndex, reach: int) -> int | None:
    """The only entry whose first author the sentence names before ``at``, at most ``reach`` characters before."""
    sentence = _sentence_before(text, at, reach)
    keys = {word_key(m.group()): None for m in NAME_WORD.finditer(sentence) if m.group()[:1].isupper()}
    named = _entries_named(keys, names)
    if len(named) > 1:  # "Smith and Jones": the work of both, not that of Smith alone, nor one by Jones
        named = _with_most_authors([entry for entry in named if _names_all(sentence, keys, entry)])
    return named[0].index if len(named) == 1 else None


def _entries_named(keys: Collection[str], names: NameIndex) -> list[EntryNames]:
    """The entries whose first author is among ``keys`` with the whole family name."""
    indices = dict.fromkeys(index for key in keys for index in names.by_word.get(key, ()))
    return [names.entries[index] for index in indices if _names_first(keys, names.entries[index])]


def _sentence_before(text: str, at: int, reach: int) -> str:
    """What stands before ``at`` in its sentence, at most ``reach`` characters."""
    low = max(0, at - reach)
    return text[max((m.end() for m in _STOP.finditer(text, low, at)), default=low) : at]


def _names_first(keys: Collection[str], entry: EntryNames) -> bool:
    """Whether the whole family name of an entry's first author is among ``keys``; one of particles tells nothing."""
    family = entry.first_author - PARTICLES
    return bool(family) and family.issubset(keys)


def _with_most_authors(entries: Sequence[EntryNames]) -> list[EntryNames]:
    """The entries with the most authors, where that is more than one."""
    most = max((len(e.families) for e in entries), default=0)
    return [e for e in entries if len(e.families) == most] if most > 1 else []


def _may_join(key: str) -> bool:
    return key in CONJUNCTIONS or key in PARTICLES


def _names_all(sentence: str, keys: Collection[str], entry: EntryNames) -> bool:
    """Whether a sentence names all authors of an entry, or the first "et al."."""
    named = [without_particles(family).issubset(keys) for family in entry.families]
    return all(named) or (len(named) > 2 and bool(NAMES_GO_ON.search(sentence)))
