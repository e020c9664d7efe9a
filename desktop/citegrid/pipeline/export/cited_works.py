"""The works that a report cites: those of its table, those that its review cites beyond it, and the sources of its evidence that
have no row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.paper import PAPER_ID, ids_of, key_of
from citegrid.core.project import Project
from citegrid.core.reference import Reference, WorkKind
from citegrid.pipeline.export.evidence_list import EvidenceList
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.references import cited_beyond, items_of, printable_item

#: The fields of CSL-JSON that the styles print, dates apart, and the tags that reference managers allow in titles.
_PRINTED = (
    "type", "title", "container-title", "author", "editor", "translator", "volume", "issue", "page", "publisher",
    "publisher-place", "edition", "number", "genre", "version", "DOI", "URL",
)  # fmt: skip
_TAGS = ("<i>", "</i>", "<b>", "</b>", "<sub>", "</sub>", "<sup>", "</sup>")


class ReportWorks:
    """``works`` as CSL-JSON: the rows of the table in their order, then what the review cites beyond it (with these ``listed``),
    then further sources in the order of their evidence.

    ``known`` are works as a reference manager knows them, by work id; they go before what the project knows.  ``ids`` are
    the work ids of each place, none for a source without a row.
    """

    def __init__(
        self,
        project: Project,
        references: Sequence[Reference],
        evidence: EvidenceList,
        known: Mapping[str, Mapping[str, Any]],
    ) -> None:
        beyond = cited_beyond(project, references)
        items = map(printable_item, items_of(project, references, beyond))
        self.ids = list(map(ids_of, (*(row.work for row in project.table.rows), *beyond)))
        self.works = [_printable(item, _of_first(known, ids)) for ids, item in zip(self.ids, items, strict=True)]
        self.listed = len(self.works)
        self._place = {one: place for place, ids in enumerate(self.ids) for one in ids}
        self._sources = dict(self._with_rows(project))
        for entry in evidence.entries:
            self._add(entry.evidence)

    def _with_rows(self, project: Project) -> Iterator[tuple[tuple[SourceKind, str], int]]:
        """The sources that have rows of their own: background documents by title, main papers by name."""
        for place, row in enumerate(project.table.rows):
            if row.work.kind is WorkKind.LIBRARY:
                yield (SourceKind.LIBRARY, row.work.title), place
        for file in project.papers:
            own = f"{key_of(project, file)}{PAPER_ID}"
            if own in self._place:
                yield (SourceKind.DOCUMENT, file.name), self._place[own]

    def _add(self, evidence: Evidence) -> None:
        source = evidence.kind, evidence.source
        if source not in self._sources:
            self._sources[source] = len(self.works)
            self.works.append({"id": f"source{len(self.works)}", "type": "document", "title": clean(evidence.source)})
            self.ids.append(())

    def places(self, ids: Sequence[str]) -> list[int]:
        """The places of the works with these ids, each once; those without a row are left out."""
        return list(dict.fromkeys(self._place[one] for one in ids if one in self._place))

    def source(self, evidence: Evidence, about: Sequence[int]) -> int:
        """The place of the work whose page a quote stands on, for a text ``about`` works.

        A background document in which the work itself speaks is that work; a main paper is never another's page.
        """
        own = evidence.kind is SourceKind.LIBRARY and evidence.first_hand and len(about) == 1
        return about[0] if own else self._sources[evidence.kind, evidence.source]


def _printable(work: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """A work with what can be printed of it as a reference manager knows it: without its own fields and tags, with the year as
    a number, without dates in words."""
    made = {**work, **{name: known[name] for name in _PRINTED if name in known}}
    if known:
        made.pop("custom", None)  # its entry no longer speaks for it
    for tag in _TAGS:
        made["title"] = made["title"].replace(tag, "")
    day = [*known.get("issued", {}).get("date-parts", ()), []][0]
    if day and all(map(str.isdecimal, map(str, day))):
        made["issued"] = {"date-parts": [list(map(int, day))]}
    return made


def _of_first(known: Mapping[str, Mapping[str, Any]], ids: Sequence[str]) -> Mapping[str, Any]:
    return next(filter(None, map(known.get, ids)), {})
