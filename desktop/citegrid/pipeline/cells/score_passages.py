"""Scoring: which passage speaks of a column, and how clearly.

A small model writes a good line from one or two sentences and a poor one from
ten, and it cannot be trusted to say "not stated".  So every sentence is first
*weighed* against every column: by the log-odds of Yes against No, less what
sentences that say nothing get for the same question, and by the kind of
information that the model sorts it under.  Only a sentence that stands out is
given to the model to *write* the cell from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from citegrid.core.evidence import Passage
from citegrid.core.reference import Work, WorkKind
from citegrid.core.statement import Kind
from citegrid.core.table import Column
from citegrid.pipeline.cells.answer import Answers, CellAnswer
from citegrid.pipeline.cells.columns.column_intents import ColumnIntent, intent_of
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.patterns import OWN_DOING
from citegrid.pipeline.cells.prompts import examples, instruction_of, prompt
from citegrid.pipeline.evidence.citation_markers import (
    about_target,
    is_example,
    is_part_of_it,
    speaks_of_another,
    speaks_of_citing,
)
from citegrid.pipeline.evidence.patterns import OTHER
from citegrid.ports import Ask


class Says(Enum):
    """The kinds of information that a sentence is sorted into, each by the letter of its line in the question ``sort``."""

    AIM = "A"
    METHOD = "B"
    RESULT = "C"
    LIMIT = "D"
    NOTHING = "E"


#: What the model sorts a statement of each kind under; kinds that it does not tell are not here.
_SORTED_AS = {
    Kind.AIM: Says.AIM,
    Kind.BACKGROUND: Says.AIM,
    Kind.METHOD: Says.METHOD,
    Kind.DATA: Says.METHOD,
    Kind.RESULT: Says.RESULT,
    Kind.LIMIT: Says.LIMIT,
}

#: Log-odds above a sentence that says nothing from which a sentence speaks of a column: where the work is part of the
#: sentence, and where it is a note to it.  Measured: tests/benchmarks/RESULTS.md.
SPEAKS, NOTED = 0.35, 0.55
#: What a work alone is given for is what it found, more often than anything else.
NOTED_RESULT = 0.25
#: For the paper's own sentences, which are about it in any case.
OWN = 0.25
#: More is asked of a note for columns that facts beside the work seldom answer: what it set out for, how it went about it,
#: what it lacks.  And of notes that seldom tell of the work at all: examples, and tools in the account of what the paper did.
NOTED_MORE = 0.35
SELDOM_NOTED = (Says.AIM, Says.METHOD, Says.LIMIT)
#: What the kind of a sentence counts beside its Yes: times the log of its share, 0 where all kinds are equally likely.
SORTED = 0.6
#: For the paper's own sentence in a section that is about such things.
IN_SECTION = 0.3
#: Share of a sentence's mean over the columns that is taken off: some sentences get a Yes for everything.
EVEN_OUT = 0.5
#: Columns from which such a mean says something.
ENOUGH_COLUMNS = 3
#: What a sentence that cites several works together is set back by: it seldom says what is particular to one.
SHARED = 0.3
#: How much less clearly a sentence of its own may speak of a column than one that another column needs more.
GIVE_WAY = 0.6


@dataclass(frozen=True, slots=True)
class Clarity:
    """How clearly a passage speaks of a column, by feature.

    ``yes``: log-odds of Yes above those of a sentence that says nothing; ``anything``: their mean over the columns;
    ``kind``: log of the share of the kind of information that answers the column; ``in_section``: whether it stands in a
    section about such things; ``shared``: whether other works are cited beside the work.
    """

    yes: float
    anything: float
    kind: float
    in_section: bool
    shared: bool

    @property
    def score(self) -> float:
        """All of them in one figure; 0 is a sentence that says nothing."""
        off = EVEN_OUT * self.anything + SHARED * self.shared
        return self.yes - off + (SORTED * self.kind + IN_SECTION * self.in_section)


def score(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """``answers`` with the passage that is to answer each column and how clearly it speaks of it; as they are where no
    passage is about the work."""
    passages = [p for p in answers[0].candidates if _is_about(p)] if answers else []
    if not passages:
        return list(answers)
    columns = [answer.column for answer in answers]
    scores = weigh(context, work, passages, columns)
    above = [
        [score - _least(work, passage, column) for score, column in zip(row, columns, strict=True)]
        for passage, row in zip(passages, scores, strict=True)
    ]
    chosen = share_out(above)
    return [
        replace(answer, chosen=passages[i], speaks=scores[i][j], stands_out=above[i][j] >= 0)
        for j, (answer, i) in enumerate(zip(answers, chosen, strict=True))
    ]


def weigh(context: RunContext, work: Work, passages: Sequence[Passage], columns: Sequence[Column]) -> list[list[float]]:
    """How clearly each passage speaks of each column: a row for each passage, 0 is a sentence that says nothing."""
    zeros = _zeros(context, work.kind, columns)
    table, kinds = _odds(context, [about_target(p.shown) or p.text for p in passages], columns, work.kind)
    topics = [intent_of(c) for c in columns]
    return [
        _scores([odds - zero for odds, zero in zip(row, zeros, strict=True)], kind, passage, topics, work)
        for passage, row, kind in zip(passages, table, kinds, strict=True)
    ]


def _scores(
    yes: Sequence[float], kind: Mapping[Says, float], passage: Passage, topics: Sequence[ColumnIntent], work: Work
) -> list[float]:
    """A passage's score for each column."""
    anything = sum(yes) / len(yes) if len(yes) >= ENOUGH_COLUMNS else 0.0
    own = work.kind is WorkKind.PAPER
    return [
        Clarity(
            one, anything, _share_of_kind(kind, topic), own and _in_its_section(passage, topic), not passage.alone
        ).score
        for one, topic in zip(yes, topics, strict=True)
    ]


