"""The sentences of a paper in their places, and the place of a passage among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from citegrid.core.evidence import Passage
from citegrid.core.language.text import join_lines, sentences
from citegrid.core.statement import Line
from citegrid.pipeline.evidence.citation_markers import about_target
from citegrid.pipeline.evidence.instructions import speaks_to_the_program
from citegrid.pipeline.evidence.passages import Cited
from citegrid.pipeline.evidence.patterns import TARGET

#: Characters of the neighbours that are looked at: the end of the one before, the beginning of the one behind.
BEFORE, BEHIND = 220, 160


@dataclass(frozen=True, slots=True)
class _Place:
    section: str
    share: float
    before: str
    behind: str


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
        return Line(shown, place.section, place.share, place.before, place.behind, goes_on)


def lines_of(cited: Cited) -> Lines:
    """The sentences of the running text that ``cited`` holds, each in its place."""
    found = list(_sentences(cited))
    last = len(found) - 1
    places: dict[tuple[int, int], _Place] = {}
    for i, (start, flow, section, _) in enumerate(found):
        before = found[i - 1][3] if i and found[i - 1][1] == flow else ""
        behind = found[i + 1][3] if i < last and found[i + 1][1] == flow else ""
        places.setdefault(start, _Place(section, i / max(1, last), before[-BEFORE:], behind[:BEHIND]))
    return Lines(places)


def _sentences(cited: Cited) -> Iterator[tuple[tuple[int, int], int, str, str]]:
    """Where each sentence begins, the number of its flow, its section and its text; what speaks to the program is no neighbour
    of anything."""
    for number, flow in enumerate(cited.running):
        for start, end in sentences(flow.text):
            spans, text = flow.spans(start, end), join_lines(flow.text[start:end])
            if spans and not speaks_to_the_program(text):
                yield (spans[0].page, spans[0].start), number, flow.section, text
