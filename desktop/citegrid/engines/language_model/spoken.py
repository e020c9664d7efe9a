"""What a model has said so far, wherever it runs: when that is enough, and the answer that it makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from citegrid.engines.language_model.chat import without_thoughts
from citegrid.ports import Answer

#: A token whose probability has a logarithm below this counts as one that the model was not sure of.
UNLIKELY = -1.0


class Spoken:
    """One answer under way: ``raw`` bytes of ``generated`` tokens, whose ``likelihood`` is the sum over them; ``unlikely`` are
    the places in ``raw`` where a token stands that the model was not sure of."""

    max_tokens: int
    stop: tuple[str, ...]
    generated: int
    unlikely: list[tuple[int, int]]
    likelihood: float
    raw: bytearray
    ended_itself: bool

    @property
    def over(self) -> bool:
        """Whether nothing more is to be generated."""
        return self.ended_itself or self.generated >= self.max_tokens or self.stopped

    @property
    def stopped(self) -> bool:
        """Whether a text has come that ends it."""
        text = self.raw.decode("utf-8", "ignore")
        if text.lstrip().startswith("<think"):
            return False
        text = text.lstrip("\n")
        return any(stop in text for stop in self.stop)

    def hear(self, piece: bytes, likelihood: float) -> None:
        """Take one more token, whose probability has the logarithm ``likelihood``."""
        self.likelihood += likelihood
        if likelihood < UNLIKELY:
            self.unlikely.append((len(self.raw), len(self.raw) + len(piece)))
        self.raw += piece

    def answer(self) -> Answer:
        """What was said so far, without thoughts and without what follows a stop."""
        text, ended = without_thoughts(self.raw.decode("utf-8", "ignore")), self.ended_itself
        begins = len(self.raw) - len(text.encode("utf-8"))  # doubts while it was thinking are not about the answer
        doubted = [(start - begins, end - begins) for start, end in self.unlikely if start >= begins]
        for stop in self.stop:
            head, found, _ = text.partition(stop) if stop != "\n" else text.lstrip("\n").partition(stop)
            if found:
                text, ended = head, True
        likelihood = self.likelihood / max(1, self.generated)
        return Answer(text.strip(), ended, len(doubted), likelihood, tuple(_in_characters(text, doubted)))


@dataclass(slots=True)
class StreamedAnswer(Spoken):
    """An answer that arrives from elsewhere; ``choices`` are what could have been its first token, with their logarithms."""

    max_tokens: int
    stop: tuple[str, ...]
    generated: int = 0
    unlikely: list[tuple[int, int]] = field(default_factory=list)
    likelihood: float = 0.0
    raw: bytearray = field(default_factory=bytearray)
    ended_itself: bool = False
    choices: tuple[tuple[str, float], ...] = ()


def _in_characters(text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """``places`` in the bytes of ``text`` as places in its characters once it is stripped; those outside are left out."""
    data, stripped = text.encode("utf-8"), text.strip()
    shift = len(text) - len(text.lstrip())
    for start, end in places:
        first = len(data[:start].decode("utf-8", "ignore")) - shift
        behind = min(len(data[:end].decode("utf-8", "ignore")) - shift, len(stripped))
        if 0 <= first < behind:
            yield first, behind
