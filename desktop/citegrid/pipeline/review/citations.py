"""How works are named, and citations in their places: a sentence of a paper with each of its citations said anew, as a review cites works.

Where a citation stands in a sentence tells for what it vouches ("but see Zhang, 2019", "unlike Gao (2023)"), and so it keeps
its place.  A sentence with a citation that cannot be said anew for certain is not told.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_lowercase

from citegrid.core.document import Page, Span
from citegrid.core.language import lexicon
from citegrid.core.paper import Paper, ids_of
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.pipeline.cells.columns.bibliographic import family_of, short_authors
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.evidence import patterns
from citegrid.pipeline.evidence.citation_markers import printed_before_target
from citegrid.pipeline.evidence.passages import Cited
from citegrid.pipeline.evidence.patterns import TARGET
from citegrid.pipeline.review.facts import parted
from citegrid.pipeline.review.phrases import BEFORE_NAMES, is_closed, phrase, phrases

#: Characters of a title that stands for the authors of a work.
LONGEST_TITLE = 40
#: The most works that a citation names in brackets, and as a part of its sentence.
MOST_NOTED, MOST_NARRATIVE = 5, 5
#: What stands between citations of one bracket.
_BETWEEN = " ,;，；\n–—－~～-"
_STOPS, _PAUSES = (".", "。"), "，,；;"
_SQUARE, _SQUARED = ("[", "［", "【"), ("]", "］", "】")
_OPENS, _CLOSES = "(（", ")）"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of works in a language; with ``several`` main papers none of them is “this paper”; ``letters`` tell works of one name
    and year apart, by their ids; ``paper`` is the one main paper by its title page."""

    language: str
    several: bool = False
    letters: Mapping[str, str] = field(default_factory=dict)
    paper: tuple[Work, ...] = ()

    def of_paper(self) -> str:
        """The one main paper in brackets, for its first naming; empty where its title page prints no author or no year."""
        groups = phrases("groups", "en")
        known = [work for work in self.paper if can_be_named(work) and not work.first_author.endswith(groups)]
        return self._in_brackets([self._with_year("noted", work) for work in known])

    def is_own(self, work: Work) -> bool:
        """Whether a work is the one main paper of the review."""
        return work.kind is WorkKind.PAPER and not self.several

    def told(self, work: Work) -> str:
        """A work as part of a sentence: ``Gao等（2023）``, ``Gao et al. (2023)``, ``本文``, or its title in quotes."""
        return phrase("itself", self.language) if self.is_own(work) else self._with_year("dated", work)

    def again(self, work: Work) -> str:
        """A work as part of a sentence right behind one that has named it: without its year."""
        return self._name(work)

    def noted(self, works: Sequence[Work]) -> str:
        """Works behind what is said of them: ``（Gao等，2023；Liu，2021）``; empty where it is the main paper."""
        return self._in_brackets(filter(None, [self.within(works)]))

    def _in_brackets(self, listed: Iterable[str]) -> str:
        return "".join(phrase("brackets", self.language, works=one) for one in listed)

    def within(self, works: Sequence[Work]) -> str:
        """Works as they stand within brackets: ``Gao等，2023；Liu，2021``."""
        named = [self._with_year("noted", work) for work in works if not self.is_own(work)]
        return phrase("between_noted", self.language).join(named)

    def listed(self, works: Sequence[Work]) -> str:
        """Works in a row, as part of a sentence."""
        return self.in_row([self.told(work) for work in works])

    def in_row(self, named: Sequence[str]) -> str:
        """Names, or other things, in a row."""
        between, before_last, long_last = phrases("between_works", self.language)
        *first, last = named
        if not first:
            return last
        return between.join(first) + (before_last if len(first) == 1 else long_last) + last

    def parts(self, works: Sequence[Work]) -> tuple[str, ...]:
        """The names and years by which works are known, in whatever form they are cited."""
        cited = [work for work in works if not self.is_own(work)]
        years = (str(work.year) for work in cited if work.year)
        return tuple(dict.fromkeys((*map(self._name, cited), *years)))

    def _name(self, work: Work) -> str:
        named = replace(work, authors=tuple(map(spoken, work.authors)))
        return short_authors(named, self.language) or phrase(
            "untitled_authors", self.language, title=_short_title(work.title)
        )

    def _with_year(self, form: str, work: Work) -> str:
        name = self._name(work)
        year = f"{work.year}{self.letters.get(work.id, '')}"
        return phrase(form, self.language, name=name, year=year) if work.year else name


def names_of(context: RunContext) -> Names:
    """The names of works in the review of a run."""
    letters = ChainMap(*(letters_of(paper.references) for paper in context.papers))
    documents = [paper.document for paper in context.papers]
    paper = (Work(WorkKind.PAPER, "", one.title, one.authors, one.year) for one in documents)
    return Names(context.language, context.several, letters, tuple(paper) * (not context.several))


