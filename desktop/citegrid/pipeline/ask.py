"""Asking the model about one work: which sentence answers a column, whether it really does, and what it says.

A small model writes a good line from one or two sentences and a poor one from
ten, and it cannot be trusted to say "not stated".  So the program asks in
three steps, each a batch over the row's columns: *pick* a sentence by the
log-odds of its number, *weigh* by Yes against No whether it speaks of the
column at all, and only then *write* the answer from that sentence alone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from citegrid.core.evidence import Passage
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import AnswerType, Column
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

ANSWER_TOKENS = 96
#: P(Yes) from which a sentence counts as speaking of a column, and the share of the best sentence's probability
#: from which a second one is taken along.  Measured in tests/benchmarks.
SPEAKS, SECOND = 0.5, 0.75
#: Percent from which two cells of a row say the same.
ALIKE = 85.0
#: Sentences to pick from at once: each number must be one token.
MOST = 9

_PICK = "You pick evidence for a literature table."
_PICK_OWN = "You pick evidence for a literature table. “We” and “this paper” are the work itself."
_PICK_TASK = "\nWhich sentence states the “{column}”{instruction} of {work}? Answer with its number, or 0 if none does."
_WEIGH_TASK = "\nDoes the sentence say something about the “{column}”{instruction} of {work}? Answer Yes or No."
_WRITE = {
    "zh": "你为文献表格填写单元格：把证据中的内容用简洁、准确的中文写出来，保留数字和专名，不添加证据之外的内容，不写套话。",
    "en": "You fill the cells of a literature table: put what the evidence says briefly and exactly, keep numbers and names, "
    "add nothing that is not in the evidence.",
}
_WRITE_TASK = {
    "zh": "证据：{evidence}\n\n请用{form}写出{work}的“{column}”{instruction}。只写答案本身。",
    "en": "Evidence: {evidence}\n\nGive {form} on the “{column}”{instruction} of {work}. Write only the answer.",
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
_KEYWORDS = (
    "A table about scientific papers has the column “{column}”. Which English words in a paper show the sentence that "
    "answers it? Write ten single keywords, separated by commas."
)
_NOTHING = re.compile(
    r"未(?:明确)?(?:提及|说明|提到|给出)|没有(?:明确)?(?:提及|说明|提到|给出)|无法(?:确定|得知)|not (?:stated|mentioned|specified|provided)"
    r"|does not (?:state|mention|say|provide)|no (?:evidence|information)",
    re.I,
)
_TARGET = re.compile(r"\s*[⟦\[]?\s*TARGET\s*[⟧\]]?\s*|⟦|⟧")
_OTHER = re.compile(r"\s*[（(\[⟦]?\s*OTHER\s*[⟧\])）]?\s*")
_CJK = r"[\u3400-\u9fff，。；：、）（]"
_CJK_SPACE = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the model said: its text in one line, the passages it was written from, whether there is nothing to say."""

    text: str
    used: tuple[Passage, ...]
    nothing: bool = False
    speaks: float = 0.0


NOTHING = Draft("", (), nothing=True)


def expand_columns(columns: Sequence[Column], model: LanguageModel, *, cancel: Cancel = NEVER) -> dict[str, str]:
    """For each column the words to look for in the paper: its name, its instruction, the model's own keywords."""
    asks = [
        Ask("You help to search scientific papers.", "", _KEYWORDS.format(column=c.name), max_tokens=48)
        for c in columns
    ]
    answers = model.answer(asks, cancel=cancel)
    return {c.name: f"{c.name} {c.instruction} {a.text}" for c, a in zip(columns, answers, strict=True)}


