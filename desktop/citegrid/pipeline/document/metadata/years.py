"""The year in which a paper came out: each year that its first pages print is a candidate with features, and one table of weights, learnt
from title pages whose year is known (``models/training/title_page``), says which is the paper's own, if any.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, groupby

from citegrid.core.document import Block, Page
from citegrid.core.language import lexicon
from citegrid.core.language.script import has_han, narrow
from citegrid.pipeline.document.blocks import text_of
from citegrid.pipeline.document.metadata import file_data
from citegrid.pipeline.document.metadata.patterns import DATES, SPELT_YEAR, YEAR_PRINTED

#: A first page with fewer letters is a cover; behind one the second page is looked at, too.
_COVER = 700
#: So many characters before and behind a year are read.
_BEFORE, _BEHIND = 48, 24
#: And so many for what was done with the file, and who did it.
_FETCHED = 72
#: A longer line is looked at so far before and behind a year.
_REACH = 200
#: A line of so many letters and more is running text; in one of few there is little but the date.
_LONG, _FEW = 70, 3
#: How much of a page is its head and its foot.
_HEAD, _FOOT = 0.12, 0.85
_DIGITS = {**{c: str(i) for i, c in enumerate("零一二三四五六七八九")}, "〇": "0", "○": "0", "O": "0"}

_MARGINS, _ISSUES = frozenset({"head", "foot"}), frozenset({"issue", "volume"})

#: A year is told from these log-odds on: one that is wrong is worse than none.
_SURE = 0.91

#: What each feature of a candidate is worth; learnt.
WEIGHTS = {
    "any": -2.9, "month": 1.8, "numeric date": 1.8, "little else": 2.6, "spelt": 2.6, "年": 0.2, "月": 0.3, "cover": 2.3,
    "foot": 2.0, "head": 1.4, "second page": -0.0, "begins its line": 0.2, "ends its line": -0.7, "short line": -1.2,
    "bracket": -0.3, "volume": 2.9, "issue": 2.7, "article number": 0.9, "gathering": 2.5, "address": 0.6, "stamp": 2.1,
    "copyright": 1.2, "published": 0.9, "received": -1.3, "version": -0.7, "later of two": 0.9, "within a word": -1.2,
    "latest": 2.3, "repeated": -0.5, "as the file": 1.8, "long before the file": -0.9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintedYear:
    """A year that a page prints, and what was seen of it."""

    year: int
    features: tuple[str, ...]

    @property
    def worth(self) -> float:
        """How likely it is the year of the paper, as log-odds."""
        return sum(WEIGHTS.get(feature, 0.0) for feature in self.features)


def year_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> int | None:
    """The year that ``pages`` print as their own, none later than the year after the file was made; of equals the latest."""
    found = candidates(pages, metadata)
    best = max(found, key=lambda one: (round(one.worth, 3), one.year), default=None)
    return best.year if best is not None and best.worth > _SURE else _of_issue(pages[1:])


def _of_issue(pages: Sequence[Page]) -> int | None:
    """The one year that heads and feet of ``pages`` print with an issue or a volume: Chinese journals have it on every second page."""
    printed = chain.from_iterable(map(partial(_on_page, cover=False), pages))
    told = {one.year for one in printed if _MARGINS.intersection(one.features) and _ISSUES.intersection(one.features)}
    return told.pop() if len(told) == 1 else None


def candidates(pages: Sequence[Page], metadata: Mapping[str, str]) -> list[PrintedYear]:
    """The years that the first page prints, and the second where the first is a cover."""
    made = file_data.year_made(metadata)
    latest = made + 1 if made else date.today().year
    cover = bool(pages) and sum(map(str.isalpha, pages[0].text)) < _COVER
    read = pages[: 1 + cover]
    found = [one for page in read for one in _on_page(page, cover and page is read[0]) if one.year <= latest]
    printed = Counter(one.year for one in found)
    last = max(printed, default=0)
    return [PrintedYear(one.year, (*one.features, *_beside(one.year, printed, last, made))) for one in found]


def _beside(year: int, printed: Mapping[int, int], last: int, made: int | None) -> Iterator[str]:
    """What can be said of a year among those that are ``printed`` (so often), the latest of which is ``last``."""
    age = made - year if made is not None else 1
    yield from _told((
        ("any", True),
        ("latest", year == last),
        ("repeated", printed[year] > 1),
        ("as the file", age in (0, -1)),
        ("long before the file", age > 3),
    ))  # fmt: skip


def _on_page(page: Page, cover: bool) -> Iterator[PrintedYear]:
    words = sorted(page.words, key=lambda word: word.start)
    starts = [word.start for word in words]
    for block in page.blocks:
        text = narrow(text_of(page, block))
        for spelt in SPELT_YEAR.finditer(text):
            year = int("".join(_DIGITS.get(c, c) for c in spelt[1]))
            yield PrintedYear(year, ("spelt", *_of_place(page, block, cover, 0.5)))
        for found in filter(_is_no_visit, YEAR_PRINTED.finditer(text)):
            at = bisect(starts, block.start + found.start()) - 1
            height = words[at].box.y0 / page.height if at >= 0 else 0.5
            place = _of_place(page, block, cover, height)
            yield PrintedYear(int(found[1]), (*place, *_of_words(text, found.start(1), found.end(1))))


def _is_no_visit(found: re.Match[str]) -> bool:
    """Whether a year is not that of the day on which somebody fetched the file, or put it up, or of an archive's own notice."""
    before = found.string[max(0, found.start() - _FETCHED) : found.start()].casefold()
    behind = found.string[found.end() : found.end() + _BEFORE].casefold()
    told = ((before, "fetched"), (behind, "archives"))
    return not any(words in text for text, table in told for words in lexicon.words("title_page", table))


