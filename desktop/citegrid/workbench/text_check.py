"""The use-cases of a person's own text: pasted or from a file, each sentence set against papers and library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from citegrid.concurrency.jobs import Job
from citegrid.core.outcome.answers import CheckedText
from citegrid.ports import Cancel, Progress
from citegrid.workbench import lazy_imports
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.session import Session


class TextCheck:
    """Sets texts against the sources; what it finds is kept where who asked keeps it (``Questions.keep``)."""

    def __init__(self, session: Session, papers: OpenPapers, library: LibraryUse) -> None:
        self._session, self._papers, self._library = session, papers, library

    def read(self, path: Path) -> str:
        """The paragraphs of a Word file, Markdown or plain text; raises InputError."""
        from citegrid.pipeline.library.read_source import paragraphs_of

        return paragraphs_of(path)

    def check(self, text: str, take: Callable[[CheckedText], None] = lambda checked: None) -> Job[CheckedText]:
        """Set each sentence of ``text`` against the sources, beside the owner's thread; ``take`` is given what was found.  Raises
        UsageError without a paper."""
        session, papers = self._session, self._papers.all_read()
        taken = session.for_this_project(take)

        def work(progress: Progress, cancel: Cancel) -> CheckedText:
            library = self._library.for_run()
            checked = lazy_imports.check_text.check_text(text, papers, library, progress=progress, cancel=cancel)
            session.post(lambda: taken(checked))
            return checked

        return session.start(session.queues.reading, "Checking your text", work)
