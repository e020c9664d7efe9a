"""The protocols that the rooms ask for; ``wiring`` alone knows who speaks them.

Every long call takes a ``Progress`` and a ``Cancel``; ``SILENT`` and ``NEVER``
are their null objects.  Whoever starts several steps reports for all of them;
a step reports only its own part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from citegrid.core.annotation import Highlight
from citegrid.core.document import Page
from citegrid.core.errors import Cancelled
from citegrid.core.holdings import Holdings, LibraryItem
from citegrid.core.library import Background, Hit, IndexedFile
from citegrid.core.model.endpoint import Endpoint, ServerFacts
from citegrid.core.model.examination import CARRIED, Examination
from citegrid.core.statement import Line


class Progress(Protocol):
    """Hears how far a step is: ``done`` of ``total`` (0 when unknown) and what is being done, in plain words."""

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None: ...


class Cancel(Protocol):
    """Says whether the person wants to stop; ``check`` raises ``Cancelled`` then."""

    def cancelled(self) -> bool: ...

    def check(self) -> None: ...


class Silent:
    """Progress that nobody listens to."""

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
        return None


class Never:
    """A cancel that never comes."""

    def cancelled(self) -> bool:
        return False

    def check(self) -> None:
        return None


class Flag:
    """A cancel that another thread sets; setting it is atomic and cannot block."""

    def __init__(self) -> None:
        self._set = False

    def set(self) -> None:
        self._set = True

    def cancelled(self) -> bool:
        return self._set

    def check(self) -> None:
        if self._set:
            raise Cancelled()


SILENT = Silent()
NEVER = Never()


@dataclass(frozen=True, slots=True)
class Pixels:
    """An 8-bit RGB picture, rows from the top, three bytes a pixel, no padding."""

    width: int
    height: int
    data: bytes


#: Links of one page that lead to a place in the document; further ones are not read.
MOST_LINKS = 2_000


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink inside a document: where it stands and the point of the page it leads to."""

    page: int
    box: tuple[float, float, float, float]
    to_page: int
    to_x: float
    to_y: float
    name: str = ""


class PageSource(Protocol):
    """An open document.  Words and pixels come from the same source, so a highlight always fits."""

    sha256: str
    name: str
    page_count: int
    metadata: dict[str, str]

    def page(self, number: int) -> Page:
        """The words, lines and blocks of page ``number`` (from 1), reading order not yet judged."""
        ...

    def render(self, number: int, scale: float, clip: tuple[float, float, float, float] | None = None) -> Pixels:
        """Page ``number`` as shown, ``scale`` pixels a point; only ``clip`` (x0, y0, x1, y1 in points) when given."""
        ...

    def links(self) -> Sequence[Link]: ...

    def outline(self) -> Sequence[tuple[int, str, int]]:
        """``(level, title, page)`` of each bookmark; empty when there are none."""
        ...

    def close(self) -> None: ...


class Annotate(Protocol):
    """Gives the bytes of a PDF with highlights on its words."""

    def __call__(
        self,
        data: bytes,
        name: str,
        highlights: Sequence[Highlight],
        password: str = "",
        *,
        progress: Progress = SILENT,
        cancel: Cancel = NEVER,
    ) -> bytes: ...


