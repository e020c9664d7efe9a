"""Where a reference list ends: at a heading that is not part of it, at the back matter of the journal, or where no entries follow.

A list whose numbers, or whose authors from A to Z, go on behind tables and figures goes on there.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from citegrid.core.document import BlockKind
from citegrid.core.language.text import key_text
from citegrid.pipeline.bibliography.lines import PrintedLine, label_form
from citegrid.pipeline.bibliography.patterns import (
    ADDRESS,
    AFTER_LIST,
    AUTHOR_START,
    BACK_MATTER,
    DATED,
    ENDS_ENTRY,
    LABEL_FORMS,
    LEADERS,
    LETTERED_HEAD,
    LIST_HEAD,
)

#: So many lines further on the next label of a list is looked for.
_FAR = 40
#: So many lines in a row without a label, a year or an address are no entries.
_MOST_MISSED = 14
#: So many lines are looked at for the usual size of letters, and for the form of the labels.
_FOR_SIZE, _FOR_LABEL = 60, 80
#: A list of so many entries tells how long one is; the last may have so many times the lines of the longest.
_FEWEST, _TOO_LONG = 4, 2
#: Sizes of letters that differ by less are one; so many times the size of its letters below a line begins something else.
_SAME_SIZE, _GAP = 0.3, 1.8
#: A word of so many letters may be set with spaces.
_SPACED = 4
#: So many pages after a table the next number of a list may stand, or the next authors.
_PAGES_TO_NUMBER, _PAGES_TO_NAME = 3, 2


def is_heading(line: PrintedLine) -> bool:
    """Whether a line names a reference list, whatever stands below it."""
    text = line.text.strip()
    if len(text) > 60 or line.kind in (BlockKind.CAPTION, BlockKind.TABLE):
        return False
    if text[:1].islower() and text.endswith("."):
        return False  # the last word of a sentence
    return bool(LIST_HEAD.match(text.replace(" ", "") if _is_spaced(text) else text))


def _is_spaced(text: str) -> bool:
    """Whether the letters of a word stand apart: "R E F E R E N C E S"."""
    letters = text.split(" ")
    return len(letters) > _SPACED and text.isupper() and all(len(letter) == 1 for letter in letters)


def is_list(lines: Sequence[PrintedLine]) -> bool:
    """Whether these lines look like entries rather than running text or a table of contents."""
    texts = [unicodedata.normalize("NFKC", line.text) for line in lines]
    dots = sum(bool(LEADERS.search(text)) for text in texts)
    if not lines or dots > len(lines) / 4:
        return False
    years = sum(len(DATED.findall(text)) for text in texts)
    labels = [len(form.numbers(texts)) for form in LABEL_FORMS]
    told = years + sum(bool(ADDRESS.search(text)) for text in texts)
    labelled = any(3 <= count <= 3 * told for count in labels)
    return years >= max(1, len(lines) / 12) or labelled or (len(lines) < 12 and years + max(labels) >= 1)


def lines_of_list(lines: Sequence[PrintedLine], heading: PrintedLine) -> list[PrintedLine]:
    """The lines of the list that begins with ``lines``, below ``heading``."""
    return _ListExtent(lines, heading).read()


class _ListExtent:
    """One list: the lines it may take, and those that it has taken."""

    def __init__(self, lines: Sequence[PrintedLine], heading: PrintedLine) -> None:
        self.lines, self.heading = lines, heading
        self.usual = _usual_size(lines)
        self.form = label_form(lines[:_FOR_LABEL])
        self.notes = _notes(lines, self.usual)
        self.found: list[PrintedLine] = []

    def read(self) -> list[PrintedLine]:
        at: int | None = 0
        while at is not None and at < len(self.lines):
            stop = self._stretch(at)
            at = self._next_number(stop) if self.form else self._next_authors(stop)
        return self.found[: self._end_of_last()]

    def _end_of_last(self) -> int:
        """Where the last labelled entry ends: with its first whole sentence before a break, where it is far longer than all others."""
        starts = [i for i, line in enumerate(self.found) if self._is_labelled(line)]
        lengths = [b - a for a, b in pairwise(starts)]
        end = len(self.found)
        if len(starts) < _FEWEST or end - starts[-1] <= _TOO_LONG * max(lengths):
            return end
        for i in range(starts[-1], end - 1):
            is_whole = ENDS_ENTRY.search(self.found[i].text) and _years(self.found[starts[-1] : i + 1])
            if is_whole and _is_break(self.found[i], self.found[i + 1]):
                return i + 1
        return end

    def _stretch(self, at: int) -> int:
        """Take the lines from ``at`` to the end of this stretch of the list; where it ends."""
        missed = 0
        for i in range(at, len(self.lines)):
            line = self.lines[i]
            if self._is_none_of_it(line):
                continue
            labelled = self._is_labelled(line)
            if not labelled and self._stops(i):
                return i
            self.found.append(line)
            missed = 0 if labelled or _is_told(line) else missed + (not self._is_of_many_names(line))
            if missed > _MOST_MISSED:
                del self.found[-missed:]
                return i
        return len(self.lines)

    def _is_labelled(self, line: PrintedLine) -> bool:
        return self.form is not None and bool(self.form.pattern.match(line.text.strip()))

    def _is_none_of_it(self, line: PrintedLine) -> bool:
        """Tables, footnotes, text above the list in the next column of its page, watermarks, and the numbers of lines."""
        if line.kind in (BlockKind.CAPTION, BlockKind.TABLE) or (line.page, line.block) in self.notes:
            return True
        heading = self.heading
        above = line.page == heading.page and line.column > heading.column and line.y1 < heading.y0
        if above and abs(line.size - self.usual) > 0.08 * self.usual:
            return True
        return line.size > 4 * self.usual or (line.size < 0.7 * self.usual and line.text.strip().isdigit())

    def _is_of_many_names(self, line: PrintedLine) -> bool:
        """Whether a line may be one of a list of a hundred authors."""
        return line.text.count(",") >= 2 and abs(line.size - self.usual) < 0.05 * self.usual

    def _stops(self, at: int) -> bool:
        """Whether the list ends before the line ``at``, which bears no label."""
        line, text = self.lines[at], self.lines[at].text.strip()
        if len(self.found) > 2 and BACK_MATTER.match(text) and ENDS_ENTRY.search(self.found[-1].text):
            return True
        if self._is_other_head(line) and not self._is_subheading(at):
            return True
        return line.size > 1.25 * self.usual and len(text) < 70

    def _is_other_head(self, line: PrintedLine) -> bool:
        """Whether a line is a heading that is no entry; one within the list is still to be told apart."""
        text = line.text.strip()
        if self._is_after_list(line):
            return not DATED.search(text)
        if not (line.kind is BlockKind.HEADING or (line.bold and line.size >= 1.05 * self.usual)):
            return False
        return self._is_lettered(line) or not _looks_like_entry(text)

    def _is_after_list(self, line: PrintedLine) -> bool:
        """Whether a line is the head of a section that stands behind lists."""
        text = line.text.strip()
        stands_out = line.kind is BlockKind.HEADING or line.bold or line.size > 1.04 * self.usual or len(text) < 30
        return stands_out and len(text) < 80 and bool(AFTER_LIST.match(text))

    def _is_lettered(self, line: PrintedLine) -> bool:
        return line.bold and line.size >= 1.1 * self.usual and bool(LETTERED_HEAD.match(line.text.strip()))

    def _is_subheading(self, at: int) -> bool:
        """Whether the list goes on below the heading at ``at``."""
        line, following = self.lines[at], self.lines[at + 1 : at + 9]
        if self._is_after_list(line) or self._is_lettered(line) or len(following) < 4:
            return False
        return line.size < self.heading.size + 0.3 and is_list(following[1:]) and self._has_next_label(at)

    def _has_next_label(self, at: int) -> bool:
        """Whether the next label stands not far behind line ``at``; so behind a subheading, not behind a chapter's list."""
        if self.form is None or not self.found:
            return True
        if not self.form.counts:
            return any(self.form.pattern.match(line.text) for line in self.lines[at + 1 : at + 9])
        before = self.form.numbers(line.text for line in self.found)
        after = self.form.numbers(line.text for line in self.lines[at + 1 : at + 1 + _FAR])
        return not before or any(0 < number - before[-1] <= 2 for number in after)

    def _next_number(self, stop: int) -> int | None:
        """Where the numbers of the list go on after ``stop``: the next one, before an author and a year."""
        numbers = self.form.numbers(line.text for line in self.found) if self.form else []
        if not numbers or self.form is None:
            return None
        wanted = max(numbers[-3:]) + 1
        for i in self._following(stop, _PAGES_TO_NUMBER):
            text = self.lines[i].text
            if self.form.number(text) == wanted:
                named = AUTHOR_START.match(self.form.pattern.sub("", text, count=1).strip())
                return i if named and _years(self.lines[i : i + 6]) else None
        return None

    def _next_authors(self, stop: int) -> int | None:
        """Where a list without labels goes on after a table: with entries on one of the next pages, later in the alphabet."""
        named = [line for line in self.found if AUTHOR_START.match(line.text)]
        if not named or len(self.found) < 3 or any(map(self._is_other_head, self.lines[stop : stop + 1])):
            return None
        for i in self._following(stop, _PAGES_TO_NAME):
            line = self.lines[i]
            if _is_any_head(line):
                return None
            if line.page != self.found[-1].page and self._begins_entries(i) and _initial(line) >= _initial(named[-1]):
                return i
        return None

    def _following(self, at: int, pages: int) -> Iterator[int]:
        """The lines from ``at`` on, so many pages behind the end of the list at most."""
        last_page = self.found[-1].page + pages
        return takewhile(lambda i: self.lines[i].page <= last_page, range(at, len(self.lines)))

    def _begins_entries(self, at: int) -> bool:
        """Whether an entry begins at the line ``at``, in letters of the usual size, and another follows."""
        line, stretch = self.lines[at], self.lines[at : at + 12]
        if abs(line.size - self.usual) > 0.05 * self.usual or not AUTHOR_START.match(line.text):
            return False
        return sum(bool(AUTHOR_START.match(ln.text) and DATED.search(ln.text)) for ln in stretch) >= 2


