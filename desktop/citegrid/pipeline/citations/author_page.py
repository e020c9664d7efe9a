"""Citations by names and page, as the MLA style has them: ``(Smith 42)``, ``(Smith and Jones, Rivers 42–45)``, ``Smith shows … (42)``.

No year tells the works of one author apart, so a name that two works bear means one of them only with words of its title.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.reference import Reference
from citegrid.core.text import key_text
from citegrid.pipeline.citations.author_year_match import NameWord
from citegrid.pipeline.citations.keys import EntryNames, NameIndex, without_particles, word_key
from citegrid.pipeline.citations.patterns import (
    ARTICLE,
    CONJUNCTIONS,
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
_TWO_DIGITS = re.compile(r"\d\d")
#: Characters in which the name stands that a bare page belongs to, at the end of a clause and amid it: "Smith shows (42) that".
_REACH, _NEAR = 400, 50
#: Key letters of the words of a title that must be the work's.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class _Named:
    """An entry whose authors begin a citation: how many are named, and whether that is all of them or "et al."."""

    index: int
    count: int
    agrees: bool


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
    reach = _REACH if at_end else _NEAR if _TWO_DIGITS.search(inner) else 0
    work = _named_before(text, bracket.start(), names, reach)
    if work is not None:
        yield InTextCitation(bracket.start(), bracket.end(), work, bracket.start(), bracket.end(), narrative=True)


def _work_of(head: str, paged: bool, names: NameIndex, references: Sequence[Reference]) -> int | None:
    """The entry that ``head`` names by its authors, and by words of its title; without a page only by authors in full."""
    words = [NameWord(m.start(), m.end(), word_key(m.group()) or m.group()) for m in NAME_WORD.finditer(head)]
    first = next((word.key for word in words if word.key not in PARTICLES), "")
    fits: list[_Named] = []
    for index in names.by_word.get(first, ()):
        count, behind = _count_named(head, words, names.entries[index])
        title = _title_key(head[behind:])
        if count and title and paged and _is_title(title, references[index]):
            fits.append(_Named(index, count, True))
        elif count and not title and (paged or count > 1 or NAMES_GO_ON.search(head)):
            fits.append(_Named(index, count, _agrees(head, count, names.entries[index])))
    sure = [fit.index for fit in fits if fit.agrees]
    if len(sure) == 1:
        return sure[0]
    return fits[0].index if len(fits) == 1 and paged else None


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
        if not is_name and word.key not in CONJUNCTIONS and word.key not in PARTICLES:
            break
        if is_name and behind and _OPENS_QUOTE.intersection(head[behind : word.start]):
            break
        used.add(word.key)
        if is_name or word.key in CONJUNCTIONS:
            behind = word.end + (word.key == "al" and head.startswith(".", word.end))
    return used, behind


def _agrees(head: str, named: int, entry: EntryNames) -> bool:
    """Whether as many authors are named as the entry has; "et al." stands for two or more."""
    count = len(entry.families)
    return count >= 3 if NAMES_GO_ON.search(head) else named == count


def _named_before(text: str, at: int, names: NameIndex, reach: int) -> int | None:
    """The only entry whose first author the sentence names before ``at``, at most ``reach`` characters before."""
    low = max(0, at - reach)
    stops = [m.end() for m in _STOP.finditer(text, low, at)]
    sentence = text[stops[-1] if stops else low : at]
    keys = [word_key(m.group()) for m in NAME_WORD.finditer(sentence) if m.group()[:1].isupper()]
    indices = dict.fromkeys(index for key in keys for index in names.by_word.get(key, ()))
    entries = [names.entries[index] for index in indices]
    named = [e for e in entries if (own := frozenset(e.first_author - PARTICLES)) and own <= set(keys)]
    if len(named) > 1:  # "Smith and Jones": the work of both, not that of Smith alone, nor one by Jones
        named = _with_most_authors([e for e in named if _names_all(sentence, set(keys), e)])
    return named[0].index if len(named) == 1 else None


def _with_most_authors(entries: Sequence[EntryNames]) -> list[EntryNames]:
    """The entries with the most authors, where that is more than one."""
    most = max((len(e.families) for e in entries), default=0)
    return [e for e in entries if len(e.families) == most] if most > 1 else []


def _names_all(sentence: str, keys: set[str], entry: EntryNames) -> bool:
    """Whether a sentence names all authors of an entry, or the first "et al."."""
    named = [without_particles(family) <= keys for family in entry.families]
    return all(named) or (len(named) > 2 and bool(NAMES_GO_ON.search(sentence)))
