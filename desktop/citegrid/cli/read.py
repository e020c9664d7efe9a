"""The commands that read and show: ``read`` a paper, ``columns`` of a picture."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from citegrid.cli.context import opened, print_json
from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import show, tell
from citegrid.core.errors import InputError
from citegrid.core.messages import Message
from citegrid.core.table import Template


def run_read(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid read``: the pages, references and in-text citations of a paper."""
    from citegrid.pipeline.export.document_json import reading_to_json

    with opened(line) as context:
        context.wait(context.workbench.papers.open(args.pdf, args.password))
        assert context.workbench.shown_paper.document is not None
        data = reading_to_json(context.workbench.shown_paper.document, context.workbench.shown_paper.references)
    if args.json:
        print_json(data)
        return 0
    title = data["document"]["title"] or args.pdf.name
    pages, references = len(data["pages"]), data["references"]
    show(
        Message("{title}: {pages} pages, {references} references", title=title, pages=pages, references=len(references))
    )
    for reference in references:
        show(_reference_line(reference))
    for warning in data.get("warnings", []):
        tell(Message("citegrid: {name}: {what}", name=args.pdf.name, what=warning))
    return 0


def _reference_line(reference: Mapping[str, Any]) -> Message:
    pages = sorted({m["page"] for m in reference["mentions"]})
    where = Message("never cited")
    if pages:
        times, shown = len(reference["mentions"]), ", ".join(map(str, pages))
        where = Message("cited {times}× on page {pages}", times=times, pages=shown)
    return Message(
        "  {id}  p.{page} {title}  ({where})",
        id=f"{reference['id']:>5}",
        page=f"{reference['page']:<4}",
        title=(reference["title"] or reference["raw"])[:70],
        where=where,
    )


def run_columns(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid columns``: the columns that the picture of a table shows."""
    from citegrid.pipeline.table_image.read_template import template_to_json

    with opened(line) as context:
        context.wait(context.workbench.picture.open(args.image, frame=args.frame))
        template = context.workbench.project.template
    if template is None or not template.columns:
        raise no_columns(args.image, template)
    if args.json:
        print_json(template_to_json(template))
    else:
        print("\n".join(c.name for c in template.columns))
    return 0


def no_columns(image: Path, template: Template | None) -> InputError:
    """The error of a picture without columns, in the words of who read it where there are some."""
    known = template.warnings if template is not None else ()
    why = known[0] if known else Message("no table header was found in it.")
    return InputError(
        Message("{name}: {why}", name=image.name, why=why), 'Type the columns instead: --columns "A|B|C".'
    )
