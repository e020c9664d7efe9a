"""Asking the model about one work: which sentence speaks of a column, and what the cell says from it.

A small model writes a good line from one or two sentences and a poor one from
ten, and it cannot be trusted to say "not stated".  So every sentence is first
*weighed* against every column: by the log-odds of Yes against No, less what
sentences that say nothing get for the same question, and by the kind of
information that the model sorts it under.  Only a sentence that stands out is
given to the model to *write* the cell from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from citegrid.core.evidence import Passage
from citegrid.core.reference import Work, WorkKind
from citegrid.core.script import is_chinese
from citegrid.core.table import Column
from citegrid.pipeline.cells.column_intents import SORT, Says, gloss_of, topic_of, words_of
from citegrid.pipeline.cells.generate import instruction_of, phrasing_of, put
from citegrid.pipeline.evidence.citation_markers import (
    about_target,
    is_example,
    is_part_of_it,
    speaks_of_another,
    speaks_of_citing,
)
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

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
#: What the kind of a sentence counts beside its Yes: times the log of its share, 0 where all kinds are equally likely.
SORTED = 0.6
#: For the paper's own sentence in a section that is about such things.
IN_SECTION = 0.3
#: Share of a sentence's mean over the columns that is taken off: some sentences get a Yes for everything.
EVEN_OUT = 0.5
#: What a sentence that cites several works together is set back by: it seldom says what is particular to one.
SHARED = 0.3
#: How much less clearly a sentence of its own may speak of a column than one that another column needs more.
GIVE_WAY = 0.6
#: Percent from which two cells of a row say the same; less is enough when both come from one sentence.
ALIKE, ALIKE_OF_ONE = 85.0, 55.0
#: Sections that tell what the citing paper did, and with whose tools.
_DOING = re.compile(
    r"^[\d.\s]*(?:materials?(?: and |\b)|methods?$|methodology|implementation|experiment\w* (?:set-?up|details|settings?)|(?:evaluation|training) set-?up"
    r"|data (?:collection|analys[ei]s|sources?)|study (?:area|sites?|design)|sampling)|材料与方法|实验设置|实现细节|数据收集|数据处理",
    re.I,
)
_WEIGH = "You check evidence for a literature table."
_WEIGH_TASK = "\nDoes the sentence state {gloss} (it = {work})? Answer Yes or No."
#: Sentences that say nothing about a work: what they get is the zero of each question.
_EMPTY = {
    WorkKind.REFERENCE: (
        "Large language models have been widely used (⟦OTHER⟧; ⟦TARGET⟧).",
        "Several studies have looked at this question (⟦OTHER⟧, ⟦TARGET⟧).",
        "See ⟦TARGET⟧ for details.",
    ),
    WorkKind.PAPER: (
        "The remainder of the paper is organised as follows.",
        "This topic has received much attention in recent years.",
        "Details are given in the next section.",
    ),
}
_KEYWORDS = (
    "A table about scientific papers has the column “{column}”. Which English words in a paper show the sentence that "
    "answers it? Write ten single keywords, separated by commas."
)
_NOTHING = re.compile(
    r"未(?:明确)?(?:提及|说明|提到|给出)|没有(?:明确)?(?:提及|说明|提到|给出)|无法(?:确定|得知)|not (?:stated|mentioned|specified|provided)"
    r"|does not (?:state|mention|say|provide)|no (?:evidence|information)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the model said: its text in one line, the passages it was written from, whether there is nothing to say.

    ``speaks`` is how clearly they speak of the column; ``by_model`` when the model put it into words, ``narrowed`` when these
    are not all that the sentence says.  Where there is nothing to say, ``used`` is the passage that came nearest.
    """

    text: str
    used: tuple[Passage, ...]
    nothing: bool = False
    speaks: float = 0.0
    by_model: bool = False
    narrowed: bool = False


NOTHING = Draft("", (), nothing=True)


class Scale:
    """The zero of each column's question, asked once per kind of work."""

    def __init__(self) -> None:
        self._zero: dict[tuple[str, str, WorkKind], float] = {}

    def zeros(
        self, kind: WorkKind, columns: Sequence[Column], model: LanguageModel, cancel: Cancel = NEVER
    ) -> list[float]:
        """The mean log-odds that sentences which say nothing get for each column."""
        new = [c for c in columns if (c.name, c.instruction, kind) not in self._zero]
        if new:
            table, _ = _odds(_EMPTY[kind], new, kind, model, cancel)
            for j, column in enumerate(new):
                mean = sum(row[j] for row in table) / len(table)
                self._zero[(column.name, column.instruction, kind)] = mean
        return [self._zero[(c.name, c.instruction, kind)] for c in columns]


