"""Citations by names and page, as the MLA style has them: ``(Smith 42)``, ``(Smith and Jones, Rivers 42–45)``, ``Smith shows … (42)``.

No year tells the works of one author apart, so a name that two works bear means one of them only with words of its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from citegrid.core.reference import Reference
from citegrid.core.text import key_text
from citegrid.pipeline.citations.keys import PARTICLES, WORD, EntryNames, Names, word_key
from citegrid.pipeline.citations.text_spans import Part, Stretch

_BRACKET = re.compile(r"\(([^()\[\]]{1,220})\)")
_LEAD = re.compile(r"\s*(?:(?:see(?:\s+also)?|cf\.|e\.g\.,?|qtd\.\s+in|quoted\s+in|also|and)\s+)*", re.I)
#: The pages at the end of a citation; a year is none.
_PAGES = re.compile(
    r"(?:^|[\s,])(?:pp?\.\s*|ch\.\s*|lines?\s+)?(?!(?:1[5-9]|20)\d\d\b)\d{1,4}(?:\s*-\s*\d{1,4})?(?:,\s*\d{1,4}(?:\s*-\s*\d{1,4})?)*\s*(?:n\d*|ff?\.?)?\s*$"
)
_ET_AL = re.compile(r"\bet\.?\s*al\b|\band\s+others\b", re.I)
_ARTICLE = re.compile(r"^[\W_]*(?:(?:the|an?|la|les?|der|die|das|el|los|il)\s+)?", re.I)
_AND = frozenset(("and", "&", "et", "al", "others", "e", "y", "und"))
#: A citation at the end of its clause, and where the sentence before it begins.
_CLOSES, _STOP = re.compile(r"\s*[.,;:?!]"), re.compile(r"[.!?][\"'”)\]]*\s+(?=[A-Z“\"])")
#: Characters in which the name stands that a bare page belongs to, at the end of a clause and amid it: "Smith shows (42) that".
_REACH, _NEAR = 400, 50
#: Key letters of the words of a title that must be the work's.
_TELLING = 3


def by_page(stretch: Stretch, names: Names, references: Sequence[Reference]) -> Iterator[Part]:
    """Citations by names and pages, in reading order."""
    text = stretch.plain
    for match in _BRACKET.finditer(text):
        found: list[Part] = []
        for item in re.finditer(r"[^;]+", match.group(1)):
            start = match.start(1) + item.start()
            start += len(_LEAD.match(item.group())[0])  # type: ignore[index]
            end = match.start(1) + item.end()
            pages = _PAGES.search(text[start:end])
            head = text[start : start + pages.start()] if pages else text[start:end]
            work = _meant(head, bool(pages), names, references)
            if work is not None:
                found.append(Part(start, end, work, match.start(), match.end()))
        if found:
            yield from found
        elif _PAGES.fullmatch(match.group(1).strip()):
            closes = _CLOSES.match(text, match.end())
            reach = _REACH if closes else _NEAR if re.search(r"\d\d", match.group(1)) else 0
            work = _spoken_of(text, match.start(), names, reach)
            if work is not None:
                yield Part(match.start(), match.end(), work, match.start(), match.end(), narrative=True)


def _meant(head: str, paged: bool, names: Names, references: Sequence[Reference]) -> int | None:
    """The entry that ``head`` names by its authors, and by words of its title; without a page only by authors in full."""
    words = [(m.start(), m.end(), word_key(m.group()) or m.group()) for m in WORD.finditer(head)]
    first = next((key for _, _, key in words if key not in PARTICLES), "")
    fits: list[tuple[bool, int]] = []
    for index in names.by_word.get(first, ()):
        entry = names.entries[index]
        named, behind = _named(head, words, entry)
        if not named:
            continue
        title = _title_key(head[behind:])
        if title:
            if paged and len(title) >= _TELLING and _title_key(references[index].title).startswith(title):
                fits.append((True, index))
        elif paged or _ET_AL.search(head) or named > 1:
            fits.append((_agrees(head, named, entry), index))
    sure = [index for agrees, index in fits if agrees]
    return sure[0] if len(sure) == 1 else fits[0][1] if len(fits) == 1 and paged else None


def _title_key(title: str) -> str:
    """The key of a title without its article, which short titles leave out."""
    return key_text(_ARTICLE.sub("", title))


def _named(head: str, words: Sequence[tuple[int, int, str]], entry: EntryNames) -> tuple[int, int]:
    """How many authors of ``entry`` begin ``head``, its first foremost, and where they end in it."""
    families = [set(f) for f in entry.families]
    own = families[0] - PARTICLES or families[0] if families else set()
    if not own or not own <= {key for _, _, key in words}:
        return 0, 0
    vocabulary = set().union(*families)
    used: set[str] = set()
    behind = 0
    for start, end, key in words:
        if key not in vocabulary and key not in _AND and key not in PARTICLES:
            break
        if key in vocabulary and any(c in head[behind:start] for c in "“\"'") and behind:
            break  # a title in quotes begins
        used.add(key)
        if key in vocabulary or key in _AND:
            behind = end + (head[end : end + 1] == "." and key == "al")
    if not own <= used:
        return 0, 0
    return sum(bool((f - PARTICLES or f) <= used) for f in families), behind


def _agrees(head: str, named: int, entry: EntryNames) -> bool:
    """Whether as many authors are named as the entry has; "et al." stands for two or more."""
    count = len(entry.families)
    return count >= 3 if _ET_AL.search(head) else named == count


def _spoken_of(text: str, at: int, names: Names, reach: int) -> int | None:
    """The only entry whose first author the sentence names before ``at``, at most ``reach`` characters before."""
    low = max(0, at - reach)
    stops = [m.end() for m in _STOP.finditer(text, low, at)]
    sentence = text[stops[-1] if stops else low : at]
    keys = [word_key(m.group()) for m in WORD.finditer(sentence) if m.group()[:1].isupper()]
    found: list[int] = []
    for key in dict.fromkeys(keys):
        for index in names.by_word.get(key, ()):
            entry = names.entries[index]
            own = set(entry.families[0]) - PARTICLES if entry.families else set()
            if own and own <= set(keys):
                found.append(index)
    entries = list(dict.fromkeys(found))
    if len(entries) > 1:  # "Smith and Jones": the work of both, not that of Smith alone, nor one by Jones
        whole = [i for i in entries if _whole(sentence, set(keys), names.entries[i])]
        most = max((len(names.entries[i].families) for i in whole), default=0)
        entries = [i for i in whole if len(names.entries[i].families) == most] if most > 1 else []
    return entries[0] if len(entries) == 1 else None


def _whole(sentence: str, keys: set[str], entry: EntryNames) -> bool:
    """Whether a sentence names all authors of an entry, or the first "et al."."""
    named = [(set(f) - PARTICLES or set(f)) <= keys for f in entry.families]
    return all(named) or (len(named) > 2 and bool(_ET_AL.search(sentence)))
