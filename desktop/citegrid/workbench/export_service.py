"""What an export needs besides the project: the paper's file, a citation style, a template, and leave to replace a file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from citegrid import __version__
from citegrid.core.annotation import Highlight
from citegrid.core.errors import InputError, UsageError, WouldReplace
from citegrid.core.evidence import Evidence
from citegrid.core.messages import Message
from citegrid.core.project import Project
from citegrid.core.reference import Reference
from citegrid.core.resources import resource
from citegrid.core.table import Status, Verdict
from citegrid.pipeline.export.evidence_list import EvidenceList
from citegrid.pipeline.export.formats import WORKS_ONLY, export, suffix_of
from citegrid.pipeline.export.pdf_annotations import highlights_of
from citegrid.pipeline.export.plain_text import clean
from citegrid.ports import Annotate, Cancel, PageSource, Progress
from citegrid.store import written
from citegrid.store.files import write_atomically

if TYPE_CHECKING:
    from citegrid.pipeline.export.word.options import WordOptions

#: The citation styles that are shipped, by the name of their file.
STYLES = {"gb-t-7714": "GB/T 7714", "apa": "APA", "ieee": "IEEE", "ama": "AMA"}
_USUAL = {"zh": "gb-t-7714", "en": "apa"}
#: How each style cites page 12 of a work (HTML), for choosing between them.
SAMPLES = {
    "gb-t-7714": "<sup>[3]12</sup>",
    "apa": " (Gao et al., 2023, p. 12)",
    "ieee": " [3, p. 12]",
    "ama": "<sup>3(p12)</sup>",
}
#: A link to the paper climbs at most this many folders: a longer way would tell how a person's disk is arranged.
_CLIMB = 2
#: Rendered pages kept while pictures of quotes are cut out; about 6 MB each.
_PAGES = 12
_WHY = {
    written.Place.CHANGED: "{name} was changed after CiteGrid wrote it.",
    written.Place.FOREIGN: "{name} is there already, and CiteGrid did not write it.",
    written.Place.OPEN: "{name} is open in another program.",
}


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person may choose.

    ``style`` is one of STYLES, ``none``, the path of a .csl file, or empty for the usual one of the language;
    ``template`` a .docx whose styles and page are taken; ``comments`` puts the quotes into Word comments;
    ``replace`` means that the person was asked about a file that lies there.  ``citations`` is ``long`` (the file and its
    page), ``style`` (as the citation style has it) or ``footnotes``; ``evidence`` the list of the quotes at the end;
    ``track`` marks what the review says otherwise than in the report that is replaced; ``zotero`` makes citations by style
    fields of Zotero where works come from there.
    """

    style: str = ""
    template: Path | None = None
    comments: bool = False
    replace: bool = False
    citations: str = "long"
    evidence: bool = True
    track: bool = False
    zotero: bool = True

    @property
    def kept(self) -> str:
        """What is remembered of the choices for the next report, as JSON."""
        return json.dumps({name: getattr(self, name) for name in _KEPT})


_KEPT = ("style", "comments", "citations", "evidence", "track", "zotero")
#: What a person who has chosen nothing yet expects of a report.
EXPECTED = ExportOptions(citations="style", track=True)


def options_from(kept: str) -> ExportOptions:
    """The choices that ``ExportOptions.kept`` gave; what is expected where nothing, or nothing that can be read, was kept."""
    try:
        known = json.loads(kept)
    except ValueError:
        return EXPECTED
    known = known if isinstance(known, dict) else {}
    same: dict[str, Any] = {
        name: value for name, value in known.items() if name in _KEPT and isinstance(value, _type_of(name))
    }
    return replace(EXPECTED, **same)


def _type_of(name: str) -> type:
    return type(getattr(EXPECTED, name))


def usual_style(style: str, language: str) -> str:
    """The name of a style, or of the one that is usual in the language where none is chosen."""
    return style if style not in ("", "none") else _USUAL[language]


