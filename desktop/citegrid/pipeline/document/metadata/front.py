"""The front of a paper: its title, its authors and its year.

The first pages are cut into segments, which a learnt classifier calls title, author or neither; the run of title segments
that is surest is the title, the author segments of its page name the authors.  What the file says of itself counts as one
feature among others there; its title stands in where no page names one, its authors where a page prints their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, starmap

import numpy as np

from citegrid.core.document import Page
from citegrid.core.language import lexicon
from citegrid.core.language.script import has_han, has_kana
from citegrid.core.language.text import key_text
from citegrid.pipeline.document.metadata import file_data, years
from citegrid.pipeline.document.metadata.names import goes_on, goes_with, lists_names, people, person_share
from citegrid.pipeline.document.metadata.patterns import (
    CUES,
    DEGREES,
    LABELS,
    NO_TITLE,
    PERSON_TITLE,
    SCHOOLS,
    SUPERVISORS,
)
from citegrid.pipeline.document.metadata.segment_classes import (
    AUTHOR,
    ONE_TEXT,
    OTHER,
    TITLE,
    Array,
    classes,
    edge_of,
    shares,
    shipped,
)
from citegrid.pipeline.document.metadata.segment_features import FIRST, features_of, file_words
from citegrid.pipeline.document.metadata.segments import Segment, joined

#: Rows between two lines of one title at most, and its characters.
_ROWS, _LONGEST = 2, 320
#: What stands before a title is shorter than it.
_MOST_LEAD = 2
#: Type sizes whose ratio is less are one; a subtitle is no smaller, and its log-odds are more.
_LIKE, _SUBTITLE, _SURE = 1.1, 0.5, 1.5
#: What a Chinese subtitle begins with, whatever else it looks like.
_DASH = "——"
#: So many runs back the title may go on, where a column stands beside it.
_BESIDE = 2
#: From these log-odds on a segment is one of a title whatever stands beside it.
_ALONE = 0.3
#: Below these one that names a school or a kind of thesis is none, whatever stands beside it.
_DOUBTED = -0.5
#: A label above a name, or the name above that, is so many type sizes away at most.
_LABELLED = 3.0
#: Names in one byline differ by less in type size, in points.
_SAME_SIZE = 1.0
#: Letters whose sizes differ by less are the same.
_SAME_LETTERS = 0.05
#: The smallest share that counts, and what each further segment of a title adds to its log-odds.
_LEAST, _MORE = 1e-3, 0.3
#: The share of a row's letters that stand in names, from which on it goes on with a byline.
_NAMES = 0.6
#: What a page that is not the first loses.
_LATER = 1.0
#: By how much the shares are weighed (other, title, author) where no title is sure.
_EAGER = np.array([1.0, 10.0, 1.0], np.float32)
#: Marks of footnotes behind a title, and what a label leaves before it.
_MARKS = " *∗†‡§¶#⁎:："


@dataclass(frozen=True, slots=True)
class Front:
    """What a paper says of itself; empty, and None, where nothing does."""

    title: str
    authors: tuple[str, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What the classifier found on a page: the segments of its title, how sure that is, and those of its authors."""

    title: tuple[Segment, ...]
    sureness: float
    authors: tuple[Segment, ...]

    def worth(self, covered: bool) -> tuple[bool, int, float]:
        """By what pages are compared: one with a title first, behind a repository's cover the paper's own, then the surest."""
        page = max((segment.page for segment in self.title), default=0)
        return bool(self.title), covered * page, self.sureness


def front_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> Front:
    """Title, authors and year by ``pages`` in reading order and the file's own data."""
    first = pages[:FIRST]
    opening = " ".join("".join(page.text for page in first[:1]).casefold().split())
    covered = any(phrase in opening for phrase in lexicon.words("title_page", "repository_covers"))
    read = _title_pages(pages, metadata, covers=0)
    if covered and not any(page.title and page.title[0].page > 1 for page in read):
        read = _title_pages(pages, metadata, covers=1)
    found = sorted(read, key=lambda page: page.worth(covered), reverse=True)
    title = _without_lead([page.title for page in found]) or file_data.title(metadata)
    text = key_text("".join(page.text for page in first))
    in_file = tuple(name for name in file_data.authors(metadata) if key_text(name) in text)
    named = [people(page.authors, japanese=has_kana(opening)) for page in found]
    return Front(title, _fullest(named) or in_file, years.year_of(first, metadata))


