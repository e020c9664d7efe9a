"""Where reference lists are, and where each of their entries begins.

Everything is judged by lines: their text, their left edge within their column,
the gap above them.  A list ends at the next heading that is not part of it, or
where its lines no longer look like entries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from citegrid.core.document import Block, BlockKind, Document, Page, Word
from citegrid.pipeline.entry_gaps import with_lost

_NAMES = (
    r"references?(?: list| and notes?| cited)?|bibliograph(?:y|ie|ies|ía|ia)|literature(?: cited)?|works cited|cited (?:works|literature)"
    r"|list of references|reference list|literatur(?:verzeichnis|angaben)?|quellen(?:verzeichnis)?|r[ée]f[ée]rences(?: bibliographiques)?"
    r"|referencias(?: bibliogr[áa]ficas)?|refer[êe]ncias(?: bibliogr[áa]ficas)?|riferimenti(?: bibliografici)?|bibliografia"
    r"|список литературы|参\s*考\s*文\s*献|参\s*考\s*资\s*料|引\s*用\s*文\s*献|文\s*献|notes and references|endnotes"
)
_HEADING = re.compile(
    rf"^\W*(?:(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.)、]?\s+)?(?:{_NAMES})\s*(?:[:：.]|（.*）|\[J\])?\W*$", re.I
)
_SPACED = re.compile(r"^(?:[A-Z] ){4,}[A-Z]$")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)|n\.\s?d\.|in press|forthcoming", re.I)
_AFTER = re.compile(
    r"^\W*(?:(?:[A-Z]|[IVX]+|\d+(?:\.\d+)*)[.:]?\s+)?(?:appendi(?:x|ces)|supplement(?:ary|al)?|acknowledge?ments?|author contributions?|about the authors?"
    r"|biograph|figure legends?|figures?$|tables?$|competing interests|conflicts? of interest|data availability|附录|致谢|作者简介|收稿日期|基金项目|checklist)",
    re.I,
)

#: Label forms, strictest first: a pattern of the label at a line's start, and whether it is a number that counts up.
LABELS: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    ("bracket", re.compile(r"^\s*([\[［【]\s*(\d{1,4})\s*[\]］】])"), True),
    (
        "key",
        re.compile(r"^\s*(\[([A-Za-zÀ-ÿ][\w+*\-&’' .]{0,24}\d{2,4}[a-z]?|[A-Z][A-Za-z+*]{1,9}\d{0,4}[a-z]?)\])"),
        False,
    ),
    ("paren", re.compile(r"^\s*([(（]\s*(\d{1,4})\s*[)）])"), True),
    ("dot", re.compile(r"^\s*((\d{1,4})\s?[.．、)])(?!\d)"), True),
    ("bare", re.compile(r"^\s*((\d{1,4}))(?=\s*[A-ZÀ-Þ\u3400-\u9fff“\"])"), True),
)
_AUTHOR_START = re.compile(
    r"^(?:[A-ZÀ-Þ][\w’'\-]+(?: (?:[a-z]{2,3} )?[A-ZÀ-Þ][\w’'\-]+)?,\s+(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][a-zà-ÿ]+)"  # Smith, J. / Smith, John
    r"|[A-ZÀ-Þ][\w’'\-]+\s+[A-Z]{1,3}\b[,.]"  # Smith JA,
    r"|(?:[A-ZÀ-Þ]\.[\s\-]?){1,3}\s*[A-ZÀ-Þ][\w’'\-]+"  # J. A. Smith
    r"|(?:[A-ZÀ-Þ][\wÀ-ÿ’'\-]+\s+){1,3}[A-ZÀ-Þ][\wÀ-ÿ’'\-]+(?:,|\s+and\s|\s*\.|\s+et al)"  # John Smith, and
    r"|[\u3400-\u9fff·]{2,12}[,，.．、]"
    r"|(?:[a-z]{2,3} ){1,2}[A-ZÀ-Þ][\w’'\-]+,?\s"  # van der Berg,
    r"|[A-ZÀ-Þ][\w’'\-]+(?:\s[A-ZÀ-Þ&][\w’'\-]*){0,5}\.?\s*[(\[]?(?:19|20)\d\d)"  # OpenAI. 2023
)
_ENDS_ENTRY = re.compile(r"(?:[.。)\]”\"]|\d|https?://\S+|doi\S+)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its characters, its place, its column, and how far the line above is."""

    page: int
    start: int
    end: int
    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool
    kind: BlockKind
    block: int
    column: int
    page_height: float


@dataclass(slots=True)
class List:
    """The lines of one reference list, in reading order."""

    lines: list[Line] = field(default_factory=list)


