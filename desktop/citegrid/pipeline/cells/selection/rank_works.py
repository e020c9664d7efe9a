"""Which literature matters: the works that a paper tells of, often, alone, for what they did; not what it uses as a tool."""

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
from citegrid.pipeline.cells.selection.shared_words import shares_of_topic

#: What makes a work matter, fitted on works of eight papers that a reader had graded (core, good, incidental) and tried on six others.
#: The score is a product: what the mentions are worth and how many sentences tell of the work, each with a little that
#: none costs nothing, to these powers; times e to the power of the share of mentions that only use it as a tool, and of how much its
#: title shares with the topic.
WEIGHTS = {"mentions": 1.0, "told": 1.2, "used": -0.6, "topic": 0.6}
NO_MENTION, NOT_TOLD = 0.3, 0.1
#: A mention alone counts 1, one of n in a bracket 1 / √n; a narrative one more; then its sentence by its length.
NARRATIVE, NAMED = 1.8, 0.4
SAID_IN, MOST_CHARACTERS = 160, 240
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
    """How a paper speaks of a work, by feature: its mentions, the number of sections they stand in, how many sentences
    say something of it (one that only notes it counts less than 1), and the share of the topic that its title shares."""

    mentions: tuple[Mention, ...]
    sections: int
    sentences: float
    topic: float = 0.0

    @property
    def score(self) -> float:
        """How much the work matters to the paper."""
        used = sum(mention.intent is Intent.USES for mention in self.mentions) / max(1, len(self.mentions))
        worth = NO_MENTION + sum(map(_worth, self.mentions))
        features = {
            "mentions": math.log(worth),
            "told": math.log(NOT_TOLD + self.sentences),
            "used": used,
            "topic": self.topic,
        }
        return math.exp(sum(WEIGHTS[name] * value for name, value in features.items()))

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
    alone = (NARRATIVE if mention.narrative else 1.0) / math.sqrt(1 + mention.beside)
    return alone * (NAMED + min(len(mention.sentence), MOST_CHARACTERS) / SAID_IN)


def select(
    document: Document, references: Sequence[Reference], request: Request, weights: Mapping[str, float] | None = None
) -> tuple[Work, ...]:
    """The paper itself first, then at most ``request.max_rows - 1`` references, the most important first.

    References that the text never cites, or that lie outside the asked years, are left out.  ``weights``: how many
    sentences tell of each reference, by its id; one that only notes it counts less than 1.
    """
    paper = Work(WorkKind.PAPER, PAPER_ID, document.called, document.authors, document.year)
    cited = [r for r in references if r.mentions]
    topic, told = shares_of_topic(document.called, cited), weights or {}
    works = [work_of(r, told.get(r.id, 0.0), topic[r.id]) for r in cited if _in_years(r, request)]
    ranked = sorted(works, key=lambda w: (-w.score, w.id))
    return (paper, *_distinct(ranked)[: request.max_rows - 1])


def work_of(reference: Reference, sentences: float = 0.0, topic: float = 0.0) -> Work:
    """The work of a reference, with its score and the reasons for it; ``sentences`` as ``weights`` for ``select``, ``topic`` the
    share of the paper's topic that its title shares."""
    sections = {m.section for m in reference.mentions if m.section}
    prominence = Prominence(tuple(reference.mentions), len(sections), sentences, topic)
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
