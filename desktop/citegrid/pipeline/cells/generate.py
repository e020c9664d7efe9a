"""Putting a sentence of the paper into the words of a cell: as it stands, shortened, or translated.

A sentence in the table's own language stands in the cell as it is, or shortened
by the model.  One in the other language is translated.  A small model
translates plain sentences well and special terms badly (dendrites of a battery
became those of a nerve cell), so it is shown how to leave names and terms in
the original, and where it was not sure of its words the original sentence
stands in the cell instead, saying so: true, and one click from its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citegrid.core.evidence import Passage
from citegrid.core.script import is_chinese
from citegrid.core.table import AnswerType, Column
from citegrid.pipeline.evidence.citation_markers import about_target
from citegrid.pipeline.evidence.readable import plain, tidy
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

ANSWER_TOKENS = 96
#: A translation with more tokens than this that the model itself found unlikely gives way to the original.  Measured:
#: tests/benchmarks/RESULTS.md.
MOST_UNSURE = 3
_TRANSLATE = {
    "zh": "你把学术文字准确地译成简洁的中文，不添加、不遗漏。人名、地名、机构、软件、物种、化合物、药物、基因和你没有把握的术语一律保留英文原文。",
    "en": "You translate academic text into concise English. Keep numbers, acronyms and names as they are; add nothing.",
}
#: What is left in the original is learnt from examples, not from being told.
_EXAMPLES = {
    "zh": (
        "句子：The authors reported that quercetin and 2-heptanone inhibit Botrytis cinerea on strawberries.\n"
        "译文：作者报告说，quercetin和2-heptanone能抑制草莓上的Botrytis cinerea。\n\n"
        "句子：Trucks killed 37 caracals on the road from Arlit to Agadez, which crosses the SGR.\n"
        "译文：在穿过SGR的Arlit至Agadez公路上，卡车撞死了37只caracal。\n\n"
        "句子：Fine-tuned with LoRA, Claude 3 did not significantly outperform the baseline of Smith and Okafor.\n"
        "译文：用LoRA微调后，Claude 3并未显著优于Smith和Okafor的基线。\n\n"
    ),
    "en": "",
}
_TRANSLATE_TASK = {
    "zh": "句子：{text}\n译文：",
    "en": "Sentence: {text}\n\nIn one concise English sentence:",
}
_BY_TITLE = {"zh": "据题名：{text}", "en": "By its title: {text}"}
_ORIGINAL = {"zh": "原文：", "en": "In the original: "}
_FOCUS_TASK = {
    "zh": "句子：{text}\n\n把这句话中关于“{column}”的内容写成一句简洁的中文：",
    "en": "Sentence: {text}\n\nShorten it to its statement about the {column}:",
}
_SHORTEN = {
    "zh": "你为文献表格缩短句子。保留原句的用词、数字和专名，不添加内容。",
    "en": "You shorten sentences for a literature table. Keep the words of the sentence; add nothing.",
}
_SHORTEN_TASK = {"zh": "句子：{text}\n\n缩短为一句：", "en": "Sentence: {text}\n\nThe same in fewer words:"}
#: A sentence of the table's own language that is no longer than this stands in the cell as it is (characters, words): a small
#: model that shortens "better than A and comparably to B" drops the half that matters.
_AS_IT_IS = {"zh": 100, "en": 40}
#: In the review it may be this long.
_LONGEST = {"zh": 110, "en": 45}
#: A longer sentence is narrowed to what it says about the column: words, or characters where it is Chinese.
_LONG = {False: 40, True: 100}
_WRITE = {
    "zh": "你为文献表格填写单元格：把证据中的内容用简洁、准确的中文写出来，保留数字和专名，不添加证据之外的内容，不写套话。",
    "en": "You fill the cells of a literature table: put what the evidence says briefly and exactly, keep numbers and names, "
    "add nothing that is not in the evidence.",
}
_WRITE_TASK = {
    "zh": "证据：{text}\n\n请用{form}写出“{column}”{instruction}。只写答案本身。",
    "en": "Evidence: {text}\n\nGive {form} on the “{column}”{instruction}. Write only the answer.",
}
_FORM = {
    "zh": {
        AnswerType.TEXT: "一句中文（不超过60字）",
        AnswerType.NUMBER: "数值和单位",
        AnswerType.YEAR: "年份",
        AnswerType.LIST: "用顿号分隔的短列表",
        AnswerType.YES_NO: "“是”或“否”加几个字的说明",
    },
    "en": {
        AnswerType.TEXT: "one sentence of at most 30 words",
        AnswerType.NUMBER: "the value and its unit",
        AnswerType.YEAR: "the year",
        AnswerType.LIST: "a short list separated by commas",
        AnswerType.YES_NO: "“yes” or “no” and a few words why",
    },
}


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


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a cell, empty where the model had none, and whether it wrote them."""

    text: str
    by_model: bool = False


