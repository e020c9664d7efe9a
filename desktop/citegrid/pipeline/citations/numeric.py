"""Citations by number or key: ``[3, 5–8]``, ``[3]–[5]``, ``(3,4)``, superscripts, ``[Smi+20]``, ``张三等[3]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from citegrid.core.reference import Reference
from citegrid.pipeline.citations.text_spans import PLAIN, Part, Stretch

_ITEM = r"\d{1,4}[a-z]?(?:\s*-{1,2}\s*\d{1,4}[a-z]?)?"
_SEPARATOR = r"\s*(?:[,;/&]|\band\b|,\s*and\b)\s*"
_LIST = rf"{_ITEM}(?:{_SEPARATOR}{_ITEM})*"
_LEAD = r"(?:(?:see|also|e\.?g\.?|i\.?e\.?|cf\.?|and|refs?\.?|references?|reviewed in|in)[,:]?\s+)*"
#: The place in the work that is meant: "p. 12", "S. 62 ff.", "Theorem 2.1", "Kapitel 3"; any word with a capital will do.
_LOCATOR = (
    r"(?:pp?\.|§+|S\.?\s*(?=\d|[ivxlc]+\b)|第|pages?|secs?\b|sections?|ch\b|chap|th\b|thm|lem|prop|def|figs?\b|eqs?\b|tables?|tab\b"
    r"|app\b|appendix|para|vol|kap|satz|seiten?\b|(?-i:[A-Z][a-zà-ÿ]{2,}))"
)
_TAIL = rf"(?:\s*[,;:]\s*{_LOCATOR}[^\[\]()]{{0,60}}(?:\([^\[\]()]{{1,12}}\)[^\[\]()]{{0,20}})?)?"
_BRACKET = re.compile(rf"\[\s*{_LEAD}({_LIST}){_TAIL}(?:\s+and references therein)?\s*[,;]?\s*\]", re.I)
#: ``[15, Theorem 5.3; 16, Lemma 2]``: works with a place each.
_SEVERAL = re.compile(rf"\[\s*(?:{_LEAD}{_LIST}{_TAIL}\s*;\s*)+{_LEAD}{_LIST}{_TAIL}\s*\]", re.I)
_LOCATED = re.compile(rf"{_LEAD}({_LIST}){_TAIL}\s*(?=[;\]])", re.I)
_ROUND = re.compile(rf"\(\s*{_LEAD}({_LIST}){_TAIL}\s*\)", re.I)
_RAISED = re.compile(rf"[\[(]?\s*({_LIST})\s*[\])]?[,;]?")
_ONE = re.compile(r"(\d{1,4})([a-z]?)(?:\s*-{1,2}\s*(\d{1,4}))?")
_KEYS = re.compile(r"\[([^\[\]]{1,300})\]")
#: What stands before an interval or an index instead of a citation.
_INTERVAL = re.compile(
    r"(?:∈|=|×|≤|≥|<|>|\\in|\bin the (?:range|interval)(?: of)?|\brange(?: of)?|\binterval|\bbetween|\bscale(?: of)?|\bover|区间|范围)\s*$",
    re.I,
)
#: ``[1e-5, 1]`` is an interval.
_POWER_OF_TEN = re.compile(r"\de\s*-+\s*\d", re.I)
_INDEX = re.compile(r"(?:^|[^\w.'])[a-z]\Z")
#: What follows the index of an array in a program.
_CODE = re.compile(r"\s*(?:[-+*/]?=|;\s*(?:\n|$)|\.[a-z_]|\[|->)")
#: A line of a program, and one of prose, however many signs it holds.
_PROGRAM = re.compile(r"\w\(|[=!<>:+-]=|\*\*|\w_\w|\]\.\w|\b(?:for|while|if)\b.*:\s*$|\breturn\b|\bdef\b")
_PROSE = re.compile(r"(?:\b[A-Za-zÀ-ÿ]{2,}[,.]?\s+){5}|[\u3400-\u9fff]{4}")
#: What stands around a type such as ``12 : [8]`` or ``[4] -> [8]``.
_TYPE_BEFORE, _TYPE_AFTER = re.compile(r"(?:\s:|::|[-=]>)\s*\Z"), re.compile(r"\s*[-=]>")
#: What stands before a number in round brackets that is no citation.
_NUMBERED = re.compile(
    r"(?:\b(?:eqs?|eqns?|equations?|figs?|figures?|tables?|tabs?|sec|sections?|steps?|case|conditions?|constraints?|problems?|definition|theorem|lemma"
    r"|algorithm|line|lines|hypothes[ie]s|questions?|stage|phase|level|class|type|group|n|items?|formulas?|inequality|relation|system|model|objective)"
    r"\.?\s*(?:\(\d+\w?\)\s*(?:and|or|to|,|-)\s*)*|式|图|表|第)\s*$",
    re.I,
)
#: Behind every character of a page.
_LAST = 1 << 30
#: A widest range that somebody would cite in one go.
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Labels:
    """Numbers and keys of the entries.  A number that several lists use leads to one entry of each, in reading order.

    ``printed`` is False where the entries bear no labels, so that numbers are positions in the list.
    """

    numbers: dict[int, tuple[int, ...]]
    keys: dict[str, tuple[int, ...]]
    places: tuple[tuple[int, int], ...]
    printed: bool = True

    @property
    def last(self) -> int:
        """The highest number."""
        return max(self.numbers, default=0)

    def entry(self, candidates: Sequence[int], place: tuple[int, int]) -> int:
        """The entry meant at ``place``, a page and a character: that of the next list, or of the last one."""
        return next((c for c in candidates if self.places[c] >= place), candidates[-1])


def labels_of(references: Sequence[Reference]) -> Labels:
    """Numbers from the labels; by position in the list where no entry has a label."""
    numbers: dict[int, list[int]] = {}
    keys: dict[str, list[int]] = {}
    for i, reference in enumerate(references):
        label = _bare(reference.label)
        if label.isdecimal():
            numbers.setdefault(int(label), []).append(i)
        elif label:
            keys.setdefault(label.casefold(), []).append(i)
    printed = bool(numbers or keys)
    if not printed:
        numbers = {i + 1: [i] for i in range(len(references))}
    return Labels(
        {n: tuple(v) for n, v in numbers.items()},
        {k: tuple(v) for k, v in keys.items()},
        tuple((r.page, r.spans[0].start if r.spans else _LAST) for r in references),
        printed,
    )


def _bare(label: str) -> str:
    return "".join(label.translate(PLAIN).split()).strip("[]().:{}")


def in_brackets(stretch: Stretch, labels: Labels) -> Iterator[Part]:
    """``[3, 5–8]`` and chains such as ``[3]–[5]`` or ``[3], [4]``."""
    text = stretch.plain
    found: list[tuple[re.Match[str], list[Part]]] = []
    for match, _ in bracketed(stretch):
        parts = list(_numbers(match, stretch, labels))
        if parts:
            found.append((match, parts))
    taken = {match.start() for match, _ in found}
    for match in _SEVERAL.finditer(text):
        if match.start() not in taken:
            parts = []
            for one in _LOCATED.finditer(text, match.start() + 1, match.end()):
                inside = _numbers(one, stretch, labels)
                parts += [replace(p, group=match.start(), group_end=match.end()) for p in inside]
            if parts:
                found.append((match, parts))
    yield from _chains(sorted(found, key=lambda f: f[0].start()), stretch, labels)


def bracketed(stretch: Stretch) -> Iterator[tuple[re.Match[str], str]]:
    """Numbers in square brackets that may be a citation, and the numbers alone, whatever the list has."""
    for match in _BRACKET.finditer(stretch.plain):
        if not _is_no_citation(stretch.plain, match):
            yield match, match.group(1)


def _is_no_citation(text: str, match: re.Match[str]) -> bool:
    """Whether a number in square brackets is an interval, an index of an array, a type or a list of numbers."""
    before = text[max(0, match.start() - 30) : match.start()]
    attached = before[-1:].isascii() and (before[-1:].isalnum() or before[-1:] in "_])")
    if _is_interval(before, match.group(1)) or _INDEX.search(before) or _POWER_OF_TEN.search(match.group(1)):
        return True
    if attached and (_CODE.match(text, match.end()) or _is_program(text, match)):
        return True
    nested = before.rstrip(" ")[-1:] == "[" and text[match.end() : match.end() + 3].lstrip(" ,")[:1] in ("[", "]")
    if nested or re.search(r"[=∶]\s*\Z", before):
        return True
    return bool(_TYPE_BEFORE.search(before) or _TYPE_AFTER.match(text, match.end()))


def _is_program(text: str, match: re.Match[str]) -> bool:
    """Whether the printed line around ``match`` is of a program."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)]
    return bool(_PROGRAM.search(line)) and not _PROSE.search(line)


