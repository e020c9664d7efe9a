"""A run that is made up: rows at once, one cell after the other, every status in each row, then a review.

It stands in the place of ``pipeline.run.choose_rows`` and ``fill_table``, so that the window can be tried on every kind of answer without a model;
what the Workbench makes of it is real.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from tests.doubles.drawn_paper import SENTENCES, quote
from tests.doubles.drawn_table import NAMES

from citegrid.core.document import Document
from citegrid.core.edits.rows import chosen_anew
from citegrid.core.evidence import Match
from citegrid.core.glossary import Glossary
from citegrid.core.project import Project, Run
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.review import Review, Sentence, Unit
from citegrid.core.table import Cell, Row, Status
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.run import RunListener, RunOptions


def answers(doc: Document, refs: Sequence[Reference], work: Work) -> tuple[Cell, ...]:
    """One cell of every status."""
    ref = next((r for r in refs if r.id == work.id), None)
    number = refs.index(ref) if ref in refs else 3
    line = SENTENCES[min(2 * number, 6)]
    second = SENTENCES[min(2 * number + 1, 6)]
    return (
        Cell(NAMES[0], work.title, Status.SUPPORTED, (quote(doc, 2, line),)),
        Cell(NAMES[1], f"{'; '.join(work.authors)}（{work.year}）", Status.SUPPORTED, (quote(doc, 2, line[:12]), quote(doc, 5, line[:12]))),
        Cell(NAMES[2], "提出让模型在回答时给出引用，并逐句衡量引文是否真正支撑论断的方法。", Status.SUPPORTED,
             (quote(doc, 2, line), quote(doc, 3, second), quote(doc, 7, second))),
        Cell(NAMES[3], "在四个检索引擎上，只有51.5%的句子得到完整支撑。", Status.SUPPORTED, (quote(doc, 4, second, Match.FUZZY),)),
        Cell(NAMES[4], "首次统一了归因评估的理论框架。", Status.UNSUPPORTED, (), "文中没有这样的说法"),
        Cell(NAMES[5], "", Status.NOT_STATED, (), "", (2, 5)),
    )  # fmt: skip


def made_up_review(doc: Document) -> Review:
    """A review of two paragraphs with one unsupported sentence."""
    return Review(
        (
            Sentence("近年来，大语言模型生成带引用文本的能力成为研究热点。", Status.LINK),
            Sentence("Gao等（2023）让模型在回答时给出引用，并衡量每个论断是否由其来源支撑。", Status.SUPPORTED, (quote(doc, 2, SENTENCES[0]), quote(doc, 5, SENTENCES[1]))),
            Sentence("Rashkin与Das（2021）在12个数据集上给出了可归因性的定义。", Status.SUPPORTED, (quote(doc, 3, SENTENCES[3]),)),
            Sentence("这些工作彻底解决了幻觉问题。", Status.UNSUPPORTED, (), 1, "没有证据支撑这一论断"),
            Sentence("Liu（2023）审计了四个检索引擎，发现51.5%的句子得到完整支撑。", Status.SUPPORTED, (quote(doc, 6, SENTENCES[4]),), 1),
        ),
        1000,
        Unit.CHARACTERS,
    )  # fmt: skip


class MadeUpRun:
    """``pause`` is how long a cell takes; ``asked`` are the cells of the last run, by work and column, ``glossary`` the terms it
    was given."""

    def __init__(self) -> None:
        self.pause = 0.0
        self.asked: list[tuple[str, str]] = []
        self.glossary: Glossary = ()

    def choose_rows(self, context: RunContext, project: Project, options: RunOptions) -> tuple[Row, ...]:
        """As ``pipeline.run.choose_rows``."""
        return self._rows(context.papers[0].document, context.papers[0].references, project, options.anew)

    def fill_table(
        self,
        context: RunContext,
        project: Project,
        listener: RunListener,
        options: RunOptions,
        rows: tuple[Row, ...],
    ) -> Run:
        """As ``pipeline.run.fill_table``."""
        self.glossary = context.glossary
        document, references = context.papers[0].document, context.papers[0].references
        asked = [(row, c) for row in rows for c in row.cells if options.again or c.status is Status.WAITING]
        self.asked = [(row.work.id, cell.column) for row, cell in asked]
        for done, (row, cell) in enumerate(asked):
            context.cancel.check()
            found = {a.column: a for a in answers(document, references, row.work)}.get(cell.column)
            if found is not None:
                time.sleep(self.pause)
                context.progress.report("Filling the table", done + 1, len(asked), row.work.title)
                listener.cell(row.work.id, found)
        if options.review:
            context.progress.report("Writing the review", 0, 0)
            listener.review(made_up_review(document))
        return Run()

    @staticmethod
    def _rows(document: Document, references: Sequence[Reference], project: Project, anew: bool) -> tuple[Row, ...]:
        table = project.table
        works = [row.work for row in table.rows]
        if anew or not works:
            paper = Work(WorkKind.PAPER, "paper", document.title, document.authors, document.year)
            ranked = [paper, *map(_work, references)]
            works = chosen_anew(table.rows, ranked, project.dropped, project.max_rows or 10)
        pinned = {row.work.id for row in table.rows if row.pinned}
        kept = {(r.work.id, c.column): c for r in table.rows for c in r.cells}
        return tuple(
            Row(w, tuple(kept.get((w.id, c.name), Cell(c.name)) for c in table.columns), w.id in pinned) for w in works
        )


def _work(ref: Reference) -> Work:
    return Work(WorkKind.REFERENCE, ref.id, ref.title, ref.authors, ref.year, reasons=("cited twice",))
