"""Facts: what the table has proved of its works, each of a kind, ready to be said in a review.

``facts_of`` takes supported cells that nobody rejected; what only says who wrote a work, repeats its title or stands in the
other language is no fact.  ``shortened`` leaves out what a sentence had only for the sake of its old place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from citegrid.core.document import Span
from citegrid.core.evidence import Evidence, Passage, quotes_of
from citegrid.core.language.script import is_chinese, language_of
from citegrid.core.language.text import key_text, sentences
from citegrid.core.reference import Work, WorkKind
from citegrid.core.statement import Kind
from citegrid.core.table import Cell, Column, Row, Status, Verdict, Wording
from citegrid.pipeline.cells.columns import bibliographic
from citegrid.pipeline.cells.columns.column_intents import intent_of
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.evidence.claim_tokens import denies_alone, numbers_in
from citegrid.pipeline.evidence.retrieve import MOST_BESIDE
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.phrases import (
    AND_OTHERS,
    CONNECTIVE,
    INNER_CONNECTIVE,
    NOTE,
    POINTS,
    TERSE,
    WORDY,
    is_closed,
    phrase,
    phrases,
)
from citegrid.pipeline.translation.glossed import is_glossed

#: Letters of a title from which a cell that holds it says nothing else, and of the shortest statement (ideographs count as
#: words do).
_TITLE, _SHORTEST = 60, {"zh": 12, "en": 24}
#: Share of a cell that its title is from which the cell says little else: the name of a tool stands in what is said of it.
MOSTLY_TITLE = 0.3
#: Characters of the longest label of a paragraph.
LONGEST_LABEL = 60
#: What opens a citation that is left as it was printed.
SQUARE = frozenset("[［【")
_STOPS = "。.;；，, "
_QUOTED_STOPS = (".”", "。”", '."')
_CLAUSES = {"zh": "；，", "en": ";"}


Thing = TypeVar("Thing")

#: The place of what stands in no paper: behind all paragraphs.
LAST = (10**6, 10**6)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be said: of which works, of what kind, in which words, proved by what.

    ``said`` has no stop at its end; where it is ``cited`` it names the works it is about, else it has no name of a work.
    ``column`` is empty for what stands in no cell.  ``found``: it is a result of the work's own; ``own``: the main paper
    speaks of itself.  ``leaning``: it is told only behind the sentence before it in its paper; ``lead`` is what links it to that,
    with its own first letter ("However, m").  ``worth`` (0 to about 1.5) is how much it is worth telling; ``place`` is the number of its
    paragraph and of its sentence.  ``beyond``: its works have no row in the table; ``beside`` are
    those it cites with them that have none.
    """

    works: tuple[Work, ...]
    kind: Kind
    said: Marked
    evidence: tuple[Evidence, ...]
    wording: Wording = Wording.PRINTED
    column: str = ""
    found: bool = False
    cited: bool = False
    own: bool = False
    worth: float = 0.0
    place: tuple[int, int] = LAST
    bare: str = ""
    lead: str = ""
    leaning: bool = False
    beyond: bool = False
    beside: tuple[Work, ...] = ()

    @property
    def content(self) -> str:
        """What it says, whoever is cited for it."""
        return self.bare or self.said.text

    @property
    def trusted(self) -> bool:
        """Whether its words need no check."""
        return self.wording is not Wording.TO_BE_CHECKED

    @property
    def cites(self) -> bool:
        """Whether it is about works that are cited, and no more than what stands between such sentences."""
        return self.work.kind is not WorkKind.PAPER

    def follows(self, other: Fact) -> bool:
        """Whether its sentence stands right behind that of ``other``."""
        return self.place[1] == other.place[1] + 1

    def linked(self) -> Fact:
        """The fact with what links it to the one before it, unless that only counts."""
        counts = self.lead.startswith((*phrases("counters", "en"), *phrases("counters", "zh")))
        return replace(self, said=self.said.put(0, 1, self.lead)) if self.lead and not counts else self

    def shares_work(self, other: Fact) -> bool:
        """Whether both are of one work at least."""
        return not {work.id for work in self.works}.isdisjoint(work.id for work in other.works)

    @property
    def favourable(self) -> bool:
        """Whether it tells of a gain."""
        return self._has("favourable") and not self._has("no_gain")

    @property
    def unfavourable(self) -> bool:
        """Whether it tells of a drawback, or that there is no gain."""
        return self._has("unfavourable") or self._has("no_gain")

    def _has(self, table: str) -> bool:
        text = self.content.casefold()
        return any(map(text.__contains__, phrases(table, language_of(text))))

    @property
    def measured(self) -> bool:
        """Whether it says how much."""
        return any(unit for _, _, unit in numbers_in(self.content))

    @property
    def takes_side(self) -> bool:
        """Whether it tells either of a gain or of a drawback, and denies nothing else."""
        denies = denies_alone(self.content, ()) > self._has("no_gain")
        return (self.favourable != self.unfavourable) > denies

    @property
    def work(self) -> Work:
        """The work it is about; the first of several."""
        return self.works[0]


def parted(things: Sequence[Thing], holds: Callable[[Thing], bool]) -> tuple[list[Thing], list[Thing]]:
    """The things of which something does not hold, and those of which it does."""
    parts: tuple[list[Thing], list[Thing]] = [], []
    for thing in things:
        parts[holds(thing)].append(thing)
    return parts


