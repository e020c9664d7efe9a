"""What a footnote cites: the full reference of a work, a short form of one cited before, "ibid.", or nothing.

A note is parted at its semicolons.  A piece is a work where authors, a title that is set off, and a year are read; a
short form where the family name of a known work's first author begins it and its title words, if any, are the work's.
What cannot be told from another work means none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.text import join_lines, key_text, weight
from citegrid.pipeline.entry import Fields, parse_entry
from citegrid.pipeline.entry_names import PARTICLES, keys_of
from citegrid.pipeline.marked_lists import MARK

_LEAD = re.compile(
    r"\s*(?:(?:[Bb]ut\s+|[Aa]nd\s+)?[Ss]ee(?:,?\s+(?:also|generally|for\s+example|for\s+instance|especially|in\s+particular|e\.\s?g\.))?,?|[Ee]\.\s?g\.,?|[Cc]f\.|[Cc]ompare|[Aa]ccord"
    r"|[Qq]uoted\s+(?:in|from)|[Cc]ited\s+in|[Vv]gl\.(?:\s+(?:dazu|auch|hierzu|etwa|nur|u\.\s?a\.))*|[Ss]iehe(?:\s+(?:auch|dazu))?|[Ss]o\s+auch|[Dd]azu|[Vv]oir(?:\s+aussi)?|[Vv]éase"
    r"|参见|参阅|详见|另见|可参见?|参看|转引自|引自|见)[:：]?\s*"
)
_IBID = re.compile(
    r"(?:[Ii]bid(?:em)?\b|[Ii]b\.|[Ii]d\.|[Ii]dem\b|[Ee]bd\.|[Ee]benda|[Ll]oc\.\s?cit|同上|同前|同注\s*$)"
)
#: "supra note 3", "(Anm. 3)", "(wie Fn. 3)", "前注③".
_BACK = re.compile(
    r"(?:[Ss]upra,?\s+(?:note|n\.)|\((?:wie\s+|siehe\s+|s\.\s*)?(?:Anm\.|Fn\.|Fußn\.|Anmerkung|note|n\.)|(?:前引?|同|见|参见)注)\s*[\[(（〔]?\s*(?P<number>\d{1,3}|[①-⑳])"
)
#: What sets a title off, or tells where a work appeared.
_QUOTED = re.compile(r"[“„«《「『\"‘]")
_PUBLISHED = re.compile(
    r"\([^()]{2,90}(?:1[5-9]|20)\d\d\)|\d\s*\((?:1[5-9]|20)\d\d\)|,\s+[A-ZÀ-Þ][^,;]{2,40}\s(?:1[5-9]|20)\d\d,|:\s[^:;]{3,60},\s*(?:1[5-9]|20)\d\d|[社店馆局]\s*[,，]?\s*(?:1[5-9]|20)\d\d"
)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: What looks as if it cited something.
_DOUBT = re.compile(
    r"[Ss]upra\b|[Oo]p\.\s?cit|a\.\s?a\.\s?O\.|\b(?:pp?|S)\.\s?\d|第\s*\d+\s*页|前揭|前引|[《“][^》”]{4,}[》”]"
)
#: Words of a title by which a short form is told, and the share of them that must be the work's.
_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Known:
    """A work that notes may cite; ``title`` is a key, ``families`` the key words of its first author."""

    families: tuple[str, ...]
    title: str
    year: int | None

    @staticmethod
    def of(authors: Sequence[str], title: str, year: int | None) -> Known:
        """What tells the work that ``authors`` wrote."""
        return Known(_first(authors), key_text(title), year)


@dataclass(frozen=True, slots=True)
class Piece:
    """One citation of a note: characters ``start`` to ``end`` of its text, its fields when it is a full reference,
    and the index of the work it means, -1 for a new one."""

    start: int
    end: int
    fields: Fields | None
    work: int


class Reader:
    """Reads the notes of a paper in order and remembers the works; ``known`` are those of a bibliography."""

    def __init__(self, known: Sequence[Known], closed: bool) -> None:
        self.works = list(known)
        self.closed = closed
        self._by_note: dict[int, list[int]] = {}
        self._last: list[int] = []
        self.unsure: list[int] = []

    def read(self, number: int, text: str, italic: Collection[str]) -> list[Piece]:
        """The citations of the note ``number``; new works are added to ``works``."""
        found: list[Piece] = []
        before, self._last = self._last, []
        unsure = False
        for start, end in _pieces(text):
            piece = self._piece(text, start, end, italic, before if not found else [found[-1].work])
            if piece is None:
                unsure = unsure or bool(_DOUBT.search(text, start, end))
            else:
                found.append(piece)
        self._last = [p.work for p in found]
        self._by_note[number] = self._last
        if unsure:
            self.unsure.append(number)
        return found

    def _piece(self, text: str, start: int, end: int, italic: Collection[str], before: Sequence[int]) -> Piece | None:
        for at in _beginnings(text, start, end):
            printed = text[at:end]
            if _IBID.match(printed):
                return Piece(at, end, None, before[0]) if len(set(before)) == 1 else None
            if (back := _BACK.search(printed)) and (work := self._in_note(back, printed)) is not None:
                return Piece(at, end, None, work)
            fields = parse_entry(printed, next((i for i in italic if i in join_lines(printed)), ""))
            if _is_work(printed, fields, italic):
                return self._work(at, end, fields)
            if (work := self._short(printed)) is not None:
                return Piece(at, end, None, work)
        return None

    def _work(self, start: int, end: int, fields: Fields) -> Piece | None:
        """The work of a full reference: one that is known, or a new one unless it may be a known one misread."""
        key = Known.of(fields.authors, fields.title, fields.year)
        own = [i for i, w in enumerate(self.works) if set(w.families) & set(key.families)]
        same = [i for i in own if _same(self.works[i].title, key.title)]
        if same:
            return Piece(start, end, fields, same[0])
        if self.closed and own:
            dated = [i for i in own if self.works[i].year == key.year]
            return Piece(start, end, None, dated[0]) if len(dated) == 1 and len(own) == 1 else None
        self.works.append(key)
        return Piece(start, end, fields, len(self.works) - 1)

    def _in_note(self, back: re.Match[str], printed: str) -> int | None:
        """The work of the note that a piece points back to: the only one, or that of the author it names."""
        digits = back["number"]
        number = int(digits) if digits.isdecimal() else ord(digits) - 0x245F
        works = self._by_note.get(number, [])
        named = [w for w in works if self._names(self.works[w], printed[: back.start()])]
        if len(set(named)) == 1:
            return named[0]
        return works[0] if len(set(works)) == 1 and not keys_of(printed[: back.start()]) else None

    def _short(self, printed: str) -> int | None:
        """The known work that begins with the author and the title words of ``printed``."""
        text = join_lines(printed)
        head = re.split(r"[,，:：.“„«《\"‘(]", text, maxsplit=1)[0]
        own = [i for i, w in enumerate(self.works) if self._names(w, head)]
        if not own or _YEAR.search(text):
            return None
        title = _short_title(text[len(head) :])
        if not title:
            return own[0] if len(own) == 1 and re.search(r"\d", text) else None
        fitting = [i for i in own if _fits(title, self.works[i].title)]
        return fitting[0] if len(fitting) == 1 else None

    def _names(self, work: Known, head: str) -> bool:
        """Whether ``head`` names the first author of ``work``."""
        if any(_HAN.search(f) for f in work.families):
            return key_text(head).startswith(work.families)
        said = keys_of(head)
        own = [f for f in work.families if f not in PARTICLES] or list(work.families)
        return bool(own) and all(f in said for f in own)


def _first(authors: Sequence[str]) -> tuple[str, ...]:
    if not authors:
        return ()
    family = authors[0].split(",")[0]
    return (key_text(family),) if _HAN.search(family) else keys_of(family)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a note between semicolons that stand outside brackets and quotes."""
    depth, start = 0, 0
    for i, char in enumerate(text):
        depth = max(0, depth + (char in "([《“（") - (char in ")]》”）"))
        if char in ";；" and depth == 0:
            yield start, i
            start = i + 1
    if text[start:].strip():
        yield start, len(text)


