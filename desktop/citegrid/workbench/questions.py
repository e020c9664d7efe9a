"""The use-cases of questions: one in plain words, answered from papers and library, and its answer put into a cell."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

from citegrid.concurrency.jobs import Job
from citegrid.core.edits.answers import forget_all, keep, renew
from citegrid.core.edits.review import with_review
from citegrid.core.errors import InputError, ModelError
from citegrid.core.model.endpoint import ModelChoice
from citegrid.core.outcome.answers import Found, QuestionAnswered
from citegrid.core.project import SetCell
from citegrid.core.table import Status, Verdict, Wording
from citegrid.ports import Cancel, Progress
from citegrid.workbench import lazy_imports
from citegrid.workbench.cell_edits import CellEdits
from citegrid.workbench.glossary.use import GlossaryUse
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.session import Session

Take = Callable[[QuestionAnswered], None]


class Questions:
    """What a person asks; the project keeps the last answers and checked texts (``keep``)."""

    def __init__(
        self, session: Session, papers: OpenPapers, library: LibraryUse, cells: CellEdits, glossary: GlossaryUse
    ) -> None:
        self._session, self._papers, self._library = session, papers, library
        self._cells, self._glossary = cells, glossary

    def ask(
        self,
        question: str,
        take: Take = lambda answered: None,
        *,
        load: bool = False,
        model: ModelChoice | None = None,
    ) -> Job[QuestionAnswered]:
        """Answer a question beside the owner's thread; ``take`` is given the answer as printed and, where its sentences are in
        another language and a model is loaded, once more when they are translated.  ``load``: ``model``, or the default one, is
        loaded for that, and the answer stays as printed where it cannot be.  Raises UsageError without a paper."""
        session, papers = self._session, self._papers.all_read()
        taken = session.for_this_project(take)

        def work(progress: Progress, cancel: Cancel) -> QuestionAnswered:
            progress.report("Looking for an answer", 0, 0)
            answered = lazy_imports.answer.answer(question, papers, self._library.for_run())
            session.post(lambda: taken(answered))
            if (load or session.model is not None) and lazy_imports.answer.is_foreign(answered):
                session.post(lambda: self._translate(answered, take, model))
            return answered

        return session.start(session.queues.reading, "Looking for an answer", work)

    def _translate(self, answered: QuestionAnswered, take: Take, model: ModelChoice | None) -> None:
        """Say an answer in the language of its question, by the model that is loaded, or else by ``model``."""
        session, kept = self._session, self._glossary.kept()
        taken = session.for_this_project(take)

        def work(progress: Progress, cancel: Cancel) -> None:
            with contextlib.suppress(InputError, ModelError):  # it stays as printed
                if session.model is None:
                    progress.report("Loading the model", 0, 0)
                    session.load_model(model, cancel)
            if session.translating is not None:
                made = lazy_imports.answer.translated(answered, session.translating, glossary=kept, cancel=cancel)
                session.post(lambda: taken(made))

        session.start(session.queues.asking, "Translating the answer", work)

    def keep(self, found: Found) -> None:
        """Keep an answer or a checked text in the project; no step of undo, for it changes nothing of the person's."""
        self._session.apply(keep(self._session.project, found), undoable=False)

    def renew(self, found: Found) -> None:
        """Keep a translated answer where the answer as printed is kept."""
        self._session.apply(renew(self._session.project, found), undoable=False)

    def forget_all(self) -> None:
        """Keep none of them any more."""
        self._session.apply(forget_all(), undoable=False)

    def put_into_table(self, answered: QuestionAnswered, work_id: str, column: str) -> None:
        """Make an answer the text of a cell, with its places, as a person's own choice; what stood there lies beside it.

        Raises KeyError where there is no such cell."""
        old = self._cells.at(work_id, column)
        unsure = any(one.wording is Wording.TO_BE_CHECKED for one in answered.sentences)
        printed = all(one.wording is Wording.PRINTED for one in answered.sentences)
        wording = Wording.TO_BE_CHECKED if unsure else Wording.PRINTED if printed else Wording.TRANSLATED
        said = replace(old, text=answered.text, evidence=answered.evidence, wording=wording, doubts=(), reason="")
        cell = replace(
            said, status=Status.SUPPORTED, draft=old.text, verdict=Verdict.OPEN if unsure else Verdict.EDITED
        )
        self._session.apply(with_review(self._session.project, SetCell(work_id, cell, by_person=True)))