def _is_break(line: PrintedLine, following: PrintedLine) -> bool:
    """Whether something else may begin at ``following``: in another column, in other letters or behind a gap."""
    if (line.page, line.column) != (following.page, following.column) or abs(line.size - following.size) > _SAME_SIZE:
        return True
    return not 0 < following.y0 - line.y0 < _GAP * line.size


def _is_any_head(line: PrintedLine) -> bool:
    """Whether a line is the head of a list, or of what stands behind lists."""
    return is_heading(line) or AFTER_LIST.match(line.text.strip()) is not None


def _usual_size(lines: Sequence[PrintedLine]) -> float:
    """The size of the letters of a list."""
    sizes = [size for size, _ in Counter(line.size for line in lines[:_FOR_SIZE]).most_common()]
    first = [line.size for line in lines[:3]]
    if len(set(first)) == 1 and not 0.93 < first[0] / sizes[0] < 1.3:
        return first[0]  # a short list, before text or a figure in other letters
    return sizes[0] if sizes else 0.0


def _notes(lines: Sequence[PrintedLine], usual: float) -> set[tuple[int, int]]:
    """Blocks of footnotes: small print in the lower part of a page."""
    small: dict[tuple[int, int], bool] = {}
    for line in lines:
        low = line.size < 0.93 * usual and (line.y0 > 0.6 * line.page_height or line.kind is BlockKind.FOOTNOTE)
        small[(line.page, line.block)] = small.get((line.page, line.block), True) and low
    return {block for block, is_note in small.items() if is_note}


def _looks_like_entry(text: str) -> bool:
    told = DATED.search(text) or AUTHOR_START.match(text)
    return bool(told) or len(text) > 90 or any(sign in text for sign in ("http:", "https:", "doi"))


def _is_told(line: PrintedLine) -> bool:
    """Whether a line is surely one of an entry: it has a year or an address."""
    return "http" in line.text or bool(DATED.search(line.text))


def _years(lines: Sequence[PrintedLine]) -> bool:
    return any(DATED.search(line.text) for line in lines)


def _initial(line: PrintedLine) -> str:
    return key_text(line.text)[:1]