def ask_cells(
    work: Work,
    passages: Sequence[Passage],
    columns: Sequence[Column],
    language: str,
    model: LanguageModel,
    *,
    cancel: Cancel = NEVER,
) -> list[Draft]:
    """One draft for each column, in order; a column of which no passage speaks gets ``NOTHING``."""
    passages = passages[:MOST]
    if not passages:
        return [NOTHING for _ in columns]
    ranked = pick(work, passages, columns, model, cancel=cancel)
    chosen = [_taken(shares, passages) for shares in ranked]
    speaks = weigh(work, chosen, columns, model, cancel=cancel)
    doubted = [i for i, share in enumerate(speaks) if share < SPEAKS and len(passages) > len(chosen[i])]
    others = [_next_best(ranked[i], passages, chosen[i]) for i in doubted]
    for i, other, share in zip(
        doubted, others, weigh(work, others, [columns[i] for i in doubted], model, cancel=cancel), strict=True
    ):
        if share > speaks[i]:
            chosen[i], speaks[i] = other, share
    told = [i for i, share in enumerate(speaks) if share >= SPEAKS]
    texts = write(work, [chosen[i] for i in told], [columns[i] for i in told], language, model, cancel=cancel)
    drafts = [NOTHING for _ in columns]
    for i, text in zip(told, texts, strict=True):
        drafts[i] = Draft(text, chosen[i], not text or bool(_NOTHING.search(text)), speaks[i])
    return _distinct(drafts)


def pick(
    work: Work, passages: Sequence[Passage], columns: Sequence[Column], model: LanguageModel, *, cancel: Cancel = NEVER
) -> list[list[float]]:
    """For each column the share of each passage in being the one that states it best (they sum to 1)."""
    if len(passages) == 1:
        return [[1.0] for _ in columns]
    own = work.kind is WorkKind.PAPER
    lines = "\n".join(f"[{i}] {p.shown or p.text}" for i, p in enumerate(passages, 1))
    shared = f"Work: {work.title}\nSentences:\n{lines}\n"
    asks = [
        Ask(_PICK_OWN if own else _PICK, shared, _about(_PICK_TASK, c, work), prefill="[", max_tokens=1)
        for c in columns
    ]
    numbers = [str(i + 1) for i in range(len(passages))]
    return [_softmax(odds) for odds in model.weigh(asks, numbers, cancel=cancel)]