def lines_of(page: Page) -> Iterator[Line]:
    """The lines of a page in reading order; pieces that stand side by side in one block are one line."""
    words = sorted(page.words, key=lambda w: w.start)
    at = 0
    for block in page.blocks:
        line: list[Word] = []
        while at < len(words) and words[at].start < block.end:
            word = words[at]
            at += 1
            if word.start < block.start:
                continue
            if line and "\n" in page.text[line[-1].end : word.start] and not _beside(line, word):
                yield _line(page, block, line)
                line = []
            line.append(word)
        if line:
            yield _line(page, block, line)


def _beside(line: Sequence[Word], word: Word) -> bool:
    """Whether ``word`` goes on with the line to its right, past a wide gap of justified text."""
    last = line[-1].box
    level = abs(word.box.y0 - last.y0) < 0.3 * (last.y1 - last.y0)
    return level and 0 <= word.box.x0 - last.x1 < 60


def _line(page: Page, block: Block, words: Sequence[Word]) -> Line:
    start, end = words[0].start, words[-1].end
    return Line(
        page.number,
        start,
        end,
        page.text[start:end],
        min(w.box.x0 for w in words),
        max(w.box.x1 for w in words),
        min(w.box.y0 for w in words),
        max(w.box.y1 for w in words),
        Counter(round(w.size, 1) for w in words).most_common(1)[0][0],
        all(w.bold for w in words),
        block.kind,
        block.index,
        block.column,
        page.height,
    )


def find_lists(document: Document) -> list[List]:
    """The reference lists of ``document``; one without a heading is found by its numbered or dated entries at the end."""
    lines = [
        line
        for page in document.pages
        for line in lines_of(page)
        if line.kind not in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER)
    ]
    starts = [i for i, line in enumerate(lines) if _is_heading(line) and _is_list(lines[i + 1 : i + 40])]
    lists = []
    for n, start in enumerate(starts):
        until = starts[n + 1] if n + 1 < len(starts) else len(lines)
        found = _until_end(lines[start + 1 : until], lines[start])
        if found:
            lists.append(List(found))
    return lists or _without_heading(lines)


