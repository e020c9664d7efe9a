"""Generating: a sentence of the paper in the words of a cell, as it stands or translated.

A sentence in the table's own language stands in the cell as it is, without the marks of citations.  One in the other language is
translated (``pipeline/translation``), and where that is not sure the cell says so.  Only a column that a person gave a question of
their own is answered in the model's words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import starmap

from rapidfuzz import fuzz

from citegrid.core.evidence import Passage
from citegrid.core.language.script import count_han, is_chinese, language_of
from citegrid.core.reference import Work
from citegrid.core.statement import Kind
from citegrid.core.table import Column, Wording
from citegrid.pipeline.cells.answer import Answers, CellAnswer, Draft, change_some
from citegrid.pipeline.cells.clauses import by_clauses, without_cut_list
from citegrid.pipeline.cells.columns.column_intents import intent_of
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.patterns import SAYS_NOTHING, phrase
from citegrid.pipeline.cells.prompts import instruction_of, prompt
from citegrid.pipeline.evidence.citation_markers import about_target
from citegrid.pipeline.evidence.claim_tokens import spell_counts, words_missing
from citegrid.pipeline.evidence.patterns import PLURAL
from citegrid.pipeline.evidence.readable import plain, tidy
from citegrid.pipeline.translation.translate import Translation, translate
from citegrid.ports import Answer, Ask

ANSWER_TOKENS = 96
#: What ends a sentence whose own stop went with a citation.
_STOPS = {"zh": "。", "en": "."}
#: Words, or half as many ideographs, of the shortest sentence that says something.
LEAST = 5
_BRACKETS = (("(", ")"), ("[", "]"))
#: Percent from which two cells of a row say the same.
ALIKE = 85.0
_NO_QUESTION = Column("").question


#: Hears of an answer that is ready before its row is.
Heard = Callable[[CellAnswer], None]


def generate(context: RunContext, work: Work, answers: Answers, heard: Heard = lambda answer: None) -> list[CellAnswer]:
    """``answers`` with a draft where a passage stands out; what says nothing, or the same as another column, is left without.

    What is said as its source says it is ``heard`` as soon as it is there; of two that say the same it may be the first.
    """
    drafted = change_some(answers, lambda a: a.stands_out and _is_asked(a.column), _each_by(context, _written))
    said = partial(_said, one_author=len(work.authors) == 1, heard=_once(heard, drafted))
    drafted = change_some(drafted, lambda a: a.stands_out and not _is_asked(a.column), _each_by(context, said))
    return _distinct(drafted)


def _once(heard: Heard, drafted: Sequence[CellAnswer]) -> Heard:
    """``heard``, of what says something and not the same as an answer that is there."""
    known = list(drafted)

    def hear(answer: CellAnswer) -> None:
        if answer.draft is not None and not any(_says_the_same(answer, one) for one in known):
            known.append(answer)
            heard(answer)

    return hear


def _is_asked(column: Column) -> bool:
    """Whether a person gave the column a question of their own."""
    return column.question != _NO_QUESTION


Say = Callable[[RunContext, Sequence[CellAnswer]], list[Draft]]


def _each_by(context: RunContext, say: Say) -> Callable[[list[CellAnswer]], Answers]:
    def step(some: list[CellAnswer]) -> Answers:
        return list(starmap(_drafted, zip(some, say(context, some), strict=True)))

    return step


def _drafted(answer: CellAnswer, draft: Draft) -> CellAnswer:
    says_nothing = SAYS_NOTHING.search(draft.text) if draft.by_model else _is_scrap(draft.text)
    return replace(answer, draft=draft, text=draft.text) if draft.text and not says_nothing else answer


def _is_scrap(text: str) -> bool:
    """Whether a sentence is too short to say anything, or holds what is left of a citation ("… food security, Carigiano).", "], 这些…")."""
    return count_han(text) / 2 + len(text.split()) < LEAST or any(_closes_nothing(text, a, b) for a, b in _BRACKETS)


def _closes_nothing(text: str, opens: str, closes: str) -> bool:
    """Whether a bracket closes that none opened; the sign of an item ("：1) …") closes nothing, but is none."""
    before = [piece[-2:] for piece in f" {text}".split(closes)[:-1]]
    items = sum(sign[1:].isalnum() and not sign[0].isalnum() and sign[0] != opens for sign in before)
    return text.count(opens) + items < text.count(closes)


def _distinct(answers: Answers) -> list[CellAnswer]:
    """Two sentences in the same words say nothing new in two columns: the column that is spoken of less is left open."""
    silent: set[int] = set()
    for i, one in enumerate(answers):
        same = [j for j in range(i) if j not in silent and _says_the_same(one, answers[j])]
        silent |= {i if one.speaks <= answers[j].speaks else j for j in same}
    return [replace(a, draft=None, text="") if i in silent else a for i, a in enumerate(answers)]


def _says_the_same(one: CellAnswer, other: CellAnswer) -> bool:
    if one.draft is None or other.draft is None or one.chosen == other.chosen:
        return False
    return fuzz.ratio(one.draft.text, other.draft.text) > ALIKE


# -- as the source says it ---------------------------------------------------------------------------------------------


def _said(context: RunContext, answers: Sequence[CellAnswer], *, one_author: bool, heard: Heard) -> list[Draft]:
    used = [answer.used[0] for answer in answers]

    def told(i: int, draft: Draft) -> None:
        heard(_drafted(answers[i], draft))

    return say(context, used, one_author=one_author, told=told, parts=partial(_parts, answers))


def _parts(answers: Sequence[CellAnswer], texts: Sequence[str]) -> list[str]:
    """What each answer says of its sentence (``texts``): where several columns have the same one, the clauses that each asks for."""
    texts = parts = list(map(without_cut_list, texts))
    for passage in {answer.chosen for answer in answers}:
        its = [i for i, answer in enumerate(answers) if answer.chosen == passage]
        asked = [intent_of(answers[i].column) for i in its] * (len(its) > 1)
        apart = by_clauses(texts[its[0]], [one.said for one in asked], [set(one.kinds) == {Kind.DATA} for one in asked])
        for i, part in zip(its, apart, strict=False):
            parts[i] = part
    return parts


def say(
    context: RunContext,
    passages: Sequence[Passage],
    *,
    one_author: bool = False,
    told: Callable[[int, Draft], None] = lambda i, draft: None,
    parts: Callable[[list[str]], list[str]] = list,
) -> list[Draft]:
    """What each passage says (or the ``parts`` of it), in the language of the table: as printed, or translated; each ``told`` as soon
    as it is there."""
    texts = parts([sentence_of(passage, one_author=one_author) for passage in passages])
    foreign = [i for i, text in enumerate(texts) if is_chinese(text) != (context.language == "zh")]
    drafts = [Draft(text, Wording.PRINTED) for text in texts]
    for i in sorted(set(range(len(texts))).difference(foreign)):
        told(i, drafts[i])

    def take(at: int, translation: Translation) -> None:
        i = foreign[at]
        drafts[i] = _translated(translation, texts[i], context.language)
        told(i, drafts[i])

    translate(
        [texts[i] for i in foreign],
        context.language,
        context.translating,
        glossary=context.glossary,
        cancel=context.cancel,
        told=take,
    )
    return drafts


def _translated(translation: Translation, text: str, language: str) -> Draft:
    """A translation as a draft; a figure or a name that its source has not is a doubt, however sure the words are."""
    said = tidy(translation.text)
    sure = translation.trusted and said == translation.text and not words_missing(said, [text])
    wording = Wording.TRANSLATED if sure else Wording.TO_BE_CHECKED
    doubts = translation.doubts if said == translation.text else ((0, len(said)),)
    return Draft(said, wording, () if sure else doubts)


def by_title(title: Passage, language: str) -> str:
    """What a work is about, by its title alone, and saying so.  The title stays as printed: a small model turns reptiles
    into snakes when it translates one, and no check of ours sees that."""
    return phrase("by_title", language).format(text=title.text.rstrip("。."))


def sentence_of(passage: Passage, *, one_author: bool = False) -> str:
    """What a passage says about its work, without the marks of citations."""
    several = PLURAL.match(passage.text) is not None  # "They find …" of one author, whose name is not asked for
    shown = about_target(passage.shown) or passage.text
    text = plain(shown, printed=passage.text, one_author=one_author and not several)
    return text + _STOPS[language_of(text)] if text[-1:].isalnum() else text


# -- as a person asked for it ------------------------------------------------------------------------------------------


def _written(context: RunContext, answers: Sequence[CellAnswer]) -> list[Draft]:
    """The sentences in the form that their columns wish, in the model's words; empty where it has none.  Where Chinese was
    wanted and the model fell back into English it is asked once more."""
    asks = [_question(sentence_of(a.used[0]), a.column, context.language) for a in answers]
    first = context.model.answer(asks, cancel=context.cancel)
    texts = [_tidied(ask, said, a.column, context.language) for ask, said, a in zip(asks, first, answers, strict=True)]
    again = {i: replace(asks[i], prefill=prompt("second_try", context.language)) for i, t in enumerate(texts) if not t}
    for (i, ask), said in zip(
        again.items(), context.model.answer(list(again.values()), cancel=context.cancel), strict=True
    ):
        texts[i] = _tidied(ask, said, answers[i].column, context.language)
    return [
        Draft(spell_counts(text, (p.text for p in a.used)), Wording.SHORTENED, by_model=True)
        for text, a in zip(texts, answers, strict=True)
    ]


def _question(text: str, column: Column, language: str) -> Ask:
    form = prompt(f"forms_{language}", column.answer_type.name.lower())
    instruction = instruction_of(column, language)
    task = prompt("write_task", language).format(text=text, form=form, column=column.name, instruction=instruction)
    return Ask(prompt("write_system", language), "", task, max_tokens=ANSWER_TOKENS)


def _tidied(ask: Ask, answer: Answer, column: Column, language: str) -> str:
    """The model's answer in one clean line; empty where it said nothing (behind a prefill too) or in the wrong language."""
    if not answer.text.strip():
        return ""
    text = tidy(ask.prefill + answer.text, column=column.name, whole=answer.ended)
    return text if _in_language(text, language) else ""


#: Words that an answer in Chinese may have in another script without being in another language.
_FOREIGN_WORDS = 4


def _in_language(text: str, language: str) -> bool:
    return language != "zh" or is_chinese(text) or len(text.split()) <= _FOREIGN_WORDS
