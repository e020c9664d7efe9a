"""The self-check: what the report promises, checked by the program and printed at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citegrid.core.evidence import Match, SourceKind
from citegrid.core.project import Check
from citegrid.core.review import Review, count
from citegrid.core.table import Column, Status, Table

TOLERANCE = 0.10


def self_check(
    table: Table,
    review: Review | None,
    wanted: Sequence[Column],
    pages: int,
    language: str,
    *,
    pages_of: Mapping[str, int] | None = None,
) -> tuple[Check, ...]:
    """The checks of a filled table and its review; ``wanted`` are the picture's columns, ``pages`` the paper's pages;
    ``pages_of`` are those of each of several papers, by name."""
    counts = pages_of or {}
    zh = language == "zh"
    columns = [c.name for c in table.columns]
    present = sum(c.name in columns for c in wanted)
    cells = [c for row in table.rows for c in row.cells]
    shown = [c for c in cells if c.status is Status.SUPPORTED]
    cited = sum(bool(c.evidence) for c in shown)
    silent = sum(c.status is Status.NOT_STATED for c in cells)
    doubted = sum(c.status is Status.UNSUPPORTED for c in cells)
    sentences = [s for s in review.sentences if s.status is not Status.LINK] if review else []
    proved = sum(bool(s.evidence) for s in sentences)
    places = [e for c in cells for e in c.evidence] + [e for s in sentences for e in s.evidence]
    resolved = sum(
        e.match is not Match.NOT_FOUND
        and (e.kind is SourceKind.LIBRARY or (e.page is not None and 1 <= e.page <= counts.get(e.source, pages)))
        for e in places
    )
    checks = [
        Check(
            "图片中的每一列都在表格中" if zh else "every column of the picture is a column of the table",
            present == len(wanted),
            _of(present, len(wanted), zh),
        ),
        Check(
            "每个有依据的单元格都带引用" if zh else "every supported cell is cited",
            cited == len(shown),
            _of(cited, len(shown), zh),
        ),
        Check(
            "综述的每个论断都带引用" if zh else "every statement of the review is cited",
            proved == len(sentences),
            _of(proved, len(sentences), zh),
        ),
        Check(
            "每条引用都能在原文中定位" if zh else "every citation resolves to a place in the source",
            resolved == len(places),
            _of(resolved, len(places), zh),
        ),
    ]
    if review is not None:
        length = count(" ".join(s.text for s in review.sentences), review.unit)
        unit = {"characters": "字", "words": "词"}[review.unit.value] if zh else review.unit.value
        checks.append(
            Check(
                "综述长度与要求相差不超过10%" if zh else "the review's length is within 10 % of what was asked",
                abs(length - review.target) <= TOLERANCE * review.target,
                f"{length} / {review.target} {unit}",
            )
        )
    checks.append(
        Check(
            "没有依据的内容都已标明" if zh else "what is not supported is marked as such",
            all(c.status is not Status.WAITING for c in cells),
            f"{silent} 个未提及，{doubted} 个无依据" if zh else f"{silent} not stated, {doubted} unsupported",
        )
    )
    return tuple(checks)


def _of(part: int, whole: int, zh: bool) -> str:
    return f"{part} / {whole}" if zh else f"{part} of {whole}"
