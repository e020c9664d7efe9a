"""Naming: how a sentence names the works it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.reference import Work, WorkKind
from citegrid.pipeline.cells.columns.bibliographic import short_authors
from citegrid.pipeline.review.phrases import phrase, phrases

#: Characters of a title that stands for the authors of a work.
LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Names:
    """The names of works in a language; with ``several`` main papers none of them is “this paper”."""

    language: str
    several: bool = False

    def is_own(self, work: Work) -> bool:
        """Whether a work is the one main paper of the review."""
        return work.kind is WorkKind.PAPER and not self.several

    def told(self, work: Work) -> str:
        """A work as part of a sentence: ``Gao等（2023）``, ``Gao et al. (2023)``, ``本文``, or its title in quotes."""
        return phrase("itself", self.language) if self.is_own(work) else self._with_year("dated", work)

    def noted(self, works: Sequence[Work]) -> str:
        """Works behind what is said of them: ``（Gao等，2023；Liu，2021）``; empty where it is the main paper."""
        named = [self._with_year("noted", work) for work in works if not self.is_own(work)]
        listed = phrase("between_noted", self.language).join(named)
        return phrase("brackets", self.language, works=listed) if named else ""

    def listed(self, works: Sequence[Work]) -> str:
        """Works in a row, as part of a sentence."""
        between, before_last, long_last = phrases("between_works", self.language)
        *first, last = map(self.told, works)
        if not first:
            return last
        return between.join(first) + (before_last if len(first) == 1 else long_last) + last

    def parts(self, works: Sequence[Work]) -> tuple[str, ...]:
        """The names and years by which works are known, in whatever form they are cited."""
        cited = [work for work in works if not self.is_own(work)]
        years = (str(work.year) for work in cited if work.year)
        return tuple(dict.fromkeys((*map(self._name, cited), *years)))

    def _name(self, work: Work) -> str:
        return short_authors(work, self.language) or phrase(
            "untitled_authors", self.language, title=_short_title(work.title)
        )

    def _with_year(self, form: str, work: Work) -> str:
        name = self._name(work)
        return phrase(form, self.language, name=name, year=work.year) if work.year else name


def _short_title(title: str) -> str:
    """A title up to its colon, and no longer than a name may be."""
    main = title.replace("：", ":").split(":")[0].strip()
    return main if len(main) <= LONGEST_TITLE else main[:LONGEST_TITLE].rstrip() + "…"