def _is_interval(before: str, inner: str) -> bool:
    return bool(re.fullmatch(r"\d+\s*[,;]\s*\d+", inner.strip())) and bool(_INTERVAL.search(before))


def _chains(found: Sequence[tuple[re.Match[str], list[Part]]], stretch: Stretch, labels: Labels) -> Iterator[Part]:
    i = 0
    while i < len(found):
        j = i
        parts = _whole(found[i])
        while j + 1 < len(found):
            between = stretch.plain[found[j][0].end() : found[j + 1][0].start()]
            if not re.fullmatch(r"\s*(?:[,;-]|and|,\s*and)?\s*", between):
                break
            if between.strip() == "-":
                parts += _filled(found[j], found[j + 1], stretch, labels)
            parts += _whole(found[j + 1])
            j += 1
        for part in parts:
            yield replace(part, group=found[i][0].start(), group_end=found[j][0].end())
        i = j + 1


def _whole(found: tuple[re.Match[str], list[Part]]) -> list[Part]:
    """The parts of a bracket; one that stands there alone takes the bracket with it."""
    match, parts = found
    alone = len({p.reference for p in parts}) == 1
    return [replace(p, start=match.start(), end=match.end()) for p in parts[:1]] if alone else list(parts)


def _filled(
    a: tuple[re.Match[str], list[Part]], b: tuple[re.Match[str], list[Part]], stretch: Stretch, labels: Labels
) -> list[Part]:
    """The entries between ``[3]`` and ``[5]`` of ``[3]–[5]``; they stand on the whole range."""
    low, high = int(re.findall(r"\d+", a[0].group())[-1]), int(re.findall(r"\d+", b[0].group())[0])
    if not low < high <= low + _WIDEST:
        return []
    place = _place(stretch, a[0].start())
    start, end = a[0].start(), b[0].end()
    return [
        Part(start, end, labels.entry(labels.numbers[n], place), start, end, numbered=True)
        for n in range(low + 1, high)
        if n in labels.numbers
    ]


