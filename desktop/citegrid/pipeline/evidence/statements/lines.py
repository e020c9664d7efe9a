"""The sentences of a paper in their places, and the place of a passage among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, groupby, islice
from operator import itemgetter

from citegrid.core.document import Span
from citegrid.core.evidence import Passage
from citegrid.core.language.text import join_lines, sentences
from citegrid.core.statement import Line
from citegrid.pipeline.evidence.citation_markers import about_target
from citegrid.pipeline.evidence.instructions import speaks_to_the_program
from citegrid.pipeline.evidence.passages import Cited
from citegrid.pipeline.evidence.patterns import SELF, TARGET

#: Characters of the neighbours that are looked at: the end of the one before, the beginning of the one behind.
BEFORE, BEHIND = 220, 160
_Sentence = tuple[Sequence[Span], int, str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    section: str
    share: float
    before: str
    behind: str
    of_others: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each sentence of a paper's running text stands, by the page and the character it begins at."""

    places: Mapping[tuple[int, int], _Place]

    def line_of(self, passage: Passage, *, own: bool) -> Line:
        """A passage in its place; one that is no sentence of the running text has no neighbours.

        ``own``: it is asked what it says of the paper itself, so that a sentence without a mark goes on about nobody.
        """
        place = self.places.get((passage.spans[0].page, passage.spans[0].start)) if passage.spans else None
        shown = (passage.shown if own else about_target(passage.shown)) or passage.text
        if place is None:
            return Line(shown, passage.section)
        goes_on = not own and TARGET not in shown
        return Line(shown, place.section, place.share, place.before, place.behind, goes_on, place.of_others)


def lines_of(cited: Cited) -> Lines:
    """The sentences of the running text that ``cited`` holds, each in its place."""
    found = list(_sentences(cited))
    last = len(found) - 1
    of_others = chain.from_iterable(_accounts(list(some), cited) for _, some in groupby(found, key=itemgetter(2)))
    places: dict[tuple[int, int], _Place] = {}
    for i, ((spans, flow, section, _), others) in enumerate(zip(found, of_others, strict=True)):
        before = found[i - 1][3] if i and found[i - 1][1] == flow else ""
        behind = found[i + 1][3] if i < last and found[i + 1][1] == flow else ""
        place = _Place(section, i / max(1, last), before[-BEFORE:], behind[:BEHIND], others)
        places.setdefault((spans[0].page, spans[0].start), place)
    return Lines(places)


def _accounts(found: Sequence[_Sentence], cited: Cited) -> Iterator[bool]:
    """For each sentence of a section whether it belongs to an account of others: one that cites or names them, and what goes on
    behind it until the paper speaks of itself."""
    told = [(any(map(cited.cites, spans)) or cited.names_another("", text)) for spans, _, _, text in found]
    own = [SELF.search(text) is not None for *_, text in found]
    states = accumulate(zip(told, own, strict=True), lambda before, one: one[0] or before > one[1], initial=False)
    return islice(states, 1, None)


def _sentences(cited: Cited) -> Iterator[_Sentence]:
    """The places of each sentence, the number of its flow, its section and its text; what speaks to the program is no neighbour
    of anything."""
    for number, flow in enumerate(cited.running):
        for start, end in sentences(flow.text):
            spans, text = flow.spans(start, end), join_lines(flow.text[start:end])
            if spans and not speaks_to_the_program(text):
                yield spans, number, flow.section, text