class SentencePlaces:
    """Where the sentences of the papers stand: the numbers of their paragraph and of themselves, in reading order."""

    def __init__(self, context: RunContext) -> None:
        flows = ((paper, flow) for paper in context.papers for flow in context.citations(paper).running)
        self._at: dict[tuple[str, int], list[tuple[Span, tuple[int, int]]]] = {}
        #: How many sentences a paragraph has, by its number.
        self.sizes: Counter[int] = Counter()
        self._citing: set[tuple[int, int]] = set()
        found = (
            (paper, paragraph, flow.spans(start, end))
            for paragraph, (paper, flow) in enumerate(flows)
            for start, end in sentences(flow.text)
        )
        for number, (paper, paragraph, spans) in enumerate(found):
            source, cites = paper.document.name, map(context.citations(paper).cites, spans)
            self.sizes[paragraph] += 1
            self._citing.update([(paragraph, number)] * any(cites))
            for span in spans:
                self._at.setdefault((source, span.page), []).append((span, (paragraph, number)))

    def of(self, passage: Passage) -> tuple[int, int]:
        """The place of a passage; ``LAST`` for what stands in no running text."""
        if not passage.spans:
            return LAST
        begins = passage.spans[0]
        near = self._at.get((passage.source, begins.page), ())
        return next((place for span, place in near if span.overlaps(begins)), LAST)

    def is_behind_citation(self, passage: Passage) -> bool:
        """Whether one of the few sentences before a passage in its paragraph cites somebody: it may go on about whom that tells of."""
        paragraph, number = self.of(passage)
        return not self._citing.isdisjoint((paragraph, number - back) for back in range(1, MOST_BESIDE))


def facts_of(rows: Sequence[Row], language: str) -> tuple[Fact, ...]:
    """The facts of all rows in the order of the table, no quote of a work twice, those that need a check last in each row."""
    return tuple(fact for row in rows for fact in _distinct(_of_row(row, language)))


def _of_row(row: Row, language: str) -> Iterator[Fact]:
    for cell in row.cells:
        if is_told(cell) and _says_something(cell.text, row.work, language):
            said = shortened(unnamed(Marked(cell.text, cell.doubts), row.work, language), language)
            yield Fact((row.work,), kind_of(Column(cell.column)), said, cell.evidence, cell.wording, cell.column)


def is_told(cell: Cell) -> bool:
    """Whether a review says what a cell does: it is proved, nobody rejected it, and it does not only say who wrote a work."""
    proved = cell.status is Status.SUPPORTED, cell.verdict is not Verdict.REJECTED, bool(cell.evidence)
    return all((*proved, not bibliographic.fields_of(cell.column)))


def kind_of(column: Column) -> Kind:
    """What the answer to a column says of a work: the kind that answers it best."""
    kinds = intent_of(column).kinds
    return max(kinds, key=kinds.__getitem__, default=Kind.METHOD)


def _says_something(text: str, work: Work, language: str) -> bool:
    """Whether a text is a statement in the language of the review, and more than the work's title."""
    title, said = key_text(work.title), key_text(text)
    if is_chinese(text) != (language == "zh") or is_glossed(text, language):
        return False
    whole = is_closed(text), len(text) >= _SHORTEST[language], SQUARE.isdisjoint(text)
    of_title = title, title[:_TITLE] in said, len(title) >= MOSTLY_TITLE * len(said)
    return all((*whole, not all(of_title)))


def _distinct(facts: Iterator[Fact]) -> list[Fact]:
    """Facts of one work, each quote once."""
    kept: list[Fact] = []
    seen: set[str] = set()
    for fact in facts:
        if seen.isdisjoint(quotes_of(fact.evidence)):
            kept.append(fact)
            seen |= set(quotes_of(fact.evidence))
    return sorted(kept, key=lambda fact: not fact.trusted)


def unnamed(said: Marked, work: Work, language: str) -> Marked:
    """A statement whose subject is the printed name of its work's authors, with the word for them instead: how a work is named is
    the review's to choose; without a label before it ("Metrics: Abel et al. train …")."""
    family = bibliographic.family_of(work.first_author)
    if not family:
        return said
    label, mark, rest = said.text.partition(": ")
    if mark and len(label) <= LONGEST_LABEL and rest.startswith(family):
        said = said.put(0, len(label + mark), "")
    if not said.text.startswith(family):
        return said
    named = re.match(re.escape(family) + AND_OTHERS[language], said.text)
    return said.put(0, named.end(), phrase("the_authors", language)) if named else said


def shortened(said: Marked, language: str) -> Marked:
    """A statement without the words that joined it to its neighbours, and without clauses that point elsewhere, and in fewer words."""
    said = said.without(CONNECTIVE[language], most=1).without(INNER_CONNECTIVE[language])
    said = said.without(NOTE).stripped(_STOPS)
    if said.text.endswith(_QUOTED_STOPS):
        said = said.put(len(said.text) - 2, len(said.text) - 1, "")
    said = _terse(_without_pointing(said, _CLAUSES[language]), language)
    return said.begun(str.upper) if language == "en" else said


def _terse(said: Marked, language: str) -> Marked:
    """The text with wordy phrases said shorter."""
    for match in reversed(list(WORDY[language].finditer(said.text))):
        said = said.put(match.start(), match.end(), TERSE[language].get(match.group(), match.group()))
    return said


def _without_pointing(said: Marked, between: str) -> Marked:
    """The text without its last clauses as long as they point to another place of their paper."""
    at = max(map(said.text.rfind, between))
    while at > 0 and POINTS.search(said.text[at:]) and is_closed(said.text[:at]):
        said = said.put(at, len(said.text), "")
        at = max(map(said.text.rfind, between))
    return said
