"""Paragraphs in a model's own words, for models that pass the writing test: every sentence is matched to its facts and
verified as any other; one that fails takes the whole paragraph back to the program's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.language.text import sentences
from citegrid.pipeline.review.faithful import invents_nothing, numbers_kept
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.phrases import phrase
from citegrid.pipeline.review.prompts import prompt
from citegrid.pipeline.review.sentences import Form, Said
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

#: Facts from which a paragraph is worth writing, and tokens of an answer.
FEWEST, TOKENS = 3, 600
#: Share of the facts that must be told.
TOLD = 0.8
#: The numbers of the facts behind a sentence, before or behind its stop.
_MARKS = re.compile(r"\s*((?:\[\d+\]\s*)+)([。.]?)")
_STOPS = "。. "


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence that a model wrote, and the numbers (from 0) of the facts that it names."""

    text: str
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ParagraphWriter:
    """Writes the sentences of a paragraph anew, from what the program would say."""

    model: LanguageModel
    language: str
    cancel: Cancel = NEVER

    def __call__(self, topic: str, said: Sequence[Said]) -> list[Said]:
        """The sentences of a paragraph on ``topic``; those of the program where the model's are not all faithful."""
        if len(said) < FEWEST:
            return list(said)
        facts = [one.said.text for one in said]
        drafted = draft(topic, facts, self.language, self.model, self.cancel)
        if not is_sound(drafted, facts, [one.names for one in said], self.language):
            return list(said)
        return [_of(one, said) for one in drafted]


def _of(drafted: Drafted, said: Sequence[Said]) -> Said:
    used = [said[i] for i in drafted.facts]
    facts = tuple(dict.fromkeys(fact for one in used for fact in one.facts))
    names = tuple(dict.fromkeys(name for one in used for name in one.names))
    return Said(Marked(drafted.text), facts, Form.TOLD, names)


def draft(
    topic: str, facts: Sequence[str], language: str, model: LanguageModel, cancel: Cancel = NEVER
) -> list[Drafted]:
    """What the model writes of numbered facts, sentence by sentence."""
    listed = "\n".join(f"[{i}] {fact}{phrase('stop', language)}" for i, fact in enumerate(facts, 1))
    task = prompt("paragraph_task", language).format(topic=topic, facts=listed)
    ask = Ask(prompt("paragraph_system", language), "", task, max_tokens=TOKENS, stop=())
    return parsed(model.answer([ask], cancel=cancel)[0].text)


def parsed(answer: str) -> list[Drafted]:
    """The sentences of an answer with the numbers behind them."""
    text = " ".join(answer.split())
    found, at = [], 0
    for marks in _MARKS.finditer(text):
        said = text[at : marks.start()].strip().rstrip(_STOPS)
        numbers = tuple(int(number.strip(" []")) - 1 for number in marks.group(1).split("]")[:-1])
        found += [Drafted(said, numbers)] if said else []
        at = marks.end()
    rest = text[at:].strip()
    return [*found, Drafted(rest.rstrip(_STOPS), ())] if rest else found


def is_sound(drafted: Sequence[Drafted], facts: Sequence[str], names: Sequence[Sequence[str]], language: str) -> bool:
    """Whether every sentence is faithful to the facts that it names and cites their works, and enough facts are told;
    ``names`` are those that each fact is cited by."""
    told = {i for one in drafted for i in one.facts}
    enough = len(told) >= TOLD * len(facts)
    return enough and all(_is_sound(one, facts, names, language) for one in drafted)


def _is_sound(one: Drafted, facts: Sequence[str], names: Sequence[Sequence[str]], language: str) -> bool:
    if not one.facts or not all(0 <= i < len(facts) for i in one.facts) or len(sentences(one.text)) > 1:
        return False
    sources = [facts[i] for i in one.facts]
    cited = all(name in one.text for i in one.facts for name in names[i])
    return cited and invents_nothing(one.text, sources, language) and numbers_kept(one.text, sources)
