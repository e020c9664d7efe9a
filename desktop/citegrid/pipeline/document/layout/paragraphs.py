"""Lines of one column in reading order into paragraphs, and what part of the page each is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from citegrid.core.document import BlockKind, Page
from citegrid.pipeline.document.layout.headers_footers import Style
from citegrid.pipeline.document.layout.lines import PageLine
from citegrid.pipeline.document.layout.patterns import (
    BEFORE_FLOAT_IN_TEXT,
    CAPTION,
    FOOTNOTE_MARK,
    HEADING,
    PLAIN_WORDS,
    RAISED_NUMBERS,
)

#: Points between lines where a page does not tell.
_USUAL_STEP = 12.0
#: Steps, in usual ones, beyond which a paragraph ends: anyhow (and so many points), before a caption, below a short line,
#: and below which a raised number belongs to the line above.
_FAR, _FAR_POINTS, _BEFORE_CAPTION, _BELOW_SHORT, _BELOW_MARKED = 1.45, 2, 1.1, 1.2, 1.6
#: Sizes that differ by a larger share are two; a raised number is so much smaller.
_OTHER_SIZE, _RAISED = 0.12, 0.85
#: An indent, in type sizes of the body; a line that ends so much before the others is a last one.
_LEAST_INDENT, _MOST_INDENT, _SHORT = 0.6, 6, 2.0
#: Lines and characters of a heading at most, and of one that is set like the text.
_HEADING_LINES, _HEADING_LETTERS, _PLAIN_LETTERS = 3, 150, 60
#: How much larger than the body headings are set, and how much smaller footnotes, which stand below this share of the page.
_LARGER, _SMALLER, _LOW = 1.08, 0.9, 0.7
#: A bold line that ends so much (shares of the line below) before it is a heading.
_STOPS_BEFORE = 0.15
#: So many figures to a letter no heading has, but the last line of an entry ("29 (10): 1544–1556").
_FIGURES_A_LETTER = 4
#: A bold block of so many lines is no heading.
_BOLD_LINES = 3
_NO_HEADING_ENDS_IN = (".", "。", ",", "，", ";")


def paragraphs(lines: Sequence[PageLine], style: Style) -> list[list[PageLine]]:
    """Paragraphs: a new one begins after a gap, at an indent, at another size, at a heading or a caption."""
    blocks: list[list[PageLine]] = []
    steps = (b.box.y0 - a.box.y0 for a, b in itertools.pairwise(lines) if a.column == b.column)
    gaps = [step for step in steps if step > 0]
    usual = median(gaps) if gaps else _USUAL_STEP
    for line in lines:
        if blocks and not _begins(blocks[-1], line, usual, style):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def are_one_row(a: PageLine, b: PageLine) -> bool:
    """Whether two lines of one column stand side by side."""
    return (a.band, a.column) == (b.band, b.column) and a.overlap(b) > 0.6


def kind_of(lines: Sequence[PageLine], style: Style, page: Page) -> BlockKind:
    """What part of the page a block is."""
    if lines[0].kind is not BlockKind.BODY:
        return lines[0].kind
    text = " ".join(line.text for line in lines)
    if CAPTION.match(text):
        return BlockKind.CAPTION
    if _is_heading(lines, text, style):
        return BlockKind.HEADING
    return BlockKind.FOOTNOTE if _is_footnote(lines[0], text, style, page) else BlockKind.BODY


def _begins(block: Sequence[PageLine], line: PageLine, usual: float, style: Style) -> bool:
    """Whether ``line`` begins a new paragraph below ``block``."""
    last = block[-1]
    step = line.box.y0 - last.box.y0
    if (last.band, last.column) != (line.band, line.column):
        return True
    if are_one_row(last, line) or (_is_mark(block, line) and 0 < step < _BELOW_MARKED * usual):
        return False
    return (
        _is_apart(block, line, step, usual)
        or _is_indented(block, line, style)
        or (step > _BELOW_SHORT * usual and _is_short(block, line, style))
    )


def _is_apart(block: Sequence[PageLine], line: PageLine, step: float, usual: float) -> bool:
    """Whether a line is far from the block above, in another size, or begins a caption or a heading."""
    last = block[-1]
    if not 0 <= step <= _FAR * usual + _FAR_POINTS or _is_other_size(last, line):
        return True
    return _parts_heading(block, line) or (step > _BEFORE_CAPTION * usual and _begins_caption(last, line))


def _is_other_size(last: PageLine, line: PageLine) -> bool:
    return abs(line.size - last.size) > _OTHER_SIZE * max(line.size, 1)


def _parts_heading(block: Sequence[PageLine], line: PageLine) -> bool:
    """Whether a bold heading begins, or a short one that is bold or slanted ends: by what it says, or because it stops before the
    line below does."""
    if line.bold:
        return not block[-1].bold and HEADING.match(line.text) is not None
    stops = block[-1].box.x1 < line.box.x1 - _STOPS_BEFORE * (line.box.x1 - line.box.x0)
    text = " ".join(ln.text for ln in block).strip()
    if all(ln.bold for ln in block[:_BOLD_LINES]) or _is_slanted(block, line):
        return len(block) < _BOLD_LINES and (stops or HEADING.match(text) is not None)
    return len(block) == 1 and stops and _says_heading(text)


def _is_slanted(block: Sequence[PageLine], line: PageLine) -> bool:
    """Whether all of a block is slanted above a line that is not, and reads like a heading."""
    parted = not line.slanted and not line.text[:1].islower() and all(ln.slanted for ln in block)
    return parted and _reads_like_heading(" ".join(ln.text for ln in block))


def _reads_like_heading(text: str) -> bool:
    """Whether a slanted text is no sentence, no formula, and no term that a line above went on with: "3.1. Effects on Fruit"."""
    first, _, rest = text.partition(" ")
    said = text if first.isalpha() else rest
    words = said.split()
    plain = 2 * sum(len(word) > 2 and word[:3].isalpha() for word in words) >= len(words) > 0
    return plain and said[:1].isupper() and ". " not in said and not text.rstrip().endswith(_NO_HEADING_ENDS_IN)


def _begins_caption(last: PageLine, line: PageLine) -> bool:
    return CAPTION.match(line.text) is not None and not BEFORE_FLOAT_IN_TEXT.search(last.text)


def _is_indented(block: Sequence[PageLine], line: PageLine, style: Style) -> bool:
    """Whether ``line`` stands in from those of the block but its first."""
    if len(block) < 2:
        return False
    indent = line.box.x0 - min(ln.box.x0 for ln in block[1:])
    return _LEAST_INDENT * style.size < indent < _MOST_INDENT * style.size


def _is_short(block: Sequence[PageLine], line: PageLine, style: Style) -> bool:
    """Whether the last line of a block ends before the others do, and before the ``line`` of text below it: lines of a heading or a
    title have no common end."""
    text: tuple[PageLine, ...] = () if line.bold or line.size > _LARGER * style.size else (line,)
    return block[-1].box.x1 < max(one.box.x1 for one in (*block, *text)) - _SHORT * style.size


def _is_mark(block: Sequence[PageLine], line: PageLine) -> bool:
    """Whether all of ``line`` is the raised number of a citation or a note that the last line of a paragraph had no room for."""
    small = line.size < _RAISED * block[-1].size
    at_edge = abs(line.box.x0 - min(ln.box.x0 for ln in block)) < 2.0
    return small and at_edge and RAISED_NUMBERS.fullmatch(line.text.strip()) is not None


def _is_heading(lines: Sequence[PageLine], text: str, style: Style) -> bool:
    """Whether a short block is set as a heading, or set like the text says that it is one."""
    if len(text) >= _HEADING_LETTERS or len(lines) > _HEADING_LINES or text.rstrip().endswith(_NO_HEADING_ENDS_IN):
        return False
    if sum(map(str.isalpha, text)) * _FIGURES_A_LETTER <= sum(map(str.isdigit, text)):
        return False
    plain = len(lines) == 1 and len(text) < _PLAIN_LETTERS and _says_heading(text)
    return plain or _is_set_apart(lines, text, style)


def _is_set_apart(lines: Sequence[PageLine], text: str, style: Style) -> bool:
    """Whether a short block is bold or large, or slanted and begins as headings do."""
    if lines[0].bold or lines[0].size > _LARGER * style.size:
        return True
    slanted = all(line.slanted for line in lines) and HEADING.match(text) is not None
    return slanted and _reads_like_heading(text)


def _says_heading(text: str) -> bool:
    """Whether a line that is set like the text is a heading: in capitals, or a few plain words with one at their beginning, in
    Chinese with a number ("（五）数字创新")."""
    begins = text.lstrip()[:1]
    plain = text.isupper() or (PLAIN_WORDS.fullmatch(text) is not None and (begins.isupper() or begins in "（("))
    return plain and HEADING.match(text) is not None


def _is_footnote(first: PageLine, text: str, style: Style, page: Page) -> bool:
    small = first.size < _SMALLER * style.size
    return small and first.box.y0 > _LOW * page.height and FOOTNOTE_MARK.match(text) is not None
