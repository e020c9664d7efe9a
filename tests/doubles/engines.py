"""Small true doubles of the engines, for tests and for trying the window without a model.

They speak the whole protocol of ``ports``; the broken ones crash, hang, babble
or fall silent.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Mapping, Sequence

from citegrid.core.errors import ModelError
from citegrid.core.statement import Kind, Line, Speaker
from citegrid.ports import NEVER, Answer, Ask, Cancel, ModelInfo, OcrLine, Pixels, Usage

Speech = Callable[[Ask], str]


def first_evidence(ask: Ask) -> str:
    """Answers with the beginning of the evidence it was given, word for word."""
    found = re.search(r"(?:证据：|Evidence: )(.+)", ask.shared + ask.own)
    return found.group(1)[:160] if found else ""


class FakeModel:
    """A language model that says what ``speech`` says, and finds everything ``sure`` likely."""

    def __init__(self, speech: Speech = first_evidence, sure: float = 5.0) -> None:
        self.info = ModelInfo("fake.gguf", "", "0" * 64, "fake", 8192)
        self.usage = Usage()
        self.asked: list[Ask] = []
        self._speech = speech
        self.sure = sure

    def answer(
        self,
        asks: Sequence[Ask],
        *,
        on_answer: Callable[[int, Answer], None] | None = None,
        cancel: Cancel = NEVER,
    ) -> list[Answer]:
        answers = []
        for index, ask in enumerate(asks):
            cancel.check()
            self.asked.append(ask)
            text = self._speech(ask)
            self.usage.prompt_tokens += self.count(ask.system + ask.shared + ask.own)
            self.usage.generated_tokens += self.count(text)
            answers.append(Answer(text, True))
            if on_answer is not None:
                on_answer(index, answers[-1])
        return answers

    def weigh(self, asks: Sequence[Ask], choices: Sequence[str], *, cancel: Cancel = NEVER) -> list[tuple[float, ...]]:
        cancel.check()
        self.asked.extend(asks)
        return [(self.sure, *(0.0 for _ in choices[1:]))] * len(asks)

    def count(self, text: str) -> int:
        return len(text.split())

    def close(self) -> None:
        return None


class CrashingModel(FakeModel):
    """Fails in the middle of its work."""

    def answer(
        self,
        asks: Sequence[Ask],
        *,
        on_answer: Callable[[int, Answer], None] | None = None,
        cancel: Cancel = NEVER,
    ) -> list[Answer]:
        raise ModelError("fake.gguf failed while it was thinking (code -3).", "Try again.")


class HangingModel(FakeModel):
    """Never answers; it notices a cancel, as the real one does."""

    def answer(
        self,
        asks: Sequence[Ask],
        *,
        on_answer: Callable[[int, Answer], None] | None = None,
        cancel: Cancel = NEVER,
    ) -> list[Answer]:
        while True:
            cancel.check()
            time.sleep(0.01)


def noise(ask: Ask) -> str:
    """Words that mean nothing, with numbers that stand nowhere."""
    return "7] \ufffd\ufffd 98765 Xyzzy [12] <|im_start|> " * 4


class FakeOcr:
    """Reads the lines it was given, whatever the picture."""

    workers = 1

    def __init__(self, lines: Sequence[OcrLine] = ()) -> None:
        self._lines = list(lines)

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        cancel.check()
        return list(self._lines)


class ToldEncoder:
    """A reader of sentences that was told what they say: the kind of the first stretch that a line holds, nothing where it
    holds none.  All that says something is central, told by ``speaker`` and understood alone."""

    def __init__(self, kinds: Mapping[str, Kind], speaker: Speaker = Speaker.TARGET) -> None:
        self._kinds, self._speaker = dict(kinds), speaker
        self.read: list[Line] = []

    def opinions(self, lines: Sequence[Line]) -> list[tuple[float, ...]]:
        self.read.extend(lines)
        return [self._opinion(line) for line in lines]

    def _opinion(self, line: Line) -> tuple[float, ...]:
        kind = next((kind for part, kind in self._kinds.items() if part in line.shown), Kind.NOTHING)
        says = kind is not Kind.NOTHING
        central, alone = (0, 0, 1) if says else (1, 0, 0), (0, 1) if says else (1, 0)
        outputs = (*(one is self._speaker for one in Speaker), *(one is kind for one in Kind), *central, *alone)
        return tuple(math.log(1.0 if sure else 1e-6) for sure in outputs)
