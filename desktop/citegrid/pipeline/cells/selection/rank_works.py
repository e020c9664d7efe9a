"""Which literature matters: the works a paper cites often, in many places, alone and for what they did."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citegrid.core.document import Document
from citegrid.core.edits.rows import title_key
from citegrid.core.messages import Message
from citegrid.core.paper import PAPER_ID
from citegrid.core.reference import Intent, Mention, Reference, Work, WorkKind
from citegrid.pipeline.cells.selection.query import Request

#: What makes a work matter.  By intent: what a mention is worth; a work that the paper builds on or measures against matters
#: more than one in passing.  Then what a narrative citation is worth beside a parenthetical one; what a sentence is worth that
#: says nothing but names, and how many characters add as much as one; and as shares of the whole what each further
#: section adds, what a work counts of which nothing is told, and each sentence that tells of it (up to a number of them): a
#: table can say most of such works.
WEIGHTS = {
    Intent.USES: 1.5,
    Intent.EXTENDS: 1.6,
    Intent.COMPARES: 1.4,
    Intent.CONTRASTS: 1.4,
    Intent.BACKGROUND: 1.0,
    "narrative": 1.8,
    "named": 0.4,
    "characters": 160,
    "section": 0.15,
    "silent": 0.4,
    "sentence": 2.0,
}
MOST_CHARACTERS, MOST_SENTENCES = 240, 4.0
#: Characters of an entry that stand for a title it does not print.
UNTITLED = 80
#: What is said of intents that are more than background; the singular and the plural are the same.
_INTENTS = {
    Intent.USES: "used {times}×",
    Intent.EXTENDS: "extended {times}×",
    Intent.COMPARES: "compared {times}×",
    Intent.CONTRASTS: "contrasted {times}×",
}


@dataclass(frozen=True, slots=True)
class Prominence:
    """How a paper speaks of a work, by feature: its mentions, the number of sections they stand in, and how many sentences
    say something of it (one that only notes it counts less than 1)."""

    mentions: tuple[Mention, ...]
    sections: int
    sentences: float

    @property
    def score(self) -> float:
        """How much the work matters to the paper."""
        worth = sum(map(_worth, self.mentions))
        worth *= 1 + WEIGHTS["section"] * max(0, self.sections - 1)
        return worth * (WEIGHTS["silent"] + WEIGHTS["sentence"] * min(self.sentences, MOST_SENTENCES))

    def reasons(self) -> tuple[Message, ...]:
        """The same in words."""
        cited, alone = len(self.mentions), sum(m.beside == 0 for m in self.mentions)
        told = int(self.sentences)
        counted = (
            (cited, Message("cited 1 time"), Message("cited {count} times", count=cited)),
            (self.sections > 1, Message(""), Message("in {count} sections", count=self.sections)),
            (alone, Message("1 time alone"), Message("{count} times alone", count=alone)),
            (told, Message("1 sentence about it"), Message("{count} sentences about it", count=told)),
        )
        said = [one if count == 1 and one else more for count, one, more in counted if count]
        intents = Counter(m.intent for m in self.mentions if m.intent in _INTENTS).most_common()
        return (*said, *(Message(_INTENTS[intent], times=times) for intent, times in intents))


def _worth(mention: Mention) -> float:
    """What one mention says for a work: less where others are cited beside it."""
    alone = 1.0 / math.sqrt(1 + mention.beside)
    narrative = WEIGHTS["narrative"] if mention.narrative else 1.0
    said = min(len(mention.sentence), MOST_CHARACTERS) / WEIGHTS["characters"]
    return alone * WEIGHTS[mention.intent] * narrative * (WEIGHTS["named"] + said)


def select(
    document: Document, references: Sequence[Reference], request: Request, weights: Mapping[str, float] | None = None
) -> tuple[Work, ...]:
    """The paper itself first, then at most ``request.max_rows - 1`` references, the most important first.

    References that the text never cites, or that lie outside the asked years, are left out.  ``weights``: how many
    sentences tell of each reference, by its id; one that only notes it counts less than 1.
    """
    paper = Work(WorkKind.PAPER, PAPER_ID, document.called, document.authors, document.year)
    cited = [r for r in references if r.mentions and _in_years(r, request)]
    works = [work_of(r, (weights or {}).get(r.id, 0.0)) for r in cited]
    ranked = sorted(works, key=lambda w: (-w.score, w.id))
    return (paper, *_distinct(ranked)[: request.max_rows - 1])


def work_of(reference: Reference, sentences: float = 0.0) -> Work:
    """The work of a reference, with its score and the reasons for it; ``sentences`` as ``weights`` for ``select``."""
    sections = {m.section for m in reference.mentions if m.section}
    prominence = Prominence(tuple(reference.mentions), len(sections), sentences)
    return Work(
        WorkKind.REFERENCE,
        reference.id,
        reference.title or reference.raw[:UNTITLED],
        reference.authors,
        reference.year,
        round(prominence.score, 3),
        prominence.reasons(),
    )


def _in_years(reference: Reference, request: Request) -> bool:
    if request.since is None and request.until is None:
        return True
    year = reference.year
    return year is not None and (request.since or 0) <= year <= (request.until or 9999)


def _distinct(works: Sequence[Work]) -> list[Work]:
    """``works`` without later entries of the same title (a list printed twice, a preprint and its journal form)."""
    first: dict[str, Work] = {}
    for work in works:
        first.setdefault(title_key(work.title), work)
    return list(first.values())
