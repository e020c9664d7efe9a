"""Builds a Workbench with the real engines; the only module that imports them.

Engines are imported when they are first used: a window that shows a start
page needs neither OCR nor a language model yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from citegrid.core.evidence import Evidence
from citegrid.jobs import Post, at_once
from citegrid.ports import (
    NEVER,
    SILENT,
    Cancel,
    Highlight,
    LanguageModel,
    OcrEngine,
    OcrLine,
    PageSource,
    Pixels,
    Progress,
)
from citegrid.workbench import Engines, Workbench


class _LazyOcr:
    """The OCR engine, loaded at its first picture."""

    def __init__(self) -> None:
        self._engine: OcrEngine | None = None

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        if self._engine is None:
            from citegrid.engines.ocr import RapidOcr

            self._engine = RapidOcr()
        return self._engine.read(picture, cancel=cancel)


def _open_document(path: Path, password: str = "") -> PageSource:
    from citegrid.engines.pdf import open_pdf

    return open_pdf(path, password)


def _load_picture(path: Path) -> Pixels:
    from citegrid.engines.picture import load_picture

    return load_picture(path)


def _load_model(path: Path, sha256: str) -> LanguageModel:
    from citegrid.engines.model_process import ModelProcess

    return ModelProcess(path, sha256)


def _crop(source: PageSource, evidence: Evidence) -> bytes | None:
    from citegrid.engines.crop import crop

    return crop(source, evidence)


def _annotate(
    data: bytes,
    name: str,
    highlights: Sequence[Highlight],
    password: str = "",
    *,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> bytes:
    from citegrid.engines.annotate import annotate

    return annotate(data, name, highlights, password, progress=progress, cancel=cancel)


def engines() -> Engines:
    """The real engines."""
    return Engines(_open_document, _LazyOcr(), _load_picture, _load_model, _crop, _annotate)


def build(post: Post = at_once) -> Workbench:
    """A Workbench with the real engines; ``post`` runs a callable on the owner's thread."""
    return Workbench(engines(), post)


#: What the window is given: it makes its Workbench once its event loop can be posted to.
Factory = Callable[[Post], Workbench]
