"""What every step of one run needs: the papers, the request and the model; and what was found once in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from citegrid.core.evidence import Evidence, Passage, Selection
from citegrid.core.glossary import Glossary
from citegrid.core.library import Background
from citegrid.core.paper import Paper
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.statement import Line, Statement
from citegrid.core.table import Column
from citegrid.pipeline.cells import works
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.columns.column_intents import search_words
from citegrid.pipeline.cells.selection.query import Request
from citegrid.pipeline.evidence import retrieve, verify
from citegrid.pipeline.evidence.passages import sentences_at
from citegrid.pipeline.evidence.statements.classifier import statements_of
from citegrid.pipeline.evidence.statements.lines import Lines, lines_of
from citegrid.pipeline.evidence.tables import PageTable, tables_of
from citegrid.ports import (
    NEVER,
    NO_ENCODER,
    NO_WRITERS,
    SILENT,
    Cancel,
    LanguageModel,
    Progress,
    SentenceEncoder,
    WritingRecord,
)


@dataclass(slots=True)
class Memo:
    """What was found once in a run and is not looked for again; only the context of the run writes into it.

    By the paper's key: its citations, its own sentences, the places of all its sentences.  By the passage, and whether it is to tell of its paper: what it says.
    By the column's name: the words it is looked for by.  By the work's id: its document of the library.  By the paper's key: its tables.
    """

    citations: dict[str, retrieve.Cited] = field(default_factory=dict)
    own_sentences: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    search_words: dict[str, str] = field(default_factory=dict)
    lines: dict[str, Lines] = field(default_factory=dict)
    statements: dict[tuple[Passage, bool], Statement] = field(default_factory=dict)
    documents: dict[str, Background | None] = field(default_factory=dict)
    tables: dict[str, tuple[PageTable, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunContext:
    """What every step of one run needs."""

    papers: tuple[Paper, ...]
    request: Request
    model: LanguageModel
    library: Library | None = None
    progress: Progress = SILENT
    cancel: Cancel = NEVER
    writers: WritingRecord = NO_WRITERS
    encoder: SentenceEncoder = NO_ENCODER
    memo: Memo = field(default_factory=Memo)
    #: How terms are to be said, the most binding first: the project's, those of all projects, what its documents teach.
    glossary: Glossary = ()
    #: The place that a person wants the cells of this run to be answered from, and no other.
    selection: Selection | None = None
    #: The model that translates instead of ``model``; None: that one does it all.
    translator: LanguageModel | None = None

    @property
    def translating(self) -> LanguageModel:
        """The model that translates."""
        return self.translator or self.model

    @property
    def language(self) -> str:
        """The language of the table and its review."""
        return self.request.language

    @property
    def several(self) -> bool:
        """Whether several main papers fill one table; “we” and “this paper” name none of them then."""
        return len(self.papers) > 1

    def entries_of(self, work: Work) -> list[tuple[Paper, Reference]]:
        """The entries of a work in the papers' lists; see ``works.entries_of``."""
        return works.entries_of(self.papers, work)

    def paper_of(self, work: Work) -> Paper | None:
        """The main paper that a row is about; see ``works.paper_of``."""
        return works.paper_of(self.papers, work)

    def evidence_of(self, used: Sequence[Passage], work: Work) -> tuple[Evidence, ...]:
        """The passages as citations."""
        return works.evidence_of(self.papers, used, work)

    def own_document(self, work: Work) -> Background | None:
        """The document of the library that is the work itself."""
        if self.library is None or work.kind is WorkKind.PAPER:
            return None
        if work.id not in self.memo.documents:
            cited = self.entries_of(work)
            found = (
                self.library.of_reference(cited[0][1], cited[0][0].references) if cited else self.library.of_work(work)
            )
            self.memo.documents[work.id] = found
        return self.memo.documents[work.id]

    def citations(self, paper: Paper) -> retrieve.Cited:
        """Where ``paper`` cites what."""
        if paper.key not in self.memo.citations:
            self.memo.citations[paper.key] = retrieve.citations_of(paper.document, paper.references)
        return self.memo.citations[paper.key]

    def own_sentences(self, paper: Paper) -> tuple[Passage, ...]:
        """What ``paper`` says of itself, sentence by sentence."""
        if paper.key not in self.memo.own_sentences:
            cited = self.citations(paper)
            said = retrieve.not_of_others(retrieve.own_sentences(paper.document, cited), cited)
            self.memo.own_sentences[paper.key] = retrieve.about_itself(tuple(said))
        return self.memo.own_sentences[paper.key]

    def tables(self, paper: Paper) -> tuple[PageTable, ...]:
        """The tables that ``paper`` prints."""
        if paper.key not in self.memo.tables:
            self.memo.tables[paper.key] = tables_of(paper.document)
        return self.memo.tables[paper.key]

    def selected(self, work: Work, selection: Selection) -> tuple[Passage, ...]:
        """The sentences of a place that a person selected in one of the papers, ``work`` marked in them where they cite it."""
        paper = {p.document.name: p for p in self.papers}[selection.source]
        cited = {of.key: entry.id for of, entry in self.entries_of(work)}.get(paper.key, "")
        return sentences_at(paper.document, selection.spans, self.citations(paper), cited)

    def statements_of(self, passages: Sequence[Passage], *, own: bool) -> list[Statement]:
        """What passages say, in their places: of the paper they stand in (``own``), or of the work that is marked in them."""
        known = self.memo.statements
        fresh = [p for p in dict.fromkeys(passages) if (p, own) not in known]
        lines = [self.line_of(passage, own) for passage in fresh]
        said = statements_of(lines, self.encoder.opinions(lines))
        known.update(((passage, own), statement) for passage, statement in zip(fresh, said, strict=True))
        return [known[passage, own] for passage in passages]

    def line_of(self, passage: Passage, own: bool) -> Line:
        """A passage in its place; see ``statements.lines``."""
        paper = next((p for p in self.papers if p.document.name == passage.source), None)
        if paper is None:
            return Line(passage.readable, passage.section)
        if paper.key not in self.memo.lines:
            self.memo.lines[paper.key] = lines_of(self.citations(paper))
        return self.memo.lines[paper.key].line_of(passage, own=own)

    def search_words(self, columns: Sequence[Column]) -> list[str]:
        """For each column the words that sentences about it hold."""
        known = self.memo.search_words
        missing = [c for c in columns if c.name not in known]
        if missing:
            known.update(search_words(missing, self.model, cancel=self.cancel))
        return [known[c.name] for c in columns]

    def check(
        self,
        statements: Sequence[tuple[str, Sequence[Passage]]],
        work: Work,
        spare: Sequence[Passage] = (),
        facts: Sequence[str] = (),
    ) -> list[verify.Finding]:
        """The verifier's findings on statements about ``work``, each with its passages; see ``verify.check``."""
        return verify.check(statements, work, spare, self.model, facts=facts, cancel=self.cancel)
