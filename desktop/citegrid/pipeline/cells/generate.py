"""Generating: a sentence of the paper in the words of a cell, as it stands, shortened, or translated.

A sentence in the table's own language stands in the cell as it is, or shortened
by the model.  One in the other language is translated.  A small model
translates plain sentences well and special terms badly (dendrites of a battery
became those of a nerve cell), so it is shown how to leave names and terms in
the original, and where it was not sure of its words the original sentence
stands in the cell instead, saying so: true, and one click from its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from citegrid.core.evidence import Passage
from citegrid.core.script import is_chinese
from citegrid.core.table import Column
from citegrid.pipeline.cells.answer import Answers, CellAnswer, Draft, change_some
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.patterns import SAYS_NOTHING, phrase
from citegrid.pipeline.cells.prompts import instruction_of, prompt
from citegrid.pipeline.evidence.citation_markers import about_target
from citegrid.pipeline.evidence.claim_tokens import spell_counts
from citegrid.pipeline.evidence.readable import plain, tidy
from citegrid.ports import NEVER, Answer, Ask, Cancel, LanguageModel

ANSWER_TOKENS = 96
#: A translation with more tokens than this that the model itself found unlikely gives way to the original.  Measured:
#: tests/benchmarks/RESULTS.md.
MOST_UNSURE = 3
#: A longer sentence (characters, words) is narrowed to what it says about the column.  A shorter one of the table's own
#: language stands in the cell as it is: a small model that shortens "better than A and comparably to B" drops the half that
#: matters.
_LONG = {"zh": 100, "en": 40}
#: In the review it may be this long.
_LONGEST = {"zh": 110, "en": 45}
#: Narrowing that leaves fewer characters or words than these left too little to say anything ("CodeML from PAML.").
_LEAST = {"zh": 8, "en": 5}
#: Words that an answer in Chinese may have in another script without being in another language.
_FOREIGN_WORDS = 4
#: Percent from which two cells of a row say the same; less is enough when both come from one sentence.
ALIKE, ALIKE_OF_ONE = 85.0, 55.0


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How a sentence gets into a cell: by the question ``ask`` to the model, or as it stands in ``text``.

    ``translated``: the answer is in another language than ``text``; ``narrowed``: it is to say less than the sentence does.
    """

    text: str
    column: str = ""
    ask: Ask | None = None
    translated: bool = False
    narrowed: bool = False


def generate(context: RunContext, answers: Answers) -> list[CellAnswer]:
    """``answers`` with a draft where a passage stands out, clearest first; what says nothing, or the same as another column
    says, is left without."""
    clearest = sorted((a for a in answers if a.stands_out), key=lambda a: -a.speaks)
    whole = {a.chosen: a.column.name for a in reversed(clearest)}  # who has all of a sentence; others narrow it
    phrasings = {
        a.column.name: phrasing_of(a.used[0], a.column, context.language, focus=whole[a.chosen] != a.column.name)
        for a in clearest
    }
    drafts = put(list(phrasings.values()), context.language, context.model, cancel=context.cancel)
    by_column = dict(zip(phrasings, drafts, strict=True))
    drafted = change_some(
        answers, lambda a: a.stands_out, lambda some: [_drafted(a, by_column[a.column.name]) for a in some]
    )
    return _distinct(drafted)


def _drafted(answer: CellAnswer, draft: Draft) -> CellAnswer:
    if not draft.text or _says_nothing(draft, answer.column):
        return answer
    return replace(answer, draft=draft, text=spell_counts(draft.text, (p.text for p in answer.used)))


def _says_nothing(draft: Draft, column: Column) -> bool:
    """Whether the model's own words say that there is no answer, or too little to be one."""
    return draft.by_model and (bool(SAYS_NOTHING.search(draft.text)) or is_scrap(draft, column))


def is_scrap(draft: Draft, column: Column) -> bool:
    """Whether narrowing a sentence to the column left too little to say anything; a person's own question may have a short
    answer."""
    asked_as_usual = column.question == Column("").question
    return draft.narrowed and asked_as_usual and _measure(draft.text) < _LEAST[_language_of(draft.text)]


def _distinct(answers: Answers) -> list[CellAnswer]:
    """The same words in two columns of a row say nothing new: the column that the sentence speaks of less is left open."""
    silent: set[int] = set()
    for i, one in enumerate(answers):
        same = [j for j in range(i) if j not in silent and _says_the_same(one, answers[j])]
        silent |= {i if one.speaks <= answers[j].speaks else j for j in same}
    return [replace(a, draft=None, text="") if i in silent else a for i, a in enumerate(answers)]


def _says_the_same(one: CellAnswer, other: CellAnswer) -> bool:
    if one.draft is None or other.draft is None:
        return False
    alike = ALIKE_OF_ONE if one.chosen == other.chosen else ALIKE
    return fuzz.ratio(one.draft.text, other.draft.text) > alike


# -- one sentence ------------------------------------------------------------------------------------------------------


