"""The review: an opening, themes drawn from the table, and a closing, each sentence from named passages and verified.

The program decides what is said, of whom and from which passages; the model
gives it one sentence of prose that begins with the work's authors.  A sentence
that the verifier does not carry is replaced by the cell's own verified words,
or left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from citegrid.core.document import Document
from citegrid.core.evidence import Evidence, Passage
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence, Unit, count
from citegrid.core.table import Status
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

#: What a sentence is expected to measure, for planning how many to write.
_EXPECTED = {Unit.CHARACTERS: 44, Unit.WORDS: 24}
_ALIKE = 80.0
_SENTENCE_TOKENS = 96

_SYSTEM = {
    "zh": "你为文献综述写句子。只根据给出的证据，写一句完整、通顺的中文学术语句，40到70字，不添加证据之外的内容，不写编号。"
    "⟦TARGET⟧ 指所写的文献，⟦OTHER⟧ 指别的文献。",
    "en": "You write sentences of a literature review. From the given evidence alone write one complete, fluent academic "
    "sentence of 20 to 35 words. Add nothing that the evidence does not say, and no numbers in brackets. "
    "⟦TARGET⟧ is the work you write about, ⟦OTHER⟧ is some other work.",
}
_TASK = {
    "zh": "证据：{evidence}\n{point}请写一句话说明{who}{theme}。",
    "en": "Evidence: {evidence}\n{point}Write one sentence about {who}{theme}.",
}
_LEADS = {
    "zh": ("在{theme}方面，文中论及的文献各有侧重。", "就{theme}而言，可以看到以下情况。", "再看{theme}。"),
    "en": ("On {theme}, the works differ.", "As to {theme}, the following stands out.", "Next comes {theme}."),
}
_CLOSING = {"zh": "综合来看，可以得到以下认识。", "en": "Taken together, the following can be said."}


@dataclass(frozen=True, slots=True)
class Point:
    """Something the review can say: of which work, under which theme (a column, or empty), from which passages.

    ``text`` are verified words that can stand in for the model's sentence; empty when there are none.
    """

    work: Work
    who: str
    theme: str
    passages: tuple[Passage, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Points by part of the review; ``spare`` fill it up when it is too short."""

    opening: tuple[Point, ...]
    themes: tuple[tuple[str, tuple[Point, ...]], ...]
    closing: tuple[Point, ...]
    spare: tuple[Point, ...]


#: Judges statements about one work: ``(statements, work) -> [(carried, reason, passages)]``.
Judge = Callable[[Sequence[tuple[str, Sequence[Passage]]], Work], Sequence[tuple[bool, str, tuple[Passage, ...]]]]
#: Turns passages into citations.
Cite = Callable[[Sequence[Passage], Work], tuple[Evidence, ...]]


def compose(
    plan: Plan,
    *,
    language: str,
    target: int,
    unit: Unit,
    model: LanguageModel,
    judge: Judge,
    cite: Cite,
    on_sentence: Callable[[int, int], None] | None = None,
    cancel: Cancel = NEVER,
) -> Review:
    """Write the review; shorter than asked only when the sources give no more."""
    wanted = max(4, round(target / _EXPECTED[unit]))
    plan = _trimmed(plan, wanted)
    writer = _Writer(language, unit, model, judge, cite, on_sentence, wanted + 2, cancel)
    opening = writer.write(plan.opening)
    themes = [(name, writer.write(points)) for name, points in plan.themes]
    closing = writer.write(plan.closing)
    spare = list(plan.spare)
    parts = _assembled(opening, themes, closing, language)
    while spare and _length(parts, unit) < 0.96 * target:
        missing = target - _length(parts, unit)
        batch = [spare.pop(0) for _ in range(min(len(spare), max(1, round(missing / _EXPECTED[unit]))))]
        closing += writer.write(batch)
        parts = _assembled(opening, themes, closing, language)
    return Review(_fitted(parts, target, unit), target, unit)


