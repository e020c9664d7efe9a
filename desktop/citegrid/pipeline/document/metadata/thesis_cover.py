"""The cover of a thesis or a report: what its labels say (``论文题目 …``, ``作者姓名：…``), read row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from citegrid.core.document import Page, Word
from citegrid.core.text import join_lines
from citegrid.pipeline.document.metadata.candidates import AuthorsCandidate, TitleCandidate, YearCandidate
from citegrid.pipeline.document.metadata.patterns import (
    BETWEEN_COVER_NAMES,
    COVER_AUTHOR,
    COVER_DATE,
    COVER_FIELD,
    COVER_LIST,
    COVER_NAME,
    COVER_TITLE,
    SPACED_NAME,
    SPELT_YEAR,
)

#: Rows whose words begin within this part of their height of each other are one row.
_LEVEL = 0.5
#: A title has so many rows below its first at most, in one size (points), with so little (sizes) between them.
_MOST_ROWS, _SAME_SIZE, _NEAR = 3, 0.5, 2
_FEWEST_LETTERS = 4
_RULE = " _:："
_DIGITS = {**{c: str(i) for i, c in enumerate("零一二三四五六七八九")}, "〇": "0", "○": "0", "O": "0"}


@dataclass(frozen=True, slots=True)
class _CoverRow:
    text: str
    size: float
    top: float
    bottom: float


def titles(pages: Sequence[Page]) -> Iterator[TitleCandidate]:
    """What covers among ``pages`` label as the title of the work."""
    for rows in map(_rows, pages):
        for n, row in enumerate(rows):
            if match := COVER_TITLE.match(row.text):
                parts = [row.text[match.end() :], *(r.text for r in _rest(rows[n : n + 1 + _MOST_ROWS]))]
                title = join_lines("\n".join(part for p in parts if (part := p.strip(_RULE))))
                if sum(map(str.isalpha, title)) >= _FEWEST_LETTERS:
                    yield TitleCandidate(title, printed=1.0, labelled=1.0)


def authors(pages: Sequence[Page]) -> Iterator[AuthorsCandidate]:
    """The names that covers among ``pages`` label as the authors'; a label may have no name."""
    for page in pages:
        for row in _rows(page):
            if match := COVER_AUTHOR.match(row.text):
                names = _names(row.text[match.end() :].strip(_RULE))
                yield AuthorsCandidate(names, labelled=1.0, nameless=float(not names))


def years(pages: Sequence[Page]) -> Iterator[YearCandidate]:
    """The years of dates that covers print in Chinese (``2022 年 5 月``, ``二〇二二年``, ``2022 届``)."""
    for page in pages:
        for one, other in COVER_DATE.findall(page.text):
            yield YearCandidate(int(one or other), cover=1.0)
        for spelt in SPELT_YEAR.findall(page.text):
            yield YearCandidate(int("".join(_DIGITS.get(c, c) for c in spelt)), cover=1.0)


def _rest(rows: Sequence[_CoverRow]) -> Iterator[_CoverRow]:
    """The rows that go on with the title in the first of ``rows``."""
    for before, after in pairwise(rows):
        near = after.top - before.bottom < _NEAR * rows[0].size
        if COVER_FIELD.match(after.text) or abs(after.size - rows[0].size) > _SAME_SIZE or not near:
            return
        yield after


def _names(value: str) -> tuple[str, ...]:
    """The names behind a label: one, or all of a list in Chinese."""
    value = value.replace(" ", "") if SPACED_NAME.fullmatch(value) else value
    parts = [part.strip() for part in BETWEEN_COVER_NAMES.split(value) if part]
    if not parts or not COVER_NAME.fullmatch(parts[0]):
        return ()
    return tuple(p for p in parts if COVER_NAME.fullmatch(p)) if COVER_LIST.search(value) else (parts[0],)


def _rows(page: Page) -> list[_CoverRow]:
    """The printed rows of a page from the top, each from left to right, past any gap."""
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=_middle):
        last = rows[-1][0] if rows else None
        if last is not None and abs(_middle(word) - _middle(last)) < _LEVEL * (last.box.y1 - last.box.y0):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_row(sorted(row, key=lambda w: w.box.x0)) for row in rows]


def _row(words: Sequence[Word]) -> _CoverRow:
    text = " ".join(w.text for w in words)
    return _CoverRow(text, max(w.size for w in words), min(w.box.y0 for w in words), max(w.box.y1 for w in words))


def _middle(word: Word) -> float:
    return (word.box.y0 + word.box.y1) / 2
