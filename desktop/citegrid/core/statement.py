"""Line and statement: a sentence in its place, and what it says, of whom, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as shown (citations marked), its section, how far into the running text it stands (0 to 1), and the
    sentences before and behind it in the same stretch of text, empty at its ends.

    ``goes_on``: it has no mark itself and is read as going on about the work that the sentence before it marks; ``of_others``: the
    sentences before it cite others, and the paper has not spoken of itself since.
    """

    shown: str
    section: str = ""
    place: float = 0.5
    before: str = ""
    behind: str = ""
    goes_on: bool = False
    of_others: bool = False


class Speaker(Enum):
    """Of whom a sentence tells: the marked work, the citing paper itself, another particular work, nobody in particular."""

    TARGET = "T"
    CITING = "O"
    ANOTHER = "X"
    GENERAL = "G"


class Kind(Enum):
    """What a sentence says of it; DETAIL is a step or setting of a procedure, NOTHING a pointer, a scrap or thanks."""

    AIM = "A"
    METHOD = "M"
    DATA = "D"
    RESULT = "R"
    LIMIT = "L"
    CONTRIBUTION = "C"
    COMPARISON = "P"
    AVAILABILITY = "V"
    BACKGROUND = "B"
    DETAIL = "E"
    NOTHING = "N"


@dataclass(frozen=True, slots=True)
class Statement:
    """The shares (0 to 1) with which a sentence is each of these: ``speakers`` and ``kinds`` sum to 1 each.

    ``central`` is how likely an expert would put just this into a table about its work, ``alone`` how likely it is
    understood without the sentences beside it.
    """

    speakers: tuple[float, ...]
    kinds: tuple[float, ...]
    central: float
    alone: float

    def of(self, *speakers: Speaker) -> float:
        """The share with which one of ``speakers`` is told of."""
        return sum(share for speaker, share in zip(Speaker, self.speakers, strict=True) if speaker in speakers)

    def says(self, *kinds: Kind) -> float:
        """The share with which the sentence says one of ``kinds``."""
        return sum(share for kind, share in zip(Kind, self.kinds, strict=True) if kind in kinds)

    @property
    def kind(self) -> Kind:
        """What the sentence says most likely."""
        return max(zip(self.kinds, Kind, strict=True), key=lambda pair: pair[0])[1]

    @property
    def speaker(self) -> Speaker:
        """Of whom it most likely tells."""
        return max(zip(self.speakers, Speaker, strict=True), key=lambda pair: pair[0])[1]
