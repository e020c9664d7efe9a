"""Why a cell says nothing, as sentences for people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap

from citegrid.core.citation import runs
from citegrid.core.messages import Message
from citegrid.core.paper import Paper

#: Pages that a reason names before it breaks off.
MOST_PAGES = 12
UNREAD = Message("edited by hand, not yet checked")


def not_stated(searched: Sequence[int]) -> Message:
    """That the pages ``searched``, or without pages the background document, do not say it."""
    if not searched:
        return Message("not stated (the background document was searched)")
    pages = ", ".join(map(str, searched[:MOST_PAGES])) + (" …" if len(searched) > MOST_PAGES else "")
    return Message("not stated (pages {pages} searched)", pages=pages)


def not_stated_in(searched: Sequence[tuple[Paper, Sequence[int]]]) -> Message:
    """Which pages of which papers do not say it."""
    places = list(starmap(_place, searched))
    return Message("not stated ({places} searched)", places=listed(places)) if places else not_stated(())


def _place(paper: Paper, pages: Sequence[int]) -> Message:
    found = runs(pages)
    text = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)
    one = len(found) == 1 and found[0][0] == found[0][1]
    key = "{name} page {pages}" if one else "{name} pages {pages}"
    return Message(key, name=paper.document.name, pages=text)


def listed(places: Sequence[Message]) -> Message:
    """Places one after the other, each said in the language of the whole."""
    *before, last = places
    return Message("{places}; {last}", places=listed(before), last=last) if before else last