def _beginnings(text: str, start: int, end: int) -> Iterator[int]:
    """Where a citation may begin: behind the words that lead to it, or behind such words further on, after a remark."""
    lead = _LEAD.match(text, start, end)
    at = lead.end() if lead else start + len(text[start:end]) - len(text[start:end].lstrip())
    yield at
    for match in re.finditer(r"(?:[.。,，:：(（]\s*|\s)(?=[SsCcVv参见转详另])", text[at:end]):
        lead = _LEAD.match(text, at + match.end(), end)
        if lead and lead.end() > at + match.end():
            yield lead.end()


def _is_work(printed: str, fields: Fields, italic: Collection[str]) -> bool:
    """Whether a piece of a note is the full reference of a work."""
    text = join_lines(printed)
    if not fields.authors or fields.year is None or weight(fields.title) < 6 or len(text) > 600:
        return False
    set_off = any(i in text for i in italic) or _QUOTED.search(text) or MARK.search(text)
    return bool(set_off) and bool(MARK.search(text) or _PUBLISHED.search(text))


def _short_title(text: str) -> str:
    """The key of the title words behind a name: in quotes, or up to a comma, a bracket or a number."""
    quoted = re.search(r"[“„«《\"‘]([^”“»》\"’]{2,120})[”“»》\"’]", text)
    if quoted:
        return key_text(quoted.group(1))
    words = re.split(r",\s*(?=\d|pp?\.|S\.|at\b)|\(|\d|\[", text.lstrip(" ,.:"), maxsplit=1)[0]
    return key_text(
        re.sub(r"\b(?:et al|u\. ?a|S|pp?|at|op\. ?cit)\.?\s*$|^et al\.?,?|^u\. ?a\.,?", "", words.strip(" ,."))
    )


def _fits(short: str, title: str) -> bool:
    """Whether a short title is one of ``title``: its beginning, or a stretch of it."""
    return len(short) >= 2 and (title.startswith(short[: max(4, int(_SHARE * len(short)))]) or short in title)


def _same(a: str, b: str) -> bool:
    return bool(a and b) and (a == b or (min(len(a), len(b)) >= 12 and (a.startswith(b) or b.startswith(a))))