def _is_heading(line: Line) -> bool:
    text = line.text.strip()
    if len(text) > 60 or line.kind in (BlockKind.CAPTION, BlockKind.TABLE):
        return False
    if _SPACED.match(text):
        text = text.replace(" ", "")
    return bool(_HEADING.match(text))


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether these lines look like entries rather than running text or a table of contents."""
    text = "\n".join(line.text for line in lines)
    if not lines:
        return False
    dots = sum(bool(re.search(r"\.{4,}|(?: \.){3,}", line.text)) for line in lines)
    if dots > len(lines) / 4:
        return False
    years = len(_YEAR.findall(text))
    labels = max(sum(bool(pattern.match(line.text)) for line in lines) for _, pattern, counts in LABELS if counts)
    return years >= max(1, len(lines) / 12) or labels >= 3 or (len(lines) < 12 and years + labels >= 1)


def _until_end(lines: Sequence[Line], heading: Line) -> list[Line]:
    """The lines of the list that begins with ``lines``: until a heading that is not an entry."""
    result: list[Line] = []
    sizes = Counter(line.size for line in lines[:60])
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    label = _label_of(lines[:80])
    notes = _notes(lines, usual)
    missed = 0
    for i, line in enumerate(lines):
        text = line.text.strip()
        if line.kind in (BlockKind.CAPTION, BlockKind.TABLE) or (line.page, line.block) in notes:
            continue
        if _is_beside_the_list(line, heading, usual):
            continue
        labelled = label is not None and bool(label.match(text))
        if not labelled and _ends_here(line, text, lines[i + 1 : i + 9], usual, heading):
            break
        if line.size > 1.25 * usual and not labelled and len(text) < 70:
            break
        result.append(line)
        named = text.count(",") >= 2 and abs(line.size - usual) < 0.05 * usual  # a list of a hundred authors
        missed = 0 if labelled or _YEAR.search(text) else missed + (not named)
        if missed > 14:
            del result[-missed:]
            break
    return result


def _is_beside_the_list(line: Line, heading: Line, usual: float) -> bool:
    """Text that stands above the list in the next column of its page, watermarks, and the numbers of lines."""
    above = line.page == heading.page and line.column > heading.column and line.y1 < heading.y0
    other = above and abs(line.size - usual) > 0.08 * usual
    return other or line.size > 4 * usual or (line.size < 0.7 * usual and line.text.strip().isdigit())


def _notes(lines: Sequence[Line], usual: float) -> set[tuple[int, int]]:
    """Blocks of footnotes: small print in the lower part of a page."""
    small: dict[tuple[int, int], bool] = {}
    for line in lines:
        low = line.size < 0.93 * usual and (line.y0 > 0.6 * line.page_height or line.kind is BlockKind.FOOTNOTE)
        small[(line.page, line.block)] = small.get((line.page, line.block), True) and low
    return {block for block, is_note in small.items() if is_note}


def _ends_here(line: Line, text: str, following: Sequence[Line], usual: float, heading: Line) -> bool:
    stands_out = line.kind is BlockKind.HEADING or line.bold or line.size > 1.04 * usual or len(text) < 30
    if _AFTER.match(text) and len(text) < 80 and stands_out:
        return not _YEAR.search(text)
    if line.kind is not BlockKind.HEADING and not (line.bold and line.size >= 1.05 * usual):
        return False
    if _YEAR.search(text) or _AUTHOR_START.match(text) or len(text) > 90 or re.search(r"https?:|doi", text):
        return False
    subheading = _is_list(following[1:]) and len(following) > 3 and line.size < heading.size + 0.3
    return not subheading


def _label_of(lines: Sequence[Line]) -> re.Pattern[str] | None:
    """The label form of the list, if its entries have one."""
    best: tuple[int, re.Pattern[str]] | None = None
    for name, pattern, counts in LABELS:
        matches = [m for line in lines if (m := pattern.match(line.text))]
        if counts:
            chain = _chain([n for m in matches if not 1500 < (n := int(m.group(2))) < 2100])
            if len(chain) * 14 < len(lines):
                continue
            if len(chain) < 2 and not (name == "bracket" and len(chain) == 1 and len(lines) < 8):
                continue
            score = len(chain)
            if name == "bare" and score < 4:
                continue
        else:
            score = len(matches)
            if score < 3 or score * 12 < len(lines):
                continue
        if best is None or score > 1.2 * best[0]:
            best = (score, pattern)
    return best[1] if best else None


def _chain(numbers: Sequence[int]) -> list[int]:
    """Positions of the longest run that counts up, skipping at most a few numbers and beginning anew at most never."""
    if not numbers:
        return []
    best: list[int] = []
    for first in range(min(len(numbers), 6)):
        chain = [first]
        last = numbers[first]
        for i in range(first + 1, len(numbers)):
            if last < numbers[i] <= last + (1 if numbers[i] in numbers[i + 1 :] else 3):
                chain.append(i)
                last = numbers[i]
        if len(chain) > len(best):
            best = chain
    return best


def split_entries(found: List) -> list[tuple[str, list[Line]]]:
    """``(label, lines)`` of each entry of a list, in order."""
    lines = found.lines
    pattern = _label_of(lines)
    starts = _labelled(lines, pattern) if pattern is not None else dict.fromkeys(_unlabelled(lines), "")
    if not starts:
        return [("", lines)] if lines else []
    if pattern is not None:
        starts = with_lost(lines, starts, [bool(_AUTHOR_START.match(line.text)) for line in lines], _YEAR, _ENDS_ENTRY)
    order = sorted(starts)
    return [(starts[a], lines[a:b]) for a, b in zip(order, [*order[1:], len(lines)], strict=True)]


def _labelled(lines: Sequence[Line], pattern: re.Pattern[str]) -> dict[int, str]:
    matches = [(i, m) for i, line in enumerate(lines) if (m := pattern.match(line.text))]
    counts = next(c for _, p, c in LABELS if p is pattern)
    if not counts:
        return {i: m.group(1) for i, m in matches}
    starts: dict[int, str] = {}
    rest = matches
    while rest:  # a list that begins again (per chapter) has several runs
        rest = [(i, m) for i, m in rest if not 1500 < int(m.group(2)) < 2100]
        chain = _chain([int(m.group(2)) for _, m in rest])
        if len(chain) < 2 and starts:
            break
        for k in chain:
            starts[rest[k][0]] = rest[k][1].group(1)
        rest = rest[chain[-1] + 1 :] if chain else []
    return starts


def _unlabelled(lines: Sequence[Line]) -> list[int]:
    """Starts by hanging indent, else by first-line indent, else by gaps and authors."""
    middle = _middle(lines)
    margins = _margins(lines, middle)
    offsets = [line.x0 - margins[(line.page, line.column, line.x0 > middle)] for line in lines]
    step = 0.35 * max(Counter(line.size for line in lines).most_common(1)[0][0], 6)
    left = [o < step for o in offsets]
    indented = [step <= o < 80 for o in offsets]
    share = sum(indented) / max(len(lines), 1)
    begins = [bool(_AUTHOR_START.match(line.text)) for line in lines]
    if 0.15 <= share <= 0.93:
        hanging = sum(b for b, at_left in zip(begins, left, strict=True) if at_left) / max(sum(left), 1)
        first = sum(b for b, inner in zip(begins, indented, strict=True) if inner) / max(sum(indented), 1)
        if hanging >= first:
            return [
                i
                for i, at_left in enumerate(left)
                if at_left and (i == 0 or begins[i] or _ENDS_ENTRY.search(lines[i - 1].text) or _gap(lines, i))
            ]
        if first > 0.5:
            return [i for i, inner in enumerate(indented) if inner or i == 0]
    return _by_paragraph(lines, begins)


def _middle(lines: Sequence[Line]) -> float:
    """Lines that begin right of the middle stand in another column, even where the layout saw one."""
    return (min(line.x0 for line in lines) + max(line.x1 for line in lines)) / 2


def _margins(lines: Sequence[Line], middle: float) -> dict[tuple[int, int, bool], float]:
    """The left edge of each column of each page: the smallest x at which at least two lines begin, or one."""
    groups: dict[tuple[int, int, bool], list[float]] = {}
    for line in lines:
        groups.setdefault((line.page, line.column, line.x0 > middle), []).append(line.x0)
    margins = {}
    for key, xs in groups.items():
        xs.sort()
        margins[key] = xs[0] if len(xs) < 4 else next((a for a, b in pairwise(xs) if b - a < 2.0), xs[0])
    for key, x in list(margins.items()):  # a column of continuations only takes the margin of its neighbours
        others = [v for k, v in margins.items() if k[2] == key[2] and k != key and 6 < x - v < 40]
        alone = len(groups[key]) < 4 or groups[key][-1] - groups[key][0] < 3
        if len(others) >= 2 or (others and alone):
            margins[key] = Counter(round(v) for v in others).most_common(1)[0][0]
    return margins


def _gap(lines: Sequence[Line], i: int) -> bool:
    if i == 0:
        return True
    before, line = lines[i - 1], lines[i]
    if before.page != line.page or line.y0 < before.y0:
        return False
    steps = sorted(b.y0 - a.y0 for a, b in pairwise(lines) if a.page == b.page and b.y0 > a.y0)
    usual = steps[len(steps) // 4] if steps else 12.0
    return line.y0 - before.y0 > 1.18 * usual


def _by_paragraph(lines: Sequence[Line], begins: Sequence[bool]) -> list[int]:
    """Starts where authors begin and the line before ends an entry: by a gap, a short line, or its last words."""
    gaps = [_gap(lines, i) for i in range(len(lines))]
    with_gap = sum(g and b for g, b in zip(gaps, begins, strict=True))
    trust_gaps = with_gap >= 0.5 * max(sum(gaps), 1) and sum(gaps) >= 3
    wide = sorted(line.x1 for line in lines)[int(0.9 * (len(lines) - 1))] if lines else 0
    starts = []
    text = ""
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        whole = bool(_YEAR.search(text))
        jump = before is not None and (before.page != line.page or line.y0 < before.y0 - 20)
        new = before is None or (gaps[i] and (begins[i] or whole) and trust_gaps)
        if not new and before is not None and begins[i] and whole and (not trust_gaps or jump):
            short = before.x1 < wide - 25
            new = bool(_ENDS_ENTRY.search(before.text)) and (
                short or jump or bool(re.search(r"[.。)]\s*$", before.text))
            )
        if new:
            starts.append(i)
            text = ""
        text += " " + line.text
    return starts


def _without_heading(lines: Sequence[Line]) -> list[List]:
    """A numbered list at the end of the document that no heading announces: at least five entries, most with years."""
    for _, pattern, counts in LABELS[:4:1]:
        if not counts:
            continue
        tail = lines[len(lines) // 3 :]
        matches = [(i, m) for i, line in enumerate(tail) if (m := pattern.match(line.text))]
        ones = [k for k, (_, m) in enumerate(matches) if int(m.group(2)) == 1]
        for k in reversed(ones):
            chain = _chain([int(m.group(2)) for _, m in matches[k:]])
            if len(chain) < 5:
                continue
            start, end = matches[k][0], matches[k + chain[-1]][0]
            text = "\n".join(line.text for line in tail[start : end + 4])
            if len(_YEAR.findall(text)) >= 0.6 * len(chain):
                return [List(_until_end(tail[start:], tail[start]))]
    return []