def in_rounds(stretch: Stretch, labels: Labels) -> Iterator[Part]:
    """``(3,4)``; not the numbers of equations, figures and steps."""
    text = stretch.plain
    for match in _ROUND.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if (
            _NUMBERED.search(before)
            or _numbers_equation(text, match)
            or re.search(r"[\w)]\Z", before)
            or _INTERVAL.search(before)
        ):
            continue
        parts = list(_numbers(match, stretch, labels))
        alone = len({p.reference for p in parts}) == 1
        for part in parts:
            yield replace(part, start=match.start(), end=match.end()) if alone else part


def _numbers_equation(text: str, match: re.Match[str]) -> bool:
    """Whether ``(3)`` ends a line with an equation, or stands alone after one."""
    line = text.rfind("\n", 0, match.start()) + 1
    if text[match.end() : match.end() + 2].strip(" ")[:1] not in ("\n", ""):
        return False
    before = text[line : match.start()].strip() or text[max(0, line - 80) : line].strip()
    return not before or "=" in before[-80:] or not any(c.isalpha() for c in before)


#: What a superscript number is attached to when it is an exponent, a unit or an isotope instead of a citation.
_POWER = re.compile(
    r"(?:\d|[=×·/^∑∏∫√°Å-]|(?:^|[^A-Za-z])(?:[A-Za-zα-ωΑ-Ω]|[kcmdnpfµμ]?m|Hz|eV|sec|yr|hr|ha|ft|mol|kg|mg|µg|pc|kpc|Mpc|erg|GeV|MeV|keV"
    r"|log|ln|exp|sin|cos|tan|chi|eta|dx|dt|Ca|Mg|Fe|Na|Zn|Cu|Al|Mn|Ni|Pb))\Z"
)


