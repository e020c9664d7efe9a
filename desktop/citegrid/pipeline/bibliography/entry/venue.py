"""The venue of an entry: the journal, the book a chapter stands in, or the publisher."""

from __future__ import annotations

import re
from itertools import pairwise

from citegrid.pipeline.bibliography.entry.identifiers import without_identifiers
from citegrid.pipeline.bibliography.entry.patterns import (
    ABBREVIATED,
    BEFORE_ADDRESS,
    BRACKETS,
    EDITION,
    EDITORS,
    HELPERS,
    INSIDE,
    QUOTED_VENUE,
    RETRIEVED,
    VENUE,
    YEAR_AT_END,
)

_EDGE = " .,:;，。：；、/"
#: A longer text is no venue.
_LONGEST = 200


def venue_of(text: str, italic: str) -> str:
    """The venue at the beginning of ``text``, which follows the title; ``italic`` when that stands in it."""
    text = text.lstrip(_EDGE + ")]?!”")
    if len(italic) > 5 and italic in text:
        return _bare(italic)
    text = _behind_helpers(BEFORE_ADDRESS.sub("", without_identifiers(text)).lstrip(_EDGE))
    if quoted := QUOTED_VENUE.match(text):
        return _bare(quoted[1])
    short = ABBREVIATED.match(text)
    if short and _is_short(short["venue"]):
        return _bare(short["venue"])
    match = VENUE.match(text)
    found = YEAR_AT_END.sub("", _bare(match[1])).strip(" ,.，(") if match else ""
    return found if 1 < len(found) < _LONGEST and _has_word(found) else ""


def _behind_helpers(text: str) -> str:
    """``text`` without what stands before a venue: "In", editors, translators, the edition; and without the day of a visit."""
    if inside := INSIDE.match(text):
        text = text[inside.end() :]
        editors = EDITORS.match(text)
        text = text[editors.end() :] if editors and len(text) > editors.end() + 5 else text
    text = RETRIEVED.split(text, maxsplit=1)[0]
    for pattern in (BRACKETS, HELPERS):
        text = _without_start(text, pattern)
    while EDITION.match(text):
        text = _without_start(text, EDITION).lstrip(" .,:;")
    return text


def _without_start(text: str, pattern: re.Pattern[str]) -> str:
    match = pattern.match(text)
    return text[match.end() :] if match else text


def _has_word(text: str) -> bool:
    """Whether two letters stand together."""
    return any(a.isalpha() and b.isalpha() for a, b in pairwise(text))


def _is_short(venue: str) -> bool:
    """Whether the stops in ``venue`` are those of abbreviations, not of a publisher's sentence behind it."""
    words = venue.split()
    inner = [i for i, word in enumerate(words[:-1]) if word.endswith(".")]
    return bool(inner) and inner[0] <= 1 and (len(inner) >= 2 or len(words) - inner[0] <= 2)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(' .,;:，。：；、*“”"')