def _taken(shares: Sequence[float], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The best passage, and a second one when it is nearly as good, in reading order."""
    best, *rest = sorted(range(len(shares)), key=lambda i: -shares[i])
    near = [i for i in rest[:1] if shares[i] >= SECOND * shares[best]]
    return tuple(passages[i] for i in sorted((best, *near)))


def _next_best(shares: Sequence[float], passages: Sequence[Passage], taken: Sequence[Passage]) -> tuple[Passage, ...]:
    order = sorted(range(len(shares)), key=lambda i: -shares[i])
    return (next(passages[i] for i in order if passages[i] not in taken),)


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """The same words in two columns of a row say nothing new: the column that the sentence speaks of less is left open."""
    kept = list(drafts)
    for i, one in enumerate(kept):
        for j, other in enumerate(kept[:i]):
            if not one.nothing and not other.nothing and fuzz.ratio(one.text, other.text) > ALIKE:
                kept[i if one.speaks <= other.speaks else j] = NOTHING
    return kept


def weigh(
    work: Work,
    chosen: Sequence[tuple[Passage, ...]],
    columns: Sequence[Column],
    model: LanguageModel,
    *,
    cancel: Cancel = NEVER,
) -> list[float]:
    """P(Yes) that the chosen passages speak of their column."""
    asks = [
        Ask(
            "You check evidence for a literature table.",
            f"Work: {work.title}\nSentence: {_shown(used)}\n",
            _about(_WEIGH_TASK, column, work),
            max_tokens=1,
        )
        for used, column in zip(chosen, columns, strict=True)
    ]
    return [_softmax(odds)[0] for odds in model.weigh(asks, ("Yes", "No"), cancel=cancel)]


def write(
    work: Work,
    chosen: Sequence[Sequence[Passage]],
    columns: Sequence[Column],
    language: str,
    model: LanguageModel,
    *,
    cancel: Cancel = NEVER,
) -> list[str]:
    """The text of each cell from its passages; in Chinese asked once more when the model fell back into English."""
    pairs = list(zip(chosen, columns, strict=True))
    answers = model.answer([_writing(work, used, c, language) for used, c in pairs], cancel=cancel)
    texts = [tidy(a.text, language, column=c.name, whole=a.ended) for a, c in zip(answers, columns, strict=True)]
    if language != "zh":
        return texts
    foreign = [i for i, text in enumerate(texts) if text and not _chinese(text) and len(text.split()) > 4]
    start = "本文" if work.kind is WorkKind.PAPER else "该文献"
    again = [replace(_writing(work, *pairs[i], language), prefill=start) for i in foreign]
    for i, answer in zip(foreign, model.answer(again, cancel=cancel), strict=True):
        texts[i] = tidy(start + answer.text, language, column=columns[i].name, whole=answer.ended)
        if not _chinese(texts[i]):
            texts[i] = ""
    return texts


def _chinese(text: str) -> bool:
    ideographs = len(re.findall(r"[\u3400-\u9fff]", text))
    return ideographs >= 0.4 * (ideographs + len(re.findall(r"[A-Za-z]+", text)))


def _writing(work: Work, used: Sequence[Passage], column: Column, language: str) -> Ask:
    own = work.kind is WorkKind.PAPER
    target = ("本文" if language == "zh" else "this paper") if own else "⟦TARGET⟧"
    task = _WRITE_TASK[language].format(
        evidence=_shown(used),
        form=_FORM[language][column.answer_type],
        column=column.name,
        instruction=_instruction(column, language),
        work=target,
    )
    return Ask(_WRITE[language], "", task, max_tokens=ANSWER_TOKENS)


def _about(task: str, column: Column, work: Work) -> str:
    name = "the work" if work.kind is WorkKind.PAPER else "⟦TARGET⟧"
    return task.format(column=column.name, instruction=_instruction(column, "en"), work=name)


def _instruction(column: Column, language: str) -> str:
    if not column.instruction:
        return ""
    return f"（{column.instruction}）" if language == "zh" else f" ({column.instruction})"


def _shown(passages: Sequence[Passage]) -> str:
    return " ".join(p.shown or p.text for p in passages)


def tidy(text: str, language: str, *, column: str = "", whole: bool = True) -> str:
    """One clean line: no markers, no column name before it, no quotes around it, no half sentence."""
    zh = language == "zh"
    text = _TARGET.sub("该文献" if zh else " the work ", text)
    text = _OTHER.sub("" if zh else " ", text)
    text = re.sub(r"(?:该文献)+(?:的作者)?", "该文献", text).replace("该文献文献", "该文献")
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    text = _CJK_SPACE.sub("", text)
    text = re.sub(r"^(?:答案|回答|证据|Answer|Evidence)\s*[:：]\s*", "", text)
    text = text.strip().strip("“”\"'`*").strip()
    text = _without_label(text, column)
    if not whole:
        ends = [m.end() for m in re.finditer(r"[。；;]|[.!?](?=\s|$)", text)]
        text = text[: ends[-1]] if ends else ""
    return text


def _without_label(text: str, column: str) -> str:
    """``text`` without an echo of the column's name in front: ``主要方法：…``, ``该文献的局限与备注是…``."""
    parts = [re.escape(p) for p in (column, *re.split(r"[/／、与和及&,，;；]|\band\b", column)) if len(p.strip()) > 1]
    if not parts:
        return text
    name = rf"[“\"]?(?:{'|'.join(parts)})[”\"]?"
    echo = rf"^(?:该文献|本文|the work|this paper|其)?(?:的|'s)?\s*{name}(?:[与和及/、]{name})*\s*(?:[:：]|是|为|包括|\bis\b|\bare\b)\s*"
    return re.sub(echo, "", text, flags=re.I) or text


def _softmax(odds: Sequence[float]) -> list[float]:
    top = max(odds)
    powers = [math.exp(x - top) for x in odds]
    return [p / sum(powers) for p in powers]
