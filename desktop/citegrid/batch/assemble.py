"""The project of a batch: the rows of all papers in one table, each citation with its paper's name, and the account of them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from citegrid.batch.run import Batch
from citegrid.batch.wishes import FoundPaper, PaperRow, Wishes
from citegrid.core.edits.row_numbers import numbered
from citegrid.core.evidence import Evidence
from citegrid.core.messages import Message
from citegrid.core.outcome.account import Fate, is_settled, summary
from citegrid.core.paper import PAPER_ID, key_of, short_name
from citegrid.core.project import Check, Project, Run, SourceFile
from citegrid.core.table import Cell, Row, Table
from citegrid.pipeline.run import settled


def project_of(batch: Batch, wishes: Wishes, picture: SourceFile | None = None) -> Project:
    """The table over the papers that were read, as a project of several papers that can be opened, checked and exported."""
    account = batch.account()
    read = [paper for paper, one in zip(batch.found, account, strict=True) if one.fate is Fate.READ]
    files = _files(read)
    project = Project(
        wishes.query, wishes.language, files[0] if files else None, picture, also=files[1:], glossary=wishes.glossary
    )
    finished = [batch.rows[paper.sha256] for paper in read]
    rows = settled([_at_home(one, project, file) for one, file in zip(finished, files, strict=True)])
    return replace(
        project,
        details=tuple((paper.sha256, paper.details) for paper in read if paper.details is not None),
        table=numbered(Table(wishes.columns, tuple(rows))),
        run=_run(wishes, finished),
        checks=(Check(Message("every paper that was found is accounted for"), is_settled(account), summary(account)),),
        account=account,
    )


def _files(papers: Sequence[FoundPaper]) -> tuple[SourceFile, ...]:
    """The files under names that are short and distinct: each stands in every citation of its paper."""
    names: list[str] = []
    for paper in papers:
        names.append(short_name(paper.path.name, names))
    return tuple(
        SourceFile(str(paper.path.absolute()), name, paper.sha256) for paper, name in zip(papers, names, strict=True)
    )


def _at_home(one: PaperRow, project: Project, file: SourceFile) -> Row:
    """A paper's row as the project knows it: under its key, its evidence under the paper's name."""
    assert one.row is not None
    work = replace(one.row.work, id=f"{key_of(project, file)}{PAPER_ID}")
    title = work.title if one.title else Path(file.path).name
    return Row(replace(work, title=title), tuple(_named(cell, file.name) for cell in one.row.cells))


def _named(cell: Cell, name: str) -> Cell:
    return replace(cell, evidence=_under(cell.evidence, name), near=_under(cell.near, name))


def _under(evidence: Sequence[Evidence], name: str) -> tuple[Evidence, ...]:
    return tuple(replace(one, source=name) for one in evidence)


def _run(wishes: Wishes, finished: Sequence[PaperRow]) -> Run:
    prompt, cached, generated = (sum(one.tokens[i] for one in finished) for i in range(3))
    seconds = (("fill", round(sum(one.seconds for one in finished), 2)),)
    return Run(
        wishes.server or wishes.model.name,
        wishes.model_sha256,
        0,
        prompt,
        cached,
        generated,
        seconds,
        cluster=wishes.cluster,
    )
