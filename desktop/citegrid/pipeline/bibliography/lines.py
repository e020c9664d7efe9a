"""The printed lines of reference lists, the form of their labels, and their words in italics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import Block, BlockKind, Document, Page, Span, Word
from citegrid.core.language.text import join_lines
from citegrid.pipeline.bibliography.patterns import BRACKET, LABEL_FORMS, LabelForm

#: Numbers between these are years rather than labels.
_YEARS = (1500, 2100)
#: So far a label may be from the one before: numbers between them were lost.
_LEAP = 3
#: Of so many lines at least one bears a label that counts up, or a key.
_LINES_A_NUMBER, _LINES_A_KEY = 14, 12
#: How many labels of its form a list has at least; a short list may have a single one in brackets.
_FEWEST = {"key": 3, "bare": 4}
_SHORT_LIST = 8
#: By how much more labels another form must have to be that of the list rather than a stricter one.
_MORE = 1.2


@dataclass(frozen=True, slots=True)
class PrintedLine:
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


def lines_of(page: Page) -> Iterator[PrintedLine]:
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


def _line(page: Page, block: Block, words: Sequence[Word]) -> PrintedLine:
    start, end = words[0].start, words[-1].end
    return PrintedLine(
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


def label_form(lines: Sequence[PrintedLine]) -> LabelForm | None:
    """The label form of the list, if its entries have one."""
    best, most = None, 0
    for form in LABEL_FORMS:
        count = _labels(form, lines)
        if count > _MORE * most:
            best, most = form, count
    return best


def _labels(form: LabelForm, lines: Sequence[PrintedLine]) -> int:
    """How many labels of ``form`` these lines begin with, in order; 0 where they are too few for a list."""
    texts = [line.text for line in lines]
    if form.counts:
        found = len(chain_of([number for _, number in numbers_of(form, texts)]))
    else:
        found = sum(map(bool, map(form.pattern.match, texts)))
    return found if found >= _fewest(form, len(lines)) else 0


def _fewest(form: LabelForm, lines: int) -> float:
    """How many labels of ``form`` a list of so many lines has at least."""
    alone = form is BRACKET and lines < _SHORT_LIST
    share = lines / (_LINES_A_NUMBER if form.counts else _LINES_A_KEY)
    return max(share, 1 if alone else _FEWEST.get(form.name, 2))


def numbers_of(form: LabelForm, texts: Sequence[str]) -> list[tuple[int, int]]:
    """``(line, number)`` of each line that begins with a number of ``form``; years are none unless the list counts up to them."""
    found = [(i, number) for i, text in enumerate(texts) if (number := form.number(text)) is not None]
    counted = any(_YEARS[0] - _LEAP <= number <= _YEARS[0] for _, number in found)
    return [(i, number) for i, number in found if counted or not _YEARS[0] < number < _YEARS[1]]


def chain_of(numbers: Sequence[int]) -> list[int]:
    """Positions of the longest run that counts up, skipping at most a few numbers and beginning anew at most never."""
    if not numbers:
        return []
    best: list[int] = []
    final = {number: i for i, number in enumerate(numbers)}
    for first in range(min(len(numbers), 6)):
        chain = [first]
        last = numbers[first]
        for i in range(first + 1, len(numbers)):
            skips = final[numbers[i]] > i or last + 1 in numbers[i + 1 : i + 4]  # "20. № 3" before entry 18
            if last < numbers[i] <= last + (1 if skips else _LEAP):
                chain.append(i)
                last = numbers[i]
        if len(chain) > len(best):
            best = chain
    return best


def italics_of(document: Document, spans: Sequence[Span]) -> list[str]:
    """The runs of words in italics within ``spans``, in order, also over the end of one into the next."""
    runs: list[list[str]] = []
    before = False
    for span in spans:
        for word in document.page(span.page).words:
            if span.start <= word.start < span.end:
                if word.italic and not before:
                    runs.append([])
                if word.italic:
                    runs[-1].append(word.text)
                before = word.italic
    return [join_lines("\n".join(run)) for run in runs]
