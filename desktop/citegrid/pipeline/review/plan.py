"""The review: an opening, themes drawn from the table, and a closing, each sentence from named passages and verified.

The program decides what is said, of whom and from which passages.  A cell that
was verified gives its own words; for a passage that stands in no cell the model
is asked, and its sentence is verified like a cell.  Each sentence names its work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from citegrid.core.evidence import Evidence, Passage
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence, Unit, count
from citegrid.core.table import Status
from citegrid.ports import NEVER, Cancel

#: What a sentence is expected to measure, for planning how many to write.
_EXPECTED = {Unit.CHARACTERS: 44, Unit.WORDS: 24}
_ALIKE = 80.0

_LEADS = {
    "zh": ("先看{theme}。", "再看{theme}。", "关于{theme}，情况如下。", "最后是{theme}。"),
    "en": ("First, {theme}.", "Next, {theme}.", "As to {theme}, the following holds.", "Finally, {theme}."),
}
_CLOSING = {"zh": "回到本文。", "en": "Back to the paper itself."}
#: Words that join a sentence of a paragraph to the one before it, taken in turn; they claim nothing.
_JOINTS = {"zh": ("", "此外，", "", "同时，"), "en": ("", "", "Moreover, ", "")}
_JOINED = re.compile(r"(?:此外|同时|另外|其中|因此|然而|目前|为了|最后|首先)")
#: Words at the beginning of an English sentence that are no names.
_COMMON = re.compile(
    r"(?:In|This|The|These|Those|For|To|With|Without|From|By|On|At|As|When|While|If|After|Before|During|Among|Between|Under|Given|Although|An?|Their|Its|They|It"
    r"|Results?|Most|Many|Some|All|Both|Each|Several|There|Such|More|Other)\b"
)
#: What keeps its capital inside a sentence: acronyms, and words made of names of places ("Brazilian").
_NAME_FIRST = re.compile(
    r"[A-Z][\w\-]*[A-Z0-9]|[A-Z]\b|[A-Z]\w{2,}(?:ian|ean|ese|ican)s?\b|[A-Z]\w+[’']s\b|[A-Z][a-z]+ [A-Z][a-z]+\b"
)
_ITSELF = {"zh": "本文", "en": "This paper"}
_WORK = "文献|研究|论文|文|工作"
_VERB = (
    r"(?:首次|首先|进一步|还|也)?(?:提出|使用|采用|通过|基于|引入|利用|构建|建立|设计|训练|证明|表明|展示|发现|验证|定义|比较|分析|评估|介绍|开发|研究|探讨|"
    r"将|对|把|发布|报告|指出|认为|建议|实现|扩展|改进|收集|测量|测试|结合|描述)"
)


@dataclass(frozen=True, slots=True)
class Point:
    """Something the review can say: of which work, under which theme (a column, or empty), from which passages.

    ``text`` are verified words that can stand in for the model's sentence; empty when there are none.  ``quoted``: the
    sentence of the source itself is quoted in its own language, unless its passage was told already.
    """

    work: Work
    who: str
    theme: str
    passages: tuple[Passage, ...]
    text: str = ""
    quoted: bool = False

    @property
    def own(self) -> bool:
        """Whether the one main paper of a review speaks; one of several is named like any work."""
        return self.who in _ITSELF.values()


@dataclass(frozen=True, slots=True)
class Plan:
    """Points by part of the review; ``more`` fill it up when it is too short; ``comparison`` are sentences ready made."""

    opening: tuple[Point, ...]
    themes: tuple[tuple[str, tuple[Point, ...]], ...]
    closing: tuple[Point, ...]
    more: tuple[Point, ...]
    comparison: tuple[Sentence, ...] = ()


#: Judges statements about one work: ``(statements, work) -> [(carried, reason, passages)]``.
Judge = Callable[[Sequence[tuple[str, Sequence[Passage]]], Work], Sequence[tuple[bool, str, tuple[Passage, ...]]]]
#: Turns passages into citations.
Cite = Callable[[Sequence[Passage], Work], tuple[Evidence, ...]]
#: Puts what each passage says into a sentence of the review's language, empty where that fails.
Write = Callable[[Sequence[Passage]], Sequence[str]]


def compose(
    plan: Plan,
    *,
    language: str,
    target: int,
    unit: Unit,
    write: Write,
    judge: Judge,
    cite: Cite,
    on_sentence: Callable[[int, int], None] | None = None,
    cancel: Cancel = NEVER,
) -> Review:
    """Write the review; shorter than asked only when the sources give no more."""
    wanted = max(4, round(target / _EXPECTED[unit]))
    writer = _Writer(language, unit, write, judge, cite, on_sentence, wanted + 2, cancel)
    opening = writer.write(plan.opening)
    themes = [(name, writer.write(points)) for name, points in plan.themes]
    closing = writer.write(plan.closing)
    compared = list(plan.comparison)
    themes, rest = _trimmed(themes, target - _length([opening, compared, closing], unit), unit)
    more = list(plan.more)
    parts = _assembled(opening, themes, compared, closing, language)
    while _length(parts, unit) < 0.95 * target and (rest or more):
        if rest:
            name, sentence = rest.pop(0)
            themes = [(n, [*of, sentence] if n == name else of) for n, of in themes]
        else:
            missing = target - _length(parts, unit)
            size = max(1, round(missing / _EXPECTED[unit]))
            batch = [p for p in more[:size] if not p.quoted] or more[:1]  # quotations are long
            more = more[len(batch) :]
            about_paper = [p for p in batch if p.own]
            closing = writer.write(about_paper) + closing
            themes = _joined(themes, writer.write([p for p in batch if p not in about_paper]))
        parts = _assembled(opening, themes, compared, closing, language)
    return Review(_fitted(parts, target, unit), target, unit)


class _Writer:
    """Makes sentences of points, never the same thing twice."""

    def __init__(
        self,
        language: str,
        unit: Unit,
        write: Write,
        judge: Judge,
        cite: Cite,
        on_sentence: Callable[[int, int], None] | None,
        expected: int,
        cancel: Cancel,
    ) -> None:
        self._language, self._unit, self._write, self._judge, self._cite = language, unit, write, judge, cite
        self._on_sentence, self._expected, self._cancel = on_sentence, expected, cancel
        self._written: list[str] = []
        self._told: set[Passage] = set()

    def write(self, points: Sequence[Point]) -> list[Sentence]:
        """The sentences of those points that can be said, in order."""
        fresh = [p for p in points if not p.text]
        drafts = iter(self._write([p for point in fresh for p in point.passages[:1]]) if fresh else ())
        sentences = []
        for point in points:
            self._cancel.check()
            text = point.text or next(drafts, "")
            sentence = self._said(point, text, sure=bool(point.text))
            if sentence is not None:
                sentences.append(sentence)
                self._written.append(_key(text))
            if self._on_sentence is not None:
                self._on_sentence(len(self._written), self._expected)
        return sentences

    def _said(self, point: Point, text: str, *, sure: bool) -> Sentence | None:
        key = _key(text)
        if len(key) < 8 or any(fuzz.ratio(key, other) > _ALIKE for other in self._written):
            return None
        used = point.passages
        if point.quoted:
            if self._told & set(used) or not self._judge([(text, used)], point.work)[0][0]:
                return None
            return Sentence(_quotation(text, point, self._language), Status.SUPPORTED, self._cite(used, point.work))
        if not sure:
            carried, _, used = self._judge([(text, point.passages)], point.work)[0]
            if not carried:
                return None
        self._told |= set(used)
        whole = name_subject(text, point.who, self._language, own=point.own, turn=len(self._written))
        return Sentence(whole, Status.SUPPORTED, self._cite(used, point.work))


def _quotation(text: str, point: Point, language: str) -> str:
    if language == "zh":
        return f"本文的原话是：“{text}”" if point.own else f"关于{point.who}，原文写道：“{text}”"
    return f"In its own words: “{text}”" if point.own else f"On {point.who} the source says: “{text}”"


def name_subject(text: str, who: str, language: str, *, own: bool = False, turn: int = 0) -> str:
    """``text`` as a sentence of the review that names its work: ``作者提出…`` → ``Gao等（2023）提出…``."""
    text = text.strip().rstrip("。.;； ")
    if language == "zh":
        subject = rf"^(?:作者们?|本文作者|该(?:{_WORK})(?:的?作者们?)?|这(?:项|篇|个)(?:{_WORK})|我们|本(?:研究|论文)|他们自?己?|该团队|研究者们?|研究人员)"
        if re.match(subject, text):
            return f"{re.sub(subject, who, text)}。"
        if own:
            return f"{text}。"
        if re.match(_VERB, text):
            return f"{who}{text}。"
        frame = ("在{}的工作中，{}。", "就{}而言，{}。")[turn % 2]
        return frame.format(who, text)
    if own:
        return f"{_third_person(text)}."
    subject = r"^(?:The authors|The work|They|The (?:paper|study))\b"
    if re.match(subject, text):
        return f"{re.sub(subject, who, text)}."
    begins = text if _NAME_FIRST.match(text) else text[:1].lower() + text[1:]
    return f"In {who}, {begins}."


def _third_person(text: str) -> str:
    """``We train our model`` → ``The authors train their model``."""
    words = {"we": "the authors", "our": "their", "ours": "theirs", "us": "them"}

    def told(match: re.Match[str]) -> str:
        word = words[match.group().lower()]
        return word[0].upper() + word[1:] if match.group()[0].isupper() else word

    return re.sub(r"\b(?:[Ww]e|[Oo]urs?|us)\b", told, text)


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _trimmed(
    themes: Sequence[tuple[str, list[Sentence]]], room: int, unit: Unit
) -> tuple[list[tuple[str, list[Sentence]]], list[tuple[str, Sentence]]]:
    """Themes cut to ``room`` by taking the last sentence of the longest one; what was taken, the most important first."""
    kept = [(name, list(sentences)) for name, sentences in themes]
    taken: list[tuple[str, Sentence]] = []
    while kept and _length([of for _, of in kept], unit) > room:
        name, longest = max(kept, key=lambda t: _length([t[1]], unit))
        if len(longest) <= 1:
            break
        taken.insert(0, (name, longest.pop()))
    return kept, taken


def _joined(
    themes: Sequence[tuple[str, list[Sentence]]], sentences: Sequence[Sentence]
) -> list[tuple[str, list[Sentence]]]:
    """Sentences without a theme of their own stand in a last paragraph without a name."""
    named = [(n, of) for n, of in themes if n]
    rest = [s for n, of in themes if not n for s in of]
    return [*named, ("", [*rest, *sentences])]


def _assembled(
    opening: Sequence[Sentence],
    themes: Sequence[tuple[str, Sequence[Sentence]]],
    compared: Sequence[Sentence],
    closing: Sequence[Sentence],
    language: str,
) -> list[list[Sentence]]:
    """Paragraphs with their connecting sentences; a theme of one sentence needs no lead."""
    parts = [_jointed(opening, language)] if opening else []
    led = 0
    for name, sentences in themes:
        if not sentences:
            continue
        lead = []
        if len(sentences) > 1 and name:
            theme = name[0].lower() + name[1:] if re.match(r"[A-Z][a-z]", name) else name
            lead = [Sentence(_LEADS[language][min(led, 3)].format(theme=theme), Status.LINK)]
            led += 1
        pair = _contrasted(sentences, language) if name else sentences
        parts.append([*lead, *_jointed(pair, language)])
    if compared:
        parts.append(list(compared))
    if closing:
        parts.append([Sentence(_CLOSING[language], Status.LINK), *_jointed(closing, language)])
    return parts


def _contrasted(sentences: Sequence[Sentence], language: str) -> Sequence[Sentence]:
    """The first two sentences of a theme, about two works, set against each other in one that both prove."""
    if len(sentences) < 2:
        return sentences
    one, other, *rest = sentences
    if language == "zh":
        text = f"{one.text.rstrip('。')}；而{other.text}"
    else:
        text = f"{one.text.rstrip('.')}, whereas {_lowered('', other.text)}"
    return [replace(one, text=text, evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence)))), *rest]


def _jointed(sentences: Sequence[Sentence], language: str) -> list[Sentence]:
    joints = _JOINTS[language]
    return [
        replace(s, text=_lowered(joint, s.text))
        if (joint := joints[i % len(joints)]) and _joins(s.text, language)
        else s
        for i, s in enumerate(sentences)
    ]


def _joins(text: str, language: str) -> bool:
    """Whether a sentence can stand behind a joining word: not one that has its own, nor an English one that begins with
    what may be a name."""
    if language == "zh":
        return not _JOINED.match(text)
    return bool(_COMMON.match(text))


def _lowered(joint: str, text: str) -> str:
    """``text`` behind ``joint``; an English "In" or "This" becomes small, a name does not."""
    return joint + (text[0].lower() + text[1:] if _COMMON.match(text) else text)


def _length(parts: Sequence[Sequence[Sentence]], unit: Unit) -> int:
    return sum(count(s.text, unit) for part in parts for s in part)


def _fitted(parts: list[list[Sentence]], target: int, unit: Unit) -> tuple[Sentence, ...]:
    """Drop sentences until the length is within 8 % above the target: from the longest paragraphs first, then whole small
    ones but the opening."""
    parts = [list(part) for part in parts]
    while (over := _length(parts, unit) - target) > 0.08 * target:
        longest = max(parts, key=lambda part: len(_claims(part)))
        spare = _claims(longest)[1:] or [s for part in parts[1:] for s in _claims(part)]
        if not spare:
            break
        gone = min(spare, key=lambda s: abs(count(s.text, unit) - over))
        parts = [[s for s in part if s is not gone] for part in parts]
        parts = [part for part in parts if _claims(part)]
    return tuple(replace(s, paragraph=i) for i, part in enumerate(parts) for s in part)


def _claims(part: Sequence[Sentence]) -> list[Sentence]:
    return [s for s in part if s.status is not Status.LINK]


def who_of(work: Work, authors: str, language: str, *, several: bool = False) -> str:
    """How a sentence names its work: ``Gao等（2023）``, ``Gao et al. (2023)``, ``本文``, or its title in quotes; with
    ``several`` main papers none of them is “this paper”."""
    zh = language == "zh"
    if work.kind is WorkKind.PAPER and not several:
        return _ITSELF[language]
    name = authors or (f"《{work.title}》" if zh else f"“{work.title}”")
    if not work.year:
        return name
    return f"{name}（{work.year}）" if zh else f"{name} ({work.year})"
