"""Rephrasing: the program's sentences about works in a model's words, as far as those say the same.

A small model is given one sentence at a time, which names its work and holds one fact or two; what is not faithful to it, or
names another work, is left as the program said it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.language.text import sentences
from citegrid.core.table import Wording
from citegrid.pipeline.review.faithful import is_faithful
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.phrases import phrase
from citegrid.pipeline.review.prompts import prompt
from citegrid.pipeline.review.sentences import Said, length
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

#: Sentences that are rephrased, the longest of them (characters, words), and the tokens of an answer.
MOST, LONGEST, TOKENS = 6, {"zh": 75, "en": 28}, 80
#: How long a rephrased sentence is at most, as a share: who says the same in fewer words has understood it.
SHORTER = 0.95
_STOPS = "。. "


@dataclass(frozen=True, slots=True)
class Rephraser:
    """Puts sentences into other words of the same language."""

    model: LanguageModel
    language: str
    cancel: Cancel = NEVER

    def __call__(self, sentences: Sequence[Said]) -> list[Said]:
        """``sentences`` in their order, those in other words where the model's are faithful."""
        chosen = [i for i, said in enumerate(sentences) if _may_change(said, self.language)][:MOST]
        answers = self.model.answer([self._ask(sentences[i]) for i in chosen], cancel=self.cancel) if chosen else []
        made = list(sentences)
        for i, answer in zip(chosen, answers, strict=True):
            if answer.ended:
                made[i] = self._accepted(sentences[i], answer.text)
        return made

    def _ask(self, said: Said) -> Ask:
        task = prompt("rephrase_task", self.language).format(text=said.said.text)
        shared = prompt("rephrase_example", self.language)
        return Ask(prompt("rephrase_system", self.language), shared, task, max_tokens=TOKENS)

    def _accepted(self, said: Said, answer: str) -> Said:
        text = _one_sentence(answer, self.language)
        fits = length(text, self.language) <= SHORTER * length(said.said.text, self.language)
        if not fits or said.name_lost(text) or not is_faithful(text, [said.said.text], self.language):
            return said
        return Said(Marked(text), said.facts, said.form, said.names)


def _may_change(said: Said, language: str) -> bool:
    """Whether a sentence may be said in other words: a short one, where no person is still to look at its words."""
    trusted = all(fact.wording is not Wording.TO_BE_CHECKED for fact in said.facts)
    return trusted and bool(said.names) and length(said.said.text, language) <= LONGEST[language]


def _one_sentence(answer: str, language: str) -> str:
    """An answer as one sentence without its stop: further ones are joined to it."""
    said = answer.strip()
    return phrase("and_found", language).join(said[start:end].rstrip(_STOPS) for start, end in sentences(said))
