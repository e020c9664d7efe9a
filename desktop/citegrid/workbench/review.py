"""The use-cases of the review once it is written: a person's own words, and a paragraph said anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from citegrid.concurrency.jobs import Job
from citegrid.core.project import Part, SetFields
from citegrid.core.review import Review, Sentence
from citegrid.pipeline.cells.selection.query import request_of
from citegrid.ports import Cancel, Progress
from citegrid.workbench import lazy_imports
from citegrid.workbench.library import Shelf
from citegrid.workbench.sources import Sources


class Reviewing(Sources, Shelf):
    """What a person changes in the review, and what is asked of it."""

    def edit_review(self, review: Review) -> None:
        """Take the review as a person wrote it; what is new in it is judged, by the model where one is loaded."""
        project, before, generation = self.project, self.project.review, self._generation
        fresh = [s for s in review.sentences if lazy_imports.revise.is_new(s, before)]
        if review == before:
            return
        known = {id(s): lazy_imports.revise.judged(project, s, None) for s in fresh}
        review = replace(review, sentences=tuple(known.get(id(s), s) for s in review.sentences))
        self.apply(SetFields((("review", review),), frozenset({Part.REVIEW})))
        weighed = [s for s in known.values() if s.evidence]
        if self._model is None or not weighed:
            return

        def judged(pairs: list[tuple[Sentence, Sentence]]) -> None:
            now = self.project.review
            if generation != self._generation or now is None:
                return
            by_text = {(old.text, old.evidence): new for old, new in pairs}
            said = tuple(
                replace(new, paragraph=s.paragraph) if (new := by_text.get((s.text, s.evidence))) else s
                for s in now.sentences
            )
            values = (("review", replace(now, sentences=said)),)
            self.apply(SetFields(values, frozenset({Part.REVIEW})), undoable=False)

        def check(progress: Progress, cancel: Cancel) -> None:
            model = self._model[1] if self._model is not None else None
            pairs = [(s, lazy_imports.revise.judged(project, s, model, cancel)) for s in weighed]
            self._post(lambda: judged(pairs))

        self._asking.start("Checking your text", check, self._hear)

    def rewrite_paragraph(self, number: int, model: Path | None = None) -> Job[None]:
        """Let the model say a paragraph of the review anew, from the same evidence; dropped when the
        paragraph has been changed meanwhile."""
        papers, project, generation = self._papers(), self.project, self._generation
        library = self._library()
        words = lazy_imports.revise.words_of(project.review, number)

        def take(sentences: tuple[Sentence, ...]) -> None:
            now = self.project.review
            if generation != self._generation or now is None or lazy_imports.revise.words_of(now, number) != words:
                return
            review = lazy_imports.revise.with_paragraph(now, number, sentences)
            self.apply(SetFields((("review", review),), frozenset({Part.REVIEW})))

        def work(progress: Progress, cancel: Cancel) -> None:
            progress.report("Loading the model", 0, 0)
            engine = self._load_model(model)
            context = lazy_imports.context.RunContext(
                tuple(papers), request_of(project), engine, library, progress, cancel
            )
            sentences = lazy_imports.revise.rewritten(context, project, number)
            self._post(lambda: take(sentences))

        return self._asking.start("Rewriting the paragraph", work, self._hear)  # type: ignore[arg-type]