def letters_of(references: Sequence[Reference]) -> dict[str, str]:
    """By the id of an entry the letter behind its year, where others have its name and year: as printed, else in their order."""
    alike: dict[tuple[str, int | str], list[Reference]] = {}
    for one in references:
        alike.setdefault((short_authors(work_of(one), "en"), one.year or one.id), []).append(one)
    several = (same for same in alike.values() if len(same) > 1)
    return {one.id: letter for same in several for one, letter in zip(same, _letters(same), strict=False)}


def _letters(same: Sequence[Reference]) -> Iterable[str]:
    """What tells works of one name and year apart: what their entries print behind it, where that does, else letters in their order."""
    printed = [one.raw.partition(str(one.year))[2][:1] for one in same]
    told_apart = len(set(printed)) == len(same), all(map(ascii_lowercase.__contains__, printed))
    return printed if all(told_apart) else ascii_lowercase


def spoken(author: str) -> str:
    """An author as a sentence writes the name: a family name in capitals has one."""
    family, comma, given = author.partition(",")
    return f"{family.title()}{comma}{given}" if comma and family.isupper() and len(family) > 1 else author


def _short_title(title: str) -> str:
    """A title up to its colon, and no longer than a name may be."""
    main = title.replace("：", ":").split(":")[0].strip()
    return main if len(main) <= LONGEST_TITLE else main[:LONGEST_TITLE].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class CitedWorks:
    """One citation: its works, and whether it is part of its sentence."""

    works: tuple[Work, ...]
    narrative: bool

    @property
    def family(self) -> str:
        """The family name of the first author of the first work; empty without one."""
        return family_of(spoken(self.works[0].first_author))


class Citations:
    """The citations of a paper; ``table`` are the works of the table by their ids."""

    def __init__(self, paper: Paper, cited: Cited, table: Mapping[str, Work]) -> None:
        self._paper, self._cited, self._table = paper, cited, table
        self._works = {reference.id: work_of(reference) for reference in paper.references}
        mentions = [(r.id, m, s) for r in paper.references for m in r.mentions for s in m.spans]
        self._narrative = {(s.page, s.start, one): m.narrative for one, m, s in mentions}

    def marks(self, spans: Sequence[Span]) -> list[CitedWorks]:
        """The citations within a sentence, one for each mark that ``evidence.passages`` puts there."""
        return [mark for span in spans for mark in self._within(self._paper.document.page(span.page), span)]

    def works_in(self, marks: Sequence[CitedWorks]) -> tuple[Work, ...]:
        """The works of the table that citations name, in their order."""
        known = set(self._table.values())
        return tuple(work for work in all_of(marks) if work in known)

    def _within(self, page: Page, span: Span) -> Iterator[CitedWorks]:
        runs: list[tuple[frozenset[str], bool]] = []
        at = span.start
        for start, end, ids in self._cited.groups(page.number, span):
            narrative = any(self._narrative.get((page.number, start, one), False) for one in ids)
            if runs and not page.text[at : max(start, at)].strip(_BETWEEN):
                before, narrative_before = runs.pop()
                ids, narrative = before | ids, narrative_before or narrative
            runs.append((ids, narrative))
            at = end
        return (CitedWorks(self._named(ids), narrative) for ids, narrative in runs)

    def _named(self, ids: frozenset[str]) -> tuple[Work, ...]:
        """The works of a citation, those of the table before others, of which those without a name are then left out; both in the
        order of the list."""
        others, rows = parted([one for one in self._works if one in ids], self._table.__contains__)
        named = [one for one in others if can_be_named(self._works[one])] if rows else others
        return tuple(dict.fromkeys(self._table.get(one, self._works[one]) for one in (*rows, *named)))[:MOST_NOTED]


def work_of(reference: Reference) -> Work:
    """The work of an entry."""
    return Work(WorkKind.REFERENCE, reference.id, reference.title, reference.authors, reference.year)


def can_be_named(work: Work) -> bool:
    """Whether a work can be cited by the name of its author, and its year."""
    return bool(work.year) and family_of(work.first_author)[:1].isalpha()


def all_of(marks: Sequence[CitedWorks]) -> tuple[Work, ...]:
    """The works that citations name, in their order."""
    return tuple(dict.fromkeys(work for mark in marks for work in mark.works))


def by_id(works: Sequence[Work]) -> dict[str, Work]:
    """Works by each id that a paper knows them by."""
    return {one: work for work in works for one in ids_of(work)}


