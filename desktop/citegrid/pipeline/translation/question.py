"""What the model is asked: the words that are the same for all sentences, near examples, terms and the sentence itself."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from citegrid.core.resources import resource
from citegrid.pipeline.translation.editing import plainer
from citegrid.pipeline.translation.memory import Pair
from citegrid.ports import Ask

#: Characters of an answer that one token makes at least, by the language of the answer, and what any answer may have.
_TOKENS_FOR_ONE_CHARACTER = {"zh": 0.5, "en": 1.6}
_SOURCE = {"zh": "en", "en": "zh"}
_LEAST_TOKENS, _MOST_TOKENS = 40, 220


@dataclass(frozen=True, slots=True)
class Piece:
    """What is translated at once, with what is given along: pairs of words (source, translation) and near examples.

    ``sentence`` is the number of the sentence that it belongs to; ``joint`` stands between it and the piece before.
    """

    text: str
    sentence: int = 0
    joint: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    examples: tuple[Pair, ...] = ()


@cache
def prompts() -> dict[str, dict[str, str]]:
    """``resources/prompts/translation.toml``."""
    return tomllib.loads(resource("prompts", "translation.toml").read_text("utf-8"))


def question(piece: Piece, language: str, samples: int) -> Ask:
    """How ``piece`` is asked for in ``language``; its first answer and ``samples - 1`` others are wanted."""
    words = prompts()[language]
    shown = "".join(
        words["example"].format(source=_source(pair, language), target=pair.said(language)) for pair in piece.examples
    )
    task = words["task"].format(text=plainer(piece.text, _SOURCE[language]), terms=_terms(piece.terms, language))
    return Ask(words["system"], words["shared"], shown + task, max_tokens=_room(piece.text, language), samples=samples)


def plain_question(piece: Piece, language: str) -> Ask:
    """The same without anything around it, for a piece that was answered in the wrong language."""
    task = prompts()[language]["plain_task"].format(text=piece.text)
    return Ask("", "", task, max_tokens=_room(piece.text, language))


def _source(pair: Pair, language: str) -> str:
    return pair.said(_SOURCE[language])


def _terms(terms: Sequence[tuple[str, str]], language: str) -> str:
    if not terms:
        return ""
    between = prompts()["between"][f"terms_{language}"]
    return prompts()[language]["terms"].format(terms=between.join(f"{source}={said}" for source, said in terms))


def _room(text: str, language: str) -> int:
    return max(_LEAST_TOKENS, min(_MOST_TOKENS, round(len(text) * _TOKENS_FOR_ONE_CHARACTER[language])))