def search_words(columns: Sequence[Column], model: LanguageModel, *, cancel: Cancel = NEVER) -> dict[str, str]:
    """For each column the words to look for in the paper: its name, its instruction, words of its kind; for a column of
    no known kind the model's own keywords."""
    words = {c.name: f"{c.name} {c.instruction} {words_of(c)}" for c in columns}
    unknown = [c for c in columns if not words_of(c)]
    asks = [
        Ask(
            "You help to search scientific papers.",
            "",
            _KEYWORDS.format(column=c.name + instruction_of(c, "en")),
            max_tokens=48,
        )
        for c in unknown
    ]
    for column, answer in zip(unknown, model.answer(asks, cancel=cancel), strict=True):
        words[column.name] += f" {answer.text}"
    return words


def ask_cells(
    work: Work,
    passages: Sequence[Passage],
    columns: Sequence[Column],
    language: str,
    model: LanguageModel,
    *,
    scale: Scale | None = None,
    cancel: Cancel = NEVER,
) -> list[Draft]:
    """One draft for each column, in order; a column of which no passage speaks gets ``NOTHING``."""
    passages = [p for p in passages if _is_about(p)]
    if not passages:
        return [NOTHING for _ in columns]
    scores = weigh(work, passages, columns, model, scale=scale or Scale(), cancel=cancel)
    least = [[_least(work, p, c) for c in columns] for p in passages]
    above = [
        [score - low for score, low in zip(row, lows, strict=True)] for row, lows in zip(scores, least, strict=True)
    ]
    best = _shared_out(above)
    told = [j for j, i in enumerate(best) if above[i][j] >= 0]
    told.sort(key=lambda j: -scores[best[j]][j])
    first = {j for n, j in enumerate(told) if best[j] not in {best[k] for k in told[:n]}}
    phrasings = [phrasing_of(passages[best[j]], columns[j], language, focus=j not in first) for j in told]
    phrases = put(phrasings, language, model, cancel=cancel)
    drafts = [replace(NOTHING, used=(passages[i],)) for i in best]
    for j, phrasing, phrase in zip(told, phrasings, phrases, strict=True):
        narrowed = phrasing.narrowed and phrase.by_model
        nothing = not phrase.text or (phrase.by_model and bool(_NOTHING.search(phrase.text)))
        nothing = nothing or _is_scrap(phrase.text, narrowed, columns[j])
        drafts[j] = Draft(phrase.text, (passages[best[j]],), nothing, scores[best[j]][j], phrase.by_model, narrowed)
    return _distinct(drafts)


def _is_scrap(text: str, narrowed: bool, column: Column) -> bool:
    """Whether narrowing a sentence to the column left too little to say anything ("CodeML from PAML.")."""
    if not narrowed or column.question != (Column("").question):
        return False
    return len(text) < 8 if is_chinese(text) else len(text.split()) < 5


def _shared_out(above: Sequence[Sequence[float]]) -> list[int]:
    """The passage for each column: its best one, unless that serves another column better and a second is nearly as good.

    ``above`` holds a row for each passage: how far it stands above what the column asks for.
    """
    columns = range(len(above[0]))
    first = [max(range(len(above)), key=lambda i: above[i][j]) for j in columns]
    chosen = list(first)
    for j in sorted(columns, key=lambda j: above[first[j]][j]):
        if not any(first[k] == first[j] and above[first[j]][k] > above[first[j]][j] for k in columns if k != j):
            continue
        free = [
            i for i in range(len(above)) if i not in chosen and above[i][j] >= max(0.0, above[first[j]][j] - GIVE_WAY)
        ]
        chosen[j] = max(free, key=lambda i: above[i][j], default=first[j])
    return chosen


def _least(work: Work, passage: Passage, column: Column) -> float:
    if work.kind is WorkKind.PAPER:
        return OWN
    if is_part_of_it(passage.shown):
        return SPEAKS
    topic = topic_of(column)
    seldom = topic is not None and topic.says in (Says.AIM, Says.METHOD, Says.LIMIT)
    if topic is not None and topic.says is Says.RESULT and passage.alone and not _in_passing(passage):
        return NOTED_RESULT
    return NOTED + NOTED_MORE * seldom + NOTED_MORE * _in_passing(passage)


