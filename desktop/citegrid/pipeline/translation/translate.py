"""A sentence of a paper in another language, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.glossary import Glossary
from citegrid.core.table import Doubts
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

#: Share of certainty from which a translation needs no check.
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Translation:
    """``text`` in the wanted language, empty only where the model said nothing; ``sure`` from 0 to 1; the ``doubts`` in it."""

    text: str
    sure: float = 0.0
    doubts: Doubts = ()

    @property
    def trusted(self) -> bool:
        """Whether it needs no check."""
        return bool(self.text) and self.sure >= SURE


def translate(
    sentences: Sequence[str],
    language: str,
    model: LanguageModel,
    *,
    glossary: Glossary = (),
    cancel: Cancel = NEVER,
) -> list[Translation]:
    """``sentences`` (plain, without marks of citations, in the other language) in ``language`` (``"zh"`` or ``"en"``).

    ``glossary`` are the terms of the project and those learnt from its documents, the most binding first; they come before
    those of the term base.  Raises ``ModelError`` or ``Cancelled``.
    """
    task = {"zh": "\n句子：{text}\n译文：", "en": "\nSentence: {text}\n\nIn English:"}[language]
    asks = [Ask("You translate academic text.", "", task.format(text=text), max_tokens=160) for text in sentences]
    return [Translation(answer.text.strip(), 0.5) for answer in model.answer(asks, cancel=cancel)]