def phrasing_of(passage: Passage, column: Column, language: str, *, focus: bool) -> Phrasing:
    """How ``passage`` is put into a cell of ``column`` (without a name: into a sentence of the review).

    ``focus`` narrows it to the column, when another column has the whole sentence already.
    """
    text = plain(about_target(passage.shown) or passage.text)
    same = is_chinese(text) == (language == "zh")

    def asked(system: str, task: str, shared: str = "") -> Phrasing:
        return Phrasing(text, column.name, Ask(system, shared, task, max_tokens=ANSWER_TOKENS), not same)

    if column.answer_type is not AnswerType.TEXT or column.instruction or column.hints:
        form, instruction = _FORM[language][column.answer_type], instruction_of(column, language)
        task = _WRITE_TASK[language].format(text=text, form=form, column=column.name, instruction=instruction)
        return replace(asked(_WRITE[language], task), translated=False, narrowed=True)
    length = len(text) if is_chinese(text) else len(text.split())
    focus = bool(column.name) and (focus or length > _LONG[is_chinese(text)])
    if same and not focus and length <= (_AS_IT_IS if column.name else _LONGEST)[language]:
        return Phrasing(text)
    if same and not column.name:
        return asked(_SHORTEN[language], _SHORTEN_TASK[language].format(text=text))
    if same or focus:
        task = _FOCUS_TASK[language].format(text=text, column=column.name)
        return replace(asked((_SHORTEN if same else _TRANSLATE)[language], task), narrowed=True)
    return asked(_TRANSLATE[language], _TRANSLATE_TASK[language].format(text=text), _EXAMPLES[language])


def put(phrasings: Sequence[Phrasing], language: str, model: LanguageModel, *, cancel: Cancel = NEVER) -> list[Phrase]:
    """The words of each.  Where Chinese was wanted and the model fell back into English it is asked once more; a translation
    that it is not sure of, or did not give, is the original."""
    phrases = [Phrase(p.text) for p in phrasings]
    open_ = {i: p.ask for i, p in enumerate(phrasings) if p.ask is not None}
    for _ in range(2):
        answers = model.answer(list(open_.values()), cancel=cancel)
        for (i, asked), answer in zip(list(open_.items()), answers, strict=True):
            text = tidy(asked.prefill + answer.text, language, column=phrasings[i].column, whole=answer.ended)
            if language != "zh" or is_chinese(text) or len(text.split()) <= 4:
                del open_[i]
                doubtful = phrasings[i].translated and (
                    answer.unsure > MOST_UNSURE or _explains(text, phrasings[i].text)
                )
                phrases[i] = _original(phrasings[i], language) if doubtful else Phrase(text, True)
            else:
                open_[i] = replace(asked, prefill="作者")
                phrases[i] = _original(phrasings[i], language) if phrasings[i].translated else Phrase("", True)
    return phrases


def _explains(translation: str, text: str) -> bool:
    """Whether a translation has brackets that the sentence has not: small models spell acronyms out as they please."""
    return len(re.findall(r"[(（]", translation)) > len(re.findall(r"[(（]", text))


def _original(phrasing: Phrasing, language: str) -> Phrase:
    return Phrase(_ORIGINAL[language] + phrasing.text)


def original(passage: Passage, language: str) -> str:
    """The sentence itself; where it is in another language than the table, saying so."""
    text = plain(about_target(passage.shown) or passage.text)
    return text if is_chinese(text) == (language == "zh") else _ORIGINAL[language] + text


def is_original(text: str, language: str) -> bool:
    """Whether a cell holds the sentence of the source because no translation could be trusted."""
    return text.startswith(_ORIGINAL[language])


def say(passages: Sequence[Passage], language: str, model: LanguageModel, *, cancel: Cancel = NEVER) -> list[str]:
    """What each passage says, in one sentence of the language; empty where no translation could be trusted."""
    phrasings = [phrasing_of(p, Column(""), language, focus=False) for p in passages]
    texts = [phrase.text for phrase in put(phrasings, language, model, cancel=cancel)]
    return ["" if is_original(text, language) else text for text in texts]


def by_title(title: Passage, language: str) -> str:
    """What a work is about, by its title alone, and saying so.  The title stays as printed: a small model turns reptiles
    into snakes when it translates one, and no check of ours sees that."""
    return _BY_TITLE[language].format(text=title.text.rstrip("。."))


def instruction_of(column: Column, language: str) -> str:
    """The person's instruction and the examples of the wished form, as they stand in a question."""
    zh = language == "zh"
    parts = [" ".join(column.instruction.split())] if column.instruction else []
    if column.hints:
        shown = ("；" if zh else "; ").join(column.hints)
        parts.append(f"形式如：{shown}" if zh else f"in the form of: {shown}")
    if not parts:
        return ""
    return f"（{'；'.join(parts)}）" if zh else f" ({'; '.join(parts)})"