def _share_of_kind(kind: Mapping[Says, float], intent: ColumnIntent) -> float:
    says = _says(intent)
    return kind[says] if says is not None else 0.0


def _says(intent: ColumnIntent) -> Says | None:
    """What the model sorts under that which answers best; None where several kinds do alike or it has no name for it."""
    best = max(intent.kinds, key=lambda kind: intent.kinds[kind], default=None)
    return _SORTED_AS.get(best) if best is not None else None


def _in_its_section(passage: Passage, intent: ColumnIntent) -> bool:
    return intent.sections is not None and bool(intent.sections.search(passage.section))


def _zeros(context: RunContext, kind: WorkKind, columns: Sequence[Column]) -> list[float]:
    """The mean log-odds that sentences which say nothing get for each column; asked once for each kind of work."""
    known = context.memo.zeros
    new = [c for c in columns if (c.name, c.instruction, kind) not in known]
    if new:
        table, _ = _odds(context, examples("empty", kind.value), new, kind)
        for j, column in enumerate(new):
            known[(column.name, column.instruction, kind)] = sum(row[j] for row in table) / len(table)
    return [known[(c.name, c.instruction, kind)] for c in columns]


def _odds(
    context: RunContext, sentences: Sequence[str], columns: Sequence[Column], kind: WorkKind
) -> tuple[list[list[float]], list[dict[Says, float]]]:
    """Log-odds of Yes over No, a row for each sentence, and how likely each kind of information is, as the log of its
    share times the number of kinds; the sentence is the shared beginning of its questions."""
    questions = [*(_question(c, kind) for c in columns), f"\n{prompt('weigh', 'sort')}"]
    asks = [
        Ask(prompt("weigh", "system"), f"Sentence: {sentence}\n", question, max_tokens=1)
        for sentence in sentences
        for question in questions
    ]
    weighed = context.model.weigh(asks, ("Yes", "No", *(says.value for says in Says)), cancel=context.cancel)
    table, kinds = [], []
    for at in range(0, len(weighed), len(questions)):
        *answers, letters = weighed[at : at + len(questions)]
        table.append([yes - no for yes, no, *_ in answers])
        kinds.append(dict(zip(Says, _likelihoods(letters[2:]), strict=True)))
    return table, kinds


def _question(column: Column, kind: WorkKind) -> str:
    """Whether a sentence speaks of a column.  Examples show the form of an answer, which says nothing about whether a sentence
    has one, so they are left out."""
    gloss = intent_of(column).gloss
    name = prompt("weigh", "paper" if kind is WorkKind.PAPER else "work")
    return prompt("weigh", "task").format(gloss=gloss + instruction_of(replace(column, hints=()), "en"), work=name)


def _likelihoods(logits: Sequence[float]) -> list[float]:
    """The log of each one's share (softmax) times their number."""
    most = max(logits)
    total = math.log(sum(math.exp(x - most) for x in logits)) + most
    return [x - total + math.log(len(logits)) for x in logits]


def share_out(above: Sequence[Sequence[float]]) -> list[int]:
    """The passage for each column: its best one, unless that serves another column better and a second is nearly as good.

    ``above`` holds a row for each passage: how far it stands above what the column asks for.
    """
    by_column = list(zip(*above, strict=True))
    first = [max(range(len(above)), key=column.__getitem__) for column in by_column]
    needed = [column[i] for column, i in zip(by_column, first, strict=True)]
    chosen = list(first)
    for j in sorted(range(len(first)), key=needed.__getitem__):
        if any(i == first[j] and need > needed[j] for i, need in zip(first, needed, strict=True)):
            chosen[j] = _second(by_column[j], chosen, first[j])
    return chosen


def _second(column: Sequence[float], taken: Sequence[int], first: int) -> int:
    """A passage that no column has taken and that is nearly as good as the ``first``; that one without such."""
    enough = max(0.0, column[first] - GIVE_WAY)
    free = [i for i, above in enumerate(column) if i not in taken and above >= enough]
    return max(free, key=column.__getitem__, default=first)


def _least(work: Work, passage: Passage, column: Column) -> float:
    """How clearly a passage must speak of a column to be its answer."""
    if work.kind is WorkKind.PAPER:
        return OWN
    if is_part_of_it(passage.shown):
        return SPEAKS
    says = _says(intent_of(column))
    in_passing = _in_passing(passage)
    if says is Says.RESULT and passage.alone and not in_passing:
        return NOTED_RESULT
    return NOTED + NOTED_MORE * (says in SELDOM_NOTED) + NOTED_MORE * in_passing


def _in_passing(passage: Passage) -> bool:
    """Whether the work is one example of many, or a tool in the account of what the citing paper did."""
    return is_example(passage.shown) or bool(OWN_DOING.search(passage.section))


def describes(passage: Passage) -> bool:
    """Whether a passage says something of the marked work itself, not of one that is compared with it."""
    return OTHER not in about_target(passage.shown) and is_part_of_it(passage.shown) and _is_about(passage)


def vouches(passage: Passage) -> bool:
    """Whether a passage states a fact for which the marked work is given, and more than that others do the same."""
    return passage.alone and not _in_passing(passage) and _is_about(passage)


def _is_about(passage: Passage) -> bool:
    if passage.shown and not about_target(passage.shown):
        return False
    return not speaks_of_another(passage.shown) and not speaks_of_citing(passage.shown)
