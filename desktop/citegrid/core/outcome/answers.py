"""What a question and a person's own text come to when they are set against the sources: answers and checks, each with its places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from citegrid.core.evidence import Evidence
from citegrid.core.messages import Message
from citegrid.core.table import Doubts, Wording

#: What no comparison of words sees, told wherever a text was checked.
ROLES = Message(
    "Supported means that a source has these words, numbers and names; who did what to whom is yours to compare."
)


class Standing(Enum):
    """How a sentence of a person's text stands to the sources: what contradicts it comes before what nobody says."""

    CONTRADICTED = "contradicted"
    NOT_FOUND = "not found"
    SUPPORTED = "supported"


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a person's text, how it stands, why (one phrase for people), and the words of a source that say so.

    ``evidence`` of one that was not found is what came nearest, empty where nothing did.
    """

    text: str
    standing: Standing
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A person's text, sentence by sentence, in its order."""

    sentences: tuple[CheckedSentence, ...]

    def of(self, standing: Standing) -> tuple[CheckedSentence, ...]:
        """Its sentences that stand so."""
        return tuple(one for one in self.sentences if one.standing is standing)

    @property
    def by_standing(self) -> tuple[CheckedSentence, ...]:
        """Its sentences, those that are contradicted first."""
        return tuple(one for standing in Standing for one in self.of(standing))


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of an answer: the words of a source, as printed or translated, and where they stand."""

    text: str
    evidence: tuple[Evidence, ...]
    wording: Wording = Wording.PRINTED
    doubts: Doubts = ()


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """A question and the sentences that answer it, the best first; where there are none, ``reason`` says why."""

    question: str
    sentences: tuple[AnswerSentence, ...] = ()
    reason: str = ""

    @property
    def text(self) -> str:
        """The whole answer."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All its places, in its order."""
        return tuple(one for sentence in self.sentences for one in sentence.evidence)


#: What is kept in a project of questions and texts.
Found = QuestionAnswered | CheckedText
