"""The title of an entry: every way to tell it — its quotes, its [J], its italics, its stop … — and the one that says most for itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from citegrid.core import lexicon
from citegrid.pipeline.bibliography.entry import patterns as p
from citegrid.pipeline.bibliography.entry.journal import place
from citegrid.pipeline.bibliography.entry.name_run import AuthorList
from citegrid.pipeline.bibliography.entry.title_stop import comma_end, first_stop
from citegrid.pipeline.bibliography.entry.venue import venue_of
from citegrid.pipeline.bibliography.patterns import MARKED_TITLE

#: A sentence goes on with these behind a quotation that a title only begins with.
_GOES_ON = frozenset(lexicon.words("bibliography", "behind_a_quotation"))
_EDGE = " .,:;，。：；、"
_COLON = (":", "：")
#: Italics of fewer characters say nothing, nor do those of fewer than ``_ITALIC_TITLE`` at the beginning.
_ITALIC, _ITALIC_TITLE = 5, 10
#: Quotes that begin further on are no title; so many characters are looked at where names could not be read.
_FARTHEST_QUOTE, _WITHIN, _UNREAD = 250, 500, 60

#: What each feature of a candidate is worth: the way it was told, and what speaks against it.  Whatever a way is worth, what
#: speaks against it is more: such a candidate falls behind the first stop, which always is one.
WEIGHTS: Mapping[str, float] = {
    "only a place": 100,
    "only a book": 90,
    "Chinese quotes": 80,
    "quotes": 70,
    "later quotes": 65,
    "type mark": 60,
    "imprint": 50,
    "italics": 30,
    "comma": 10,
    "stop": 0,
    "beyond_stop": -200,
    "goes_on": -200,
    "marked": -200,
}


@dataclass(frozen=True, slots=True)
class TitleReading:
    """One way to tell a title: what it is, the text behind it, the italics that may be its venue, what speaks against it."""

    way: str
    title: str
    behind: str
    italic: str = ""
    features: frozenset[str] = frozenset()

    def score(self) -> float:
        """What the way and the features are worth together."""
        return WEIGHTS[self.way] + sum(WEIGHTS[feature] for feature in self.features)


@dataclass(frozen=True)
class BehindAuthors:
    """An entry behind its authors: ``text`` behind the year as well, if one leads; where its ``italic`` words begin."""

    text: str
    names: AuthorList
    italic: str
    dated: bool
    behind_colon: bool

    @cached_property
    def at(self) -> int:
        """Where the italics begin; -1 where there are none."""
        return self.text.find(self.italic) if len(self.italic) > _ITALIC else -1

    @cached_property
    def stop(self) -> int:
        """Where the first sentence ends."""
        return first_stop(self.text)

    @cached_property
    def mark(self) -> re.Match[str] | None:
        """The mark of the kind of work of GB/T 7714."""
        return MARKED_TITLE.search(self.text)


def title_and_venue(text: str, names: AuthorList, italic: str) -> tuple[str, str]:
    """The title and the venue of an entry; the title is empty where the entry prints none."""
    best = max(candidates(_rest(text, names, italic)), key=TitleReading.score)
    return clean(best.title), best.behind if best.way == "only a place" else venue_of(best.behind, best.italic)


def _rest(text: str, names: AuthorList, italic: str) -> BehindAuthors:
    rest = text[names.end :].lstrip(_EDGE)
    leading = p.LEADING_YEAR.match(rest)
    rest = rest[leading.end() if leading else 0 :].lstrip(_EDGE)
    return BehindAuthors(
        rest, names, italic, leading is not None, text[: len(text) - len(rest)].rstrip().endswith(_COLON)
    )


def candidates(rest: BehindAuthors) -> Iterator[TitleReading]:
    """The title as each way tells it."""
    for way in _WAYS:
        yield from way(rest)


def _against(feature: str, told: object) -> frozenset[str]:
    """``feature`` where it is ``told``."""
    return frozenset({feature} if told else ())


def _untitled(rest: BehindAuthors) -> Iterator[TitleReading]:
    """An entry that is nothing but the place of a work, or a chapter that is known by its book."""
    if rest.at < 4 and (journal := place(rest.text, rest.dated)):
        yield TitleReading("only a place", "", journal)
    inside = p.INSIDE.match(rest.text) if rest.names.authors else None
    if inside and (rest.text[inside.end()] == "“" or rest.text[inside.end()].isupper()):
        yield TitleReading("only a book", "", rest.text, rest.italic)


def _in_han_quotes(rest: BehindAuthors) -> Iterator[TitleReading]:
    match = p.HAN_QUOTED.match(rest.text) or (p.BEHIND_COLON.match(rest.text) if rest.behind_colon else None)
    if match:
        features = _against("marked", rest.mark)
        yield TitleReading("Chinese quotes", match[match.lastindex or 0], rest.text[match.end() :], "", features)


def _in_quotes(rest: BehindAuthors) -> Iterator[TitleReading]:
    text = rest.text
    quoted = p.QUOTED.match(text) or (None if rest.names.authors else p.QUOTED.search(text[:_UNREAD]))
    if quoted:
        following = text[quoted.end() :].split(maxsplit=1)[:1]
        goes_on = quoted.start() == 0 and _GOES_ON.intersection(following)
        yield _quoted(rest, "quotes", quoted, _against("goes_on", goes_on))
    later = p.QUOTED_LATER.search(text[:_WITHIN])
    if later and later.start() < _FARTHEST_QUOTE:
        yield _quoted(rest, "later quotes", later, frozenset())


def _quoted(rest: BehindAuthors, way: str, match: re.Match[str], features: frozenset[str]) -> TitleReading:
    """What the quotes hold, with the question mark that ends it."""
    group = match.lastgroup or 0
    asks = rest.text[match.end(group) : match.end(group) + 1] in ("?", "!")
    title = rest.text[match.start(group) : match.end(group) + asks]
    return TitleReading(way, title, rest.text[match.end() :], rest.italic, features)


def _before_mark(rest: BehindAuthors) -> Iterator[TitleReading]:
    if rest.mark:
        yield TitleReading("type mark", rest.text[: rest.mark.start()], rest.text[rest.mark.end() :])


def _before_imprint(rest: BehindAuthors) -> Iterator[TitleReading]:
    if imprint := p.IMPRINT.search(rest.text, 3):
        features = _against("beyond_stop", imprint.start() > rest.stop)
        title, behind = rest.text[: imprint.start()], rest.text[imprint.end() :]
        yield TitleReading("imprint", title, behind, "", features)


def _by_italics(rest: BehindAuthors) -> Iterator[TitleReading]:
    """A title in italics."""
    at, text, italic = rest.at, rest.text, rest.italic
    if 0 <= at < 4 and len(italic) >= _ITALIC_TITLE and _is_whole(italic, text[at + len(italic) :]):
        features = _against("beyond_stop", len(italic) > rest.stop + 3)
        yield TitleReading("italics", italic, text[at + len(italic) :], "", features)


def _is_whole(italic: str, behind: str) -> bool:
    """Whether a title ends where its italics do."""
    ends = italic.endswith((".", ",", "?", "!")) or p.BEHIND_ITALICS.match(behind) is not None
    return ends and not p.PART.match(behind.lstrip("."))


def _by_sentence(rest: BehindAuthors) -> Iterator[TitleReading]:
    """A title that ends with the first sentence, or at a comma within it because a venue follows."""
    comma = comma_end(rest.text, rest.stop, rest.names.comma_style)
    if comma:
        yield _up_to(rest, "comma", comma)
    yield _up_to(rest, "stop", rest.stop)


def _up_to(rest: BehindAuthors, way: str, end: int) -> TitleReading:
    published = p.PUBLISHED.search(rest.text[:end]) if p.YEAR_BEHIND.match(rest.text, end) else None
    end = published.start() if published else end
    return TitleReading(way, rest.text[:end], rest.text[end:], "" if 0 <= rest.at < end else rest.italic)


_WAYS: tuple[Callable[[BehindAuthors], Iterator[TitleReading]], ...] = (
    _untitled,
    _in_han_quotes,
    _in_quotes,
    _before_mark,
    _before_imprint,
    _by_italics,
    _by_sentence,
)


def clean(text: str) -> str:
    """A title or venue without the marks around it."""
    text = p.MEDIUM.sub("", text) if p.MEDIUM.search(text, 8) else text
    text = p.BEHIND_TITLE.sub("", " ".join(text.split()).strip(" .,;:，。：；、*"))
    return text.strip(" .,;:，。：；、*")
