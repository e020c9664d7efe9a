"""How a result was made, as name and value, for the end of every report."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.core.project import Project, SourceFile
from citegrid.core.table import Status, Verdict
from citegrid.pipeline.export.strings import Labels


def facts_of(project: Project, version: str, say: Labels) -> list[tuple[str, str]]:
    """Sources and model with their checksums, counts, tokens, seconds, and that no network was used."""
    run = project.run
    found: list[tuple[str, str]] = []
    found += [(say.fact("paper"), _file(f, say)) for f in project.papers]
    if project.picture:
        found.append((say.fact("picture"), _file(project.picture, say)))
    found += [(say.fact("library"), _file(f, say)) for f in project.library]
    if run.model:
        checksum = f"{say.between}{say.fact('sha256')} {run.model_sha256}" if run.model_sha256 else ""
        found.append((say.fact("model"), run.model + checksum))
        found.append((say.fact("seed"), str(run.seed)))
        found.append((say.fact("tokens"), _tokens(project, say)))
    if run.seconds:
        steps = [f"{say.step(name)} {say.seconds.format(seconds=f'{s:.1f}')}" for name, s in run.seconds]
        found.append((say.fact("seconds"), say.between.join(steps)))
    cells = [c for r in project.table.rows for c in r.cells]
    found.append((say.fact("cells"), _counts([c.status for c in cells], say)))
    if project.review and project.review.sentences:
        found.append((say.fact("sentences"), _counts([s.status for s in project.review.sentences], say)))
    verdicts = [c.verdict for c in cells]
    if any(v is not Verdict.OPEN for v in verdicts):
        counts = {v.value: verdicts.count(v) for v in Verdict}
        found.append((say.fact("people"), say.verdict_counts.format(**counts)))
    found.append((say.fact("app"), f"CiteGrid {version}".strip()))
    found.append((say.fact("network"), say.local))
    return found


def _file(file: SourceFile, say: Labels) -> str:
    return file.name + (f"{say.between}{say.fact('sha256')} {file.sha256}" if file.sha256 else "")


def _tokens(project: Project, say: Labels) -> str:
    run = project.run
    if say.language == "zh":
        return f"提示{run.prompt_tokens:,}、其中缓存{run.cached_tokens:,}、生成{run.generated_tokens:,}"
    return f"{run.prompt_tokens:,} prompt, {run.cached_tokens:,} of them cached, {run.generated_tokens:,} generated"


def _counts(statuses: Sequence[Status], say: Labels) -> str:
    zh = say.language == "zh"
    parts = [
        f"{name}{statuses.count(status)}" if zh else f"{statuses.count(status)} {name}"
        for status, name in say.statuses
        if status in statuses
    ]
    total = f"共{len(statuses)}" if zh else f"{len(statuses)} in all"
    return say.between.join([total, *parts])
