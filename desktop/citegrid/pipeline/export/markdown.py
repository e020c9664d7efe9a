"""The report as Markdown (GitHub flavour): table, review with its marks, evidence list, self-check, run."""

from __future__ import annotations

import re

from citegrid.core.citation import cite, cite_all
from citegrid.core.evidence import Evidence
from citegrid.core.messages import say as said
from citegrid.core.project import Project
from citegrid.core.review import Sentence
from citegrid.core.table import Cell, Status
from citegrid.pipeline.export import strings as words
from citegrid.pipeline.export.evidence_list import Entry, EvidenceList
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.provenance import facts_of

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
        self.say = words.labels_for(project.language)
        self.evidence = EvidenceList(project)

    def lines(self) -> list[str]:
        say, project = self.say, self.project
        out = [f"# {say.title}", ""]
        if project.query.strip():
            out += [f"## {say.query}", "", f"> {escaped(project.query)}", ""]
        out += [f"## {say.table}", "", *self._table(), ""]
        out += [f"## {say.review}", "", *self._review()]
        if self.evidence.entries:
            out += [f"## {say.evidence}", "", *(self._entry(e) for e in self.evidence.entries), ""]
        if project.checks:
            out += [f"## {say.checks}", ""]
            for check in project.checks:
                sign = "✓" if check.passed else "!"
                out.append(
                    f"- {sign} {escaped(said(check.name, say.language))}{say.colon}{escaped(said(check.detail, say.language))}"
                )
            out.append("")
        out += [f"## {say.run}", ""]
        out += [f"- **{name}**{say.colon}{escaped(text)}" for name, text in facts_of(project, self.version, say)]
        return out

    def _table(self) -> list[str]:
        table = self.project.table
        if not table.columns:
            return [self.say.no_columns]
        out = ["| " + " | ".join(escaped(c.name) for c in table.columns) + " |", "|" + " --- |" * len(table.columns)]
        out += ["| " + " | ".join(self._cell(c) for c in row.cells) + " |" for row in table.rows]
        return out if table.rows else [*out, "", self.say.no_rows]

    def _cell(self, cell: Cell) -> str:
        return f"{escaped(words.plain_cell(cell, self.say))} {self._marks(cell.evidence)}".strip()

    def _marks(self, evidence: tuple[Evidence, ...]) -> str:
        if not evidence:
            return ""
        numbers = ",".join(f"[{n}](#ev-{n})" for n in self.evidence.numbers(evidence))
        return f"{escaped(cite_all(evidence, self.say.language))}<sup>{numbers}</sup>"

    def _review(self) -> list[str]:
        review = self.project.review
        if review is None or not review.sentences:
            return [self.say.no_review, ""]
        paragraphs: dict[int, list[str]] = {}
        for sentence in review.sentences:
            paragraphs.setdefault(sentence.paragraph, []).append(self._sentence(sentence))
        between = "" if self.say.language == "zh" else " "
        return [line for _, parts in sorted(paragraphs.items()) for line in (between.join(parts), "")]

    def _sentence(self, sentence: Sentence) -> str:
        text = escaped(sentence.text)
        if sentence.status not in (Status.SUPPORTED, Status.LINK):
            why = words.parenthesis(words.unsupported(sentence.reason, self.say), self.say)
            text = f"**!** {text}{escaped(why)}"
        mark = self._marks(sentence.evidence)
        return f"{text} {mark}" if mark and self.say.language != "zh" else text + mark

    def _entry(self, entry: Entry) -> str:
        evidence, say = entry.evidence, self.say
        columns = [c.name for c in self.project.table.columns]
        uses = [say.use(u.row, u.column, columns) for u in entry.uses]
        hand = say.first_hand if evidence.first_hand else say.second_hand
        place = f"{cite(evidence, say.language)} · {say.matched(evidence)} · {hand} · {say.used_in} {say.between.join(uses)}"
        return f'{entry.number}. <a id="ev-{entry.number}"></a>“{escaped(evidence.quote)}” — {escaped(place)}'