@dataclass(frozen=True, slots=True)
class ExportSources:
    """What is at hand of the paper: its file and password, its open pages, its reference list; each may be missing.

    ``name`` is the paper's in a project of several, and ``further`` are the others of the first.  ``linked`` are the keys of
    works in Zotero, by work id.
    """

    path: Path | None = None
    password: str = ""
    pages: PageSource | None = None
    references: Sequence[Reference] = ()
    name: str = ""
    further: tuple[ExportSources, ...] = ()
    linked: Mapping[str, str] = field(default_factory=dict)

    @property
    def papers(self) -> tuple[ExportSources, ...]:
        """This and the further ones."""
        return (self, *self.further)

    def of(self, evidence: Evidence) -> ExportSources:
        """The paper that a citation names; the first one where it names none of several."""
        return next((one for one in self.further if one.name == evidence.source), self)


@dataclass(frozen=True, slots=True)
class Helpers:
    """The engines that an export uses."""

    crop: Callable[[PageSource, Evidence], bytes | None]
    annotate: Annotate


def doubts(project: Project) -> tuple[int, int]:
    """How many cells and how many sentences say something that no evidence carries; rejected cells do not count."""
    doubted = [
        c
        for c in project.table.cells
        if c.text and c.status is Status.UNSUPPORTED and c.verdict is not Verdict.REJECTED
    ]
    return len(doubted), sum(s.status is Status.UNSUPPORTED for s in project.sentences)


def tells(path: Path) -> bool:
    """Whether the format of ``path`` holds what cells and sentences say, and not only which works there are."""
    return suffix_of(path.name) not in WORKS_ONLY


def ask_before(path: Path) -> str:
    """Why a person must be asked before ``path`` is written, as one sentence; empty when it may be."""
    reason = _WHY.get(written.look(path))
    return Message(reason, name=path.name) if reason else ""


def write(
    path: Path,
    project: Project,
    sources: ExportSources,
    helpers: Helpers,
    options: ExportOptions,
    progress: Progress,
    cancel: Cancel,
) -> Path:
    """Write ``project`` to ``path`` in the format of its suffix, whole or not at all.

    Raises WouldReplace for a file that is not ours to replace, UsageError and InputError for choices that do not
    work, StorageError when the disk says no.
    """
    _refuse_the_paper(path, sources)
    _refuse_another_paper(project, sources)
    _refuse_to_replace(path, options)
    progress.report("Exporting", 0, 0, path.name)
    suffix = suffix_of(path.name)
    if suffix == ".pdf":
        return _write_annotated(path, project, sources, helpers, options, progress, cancel)
    data = export(
        project,
        suffix,
        version=__version__,
        crop=_crops(project, sources, helpers, path.name, progress, cancel),
        word=_word_options(path, project, sources, options) if suffix == ".docx" else None,
        references=_known(project, sources),
    )
    cancel.check()
    return _keep(path, data)


def _known(project: Project, sources: ExportSources) -> Sequence[Reference]:
    """The reference lists of the papers at hand; without one what the result itself tells of them."""
    return [r for one in sources.papers for r in one.references] or project.references


def _refuse_the_paper(path: Path, sources: ExportSources) -> None:
    if any(one.path is not None and _same(path, one.path) for one in sources.papers):
        raise UsageError(
            Message("{name} is the paper itself, which is never changed.", name=path.name), "Choose another name."
        )


def _refuse_another_paper(project: Project, sources: ExportSources) -> None:
    """The open pages must be those that the result was made from, where it says so."""
    pages, paper = sources.pages, project.paper
    if pages is None or paper is None or paper.sha256 in ("", pages.sha256):
        return
    sentence = "{name} is not the paper that this result is about ({paper})."
    raise InputError(Message(sentence, name=pages.name, paper=paper.name), "Give the right PDF, or none.")


def _refuse_to_replace(path: Path, options: ExportOptions) -> None:
    reason = "" if options.replace else ask_before(path)
    if reason:
        raise WouldReplace(reason, "Choose another name, or allow it to be replaced (--replace).")


def _keep(path: Path, data: bytes) -> Path:
    write_atomically(path, data)
    written.remember(path, data)
    return path


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def annotated_name(path: Path, name: str) -> Path:
    """Where the annotated copy of a further paper goes: beside that of the first, with the paper's name behind it."""
    stem = "".join("_" if c in '<>:"/\\|?*' else c for c in Path(name).stem)
    return path.with_name(f"{path.stem} ({stem}){path.suffix}")