def raised(stretch: Stretch, labels: Labels) -> Iterator[Part]:
    """Superscript numbers; not exponents, footnote marks or isotopes."""
    text = stretch.plain
    for start, end in stretch.raised:
        run = text[start:end].rstrip(" \n")
        match = _RAISED.fullmatch(text, start, start + len(run))
        if match is None:
            continue
        before, after = text[max(0, start - 12) : start], text[end : end + 1]
        attached = before[-1:].isalpha() or before[-1:] in ".,;:)'\"”"
        if _POWER.search(before) or (after.isalnum() and not attached):
            continue
        if not before.strip() and not text[:start].strip():
            continue
        yield from _numbers(match, stretch, labels)


#: "see ref. 12": beside superscripts a citation on the line.
_ON_THE_LINE = re.compile(rf"\b(?:refs?\.?|references?)\s+({_LIST})(?![\w.]\w)", re.I)


def on_the_line(stretch: Stretch, labels: Labels) -> Iterator[Part]:
    """``ref. 12`` and ``refs 3-5`` in a paper that cites by superscripts or round brackets."""
    for match in _ON_THE_LINE.finditer(stretch.plain):
        for part in _numbers(match, stretch, labels):
            yield replace(part, group=match.start(1), narrative=True)


def by_key(stretch: Stretch, labels: Labels) -> Iterator[Part]:
    """``[Smi+20, Knu84]``: keys that the list uses."""
    for match in _KEYS.finditer(stretch.plain) if labels.keys else ():
        place = _place(stretch, match.start())
        parts: list[Part] = []
        for item in re.finditer(r"[^,;]+", match.group(1)):
            key = _bare(item.group().replace("-\n", "")).casefold()
            if key in labels.keys:
                lead = len(item.group()) - len(item.group().lstrip())
                at = match.start(1) + item.start() + lead
                entry = labels.entry(labels.keys[key], place)
                parts.append(Part(at, at + len(item.group().strip()), entry, match.start(), match.end(), numbered=True))
        for part in parts:
            yield replace(part, start=match.start(), end=match.end()) if len(parts) == 1 else part


def _numbers(match: re.Match[str], stretch: Stretch, labels: Labels) -> Iterator[Part]:
    """The entries of a list of numbers; nothing when one of them is 0 or higher than any label."""
    place = _place(stretch, match.start())
    parts: list[Part] = []
    base = match.start(1)
    for one in _ONE.finditer(match.group(1)):
        low = int(one.group(1))
        high = int(one.group(3)) if one.group(3) else low
        if high < low and len(one.group(3)) < len(one.group(1)):  # 123–5
            high = int(one.group(1)[: -len(one.group(3))] + one.group(3))
        if low == 0 or high > labels.last or high < low or high - low > _WIDEST:
            return
        for n in range(low, high + 1):
            if n not in labels.numbers:
                continue
            a, b = base + one.start(), base + one.end()
            if n == low and one.group(3):
                b = base + one.end(2)
            elif n == high and one.group(3):
                a = base + one.start(3)
            entry = labels.entry(labels.numbers[n], place)
            parts.append(Part(a, b, entry, match.start(), match.end(), numbered=True))
    yield from parts


def _place(stretch: Stretch, at: int) -> tuple[int, int]:
    spans = stretch.flow.spans(at, at + 1)
    first = stretch.flow.pieces[0]
    return (spans[0].page, spans[0].start) if spans else (first.page, first.at)
