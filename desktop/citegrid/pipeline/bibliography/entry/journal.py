"""The place of a work that is printed without its title: ``Phys. Rev. Lett. 12, 34 (2020)``, ``Chem. Mater., 2018, 30, 6307``."""

from __future__ import annotations

import re

_PIECE = r"(?>[A-ZÀ-Þ][\w&’'\-–]*\.?(?:[A-Z]\.)*|of|the|and|for|in|on|&|de|der|für|et|\([A-Z][a-z]+\))"
_VENUE = (
    rf"(?P<venue>(?>[A-ZÀ-Þ][\w&’'\-–]*\.?(?:[A-Z]\.)*)(?:(?:\s+|[–\-]|(?<=\.),\s+|(?<=\.)(?=[A-Z])){_PIECE}){{0,9}}?)"
)
#: Year, volume, number, pages and ids; nothing else may follow.  Possessive: an entry is long, and time must not grow with its powers.
_TAIL = (
    r"(?P<tail>(?>[,;:.()\[\]\s/–−\-]|(?<![^\W\d_])[A-Z]{0,3}\d[\w.]*|pp?\.|vol\.|no\.|[Aa]rt(?:icle|\.)|doi\b:?\s*\S+|DOI\b:?\s*\S+|https?://\S+|www\.\S+|arXiv:\s*\S+"
    r"|hep-\w+/\d+|10\.\d{4,}/\S+|\[[\w.\-]+\]|and references therein)*+)$"
)
_PLACE = re.compile(rf"{_VENUE}\s*[,.]?\s*(?=[\d(,;]|[A-Z]?\d|vol|no\.){_TAIL}")
_NUMBER = re.compile(r"(?<![\w.])[A-Z]{0,3}\d+(?:[–−\-]\w?\d+)?")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")


def place(text: str, dated: bool = False) -> str:
    """The journal, if ``text`` is nothing but a journal with its year, volume and page; else empty.

    ``dated`` says that the year stands before ``text``.  A title must not pass for a journal: a name in several words
    needs an abbreviation in its first two words, or volume and page both.
    """
    match = _PLACE.match(text)
    if match is None:
        return ""
    venue, tail = match["venue"].strip(" ,"), match["tail"]
    bare = re.sub(r"(?:doi|DOI)\b:?\s*\S+|https?://\S+|www\.\S+|arXiv:\s*\S+|10\.\d{4,}/\S+", "", tail)
    if not dated and not _YEAR.search(bare):
        return ""
    numbers = _NUMBER.findall(bare if dated else _YEAR.sub(" ", bare, count=1))
    if not numbers:
        return ""
    words = venue.split()
    stops = [i for i, word in enumerate(words) if word.endswith(".")]
    if re.search(r"pp?\.", bare) and not stops:
        return ""
    short = bool(stops) and stops[0] <= 1 and (len(stops) >= len(words) / 2 or len(words) - stops[-1] <= 2)
    return venue if short or (not stops and len(words) <= 6 and len(numbers) >= 2) else ""


def is_place(text: str) -> bool:
    """Whether ``text`` is nothing but the place of a work."""
    return bool(place(text))