def _in_passing(passage: Passage) -> bool:
    """Whether the work is one example of many, or a tool in the account of what the citing paper did."""
    return is_example(passage.shown) or bool(_DOING.search(passage.section))


def weigh(
    work: Work,
    passages: Sequence[Passage],
    columns: Sequence[Column],
    model: LanguageModel,
    *,
    scale: Scale,
    cancel: Cancel = NEVER,
) -> list[list[float]]:
    """How clearly each passage speaks of each column: a row for each passage, 0 is a sentence that says nothing."""
    zeros = scale.zeros(work.kind, columns, model, cancel)
    table, kinds = _odds([about_target(p.shown) or p.text for p in passages], columns, work.kind, model, cancel)
    topics = [topic_of(c) for c in columns]
    scores: list[list[float]] = []
    for passage, row, kind in zip(passages, table, kinds, strict=True):
        above = [odds - zero for odds, zero in zip(row, zeros, strict=True)]
        off = EVEN_OUT * sum(above) / len(above) if len(above) >= 3 else 0.0
        off += 0.0 if passage.alone else SHARED
        scores.append([])
        for x, topic in zip(above, topics, strict=True):
            more = SORTED * kind[topic.says] if topic and topic.says else 0.0
            if work.kind is WorkKind.PAPER and topic and topic.sections and topic.sections.search(passage.section):
                more += IN_SECTION
            scores[-1].append(x - off + more)
    return scores


def _odds(
    sentences: Sequence[str], columns: Sequence[Column], kind: WorkKind, model: LanguageModel, cancel: Cancel
) -> tuple[list[list[float]], list[dict[Says, float]]]:
    """Log-odds of Yes over No, a row for each sentence, and how likely each kind of information is, as the log of its
    share times the number of kinds; the sentence is the shared beginning of its questions."""
    name = "this paper" if kind is WorkKind.PAPER else "⟦TARGET⟧"
    # examples show the form of an answer, which says nothing about whether a sentence has one
    glosses = [(gloss_of(c) or f"its “{c.name}”") + instruction_of(replace(c, hints=()), "en") for c in columns]
    asks = [
        Ask(_WEIGH, f"Sentence: {sentence}\n", question, max_tokens=1)
        for sentence in sentences
        for question in (*(_WEIGH_TASK.format(gloss=gloss, work=name) for gloss in glosses), f"\n{SORT}")
    ]
    weighed = model.weigh(asks, ("Yes", "No", *(says.value for says in Says)), cancel=cancel)
    table, kinds = [], []
    for at in range(0, len(weighed), len(columns) + 1):
        *answers, letters = weighed[at : at + len(columns) + 1]
        table.append([yes - no for yes, no, *_ in answers])
        kinds.append(dict(zip(Says, _likelihoods(letters[2:]), strict=True)))
    return table, kinds


def _likelihoods(logits: Sequence[float]) -> list[float]:
    """The log of each one's share (softmax) times their number."""
    most = max(logits)
    total = math.log(sum(math.exp(x - most) for x in logits)) + most
    return [x - total + math.log(len(logits)) for x in logits]


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """The same words in two columns of a row say nothing new: the column that the sentence speaks of less is left open."""
    kept = list(drafts)
    for i, one in enumerate(kept):
        for j, other in enumerate(kept[:i]):
            alike = ALIKE if one.used != other.used else ALIKE_OF_ONE
            if not one.nothing and not other.nothing and fuzz.ratio(one.text, other.text) > alike:
                least = i if one.speaks <= other.speaks else j
                kept[least] = replace(NOTHING, used=kept[least].used)
    return kept


def tells(passage: Passage) -> bool:
    """Whether a passage says something of the marked work itself, not of one that is compared with it."""
    return "⟦OTHER⟧" not in about_target(passage.shown) and is_part_of_it(passage.shown) and _is_about(passage)


def notes(passage: Passage) -> bool:
    """Whether a passage states a fact for which the marked work is given, and more than that others do the same."""
    return passage.alone and not _in_passing(passage) and _is_about(passage)


def _is_about(passage: Passage) -> bool:
    if passage.shown and not about_target(passage.shown):
        return False
    return not speaks_of_another(passage.shown) and not speaks_of_citing(passage.shown)
