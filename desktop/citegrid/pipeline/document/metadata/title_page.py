"""What is set in large type in the upper part of the first pages: each run of blocks of one size may be the title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import Block, BlockKind, Page, TextFrom, Word
from citegrid.core.text import join_lines, weight
from citegrid.pipeline.document.blocks import text_of, words_of
from citegrid.pipeline.document.metadata.candidates import TitleCandidate
from citegrid.pipeline.document.metadata.names import names_of
from citegrid.pipeline.document.metadata.patterns import (
    ARTICLE_KIND,
    DEGREE_WORK,
    FOOTNOTE_MARK,
    JOURNAL,
    OPENS_TEXT,
    RUNNING_HEAD,
    SCHOOL,
)

#: The share of a page's height in which titles stand; the fewest letters and the most characters of one.
_UPPER, _FEWEST, _LONGEST = 0.6, 6, 320
#: Type sizes that differ by less are one, in points.
_SAME_SIZE = 0.5
#: The mark of a footnote is smaller than this share of the title's size.
_SMALL = 0.75
#: Letters (see ``weight``) from which on a line is no journal's sign.
_LOGO = 16
#: Marks of footnotes behind a title.
_MARKS = " *∗†‡§¶#"
_NO_TITLES = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER)


@dataclass(frozen=True, slots=True)
class _SizeRun:
    """Blocks that follow each other in one type size."""

    page: Page
    blocks: tuple[Block, ...]
    size: float

    @property
    def text(self) -> str:
        return " ".join(_text(self.page, block) for block in self.blocks)

    @property
    def title(self) -> str:
        """The text without the marks of footnotes behind it."""
        last = self.blocks[-1]
        words = words_of(self.page, last)
        end = last.end
        while len(words) > 1 and self._is_mark(words[-1]):
            end = words.pop().start
        parts = [*(_text(self.page, b) for b in self.blocks[:-1]), join_lines(self.page.text[last.start : end])]
        return " ".join(parts)[:_LONGEST].rstrip(_MARKS)

    def _is_mark(self, word: Word) -> bool:
        small = word.raised or word.size < _SMALL * self.size
        return small and FOOTNOTE_MARK.fullmatch(word.text) is not None

    def is_no_title(self) -> bool:
        return says_no_title(self.text)

    def goes_on(self, block: Block, size: float) -> bool:
        """Whether ``block`` is the next part of the same title."""
        return abs(size - self.size) <= _SAME_SIZE and block.index == self.blocks[-1].index + 1


def titles(pages: Sequence[Page]) -> Iterator[TitleCandidate]:
    """The candidates of each of the first pages."""
    for later, page in enumerate(pages):
        runs = _runs(page)
        largest = max((run.size for run in runs if not run.is_no_title()), default=0.0)
        yield from (_candidate(run, largest, later) for run in runs)


def says_no_title(text: str) -> bool:
    """Whether a line is the head of a journal, the kind of an article or a thesis, a school or the head of a section."""
    plain = text.strip()
    alone = (ARTICLE_KIND, JOURNAL, DEGREE_WORK, SCHOOL, OPENS_TEXT)
    return RUNNING_HEAD.search(plain) is not None or any(pattern.fullmatch(plain) for pattern in alone)


def _candidate(run: _SizeRun, largest: float, later: int) -> TitleCandidate:
    title = run.title
    return TitleCandidate(
        title,
        printed=1.0,
        size=1.0 if run.size >= largest - _SAME_SIZE else run.size / largest,
        names_below=float(bool(names_of(_below(run)))),
        names=min(len(names_of(run.text)), 2) / 2,
        no_title=float(run.is_no_title()),
        sign=float(run.page.text_from is TextFrom.OCR and weight(title) < _LOGO),
        later=float(later),
    )


def _runs(page: Page) -> list[_SizeRun]:
    """The runs of blocks that can be a title by their place and length; what says that it is none stands alone."""
    runs: list[_SizeRun] = []
    alone = True
    for block in page.blocks:
        text = _text(page, block)
        if not _is_possible(page, block, text):
            continue
        size = max(word.size for word in words_of(page, block))
        before, alone = alone, says_no_title(text)
        if runs and not before and not alone and runs[-1].goes_on(block, size):
            runs[-1] = _SizeRun(page, (*runs[-1].blocks, block), runs[-1].size)
        else:
            runs.append(_SizeRun(page, (block,), size))
    return runs


def _is_possible(page: Page, block: Block, text: str) -> bool:
    """Whether a block can be a part of a title by its kind, its place and its length."""
    upper = block.box.y0 <= _UPPER * page.height
    return block.kind not in _NO_TITLES and upper and len(text) <= _LONGEST and sum(map(str.isalpha, text)) >= _FEWEST


def _below(run: _SizeRun) -> str:
    """The text of the next block of the page."""
    following = run.page.blocks[run.blocks[-1].index + 1 :][:1]
    return "".join(text_of(run.page, block) for block in following)


def _text(page: Page, block: Block) -> str:
    return join_lines(text_of(page, block))
