"""Where the first sentence of an entry ends, and where a comma ends its title before that."""

from __future__ import annotations

import re

from citegrid.pipeline.bibliography.entry import patterns as p
from citegrid.pipeline.bibliography.entry.journal import is_place, place

#: A title has so many characters at least; before a venue that a comma parts from it more, but in a style of commas.
_SHORTEST, _BEFORE_VENUE = 8, 15
#: A word of so many small letters says that a sentence goes on.
_SMALL_WORD = 4
#: So far behind the stop a publisher may begin that is parted by a comma.
_PUBLISHER_WITHIN = 200


def first_stop(text: str) -> int:
    """Where the first sentence of ``text`` ends: before its stop, or after its question mark."""
    goes_on_to = 0
    for match in p.STOP.finditer(text):
        head, after = text[: match.start()], text[match.end() :]
        if match.start() < goes_on_to or len(head.strip()) < 4:
            continue
        if match.group() in "?!？！":
            return _behind_question(text, match.end())
        if match.group() != ".":
            return match.start()
        if part := _part(after):
            goes_on_to = match.end() + part.end()
        elif not p.CUT_NUMBER.match(text, match.end()) and _ends_sentence(head, after):
            return match.start()
    return len(text)


def _part(after: str) -> re.Match[str] | None:
    """The part that a title names behind its stop."""
    return None if p.EDITION.match(after.lstrip()) else p.PART.match(after)


def _ends_sentence(head: str, after: str) -> bool:
    """Whether a stop between these ends a title: no small letters go on, no abbreviation ends."""
    if p.GOES_ON.match(after):
        return False
    behind = after.lstrip()
    return not p.NO_END.search(head) or bool(p.VENUE_START.match(behind)) or is_place(behind)


def _behind_question(text: str, at: int) -> int:
    """A question's title goes on when a sentence in small letters follows, and something follows that."""
    match = p.SUBTITLE.match(text, at)
    if not match or p.VENUE_START.match(match[1]) or any(map(str.isdigit, match[1])):
        return at
    small = [word for word in match[1].split() if len(word) >= _SMALL_WORD and word.islower()]
    return match.end(1) if len(small) >= 2 else at


def comma_end(text: str, stop: int, comma_style: bool) -> int:
    """Where a title ends at a comma because a venue follows it (``J. Smith, Title, Journal 12 (2020) 3–4``); 0 if nowhere.

    ``stop`` is where the first sentence ends, ``comma_style`` says that a comma parts the authors from the title.
    """
    publisher = p.PUBLISHER.search(text[: stop + _PUBLISHER_WITHIN]) if comma_style else None
    end = min(stop, publisher.start()) if publisher and publisher.start() >= _SHORTEST else stop
    for match in p.COMMA.finditer(text[: end + 1]):
        if match.start() >= _SHORTEST and _venue_follows(text, match, end, comma_style):
            return match.start()
    return end if end < stop else 0


def _venue_follows(text: str, comma: re.Match[str], end: int, comma_style: bool) -> bool:
    """Whether behind a comma a venue begins; where commas part the fields also an edition, a publisher, a volume, a year."""
    after = text[comma.end() :]
    if p.VENUE_START.match(after) and (comma.start() >= _BEFORE_VENUE or comma_style):
        return True
    journal = place(after)
    if journal and (comma_style or end >= comma.end() + len(journal)):
        return True
    behind = p.EDITION.match(after) or p.BEHIND_COMMA.match(after) or p.PUBLISHER.match(text, comma.start())
    return comma_style and behind is not None