class OpenDocument(Protocol):
    """Opens a document; raises ``PasswordNeeded`` or ``InputError``."""

    def __call__(self, path: Path, password: str = "") -> PageSource: ...


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line of text in a picture: its four corners in pixels (clockwise from the top left) and a confidence 0–1.

    ``edges`` are the places between its characters (``len(text) + 1`` values from 0, where the text begins, to 1),
    or empty where the engine does not know them.
    """

    text: str
    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    confidence: float
    edges: tuple[float, ...] = ()


class OcrEngine(Protocol):
    """Reads the text of a picture; up to ``workers`` threads may ask at the same time and are served side by side."""

    @property
    def workers(self) -> int: ...

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]: ...


class PageOcr(OcrEngine, Protocol):
    """The OCR of whole pages; ``close`` ends its processes (a later read starts them again)."""

    def close(self) -> None: ...


class ReferenceManager(Protocol):
    """A reference manager on this computer, which is asked when a person wishes it, and never written to."""

    name: str

    def holdings(self, progress: Progress = SILENT, cancel: Cancel = NEVER) -> Holdings:
        """All works and PDFs that it knows; raises InputError with one sentence where it cannot be read."""
        ...


class ReadFront(Protocol):
    """Reads what the first pages of the PDF at ``path``, whose bytes are ``data``, name; raises what reading raises."""

    def __call__(self, path: Path, data: bytes, *, cancel: Cancel) -> LibraryItem: ...


class FrontMemory(Protocol):
    """Remembers what the first pages of files name, by the SHA-256 of their bytes."""

    def recall(self, sha256: str) -> LibraryItem | None: ...

    def keep(self, sha256: str, item: LibraryItem) -> None: ...


class DocumentIndex(Protocol):
    """The kept library: documents by hash, the files they were read from, a search over their chunks."""

    def files(self, roots: Sequence[Path]) -> list[IndexedFile]:
        """What is known of the files at or below ``roots``."""
        ...

    def document(self, sha256: str) -> Background | None: ...

    def documents(self, roots: Sequence[Path]) -> list[Background]:
        """The documents below ``roots`` by title, each once, without their chunks."""
        ...

    def put(self, document: Background) -> None:
        """Keep a document; a title that another document has is told apart by the file's name."""
        ...

    def note(self, file: IndexedFile) -> None:
        """Remember a file as it is now."""
        ...

    def forget(self, paths: Sequence[str]) -> None:
        """These files are gone; documents that no file holds any more go with them."""
        ...

    def find(self, terms: Sequence[str], roots: Sequence[Path], limit: int) -> list[Hit]:
        """The chunks below ``roots`` that hold any of ``terms`` (see ``core.language.terms``), best first."""
        ...

    def translation(self, text: str, language: str, by: str) -> str | None:
        """What was kept as the translation of ``text`` into ``language`` by the model ``by``."""
        ...

    def keep_translation(self, text: str, language: str, by: str, translated: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What is known of a language model from its file, or from its server, which has no ``sha256`` of it to tell.

    ``layers_on_card`` of its ``layers`` are on the graphics ``card``; none where there is no card, or it is not to be used.
    ``carried`` is the share of Yes from which on its judgement of a statement counts, ``translates`` are the languages into which
    its translations may go unchecked: as its examination found.
    """

    name: str
    path: str
    sha256: str
    architecture: str
    context_length: int
    parameters: int = 0
    card: str = ""
    layers_on_card: int = 0
    layers: int = 0
    carried: float = CARRIED
    translates: tuple[str, ...] = ("zh", "en")

    @property
    def identity(self) -> str:
        """What is found out once about a model is kept under this: the checksum of its file, else its server's address and name."""
        return self.sha256 or self.path


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the model.

    The prompt is the chat template around ``system`` and ``shared + own``, followed
    by ``prefill``, the beginning of the answer that the program wrote.  Asks
    with the same ``system`` and ``shared`` share the work on that prefix.
    Generation ends at ``max_tokens`` or at the first of ``stop``.  Beyond the
    first of ``samples`` answers, which takes the likeliest word each time, the
    others are drawn (the same ones for the same prompt) and share the work on it.
    """

    system: str
    shared: str
    own: str
    prefill: str = ""
    max_tokens: int = 96
    stop: tuple[str, ...] = ("\n",)
    samples: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model said after the prefill, and whether it ended by itself (``False``: cut at max_tokens).

    ``unsure`` counts its tokens that the model itself gave a probability below 1/e, ``likelihood`` is the mean logarithm of
    their probabilities (0 at best), ``doubted`` the places of those tokens in ``text`` (characters), and ``others`` the further
    samples that were asked for.
    """

    text: str
    ended: bool
    unsure: int = 0
    likelihood: float = 0.0
    doubted: tuple[tuple[int, int], ...] = ()
    others: tuple[Answer, ...] = ()


@dataclass(slots=True)
class Usage:
    """Tokens a model has processed since it was loaded."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    generated_tokens: int = 0


class LanguageModel(Protocol):
    """A chat model.  Deterministic for a given seed; raises ``ModelError`` or ``Cancelled``."""

    info: ModelInfo
    usage: Usage

    def answer(
        self,
        asks: Sequence[Ask],
        *,
        on_answer: Callable[[int, Answer], None] | None = None,
        cancel: Cancel = NEVER,
    ) -> list[Answer]:
        """Answers in the order of ``asks``; ``on_answer(index, answer)`` is called as each one ends."""
        ...

    def weigh(self, asks: Sequence[Ask], choices: Sequence[str], *, cancel: Cancel = NEVER) -> list[tuple[float, ...]]:
        """For each ask the log-odds of each choice, by the first token that tells it from the others."""
        ...

    def count(self, text: str) -> int:
        """Tokens in ``text``."""
        ...

    def close(self) -> None: ...


class ModelServers(Protocol):
    """Reaches models behind endpoints; every call raises ModelError where the server cannot be used."""

    def connect(self, endpoint: Endpoint) -> LanguageModel: ...

    def names(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> tuple[str, ...]:
        """The models that it has."""
        ...

    def facts(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> ServerFacts:
        """What a short trial finds."""
        ...


class SentenceEncoder(Protocol):
    """A small network that reads sentences in their places."""

    def opinions(self, lines: Sequence[Line]) -> list[tuple[float, ...]]:
        """For each line the logarithms of the shares of every output: speakers, kinds, central (0 to 2), alone (no, yes), in the
        order of ``core.statement``; empty for a line in a language that it does not know."""
        ...


class NoEncoder:
    """An encoder without an opinion."""

    def opinions(self, lines: Sequence[Line]) -> list[tuple[float, ...]]:
        return [()] * len(lines)


NO_ENCODER = NoEncoder()


class WritingRecord(Protocol):
    """Remembers which models passed the writing test, by ``ModelInfo.identity``."""

    def passed(self, identity: str) -> bool | None:
        """Whether the model passed; None where it was not tested."""
        ...

    def keep(self, identity: str, passed: bool) -> None: ...


class ExaminationRecord(Protocol):
    """Remembers what examinations found, by ``ModelInfo.identity``."""

    def found(self, identity: str) -> Examination | None: ...

    def keep(self, identity: str, found: Examination) -> None: ...


class NoWriters:
    """A record by which no model writes paragraphs, and none is tested."""

    def passed(self, identity: str) -> bool | None:
        return False

    def keep(self, identity: str, passed: bool) -> None:
        return None


NO_WRITERS = NoWriters()