def _of_place(page: Page, block: Block, cover: bool, height: float) -> Iterator[str]:
    """Where on its page a year stands."""
    yield from _told((
        ("head", height < _HEAD),
        ("foot", height > _FOOT),
        ("cover", cover),
        ("second page", page.number > 1),
    ))  # fmt: skip


def _of_words(text: str, start: int, end: int) -> Iterator[str]:
    """What stands around a year: in its line, and right before and behind it."""
    line_start = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH)
    line = text[line_start:start] + text[start : end + _REACH].split("\n", 1)[0]
    before, behind = text[max(0, start - _BEFORE) : start], text[end : end + _BEHIND]
    here = text[max(line_start, start - _BEFORE) : start]
    letters = sum(map(str.isalpha, DATES["month"].sub("", line)))
    numbers = sum(is_number for is_number, _ in groupby(line, str.isdigit))
    bare = here.rstrip(" (（")
    behind_volume = len(bare) < len(here.rstrip()) and bare[-1:].isdigit()
    month = DATES["month"].search(here[-20:]) or DATES["month"].match(behind.lstrip(" ,./-"))
    yield from _told((
        ("month", month),
        ("numeric date", DATES["numeric"].search(here[-7:] + "Y" + behind[:7])),
        ("年", behind.lstrip().startswith(("年", "届", "级"))),
        ("月", "月" in behind[:10]),
        ("little else", letters <= _FEW),
        ("short line", letters < _LONG),
        ("begins its line", not here.strip()),
        ("ends its line", not behind.split("\n")[0].strip(" .,;)）")),
        ("bracket", here.rstrip().endswith(("(", "（", "["))),
        ("later of two", here.rstrip(" /–-")[-4:].isdigit() and here.rstrip()[-1:] in "/–-"),
        ("copyright", DATES["copyright"].search(here)),
        ("published", DATES["published"].search(before)),
        ("received", DATES["received"].search(before)),
        ("version", DATES["label"].search(here)),
        ("gathering", DATES["gathering"].search(line)),
        ("issue", DATES["issue"].search(line)),
        ("article number", DATES["article number"].search(here[-12:] + "Y" + behind[:2])),
        ("volume", letters < _LONG and ((numbers > 2 and DATES["volume"].search(here + "Y" + behind)) or behind_volume)),
        ("stamp", DATES["stamp"].search(here)),
        ("within a word", (behind[:1].isalnum() and not has_han(behind[:1])) or here[-1:] in tuple("-/._") or (behind[:1] in tuple("-/_") and not month)),
        ("address", DATES["address"].search(line)),
    ))  # fmt: skip


def _told(features: Sequence[tuple[str, object]]) -> Iterator[str]:
    """The names of the features that are there."""
    return (name for name, told in features if told)