class _Writer:
    """Writes and verifies sentences, never the same thing twice."""

    def __init__(
        self,
        language: str,
        unit: Unit,
        model: LanguageModel,
        judge: Judge,
        cite: Cite,
        on_sentence: Callable[[int, int], None] | None,
        expected: int,
        cancel: Cancel,
    ) -> None:
        self._language, self._unit, self._model, self._judge, self._cite = language, unit, model, judge, cite
        self._on_sentence, self._expected, self._cancel = on_sentence, expected, cancel
        self._written: list[str] = []

    def write(self, points: Sequence[Point]) -> list[Sentence]:
        if not points:
            return []
        answers = self._model.answer([self._ask(p) for p in points], cancel=self._cancel)
        drafts = [self._whole(p, a.text, a.ended) for p, a in zip(points, answers, strict=True)]
        sentences = []
        for point, draft in zip(points, drafts, strict=True):
            self._cancel.check()
            sentence = self._verified(point, draft)
            if sentence is not None:
                sentences.append(sentence)
                self._written.append(sentence.text)
            if self._on_sentence is not None:
                self._on_sentence(len(self._written), self._expected)
        return sentences

    def _verified(self, point: Point, draft: str) -> Sentence | None:
        """The draft when it is carried, else the point's own verified words, else nothing."""
        for text, sure in ((draft, False), (self._plain(point), True)):
            if not text or any(fuzz.ratio(text, other) > _ALIKE for other in self._written):
                continue
            carried, _, passages = (
                (True, "", point.passages) if sure else self._judge([(text, point.passages)], point.work)[0]
            )
            if carried:
                return Sentence(text, Status.SUPPORTED, self._cite(passages, point.work))
        return None

    def _plain(self, point: Point) -> str:
        if not point.text:
            return ""
        text = re.sub(
            r"^(?:该(?:文献|研究|论文|方法|文)|本文|本研究|The (?:work|paper|authors)|It|They)\s*", "", point.text
        )
        text = text.rstrip("。.;； ")
        if self._language == "zh":
            joint = "" if re.match(r"[提使采通基引利将对发证表展揭认指用设构研分探在首]", text) else "："
            return f"{point.who}{joint}{text}。"
        return f"{point.who}: {text}."

    def _ask(self, point: Point) -> Ask:
        zh = self._language == "zh"
        theme = (f"的“{point.theme}”" if zh else f" and its “{point.theme}”") if point.theme else ""
        hint = (f"要点：{point.text}\n" if zh else f"Key point: {point.text}\n") if point.text else ""
        own = _TASK[self._language].format(
            evidence=" ".join(p.shown or p.text for p in point.passages), point=hint, who=point.who, theme=theme
        )
        return Ask(_SYSTEM[self._language], "", own, point.who, _SENTENCE_TOKENS, ("\n", "。") if zh else ("\n",))

    def _whole(self, point: Point, text: str, ended: bool) -> str:
        """The whole sentence; empty when it was cut off or is not one."""
        text = re.sub(r"[⟦⟧]|TARGET|OTHER|\[\d+\]", "", text)
        text = " ".join(text.split()).strip()
        if self._language == "zh":
            text = re.sub(r"(?<=[\u3400-\u9fff，；：、])\s+(?=[\u3400-\u9fff，；：、])", "", text).rstrip("。；;，, ")
            whole = f"{point.who}{text}。"
            least = 12
        else:
            match = re.match(r"(.+?[.!?])(?:\s+[A-Z]|$)", text)
            text = match.group(1) if match else (f"{text}." if ended and text else "")
            whole = f"{point.who} {text}"
            least = 8
        return whole if ended and text and count(whole, self._unit) >= least else ""


def _trimmed(plan: Plan, wanted: int) -> Plan:
    """At most ``wanted`` points: whole themes stay, each loses its least important works first."""
    room = max(2, wanted - len(plan.opening) - len(plan.closing))
    themes = [(name, list(points)) for name, points in plan.themes]
    spare = list(plan.spare)
    while sum(len(p) for _, p in themes) > room:
        longest = max(themes, key=lambda t: len(t[1]))
        longest[1].pop()
    return replace(plan, themes=tuple((n, tuple(p)) for n, p in themes if p), spare=tuple(spare))


def _assembled(
    opening: Sequence[Sentence],
    themes: Sequence[tuple[str, Sequence[Sentence]]],
    closing: Sequence[Sentence],
    language: str,
) -> list[list[Sentence]]:
    """Paragraphs with their connecting sentences; a theme of one sentence needs no lead."""
    parts = [list(opening)] if opening else []
    led = 0
    for name, sentences in themes:
        if not sentences:
            continue
        lead = []
        if len(sentences) > 1:
            lead = [Sentence(_LEADS[language][led % 3].format(theme=name), Status.LINK)]
            led += 1
        parts.append([*lead, *sentences])
    if closing:
        parts.append([Sentence(_CLOSING[language], Status.LINK), *closing])
    return parts


def _length(parts: Sequence[Sequence[Sentence]], unit: Unit) -> int:
    return sum(count(s.text, unit) for part in parts for s in part)


def _fitted(parts: list[list[Sentence]], target: int, unit: Unit) -> tuple[Sentence, ...]:
    """Drop sentences from the longest paragraphs until the length is within 8 % above the target."""
    while _length(parts, unit) > 1.08 * target:
        longest = max(parts, key=len)
        removable = [s for s in longest if s.status is not Status.LINK]
        if len(removable) <= 1:
            break
        over = _length(parts, unit) - target
        longest.remove(min(removable[1:], key=lambda s: abs(count(s.text, unit) - over)))
    return tuple(replace(s, paragraph=i) for i, part in enumerate(parts) for s in part)


def who_of(work: Work, authors: str, language: str) -> str:
    """How a sentence names its work: ``Gao等（2023）``, ``Gao et al. (2023)``, ``本文``, or its title in quotes."""
    zh = language == "zh"
    if work.kind is WorkKind.PAPER:
        return "本文" if zh else "This paper"
    name = authors or (f"《{work.title}》" if zh else f"“{work.title}”")
    if not work.year:
        return name
    return f"{name}（{work.year}）" if zh else f"{name} ({work.year})"


__all__ = ["Document", "Plan", "Point", "compose", "who_of"]
