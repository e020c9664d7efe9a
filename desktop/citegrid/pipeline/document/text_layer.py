"""Whether the text layer of a page is worth its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum
from math import sqrt

from citegrid.core.document import Page
from citegrid.core.messages import Message

#: A page with fewer letters than this has no text layer worth the name.
FEWEST_LETTERS = 25
#: Share of characters without a meaning from which a text layer is garbage.
MOST_GARBAGE = 0.15
#: Latin letters from which their frequencies can be judged, and the likeness below which they are no language.
ENOUGH_LETTERS, LEAST_LIKENESS = 300, 0.8
#: Signs to a letter from which a layer says nothing; the dots of a table of contents are none.
MOST_SIGNS = 0.6
_LEADERS = ".．·…⋯。•⋅_-—"
#: A stamp has fewer characters.
LONGEST_STAMP = 300
#: Share of the words of the layer that OCR must see, for the layer to be believed after all, and how many times as many words it may see.
LEAST_SEEN, MOST_SEEN = 0.3, 4
_WORD = re.compile(r"[^\W\d_]{4,}")
#: Letters a to z in a thousand of English text; running French, German, Spanish, Italian, Portuguese and Dutch are alike.
_USUAL = (82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1)


class Flaw(Enum):
    """Why a page is read by OCR; the values are the words of the warning ("page 3 has … and was read by OCR")."""

    NO_TEXT = Message("no text layer")
    UNREADABLE = Message("a text layer of unreadable characters")
    NO_WORDS = Message("a text layer whose letters make no words")
    STAMP = Message("a text layer that is only a stamp")


def flaw_of(page: Page) -> Flaw | None:
    """What is wrong with the text layer; None when it is sound.  NO_WORDS is a suspicion: see ``is_seen``."""
    text = page.text
    letters = sum(map(str.isalnum, text))
    if letters + sum(map(_is_garbage, text)) < FEWEST_LETTERS:
        return Flaw.NO_TEXT
    if sum(map(_is_garbage, text)) > MOST_GARBAGE * len(text):
        return Flaw.UNREADABLE
    signs = len("".join(text.split())) - letters - sum(map(text.count, _LEADERS))
    return Flaw.NO_WORDS if signs > MOST_SIGNS * letters or _likeness(text) < LEAST_LIKENESS else None


def stamped(pages: Sequence[Page]) -> dict[int, Flaw]:
    """The pages of a document whose whole text others bear, too: a stamp over a scan.  A suspicion as well."""
    times = Counter(page.text for page in pages if 0 < len(page.text) < LONGEST_STAMP)
    return {page.number: Flaw.STAMP for page in pages if times[page.text] > 1}


def is_seen(layer: Page, seen: Page) -> bool:
    """Whether OCR saw the words of the layer, and hardly others: then they are right, however strange (names, formulas, a rare
    language)."""
    words = Counter(_WORD.findall(layer.text.lower()))
    read = Counter(_WORD.findall(seen.text.lower()))
    written = max(1, words.total())
    return (words & read).total() >= LEAST_SEEN * written and read.total() <= MOST_SEEN * written


def _likeness(text: str) -> float:
    """How alike the frequencies of its Latin letters are to those of a language, 0–1; 1 where there are too few."""
    counts = Counter(c for c in text.lower() if "a" <= c <= "z")
    if counts.total() < ENOUGH_LETTERS:
        return 1.0
    found = [counts[chr(97 + i)] for i in range(26)]
    dot = sum(a * b for a, b in zip(found, _USUAL, strict=True))
    return dot / sqrt(sum(a * a for a in found) * sum(b * b for b in _USUAL))


def _is_garbage(char: str) -> bool:
    """Whether a character is nobody's: unknown, of private use, or for control."""
    control = char < " " and not char.isspace()
    return control or char == "\ufffd" or "\ue000" <= char <= "\uf8ff"