def _write_annotated(
    path: Path,
    project: Project,
    sources: ExportSources,
    helpers: Helpers,
    options: ExportOptions,
    progress: Progress,
    cancel: Cancel,
) -> Path:
    """A copy with highlights for each paper; none is written unless all of them can be."""
    targets = [path, *(annotated_name(path, one.name) for one in sources.further)]
    for target in targets[1:]:
        _refuse_to_replace(target, options)
    copies = [_annotated(project, one, sources, helpers, progress, cancel) for one in sources.papers]
    cancel.check()
    for target, data in zip(targets, copies, strict=True):
        _keep(target, data)
    return path


def _annotated(
    project: Project, sources: ExportSources, every: ExportSources, helpers: Helpers, progress: Progress, cancel: Cancel
) -> bytes:
    if sources.path is None:
        raise UsageError("A PDF with highlights is a copy of the paper, which is not open.", "Name it with --pdf.")
    path = sources.path
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise InputError(
            Message("{name} cannot be opened ({reason}).", name=path.name, reason=fault.strerror),
            "Check its name and place.",
        ) from fault
    sha256 = hashlib.sha256(data).hexdigest()
    own = [
        Highlight(a.boxes, "", clean(a.note), ink=a.ink.value)
        for a in project.annotations
        if a.sha256 == sha256 and a.boxes
    ]
    marks = [*highlights_of(project, lambda e: every.of(e) is sources), *own]
    return helpers.annotate(data, path.name, marks, sources.password, progress=progress, cancel=cancel)


def _crops(
    project: Project, sources: ExportSources, helpers: Helpers, name: str, progress: Progress, cancel: Cancel
) -> Callable[[Evidence], bytes | None] | None:
    """Pictures of quoted lines, with progress; None without the pages of the paper."""
    if sources.pages is None:
        return None
    total, done = len(EvidenceList(project).entries), 0
    kept = {
        one.name: cast(PageSource, SimpleNamespace(render=lru_cache(maxsize=_PAGES)(one.pages.render)))
        for one in sources.papers  # one page is quoted many times
        if one.pages is not None
    }

    def crop(evidence: Evidence) -> bytes | None:
        nonlocal done
        cancel.check()
        done += 1
        progress.report("Exporting", done, total, name)
        pages = kept.get(sources.of(evidence).name)
        return helpers.crop(pages, evidence) if pages is not None else None

    return crop


def _word_options(path: Path, project: Project, sources: ExportSources, options: ExportOptions) -> WordOptions:
    from citegrid.pipeline.export.word.options import CitationForm, LinkedItem, WordOptions

    form = CitationForm(options.citations)
    chosen = options.style if form is CitationForm.LONG else usual_style(options.style, project.language)
    return WordOptions(
        pdf_link=_link(path, sources.path),
        pdf_links={one.name: _link(path, one.path) for one in sources.further},
        template=_bytes(options.template) if options.template else None,
        comments=options.comments,
        style=_style(chosen, project.language),
        references=_known(project, sources),
        citations=form,
        appendix=options.evidence,
        linked={work: LinkedItem.of_key(key) for work, key in sources.linked.items()} if options.zotero else {},
        previous=_review_in(path) if options.track else None,
    )


def _review_in(path: Path) -> tuple[str, ...] | None:
    """The sentences of the review in the report at ``path``; None where none of ours lies there."""
    from citegrid.pipeline.export.word.read_changes import review_in

    try:
        return review_in(path.read_bytes(), path.name) or None
    except (OSError, InputError):
        return None


def _link(report: Path, paper: Path | None) -> str:
    """The relative address of the paper as seen from the report; empty where there is none that may be told."""
    if paper is None:
        return ""
    try:
        relative = os.path.relpath(paper.absolute(), report.absolute().parent)
    except ValueError:  # another drive
        return ""
    way = PurePosixPath(relative.replace(os.sep, "/"))
    if way.parts.count("..") > _CLIMB:
        return ""
    return quote(str(way).encode("utf-8", "surrogateescape"), safe="/")


def _style(style: str, language: str) -> bytes | None:
    if style == "none":
        return None
    name = usual_style(style, language)
    return _bytes(resource("csl", f"{name}.csl") if name in STYLES else Path(name))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise InputError(
            Message("{path} cannot be opened ({reason}).", path=path, reason=fault.strerror),
            "Check its name and place.",
        ) from fault