def phrasing_of(passage: Passage, column: Column, language: str, *, focus: bool) -> Phrasing:
    """How ``passage`` is put into a cell of ``column`` (without a name: into a sentence of the review).

    ``focus`` narrows it to the column, when another column has the whole sentence already.
    """
    text = sentence_of(passage)
    if column.question != Column("").question:
        return _written(text, column, language)
    narrow = bool(column.name) and (focus or _measure(text) > _LONG[_language_of(text)])
    if _language_of(text) != language:
        return _translated(text, column, language, narrow)
    if narrow:
        return _asked(text, column, "shorten_system", "focus_task", language, narrowed=True)
    if column.name or _measure(text) <= _LONGEST[language]:
        return Phrasing(text)
    return _asked(text, column, "shorten_system", "shorten_task", language)


def _written(text: str, column: Column, language: str) -> Phrasing:
    """The sentence in the form that the column wishes."""
    form = prompt(f"forms_{language}", column.answer_type.name.lower())
    instruction = instruction_of(column, language)
    task = prompt("write_task", language).format(text=text, form=form, column=column.name, instruction=instruction)
    ask = Ask(prompt("write_system", language), "", task, max_tokens=ANSWER_TOKENS)
    return Phrasing(text, column.name, ask, narrowed=True)


def _translated(text: str, column: Column, language: str, narrow: bool) -> Phrasing:
    if narrow:
        narrowed = _asked(text, column, "translate_system", "focus_task", language, narrowed=True)
        return replace(narrowed, translated=True)
    whole = _asked(text, column, "translate_system", "translate_task", language)
    assert whole.ask is not None
    shown = replace(whole.ask, shared=prompt("translate_examples", language))
    return replace(whole, ask=shown, translated=True)


def _asked(text: str, column: Column, system: str, task: str, language: str, *, narrowed: bool = False) -> Phrasing:
    own = prompt(task, language).format(text=text, column=column.name)
    ask = Ask(prompt(system, language), "", own, max_tokens=ANSWER_TOKENS)
    return Phrasing(text, column.name, ask, narrowed=narrowed)


def put(phrasings: Sequence[Phrasing], language: str, model: LanguageModel, *, cancel: Cancel = NEVER) -> list[Draft]:
    """The words of each, empty where the model had none.  Where Chinese was wanted and the model fell back into English it is
    asked once more; a translation that it is not sure of, or did not give, is the original."""
    drafts = [Draft(p.text) for p in phrasings]
    open_ = {i: p.ask for i, p in enumerate(phrasings) if p.ask is not None}
    for _ in range(2):
        answers = model.answer(list(open_.values()), cancel=cancel)
        for (i, asked), answer in zip(list(open_.items()), answers, strict=True):
            text = tidy(asked.prefill + answer.text, language, column=phrasings[i].column, whole=answer.ended)
            if _in_language(text, language):
                del open_[i]
                drafts[i] = _accepted(phrasings[i], text, answer, language)
            else:
                open_[i] = replace(asked, prefill=prompt("second_try", language))
                drafts[i] = _without_words(phrasings[i], language)
    return drafts


def _in_language(text: str, language: str) -> bool:
    return language != "zh" or is_chinese(text) or len(text.split()) <= _FOREIGN_WORDS


def _accepted(phrasing: Phrasing, text: str, answer: Answer, language: str) -> Draft:
    """The model's words, or the original where they are a doubtful translation."""
    doubtful = answer.unsure > MOST_UNSURE or _explains(text, phrasing.text)
    if phrasing.translated and doubtful:
        return _original(phrasing, language)
    return Draft(text, by_model=True, narrowed=phrasing.narrowed)


def _without_words(phrasing: Phrasing, language: str) -> Draft:
    return _original(phrasing, language) if phrasing.translated else Draft("", by_model=True)


def _explains(translation: str, text: str) -> bool:
    """Whether a translation has brackets that the sentence has not: small models spell acronyms out as they please."""
    return _brackets(translation) > _brackets(text)


def _brackets(text: str) -> int:
    return text.count("(") + text.count("（")


def _original(phrasing: Phrasing, language: str) -> Draft:
    return Draft(phrase("original", language) + phrasing.text)


def original(passage: Passage, language: str) -> str:
    """The sentence itself; where it is in another language than the table, saying so."""
    text = sentence_of(passage)
    return text if _language_of(text) == language else phrase("original", language) + text


def is_original(text: str, language: str) -> bool:
    """Whether a cell holds the sentence of the source because no translation could be trusted."""
    return text.startswith(phrase("original", language))


def say(passages: Sequence[Passage], language: str, model: LanguageModel, *, cancel: Cancel = NEVER) -> list[str]:
    """What each passage says, in one sentence of the language; empty where no translation could be trusted."""
    phrasings = [phrasing_of(p, Column(""), language, focus=False) for p in passages]
    texts = [draft.text for draft in put(phrasings, language, model, cancel=cancel)]
    return ["" if is_original(text, language) else text for text in texts]


def by_title(title: Passage, language: str) -> str:
    """What a work is about, by its title alone, and saying so.  The title stays as printed: a small model turns reptiles
    into snakes when it translates one, and no check of ours sees that."""
    return phrase("by_title", language).format(text=title.text.rstrip("。."))


def sentence_of(passage: Passage) -> str:
    """What a passage says about its work, without the marks of citations."""
    return plain(about_target(passage.shown) or passage.text)


def _language_of(text: str) -> str:
    return "zh" if is_chinese(text) else "en"


def _measure(text: str) -> int:
    """The length of a text in characters, or in words where it is not Chinese."""
    return len(text) if is_chinese(text) else len(text.split())
