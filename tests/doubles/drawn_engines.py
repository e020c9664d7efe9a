"""The engines of a window that needs no PDF, no OCR and no model: everything is drawn or made up, and quick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.doubles import drawn_table
from tests.doubles.drawn_paper import DrawnSource, document, references
from tests.doubles.engines import FakeModel

from citegrid.core.errors import InputError, PasswordNeeded
from citegrid.core.library import Background, Chunk, IndexedFile
from citegrid.core.messages import Message
from citegrid.core.paper import Paper
from citegrid.pipeline.library.ingest import IngestReport
from citegrid.ports import Cancel, Pixels, Progress
from citegrid.store import paths
from citegrid.store.files import sha256_of
from citegrid.store.library_index import LibraryIndex
from citegrid.workbench.engines import Engines
from citegrid.workbench.library.service import FILE

#: What the model says of any quote.
TOLD_ANEW = "对四个检索引擎作了审计"


def background() -> tuple[Background, ...]:
    """Two background documents of several chunks."""
    filler = tuple(
        Chunk(n, f"Chunk {n} says little. It only takes room on the shelf, line after line.", "Filler")
        for n in range(2, 12)
    )
    geese = Chunk(1, "Geese fly in a wedge. The leader breaks the wind for them.", "Flight", 4)
    last = Chunk(12, "Storks, however, glide. They save strength over warm fields.", "Gliding", 9)
    return (
        Background("a" * 64, "geese.pdf", "How geese fly", ("Nils",), 1906, "", (geese, *filler, last)),
        Background("b" * 64, "notes.md", "Notes", chunks=(Chunk(1, "Nothing about birds here."),)),
    )


class DrawnEngines:
    """What a test may set before it opens something: the paper's ``pages``, ``warnings`` and ``password``, and whether its
    picture lies on its side; ``opened`` are the pictures that were loaded."""

    def __init__(self, pages: int = 12) -> None:
        self.pages = pages
        self.password = ""
        self.warnings: tuple[str, ...] = ()
        self.on_its_side = False
        self.opened: list[Path] = []
        self._noted: list[str] = []
        self.model = FakeModel(lambda ask: TOLD_ANEW)

    def engines(self) -> Engines:
        """All of them; papers and the library are read by the ports that read them elsewhere."""
        return Engines(
            self._open,
            drawn_table.TableOcr(),
            self._load_picture,
            lambda path, sha256, cancel: self.model,
            lambda source, evidence: None,
            lambda data, *more, **options: data,
            read=self._read,
            update_library=self._update_library,
        )

    def _open(self, path: Path, password: str = "") -> DrawnSource:
        if "broken" in path.name:
            raise InputError(f"{path.name} is not a PDF.", "Open another file.")
        if "locked" in path.name and password != self.password:
            raise PasswordNeeded(f"{path.name} is encrypted.", "Give its password.")
        source = DrawnSource(path.name, self.pages)
        source.sha256 = sha256_of(path)
        return source

    def _read(self, path: Path, password: str, sha256: str, *, progress: Progress, cancel: Cancel) -> Paper:
        read = document(self._open(path, password), self.warnings)
        return Paper(read, references(read))

    def _load_picture(self, path: Path) -> Pixels:
        self.opened.append(path)
        if "blank" in path.name:
            return drawn_table.blank()
        upright = drawn_table.picture()
        return drawn_table.turned(upright) if self.on_its_side else upright

    def _update_library(self, roots: Sequence[Path], *, progress: Progress, cancel: Cancel) -> IngestReport:
        """Two documents and a broken one lie in each folder."""
        index = LibraryIndex(paths.cache_folder() / FILE)
        self._noted = [str(root / name) for root in roots for name in ("geese.pdf", "notes.md", "worn.docx")]
        for root in roots:
            for made in background():
                index.put(made)
                index.note(IndexedFile(str(root / made.name), 1, 1, made.sha256, "", made.title, len(made.chunks)))
            index.note(IndexedFile(str(root / "worn.docx"), 1, 1, "", Message("{name} is broken.", name="worn.docx")))
        index.close()
        return IngestReport(read=2)

    def lose_library(self) -> None:
        """Somebody took the documents away, and the index knows it."""
        index = LibraryIndex(paths.cache_folder() / FILE)
        index.forget(self._noted)
        index.close()
