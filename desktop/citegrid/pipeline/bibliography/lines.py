"""The printed lines of reference lists, and by what the beginning and the end of an entry are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import Block, BlockKind, Document, Page, Span, Word
from citegrid.core.text import join_lines

YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)|n\.\s?d\.|in press|forthcoming", re.I)
#: Label forms, strictest first: a pattern of the label at a line's start, and whether it is a number that counts up.
LABELS: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    ("bracket", re.compile(r"^\s*([\[［【〔〖]\s*(\d{1,4})\s*[\]］】〕〗])"), True),
    (
        "key",
        re.compile(r"^\s*(\[([A-Za-zÀ-ÿ][\w+*\-&’' .]{0,24}\d{2,4}[a-z]?|[A-Z][A-Za-z+*]{1,9}\d{0,4}[a-z]?)\])"),
        False,
    ),
    ("paren", re.compile(r"^\s*([(（]\s*(\d{1,4})\s*[)）])"), True),
    ("dot", re.compile(r"^\s*((\d{1,4})\s?[.．、)])(?!\d)"), True),
    (
        "bare",
        re.compile(
            r"^\s*((\d{1,4}))(?=\s*(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|ter|ten)\s){0,2}[A-ZÀ-Þ\u3400-\u9fff“\"])"
        ),
        True,
    ),
)
AUTHOR_START = re.compile(
    r"^(?:(?:[ÓO] )?[A-ZÀ-Þ][\w’'\-]+(?: (?:[a-z]{2,3} )?[A-ZÀ-Þ][\w’'\-]+)?,\s+(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][a-zà-ÿ]+)"  # Smith, J. / Smith, John
    r"|[A-ZÀ-Þ][\w’'\-]+\s+[A-Z]{1,3}(?:\s[A-Z]){0,2}\b[,.]"  # Smith JA, SMITH J A,
    r"|(?:[A-ZÀ-Þ]\.[\s\-]?){1,3}\s*[A-ZÀ-Þ][\w’'\-]+"  # J. A. Smith
    r"|(?:[A-ZÀ-Þ][\wÀ-ÿ’'\-]+\s+){1,3}[A-ZÀ-Þ][\wÀ-ÿ’'\-]+(?:,|\s+and\s|\s*\.|\s+et al)"  # John Smith, and
    r"|[\u3400-\u9fff\uac00-\ud7a3·]{2,12}\s?(?:[,，.．、・]|외\s|[(（](?:19|20)\d\d)"
    r"|(?!(?:by|and|in|of|the|at|on|to|for|as|an|und|mit|im|am|et|en|au|y|ed|eds) )(?:[a-z]{2,3} ){1,2}[A-ZÀ-Þ][\w’'\-]+,?\s"  # van der Berg,
    r"|(?:(?:[—–―_]\s?){1,6}|-{3,})[.,:]?\s+(?=[A-ZÀ-Þ\u3400-\u9fff“\"„«‘(\d])"  # ———. Another work
    r"|[A-ZÀ-Þ][\w’'\-]+(?:\s[A-ZÀ-Þ&][\w’'\-]*){0,5}\.?\s*[(\[]?(?:19|20)\d\d)"  # OpenAI. 2023
)
ENDS_ENTRY = re.compile(r"(?:[.。．)）\]”\"]|\d|https?://\S+|doi\S+|\b10\.\d{4,}/\S+)\s*$", re.I)


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


def label_of(lines: Sequence[Line]) -> re.Pattern[str] | None:
    """The label form of the list, if its entries have one."""
    best: tuple[int, re.Pattern[str]] | None = None
    for name, pattern, counts in LABELS:
        matches = [m for line in lines if (m := pattern.match(line.text))]
        if counts:
            chain = chain_of([n for m in matches if not 1500 < (n := int(m.group(2))) < 2100])
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


def chain_of(numbers: Sequence[int]) -> list[int]:
    """Positions of the longest run that counts up, skipping at most a few numbers and beginning anew at most never."""
    if not numbers:
        return []
    best: list[int] = []
    for first in range(min(len(numbers), 6)):
        chain = [first]
        last = numbers[first]
        for i in range(first + 1, len(numbers)):
            skips = numbers[i] in numbers[i + 1 :] or last + 1 in numbers[i + 1 : i + 4]  # "20. № 3" before entry 18
            if last < numbers[i] <= last + (1 if skips else 3):
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
