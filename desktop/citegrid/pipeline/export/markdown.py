"""The report as Markdown (GitHub flavour): table, review with its marks, evidence list, self-check, run."""

from __future__ import annotations

import re

from citegrid.core.citation import cite, cite_all
from citegrid.core.evidence import Evidence
from citegrid.core.project import Check, Project
from citegrid.core.review import Sentence
from citegrid.core.table import Cell, Status
from citegrid.pipeline.export.evidence_list import EvidenceEntry, EvidenceList
from citegrid.pipeline.export.paper_account import HEADING, summary_of, told, without_row
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.provenance import asked_beside, facts_of
from citegrid.pipeline.export.strings import wording_in

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$#])")


def write_markdown(project: Project, version: str = "") -> str:
    """The report as Markdown, ending in a newline."""
    return "\n".join(_Markdown(project, version).lines()).rstrip() + "\n"


def escaped(text: str) -> str:
    """``text`` on one line with everything that Markdown would read as markup escaped."""
    return _SPECIAL.sub(r"\\\1", clean(text))


class _Markdown:
    def __init__(self, project: Project, version: str) -> None:
        self.project, self.version = project, version
        self.words = wording_in(project.language)
        self.evidence = EvidenceList(project)

    def lines(self) -> list[str]:
        words, project = self.words, self.project
        out = [f"# {words('Literature table and review')}", ""]
        if project.query.strip():
            out += [f"## {words('Task')}", "", f"> {escaped(project.query)}", ""]
        beside = asked_beside(project, words)
        out += [f"> {escaped(beside)}", ""] if beside else []
        out += [f"## {words('Literature table')}", "", *self._table(), ""]
        out += [f"## {words('Review')}", "", *self._review()]
        if self.evidence.entries:
            out += [f"## {words('Evidence (a list)')}", "", *map(self._entry, self.evidence.entries), ""]
        if project.checks:
            out += [f"## {words('Self-check')}", "", *map(self._check, project.checks), ""]
        out += self._account() if project.account else []
        facts = facts_of(project, self.version, words)
        return [
            *out,
            f"## {words('Methods and run')}",
            "",
            *(f"- {words.named(f'**{name}**', escaped(text))}" for name, text in facts),
        ]

    def _account(self) -> list[str]:
        words, project = self.words, self.project
        papers = (words.named(f"`{clean(p.name)}`", escaped(told(p, words))) for p in without_row(project))
        return [f"## {words(HEADING)}", "", escaped(summary_of(project, words)), "", *(f"- {p}" for p in papers), ""]

    def _check(self, check: Check) -> str:
        name, detail = (escaped(self.words.sentence(part)) for part in (check.name, check.detail))
        return f"- {'✓' if check.passed else '!'} {self.words.named(name, detail)}"

    def _table(self) -> list[str]:
        table = self.project.table
        if not table.columns:
            return [self.words("The table has no columns yet.")]
        out = ["| " + " | ".join(escaped(c.name) for c in table.columns) + " |", "|" + " --- |" * len(table.columns)]
        out += ["| " + " | ".join(map(self._cell, row.cells)) + " |" for row in table.rows]
        return out if table.rows else [*out, "", self.words("The table has no works yet.")]

    def _cell(self, cell: Cell) -> str:
        return f"{escaped(self.words.cell(cell))} {self._marks(cell.evidence)}".strip()

    def _marks(self, evidence: tuple[Evidence, ...]) -> str:
        if not evidence:
            return ""
        numbers = ",".join(f"[{n}](#ev-{n})" for n in self.evidence.numbers(evidence))
        return f"{escaped(cite_all(evidence, self.words.language))}<sup>{numbers}</sup>"

    def _review(self) -> list[str]:
        review = self.project.review
        if review is None or not review.sentences:
            return [self.words("No review has been written yet."), ""]
        paragraphs: dict[int, list[str]] = {}
        for sentence in review.sentences:
            paragraphs.setdefault(sentence.paragraph, []).append(self._sentence(sentence))
        between = self.words.typography.between_sentences
        return [line for _, parts in sorted(paragraphs.items()) for line in (between.join(parts), "")]

    def _sentence(self, sentence: Sentence) -> str:
        text = escaped(sentence.text) + escaped(self.words.to_check(sentence))
        if sentence.status not in (Status.SUPPORTED, Status.LINK):
            why = self.words.in_parentheses(self.words.unsupported(sentence.reason))
            text = f"**!** {text}{escaped(why)}"
        mark = self._marks(sentence.evidence)
        return f"{text}{self.words.typography.between_sentences}{mark}" if mark else text

    def _entry(self, entry: EvidenceEntry) -> str:
        evidence, words = entry.evidence, self.words
        columns = self.project.table.names
        uses = words.listed([words.use(u.row, u.column, columns) for u in entry.uses])
        parts = (cite(evidence, words.language), words.matched(evidence), words.hand(evidence))
        place = " · ".join((*parts, f"{words('used in')} {uses}"))
        return f'{entry.number}. <a id="ev-{entry.number}"></a>“{escaped(evidence.quote)}” — {escaped(place)}'
