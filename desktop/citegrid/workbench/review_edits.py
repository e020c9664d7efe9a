"""The use-cases of the review once it is written: a person's own words, and a paragraph said anew."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from citegrid.concurrency.jobs import Job
from citegrid.core.edits.new_text import taken
from citegrid.core.model.endpoint import ModelChoice
from citegrid.core.project import Part, SetFields
from citegrid.core.review import Review, Sentence, confirmed
from citegrid.ports import Cancel, Progress
from citegrid.workbench import lazy_imports
from citegrid.workbench.glossary.use import GlossaryUse, with_learnt
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.session import Session


class ReviewEdits:
    """What a person changes in the review, and what is asked of it."""

    def __init__(self, session: Session, papers: OpenPapers, library: LibraryUse, glossary: GlossaryUse) -> None:
        self._session, self._papers, self._library, self._glossary = session, papers, library, glossary

    def _set(self, review: Review, *, undoable: bool = True) -> None:
        """Have a review that a person changed; no run replaces it from now on."""
        review = replace(review, edited=True)
        self._session.apply(SetFields((("review", review),), frozenset({Part.REVIEW})), undoable=undoable)

    def edit(self, review: Review) -> None:
        """Take the review as a person wrote it; what is new in it is judged, by the model where one is loaded."""
        project, before = self._session.project, self._session.project.review
        fresh = [s for s in review.sentences if lazy_imports.revise.is_new(s, before)]
        if review == before:
            return
        known = {id(s): lazy_imports.revise.judged(project, s, None) for s in fresh}
        self._set(replace(review, sentences=tuple(known.get(id(s), s) for s in review.sentences)))
        weighed = [s for s in known.values() if s.evidence]
        if self._session.model is not None and weighed:
            self._weigh(weighed)

    def take_new(self, chosen: Collection[int]) -> None:
        """Take these of the pairs of what a later run wrote (``core.edits.new_text.pairs``), and leave the others."""
        if self._session.project.review is not None and self._session.project.beside is not None:
            self._session.apply(taken(self._session.project, chosen))

    def confirm(self, number: int) -> None:
        """Take a person's word that the translation in a sentence is right; nothing where there is no such sentence."""
        review = self._session.project.review
        if review is not None and 0 <= number < len(review.sentences):
            said = list(review.sentences)
            said[number] = confirmed(said[number])
            self._set(replace(review, sentences=tuple(said)))

    def _weigh(self, sentences: list[Sentence]) -> None:
        """Let the model judge sentences that a person wrote."""
        session, project = self._session, self._session.project
        take = session.for_this_project(self._take_judged)

        def check(progress: Progress, cancel: Cancel) -> None:
            pairs = [(s, lazy_imports.revise.judged(project, s, session.model, cancel)) for s in sentences]
            session.post(lambda: take(pairs))

        session.start(session.queues.asking, "Checking your text", check)

    def _take_judged(self, pairs: list[tuple[Sentence, Sentence]]) -> None:
        """Put judged sentences in the place of those that still say the same."""
        now = self._session.project.review
        if now is None:
            return
        by_text = {(old.text, old.evidence): new for old, new in pairs}
        said = tuple(
            replace(new, paragraph=s.paragraph) if (new := by_text.get((s.text, s.evidence))) else s
            for s in now.sentences
        )
        self._set(replace(now, sentences=said), undoable=False)

    def rewrite_paragraph(self, number: int, model: ModelChoice | None = None) -> Job[None]:
        """Let the model say a paragraph of the review anew, from the same evidence; dropped when the
        paragraph has been changed meanwhile."""
        session, papers, project = self._session, self._papers.all_read(), self._session.project
        library, kept = self._library.for_run(), self._glossary.kept()
        words = lazy_imports.revise.words_of(project.review, number)

        def take(sentences: tuple[Sentence, ...]) -> None:
            now = session.project.review
            if now is not None and lazy_imports.revise.words_of(now, number) == words:
                self._set(lazy_imports.revise.with_paragraph(now, number, sentences))

        taken = session.for_this_project(take)

        def work(progress: Progress, cancel: Cancel) -> None:
            progress.report("Loading the model", 0, 0)
            engine = session.load_model(model, cancel)
            terms = with_learnt(kept, papers, library, cancel)
            context = session.context_of(papers, project, engine, library, terms, progress, cancel)
            sentences = lazy_imports.revise.rewritten(context, project, number)
            session.post(lambda: taken(sentences))

        return session.start(session.queues.asking, "Rewriting the paragraph", work)
