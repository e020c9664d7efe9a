"""The place of a work that is printed without its title: ``Phys. Rev. Lett. 12, 34 (2020)``, ``Chem. Mater., 2018, 30, 6307``."""

from __future__ import annotations

from citegrid.pipeline.bibliography.entry.patterns import BARE_YEAR, PLACE, PLACE_ADDRESSES, PLACE_NUMBER

#: A journal's name without abbreviations has at most so many words, and so many numbers behind it.
_MOST_WORDS, _VOLUME_AND_PAGE = 6, 2


def place(text: str, dated: bool = False) -> str:
    """The journal, if ``text`` is nothing but a journal with its year, volume and page; else empty.

    ``dated`` says that the year stands before ``text``.  A title must not pass for a journal: a name in several words
    needs an abbreviation in its first two words, or volume and page both.
    """
    match = PLACE.match(text)
    if match is None:
        return ""
    venue, numbers = match["venue"].strip(" ,"), PLACE_ADDRESSES.sub("", match["tail"])
    count = _volumes_and_pages(numbers, dated)
    paged = "p." in numbers and not _is_abbreviated(venue)
    return venue if count and not paged and _is_journal(venue, count) else ""


def is_place(text: str) -> bool:
    """Whether ``text`` is nothing but the place of a work."""
    return bool(place(text))


def _volumes_and_pages(numbers: str, dated: bool) -> int:
    """How many numbers stand beside the year; none without a year."""
    if not dated and not BARE_YEAR.search(numbers):
        return 0
    return len(PLACE_NUMBER.findall(numbers if dated else BARE_YEAR.sub(" ", numbers, count=1)))


def _is_abbreviated(venue: str) -> bool:
    return any(word.endswith(".") for word in venue.split())


def _is_journal(venue: str, count: int) -> bool:
    """Whether the words are those of a journal with ``count`` numbers behind it, not of a title."""
    words = venue.split()
    stops = [i for i, word in enumerate(words) if word.endswith(".")]
    if not stops:
        return len(words) <= _MOST_WORDS and count >= _VOLUME_AND_PAGE
    return stops[0] <= 1 and (len(stops) >= len(words) / 2 or len(words) - stops[-1] <= 2)
