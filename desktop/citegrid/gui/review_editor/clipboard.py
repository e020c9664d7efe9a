"""The selection of the review on the clipboard: as text for others, as runs that keep their citations for the editor."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

from citegrid.gui.review_editor.citation_chip import LABEL_PROPERTY

MIME = "application/x-citegrid-review"
PARAGRAPH_END = "\u2029"
#: Sentence (-1: none), text, and citation (-1: none); a line end alone begins a paragraph.
CopiedRun = tuple[int, str, int]


def copied(selection: QTextCursor, at: Callable[[int], tuple[int, int]]) -> QMimeData:
    """What is selected; ``at`` gives sentence and citation of the character before a position."""
    document, walker = selection.document(), QTextCursor(selection.document())
    runs: list[CopiedRun] = []
    text = ""
    for position in range(selection.selectionStart(), selection.selectionEnd()):
        walker.setPosition(position + 1)
        sentence, mark = at(position + 1)
        character = document.characterAt(position)
        if character == PARAGRAPH_END:
            text += "\n"
            runs.append((-1, "\n", -1))
        elif mark >= 0:
            text += f"[{walker.charFormat().property(LABEL_PROPERTY)}]"
            runs.append((sentence, "", mark))
        else:
            text += character
            before = runs.pop()[1] if runs and _continues(runs[-1], sentence) else ""
            runs.append((sentence, before + character, -1))
    data = QMimeData()
    data.setText(text)
    data.setData(MIME, json.dumps(runs).encode())
    return data


def _continues(run: CopiedRun, sentence: int) -> bool:
    """Whether a letter of a sentence goes on with a run."""
    return run[2] < 0 and run[0] == sentence and run[1] != "\n"


def pasted(source: QMimeData) -> list[CopiedRun] | None:
    """The runs that ``copied`` put there; None where the clipboard holds something else."""
    if not source.hasFormat(MIME):
        return None
    return [(sentence, text, mark) for sentence, text, mark in json.loads(bytes(source.data(MIME).data()))]
