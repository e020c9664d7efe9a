"""How a result was made, as name and value, for the end of every report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from citegrid.core.errors import UsageError
from citegrid.core.model.endpoint import Endpoint, endpoint_of, is_address
from citegrid.core.project import Project, Run, SourceFile
from citegrid.core.review import Unit
from citegrid.core.table import Verdict
from citegrid.pipeline.cells.selection.query import request_of
from citegrid.pipeline.export.strings import ReportWords

_STEPS = {
    "read": "reading",
    "ocr": "OCR",
    "fill": "filling",
    "review": "review",
    "export": "export",
    "model": "loading the model",
}
_LOCAL = "Reading, inference and checking were all done on this computer; no network was used."
_SERVED = "Reading, inference and checking were all done on this computer; its own model server was asked, and nothing was sent elsewhere."
_SPREAD = "The papers were read, and the rows filled and checked, by the workers of the cluster at {address}, which the person named."
_SENT = "Reading and checking were done on this computer; sentences of the sources were sent to the model server at {address}."


def facts_of(project: Project, version: str, words: ReportWords) -> list[tuple[str, str]]:
    """Sources and model with their checksums, counts, tokens, seconds, and what was sent where, if anything was."""
    facts = [*_sources(project, words), *_model(project, words), *_counts(project, words)]
    facts += [("Software", f"CiteGrid {version}".strip()), ("Network", _network(project.run, words))]
    return [(words(name), value) for name, value in facts]


def _network(run: Run, words: ReportWords) -> str:
    """What left this computer: nothing, unless a model was asked that a server elsewhere has."""
    servers = list(filter(None, map(_server_of, (run.model, run.translator))))
    elsewhere = [one.address for one in servers if not one.local]
    if run.cluster:
        return words(_SPREAD, address=run.cluster)
    if elsewhere:
        return words(_SENT, address=words.listed(list(dict.fromkeys(elsewhere))))
    return words(_SERVED if servers else _LOCAL)


def _server_of(model: str) -> Endpoint | None:
    """The server that a model's name tells of, as ``name (address)`` or by the address alone; None for a file."""
    address = model.removesuffix(")").rpartition("(")[2] if model.endswith(")") else model
    with suppress(UsageError):
        return endpoint_of(address) if is_address(address) else None
    return None


def asked_beside(project: Project, words: ReportWords) -> str:
    """What was set beside the query and counts instead of what it says: rows and length; empty where nothing was."""
    if not (project.max_rows or project.target):
        return ""
    asked = request_of(project)
    unit = words("words") if asked.unit is Unit.WORDS else words("characters")
    rows = words("{count} rows at most", count=asked.max_rows)
    length = words("a review of {count} {unit}", count=asked.target, unit=unit)
    return words("Set beside it: {what}.", what=words.listed([rows, length]))


def _sources(project: Project, words: ReportWords) -> Iterator[tuple[str, str]]:
    files = [("Paper", paper) for paper in project.papers]
    files += [("Picture (of a table)", project.picture)] if project.picture else []
    files += [("Background", file) for file in project.library]
    yield from ((name, _file(file, words)) for name, file in files)


def _model(project: Project, words: ReportWords) -> Iterator[tuple[str, str]]:
    run = project.run
    if run.model:
        yield "Language model", _with_checksum(run.model, run.model_sha256, words)
        if run.translator:
            yield "Translating model", _with_checksum(run.translator, run.translator_sha256, words)
        yield "Seed", str(run.seed)
        yield (
            "Tokens",
            words(
                "{prompt} prompt, {cached} of them cached, {generated} generated",
                prompt=f"{run.prompt_tokens:,}",
                cached=f"{run.cached_tokens:,}",
                generated=f"{run.generated_tokens:,}",
            ),
        )
    if run.seconds:
        yield "Time", words.listed([_step(name, seconds, words) for name, seconds in run.seconds])


def _counts(project: Project, words: ReportWords) -> Iterator[tuple[str, str]]:
    cells = project.table.cells
    yield "Cells", words.counts([cell.status for cell in cells])
    if project.sentences:
        yield "Review sentences", words.counts([sentence.status for sentence in project.sentences])
    if project.to_be_checked:
        yield "Translations to be checked", str(project.to_be_checked)
    verdicts = Counter(cell.verdict for cell in cells)
    if verdicts.keys() - {Verdict.OPEN}:
        counts = {verdict.value: verdicts[verdict] for verdict in Verdict}
        yield "By people", words("{accepted} accepted, {edited} edited, {rejected} rejected", **counts)


def _file(file: SourceFile, words: ReportWords) -> str:
    return _with_checksum(file.name, file.sha256, words)


def _with_checksum(name: str, sha256: str, words: ReportWords) -> str:
    return words.listed([name, f"SHA-256 {sha256}"]) if sha256 else name


def _step(name: str, seconds: float, words: ReportWords) -> str:
    """A timed step; under its own name where we have no word for it."""
    step = words(_STEPS[name]) if name in _STEPS else name
    return words("{step} {seconds} s", step=step, seconds=f"{seconds:.1f}")
