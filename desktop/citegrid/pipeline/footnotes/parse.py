"""What a footnote cites: the full reference of a work, a short form of one cited before, "ibid.", or nothing.

A note is parted at its semicolons.  A piece is a work where authors, a title that is set off, and a year are read; a
short form where the family name of a known work's first author begins it and its title words, if any, are the work's.
What cannot be told from another work means none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from citegrid.core.text import join_lines, key_text, weight
from citegrid.pipeline.bibliography.entry.parse import Fields, parse_entry
from citegrid.pipeline.bibliography.patterns import MARKED_TITLE
from citegrid.pipeline.citations.keys import PARTICLES, keys_of

_LEAD = re.compile(
    r"\s*(?:(?:[Bb]ut\s+|[Aa]nd\s+)?[Ss]ee(?:,?\s+(?:also|generally|for\s+example|for\s+instance|especially|in\s+particular|e\.\s?g\.))?,?|[Ee]\.\s?g\.,?|[Cc]f\.|[Cc]ompare|[Aa]ccord"
    r"|[Qq]uoted\s+(?:in|from)|[Cc]ited\s+in|[Vv]gl\.(?:\s+(?:dazu|auch|hierzu|etwa|nur|u\.\s?a\.))*|[Ss]iehe(?:\s+(?:auch|dazu))?|[Ss]o\s+auch|[Dd]azu|[Vv]oir(?:\s+aussi)?|[Vv]éase"
    r"|参见|参阅|详见|另见|可参见?|参看|转引自|引自|见)[:：]?\s*"
)
_IBID = re.compile(
    r"(?:[Ii]bid(?:em)?\b|[Ii]b\.|[Ii]d\.(?=\s*(?:at\b|§|p|\d|$))|[Ee]bd\.|[Ee]benda|[Ll]oc\.\s?cit|[Ll]\.\s?c\.|[Aa]\.\s?a\.\s?O\.|同上|同前|同注\s*$)"
)
#: "Idem, Physics", "Ders., Wahrheit": another work of the author above.
_SAME_AUTHOR = re.compile(r"(?:[Ii]dem|[Ee]adem|[Ii]d\.|[Dd]ers\.|[Dd]ies\.|氏著)\s*[,:：]?\s*(?=[^\W\d_]{2}|[“„«《])")
#: "supra note 3", "see n. 3", "(Anm. 3)", "(wie Fn. 3)", "(n 3)", "前注③".
_BACK = re.compile(
    r"(?:[Ss]upra,?\s+(?:note|n\.?)|[Ss]ee\s+(?:note|n\.)|\((?:wie\s+|siehe\s+|s\.\s*|see\s+|above,?\s+)?(?:Anm\.|Fn\.|Fußn\.|Anmerkung|note|n\.?)|(?:前引?|同|见|参见)注|前引)"
    r"\s*[\[(（〔]?\s*(?P<number>\d{1,3}(?!\d)|[①-⑳])"
)
_OP_CIT = re.compile(r"\b(?:op|loc|art)\.?\s?cit\b|\ba\.\s?a\.\s?O\.|前揭|前引")
#: What sets a title off, or tells where a work appeared.
_QUOTED = re.compile(r"[“„«《「『\"‘]")
_PUBLISHED = re.compile(
    r"\([^()]{2,90}(?:1[5-9]|20)\d\d\)|\d\s*\((?:1[5-9]|20)\d\d\)|,\s+[A-ZÀ-Þ][^,;]{2,40}\s(?:1[5-9]|20)\d\d,|:\s[^:;]{3,60},\s*(?:1[5-9]|20)\d\d|,\s*(?:1[5-9]|20)\d\d,\s*(?:pp?|S|t|vol)\.|[》”»]\s*(?:1[5-9]|20)\d\d\s?年|\.\s+[A-ZÀ-Þ][^.;]{3,60},\s*(?:1[5-9]|20)\d\d\b|[社店馆局]\s*[,，]?\s*(?:1[5-9]|20)\d\d"
)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: What looks as if it cited something.
_DOUBT = re.compile(
    r"[Ss]upra\b|\b(?:[Ii]bid|[Ii]dem|[Ee]bd|[Ee]benda|[Dd]ers\.|[Ii]d\.)|同上|\bn\.\s?\d|[Oo]p\.\s?cit|a\.\s?a\.\s?O\.|\b(?:pp?|S)\.\s?\d|第\s*\d+\s*页|前揭|前引|[《“][^》”]{4,}[》”]"
)
#: Words of a title by which a short form is told, and the share of them that must be the work's.
_SHARE = 0.75
#: Titles more alike than the one are one title misread, less than the other two titles.
_LIKE, _OTHER = 0.85, 0.6


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
        self._number = 0
        self._cited: set[int] = set()
        self.unsure: list[int] = []

    def read(self, number: int, text: str, italic: Collection[str]) -> list[Piece]:
        """The citations of the note ``number``; new works are added to ``works``."""
        found: list[Piece] = []
        before = (
            self._last if number in (self._number + 1, 1) else []
        )  # behind a note that was not found "ibid." means nothing
        self._number = number
        unsure = False
        for start, end in _pieces(text):
            piece = self._piece(text, start, end, italic, before)
            if piece is not None:
                found.append(piece)
                before = [piece.work]
            elif _DOUBT.search(text, start, end):
                unsure, before = True, []  # what follows may mean the work that was not told
        works = [p.work for p in found]
        self._cited.update(works)
        self._by_note[number] = works
        self._last = [] if unsure else works
        if unsure:
            self.unsure.append(number)
        return found

    def _piece(self, text: str, start: int, end: int, italic: Collection[str], before: Sequence[int]) -> Piece | None:
        for at in _beginnings(text, start, end):
            printed = text[at:end]
            if (same := _SAME_AUTHOR.match(printed)) and not _IBID.match(printed):
                work = self._by_same(printed[same.end() :], before)
                return Piece(at, end, None, work) if work is not None else None
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
        alike = sorted(((_likeness(self.works[i].title, key.title), i) for i in own), reverse=True)
        if self.closed and alike and alike[0][0] > _OTHER:  # perhaps one of the list, printed otherwise
            sure = alike[0][0] > _LIKE and self.works[alike[0][1]].year == key.year
            return Piece(start, end, None, alike[0][1]) if sure else None
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
        sure = len(set(works)) == 1 and number not in self.unsure
        return works[0] if sure and not keys_of(printed[: back.start()]) else None

    def _short(self, printed: str) -> int | None:
        """The known work that begins with the author and the title words of ``printed``."""
        text = join_lines(printed)
        head, rest = _parted(text)
        own = [i for i, w in enumerate(self.works) if self._names(w, head)]
        if not own or _YEAR.search(text):
            return None
        title = _short_title(rest)
        if not title:
            own = [i for i in own if i in self._cited] or own
            return own[0] if len(own) == 1 and (re.search(r"\d", text) or _OP_CIT.search(text)) else None
        fitting = [i for i in own if _fits(title, self.works[i].title)]
        return fitting[0] if len(fitting) == 1 else None

    def _by_same(self, printed: str, before: Sequence[int]) -> int | None:
        """The known work by the author of the one before whose title begins ``printed``."""
        if len(set(before)) != 1:
            return None
        families, title = self.works[before[0]].families, _short_title(f", {join_lines(printed)}")
        fitting = [i for i, w in enumerate(self.works) if w.families == families and _fits(title, w.title)]
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
    """Where a citation may begin: behind the last words that lead to it before its title, at the start, or further on."""
    lead = _LEAD.match(text, start, end)
    first = lead.end() if lead else start + len(text[start:end]) - len(text[start:end].lstrip())
    later: list[int] = []
    for match in re.finditer(r"(?:[.。,，:：(（]\s*|\s)(?=[SsCcVvQqDd参见转详另引])", text[first:end]):
        lead = _LEAD.match(text, first + match.end(), end)
        if lead and lead.end() > first + match.end():
            later.append(lead.end())
    titled = _QUOTED.search(text, first, end)
    before = [at for at in later if titled and at <= titled.start()]
    yield from before[-1:]
    yield first
    yield from (at for at in later if at not in before)


def _is_work(printed: str, fields: Fields, italic: Collection[str]) -> bool:
    """Whether a piece of a note is the full reference of a work."""
    text = join_lines(printed)
    if not fields.authors or fields.year is None or weight(fields.title) < 6 or len(text) > 600:
        return False
    set_off = any(i in text for i in italic) or _QUOTED.search(text) or MARKED_TITLE.search(text)
    return bool(set_off) and bool(MARKED_TITLE.search(text) or _PUBLISHED.search(text))


def _parted(text: str) -> tuple[str, str]:
    """The names that begin a short form, and what stands behind them and behind "et al."."""
    head = re.split(
        r"\s*(?:[,，:：“„«《\"‘(]|(?<![A-ZÀ-Þ])\.\s|\bet\s+al\b|\bu\.\s?a\.|\band\s+others\b|等)", text, maxsplit=1
    )[0]
    rest = re.sub(r"^[\s,]*(?:et\s+al\b\.?|u\.\s?a\.|and\s+others\b|等)", "", text[len(head) :])
    return head, rest.lstrip(" ,.:，：")


def _short_title(text: str) -> str:
    """The key of the title words behind a name: in quotes, or up to a comma, a bracket or a number."""
    quoted = re.search(r"[“„«《\"‘]([^”“»》\"’]{2,120})[”“»》\"’]", text)
    if quoted:
        return key_text(quoted.group(1))
    words = re.split(r",\s*(?=\d|pp?\.|S\.|at\b)|\(|\d|\[", text.lstrip(" ,.:"), maxsplit=1)[0]
    return key_text(
        re.sub(
            r"\b(?:et al|u\. ?a|S|pp?|at|(?:op|loc|art)\. ?cit|a\. ?a\. ?O)\.?,?\s*$|^(?:op|loc|art)\. ?cit\.?,?|^a\. ?a\. ?O\.|^et al\.?,?|^u\. ?a\.,?",
            "",
            words.strip(" ,."),
        )
    )


def _fits(short: str, title: str) -> bool:
    """Whether a short title is one of ``title``: its beginning, or a stretch of it."""
    return len(short) >= 2 and (title.startswith(short[: max(4, int(_SHARE * len(short)))]) or short in title)


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0


def _same(a: str, b: str) -> bool:
    return bool(a and b) and (a == b or (min(len(a), len(b)) >= 12 and (a.startswith(b) or b.startswith(a))))