def _fullest(bylines: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The first byline that names somebody; where a cover runs its names together, the same ones parted."""
    first, *others = list(filter(None, bylines)) or [()]
    whole = key_text("".join(first))
    parted = (other for other in others if key_text("".join(other)) == whole)
    return max([first, *parted], key=len)


def _without_lead(titles: Sequence[Sequence[Segment]]) -> str:
    """The first title, without what stands before it where another page prints the rest: "Feature Articles" above it."""
    first, *others = [*titles, ()]
    keys = [key_text(joined(other)) for other in others]
    nothing: tuple[Segment, ...] = ()
    rests = accumulate(reversed(first), lambda rest, segment: (segment, *rest), initial=nothing)
    shared = [rest for rest in rests if any(key.endswith(key_text(joined(rest))) for key in keys)]
    longest = max(shared, key=len, default=first)
    return written(longest if _MOST_LEAD * len(written(longest)) > len(written(first)) else first)


def written(title: Sequence[Segment]) -> str:
    """A title as one text, without the label before it."""
    text = joined(title)
    label = LABELS[0].match(text)
    return text[label.end() if label else 0 :].strip(_MARKS)[:_LONGEST]


def _title_pages(pages: Sequence[Page], metadata: Mapping[str, str], covers: int) -> list[TitlePage]:
    """What the classifier finds on the first pages, the first of which stands behind so many ``covers``; where it is sure of no title
    it is asked for the likeliest."""
    words = file_words(pages, metadata)
    described = [features_of(page, words, later=n > covers) for n, page in enumerate(pages[:FIRST])]
    found = [(segments, shares(features, shipped())) for segments, features in described if segments]
    sure = list(starmap(_title_page, found))
    return sure if any(page.title for page in sure) else [_title_page(page, likely * _EAGER) for page, likely in found]


def _title_page(segments: Sequence[Segment], likely: Array) -> TitlePage:
    path = classes(segments, likely, shipped().pairs)
    named = likely[:, AUTHOR] > likely[:, TITLE]
    said = [AUTHOR if what == TITLE and named[n] and lists_names(segments[n]) else what for n, what in enumerate(path)]
    title, sureness = title_of(segments, said, likely)
    later = segments[0].page > 1
    authors = byline(segments, said, likely)
    if title and not people(authors):
        title, authors = _with_names_above(segments, title)
    return TitlePage(title, sureness - _LATER * later, authors)


def _with_names_above(
    segments: Sequence[Segment], title: tuple[Segment, ...]
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """A title and the authors that stand above it, or were taken for its first line."""
    if len(title) > 1 and lists_names(title[0]):
        return title[1:], title[:1]
    above = [segment for segment in segments if segment.row < title[0].row]
    return title, tuple(filter(lists_names, above[-1:]))


def byline(segments: Sequence[Segment], said: Sequence[int], likely: Array) -> tuple[Segment, ...]:
    """The segments that name the authors: those said to, in the type of the surest, and rows of names right below them; where
    none is said to, what a label calls so."""
    called = [n for n, what in enumerate(said) if what == AUTHOR]
    if not called:
        return _labelled(segments)
    size = segments[max(called, key=lambda n: likely[n, AUTHOR])].size
    kept = {n for n in called if abs(segments[n].size - size) < _SAME_SIZE}
    named = sorted(_with_rows_beside(segments, kept))
    return _in_one_script([segments[n] for n in named if not _supervises(segments, n)])


def _supervises(segments: Sequence[Segment], n: int) -> bool:
    """Whether a segment names a supervisor: it says so, a label alone before or above it does, or one below a name with its title."""
    text, below = (joined(segments[at : at + 1] or segments[n : n + 1]) for at in (n, n + 1))
    labels = [other.text for other in segments[:n] if _labels(other, segments[n])]
    signed = PERSON_TITLE.match(text) and SUPERVISORS.fullmatch(below)
    return any((SUPERVISORS.match(text), SUPERVISORS.search("".join(labels[-1:])), signed))


def _labels(other: Segment, segment: Segment) -> bool:
    """Whether a segment that ends with a colon stands before another in its row, or close above it in its column."""
    beside = max(other.box.x0, segment.box.x0) >= min(other.box.x1, segment.box.x1)
    near = other.row == segment.row if beside else segment.box.y0 - other.box.y1 < _LABELLED * segment.size
    return near and other.text.endswith((":", "："))


def _with_rows_beside(segments: Sequence[Segment], kept: set[int]) -> set[int]:
    """The segments ``kept`` as authors, with rows of names right below and above them."""
    for n, (above, below) in enumerate(pairwise(segments), start=1):
        kept = kept | {n} if n - 1 in kept and _is_next_row(above, below) else kept
    between = {n for n in range(min(kept) + 1, max(kept)) if _stands_between(segments, n, kept)}
    return kept | between | {n for n, row in enumerate(segments) if any(_lists_more(row, segments[k]) for k in kept)}


def _stands_between(segments: Sequence[Segment], n: int, kept: set[int]) -> bool:
    """Whether a row between names is one, too: set as two of them are, and not as the affiliations around it."""
    row = segments[n]
    named = sum(_is_set_as(row, segments[k]) for k in kept) > 1 and person_share(row) > _NAMES
    return named and not any(_is_set_as(row, beside) for beside in (segments[n - 1], segments[n + 1]))


def _is_set_as(row: Segment, other: Segment) -> bool:
    """Whether two rows are set in the same letters on the same axis."""
    off = abs(row.box.x0 + row.box.x1 - other.box.x0 - other.box.x1) / 2
    alike = abs(row.size - other.size) < _SAME_LETTERS and row.words[0].italic == other.words[0].italic
    return alike and off < _SAME_SIZE and row.text.isupper() == other.text.isupper()


def _in_one_script(named: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments in the script of the first, and what stands beside one of them: Chinese authors are often named again in Latin
    letters below."""
    rows = {segment.row for segment in named if has_han(segment.text) == has_han(named[0].text)}
    return tuple(segment for segment in named if segment.row in rows)


def _labelled(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments that a label calls authors and that name somebody."""
    return tuple(s for n, s in enumerate(segments) if _is_labelled(segments, n) and people([s]))


def _is_next_row(above: Segment, below: Segment) -> bool:
    """Whether the row below one of names holds names, too, or the rest of one."""
    one_text = edge_of(above, below) == ONE_TEXT or (goes_with(below) and abs(above.size - below.size) < _SAME_SIZE)
    names = person_share(below) > _NAMES or goes_on(above, below)
    return one_text and names and not has_han(below.text)


def _lists_more(row: Segment, named: Segment) -> bool:
    """Whether a row right above or below one of names is a list of names in the same type, whatever stands beside it."""
    gap = max(row.box.y0, named.box.y0) - min(row.box.y1, named.box.y1)
    near = abs(row.row - named.row) in range(1, _ROWS + 1) and gap < named.size
    return near and abs(row.size - named.size) < _SAME_SIZE and lists_names(row)


def _is_labelled(segments: Sequence[Segment], n: int) -> bool:
    """Whether a segment begins with the label of an author, or such a label stands alone before it in its row."""
    segment = segments[n]
    before = "".join(s.letters for s in segments[n - segment.place : n])
    return bool(LABELS[1].fullmatch(before) or LABELS[1].match(segment.text))


def title_of(segments: Sequence[Segment], said: Sequence[int], likely: Array) -> tuple[tuple[Segment, ...], float]:
    """The run of title segments that a label calls so, else the surest: by the log-odds of its surest segment, and a little for
    each other."""
    odds = np.log((likely[:, TITLE] + _LEAST) / (likely[:, OTHER] + likely[:, AUTHOR] + _LEAST))
    runs = _runs(segments, said, odds)
    called = [run for run in runs if LABELS[0].match(segments[run[0]].text)]
    surest = max(called[:1] or runs, key=lambda run: _sureness(odds, run), default=[])
    return tuple(segments[n] for n in surest), _sureness(odds, surest)


def _sureness(odds: Array, run: Sequence[int]) -> float:
    return float(max((odds[n] for n in run), default=0.0)) + _MORE * len(run)


def _runs(segments: Sequence[Segment], said: Sequence[int], odds: Array) -> list[list[int]]:
    """The runs of title segments by their indices; labels and what opens the text are no part of one."""
    runs: list[list[int]] = []
    for n, (segment, what) in enumerate(zip(segments, said, strict=True)):
        told = any((what == TITLE, odds[n] > _ALONE, runs and segment.text.startswith(_DASH)))
        if not told or _is_no_title(segment) or (odds[n] < _DOUBTED and _names_school(segment)):
            continue
        above = next((run for run in runs[: -_BESIDE - 1 : -1] if _goes_on(segments, run[-1], n, odds[n])), None)
        if above is None:
            runs.append([n])
        else:
            above.append(n)
    return runs


def _names_school(segment: Segment) -> bool:
    """Whether a segment begins with the name of a school, or of a kind of thesis."""
    return any(cue.match(segment.text) for cue in (SCHOOLS, DEGREES))


def _goes_on(segments: Sequence[Segment], last: int, n: int, odds: float) -> bool:
    """Whether a title whose last segment so far is ``last`` goes on with segment ``n``: nothing but a column beside it comes between."""
    between = any(_is_over(other, segments[n]) for other in segments[last + 1 : n])
    return not between and _go_together(segments[last], segments[n], odds)


def _is_over(other: Segment, segment: Segment) -> bool:
    """Whether more than a mark stands between two lines, not beside them."""
    beside = max(other.box.x0, segment.box.x0) >= min(other.box.x1, segment.box.x1)
    return len(other.letters) > 2 and not beside


def _is_no_title(segment: Segment) -> bool:
    """Whether a segment opens the text, is a label, begins with that of another field, or names a school or a degree."""
    author, field = LABELS[1:]
    text, letters = segment.text, segment.letters
    named = any(label.fullmatch(letters) for label in LABELS) or NO_TITLE.fullmatch(letters) is not None
    begins = (author.match(text), (":", "：")), (field.match(text), (":", "：", " "))
    labelled = any(match and match.group().endswith(signs) for match, signs in begins)
    return named or labelled or CUES[0].match(text) is not None


def _go_together(above: Segment, below: Segment, odds: float) -> bool:
    """Whether two title segments are parts of one title: lines of one type, or a subtitle in smaller type that is surely one."""
    apart = below.box.y0 - above.box.y1 > above.size
    if apart and (below.row - above.row > _ROWS or _names_school(above)):
        return False
    if has_han(above.text) != has_han(below.text) or LABELS[0].match(below.text):
        return False
    ratio = below.size / max(above.size, 1.0)
    subtitle = below.text.startswith(_DASH) or (ratio > _SUBTITLE and odds > _SURE)
    return 1 / _LIKE < ratio < _LIKE or (ratio < 1 and subtitle)