def in_place(shown: str, marks: Sequence[CitedWorks], names: Names) -> str:
    """A sentence with a mark for each citation, with each said anew; empty where one of them cannot be."""
    first, *rest = patterns.ANY_MARK.split(shown)
    rest = [*filter(lambda behind: behind.strip(_BETWEEN), rest[:-1]), *rest[-1:]]  # neighbours are one citation
    if len(rest) != len(marks):
        return ""
    text = _with_subject(first, marks, names)
    for mark, behind in zip(marks, rest, strict=True):
        if text.rstrip()[-1:] in _SQUARE and behind.lstrip()[:1] in _SQUARED:
            text, behind = text.rstrip()[:-1], behind.lstrip()[1:]
        text = _cited(text if behind.strip() else text.rstrip(".。 "), mark, names)
        if not text or (behind.startswith(_STOPS) and behind.strip(".。 ")[:1].islower()):
            return ""
        text += behind
    return text


def _cited(before: str, mark: CitedWorks, names: Names) -> str:
    """The words before a citation with the citation behind them, unless they name its works already; empty where it cannot be
    said anew."""
    if _is_named(before, mark.works, names):
        return "" if _asks_for_names(before) else before.rstrip()
    dated = _dated_where_named(before, mark, names)
    if dated:
        return dated
    printed = printed_before_target(before + TARGET) or _family_before(before, mark)
    is_open = sum(map(before.count, _OPENS)) > sum(map(before.count, _CLOSES))
    spoken = bool(printed) or mark.narrative
    if is_open and not spoken:
        return before + names.within(mark.works)
    if spoken or _asks_for_names(before):
        return _as_part(before, printed, mark, names)
    return before.rstrip() + names.noted(mark.works)


def _with_subject(first: str, marks: Sequence[CitedWorks], names: Names) -> str:
    """The words before the first citation; where they lack a subject ("发现…"), the one citation's works are it."""
    lacks = len(marks) == 1, first.startswith(phrases("finding_verbs", names.language))
    return names.listed(marks[0].works) + first if all(lacks) else first


def _dated_where_named(before: str, mark: CitedWorks, names: Names) -> str:
    """The words before the citation of one work with its year behind its name, where they name it and others ("Gao 等提出…"); else
    empty."""
    head, family, behind = before.partition(mark.family or "\n")
    said = _behind_others(behind.lstrip(), names.language)
    dated = all((family, said.strip(), len(mark.works) == 1, is_closed(head)))
    return _unheaded(head) + names.told(mark.works[0]) + said.rstrip() if dated else ""


def _behind_others(text: str, language: str) -> str:
    """What stands behind the words for further authors; empty where a text begins with no such words."""
    others = next(filter(text.startswith, phrases("named_with_others", language)), "")
    return text[len(others) :] if others else ""


def _unheaded(head: str) -> str:
    """Words before a name without a numbered heading that was read into them ("3 某某模型 Gao 等提出…")."""
    number, blank, _ = head.partition(" ")
    return "" if all((blank, number.isdigit(), set(_PAUSES).isdisjoint(head))) else head


def _asks_for_names(before: str) -> bool:
    """Whether what follows must be a part of the sentence: its beginning, or what stands behind "by"."""
    last = "".join(before.split()[-1:]).casefold()
    return any((not last, last in BEFORE_NAMES, last.endswith(phrases("before_names", "zh"))))


def _as_part(before: str, printed: str, mark: CitedWorks, names: Names) -> str:
    """The words before a citation with its works as a part of the sentence, in the place of what is ``printed`` of them; empty
    where others are printed, or the works are too many."""
    kept = _without(before, printed, mark) if printed else _unnumbered(before, names.language)
    others = kept is None or kept.rstrip().endswith(phrases("named_with_others", names.language))
    return "" if others or len(mark.works) > MOST_NARRATIVE else f"{kept}{names.listed(mark.works)}"


def _unnumbered(before: str, language: str) -> str:
    """The words before a work's number without what they call it there ("the paper", in "the paper [4] ensures")."""
    said = f" {before.rstrip()}"
    called = next(filter(said.casefold().endswith, phrases("called_by_number", language)), "")
    return f"{said[1 : -len(called)]} ".lstrip() if called else before


def _is_named(before: str, works: Sequence[Work], names: Names) -> bool:
    """Whether a text names all works as a part of itself, with their years."""
    parts = [part.casefold() for work in works for part in (*map(family_of, work.authors[:1]), str(work.year))]
    named = len(parts) == 2 * len(works) and all(map(before.casefold().__contains__, parts))
    return named or before.rstrip().endswith(names.listed(works))


def _family_before(before: str, mark: CitedWorks) -> str:
    """The family name of the first author where it stands right before the citation; else empty."""
    return mark.family if before.rstrip().endswith(mark.family) else ""


def _without(before: str, printed: str, mark: CitedWorks) -> str | None:
    """The words before a citation without what they print of its authors; None where they print others."""
    within = printed.find(mark.family) if mark.family else -1
    if within < 0 and printed not in lexicon.words("evidence", "works_zh"):
        return None
    return before[: before.rfind(printed) + max(0, within)]
