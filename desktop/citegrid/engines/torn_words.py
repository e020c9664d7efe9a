"""Words that a PDF draws in pieces which MuPDF does not put together: its spans and lines (``rawdict``) with the pieces joined."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from citegrid.core.language.accents import ACCENTS

#: Letters of one word stand closer than this share of their size; words at least 0.2.
_TOUCHING = 0.12
#: A letter that is drawn twice stands in the same place but for this share of its size.
_SAME_PLACE = 0.1
#: The middle of an accent is off that of its letter by less than this share of its size.
_OVER = 0.25
#: So many pieces of a page that begin with a letter which is printed in that place already are bold print; the places are counted in points.
_PRINTED_AGAIN, _PLACE = 3, 2
_COMBINING = {**ACCENTS, "`": "\u0300"}


def mend(blocks: Sequence[list[dict[str, Any]]]) -> None:
    """Join, in place, lines of ``blocks`` of which one begins with the very letter that another ends with, in the same place: some
    files draw a line in pieces, and the letter at the seam with both ("Managem" and "ment").  Empty lines stay behind."""
    ends: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for line in (line for lines in blocks for line in lines if line["dir"][0] > 0.99):
        first, last = _letter(line, 0), _letter(line, -1)
        begun = _that_ends(ends, first) if first else None
        if begun is not None and begun is not line:
            line["spans"][0]["chars"].pop(0)
            begun["spans"] += line["spans"]
            line["spans"] = []
            line = begun
        if last is not None:
            ends.setdefault(_place(last), []).append(line)


def is_overprinted(raw: dict[str, Any]) -> bool:
    """Whether a page (``rawdict``) prints words several times in one place, as programs without a bold font do."""
    spans = (span for block in raw["blocks"] for line in block.get("lines", ()) for span in line["spans"])
    begun = [(span["chars"][0]["c"], *(round(at / _PLACE) for at in span["origin"])) for span in spans if span["chars"]]
    letters = Counter(letter for letter in begun if letter[0].isalnum())
    return letters.total() - len(letters) >= _PRINTED_AGAIN


def _letter(line: dict[str, Any], at: int) -> dict[str, Any] | None:
    """The first (0) or last (-1) character of a line, where it is a letter."""
    span = line["spans"][at] if line["spans"] else {"chars": ()}
    char = span["chars"][at] if span["chars"] else None
    return {**char, "size": span["size"]} if char and char["c"].isalnum() else None


def _place(letter: dict[str, Any]) -> tuple[str, int]:
    return letter["c"], round(letter["origin"][1])


def _that_ends(ends: dict[tuple[str, int], list[dict[str, Any]]], letter: dict[str, Any]) -> dict[str, Any] | None:
    """The line that ends with ``letter`` where this stands."""
    c, row = _place(letter)
    for line in (line for y in range(row - 1, row + 2) for line in ends.get((c, y), ())):
        last = _letter(line, -1)
        if (
            last
            and max(abs(a - b) for a, b in zip(last["origin"], letter["origin"], strict=True))
            < _SAME_PLACE * letter["size"]
        ):
            return line
    return None


def put_accents_on(spans: Sequence[dict[str, Any]]) -> None:
    """Join, in place, each accent that is drawn over a letter with that letter: the file gives it before or behind the letter, and
    MuPDF sees a blank where the pen went back for it ("Gasco´ n", "G´ eza"); only the place tells which letter bears it."""
    chars = [char for span in spans for char in span["chars"]]
    for at in [at for at, char in enumerate(chars) if char["c"] in _COMBINING]:
        beside = (*_letters(chars[max(0, at - 2) : at])[-1:], *_letters(chars[at + 1 : at + 3])[:1])
        _join(chars[at], beside, chars[max(0, at - 1) : at + 2])
    for span in spans:
        span["chars"] = [char for char in span["chars"] if char["c"]]


def _letters(chars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [char for char in chars if char["c"].isalpha()]


def _join(mark: dict[str, Any], letters: Sequence[dict[str, Any]], around: Sequence[dict[str, Any]]) -> None:
    """Put ``mark`` on the one of ``letters`` that it stands over, and let the blanks ``around`` it go where the letters touch."""
    height = max(mark["bbox"][3] - mark["bbox"][1], 1.0)
    for letter in letters:
        whole = unicodedata.normalize("NFC", letter["c"].replace("ı", "i") + _COMBINING[mark["c"]])
        off = mark["bbox"][0] + mark["bbox"][2] - letter["bbox"][0] - letter["bbox"][2]
        if len(whole) == 1 and abs(off) / 2 < _OVER * height:
            letter["c"], mark["c"] = whole, ""
            touch = letters[-1]["bbox"][0] - letters[0]["bbox"][2] < _TOUCHING * height
            for blank in around if touch else ():
                blank["c"] = blank["c"].strip()
            return


def without_dummies(spans: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The spans without blanks in a font of their own between letters that touch: some publishers set one at each kerned pair
    ("P air"), and MuPDF gives it like the white between words."""
    kept = list(spans[:1])
    for span, behind in pairwise(spans[1:]):
        before = kept[-1]
        # a blank of full width is set by hand, and its neighbours' boxes, of full width too, reach into it
        blank = all(char["c"].isspace() and char["c"] != "\u3000" for char in span["chars"])
        blank = blank and span["font"] not in (before["font"], behind["font"])
        if not (blank and before["chars"] and behind["chars"] and _touch(before, behind)):
            kept.append(span)
    return [*kept, *spans[max(1, len(spans) - 1) :]]


def _touch(before: dict[str, Any], behind: dict[str, Any]) -> bool:
    """Whether the last letter of a span and the first of another stand closer than words do."""
    gap = behind["chars"][0]["bbox"][0] - before["chars"][-1]["bbox"][2]
    return bool(abs(gap) < _TOUCHING * max(before["size"], 1.0))
