"""What a later run wrote beside a review that a person edited: each sentence that differs, to be taken or left."""

from __future__ import annotations

import html

from PySide6.QtWidgets import QWidget

from citegrid.core.edits.new_text import SentencePair, pairs
from citegrid.core.review import Review, Sentence
from citegrid.gui import theme
from citegrid.gui.dialogs.ticking import Choosable, TickDialog
from citegrid.gui.i18n import tr
from citegrid.gui.status_style import chip_label, sentence_mark


class NewTextDialog(TickDialog):
    """``taken(numbers)`` with the pairs that the person ticked (see ``core.edits.new_text``)."""

    def __init__(self, mine: Review, new: Review, parent: QWidget) -> None:
        differing = [(number, pair) for number, pair in enumerate(pairs(mine, new)) if not pair.same]
        super().__init__(
            tr("The new text beside yours"),
            tr("Tick what you take over. Where nothing is ticked your text stays; you can undo it later."),
            [Choosable(number, _where(pair), "<br>".join(_lines(pair))) for number, pair in differing],
            parent,
        )


def _where(pair: SentencePair) -> str:
    if pair.mine is None:
        return tr("A new sentence")
    return tr("Leave your sentence out") if pair.new is None else tr("Another sentence in its place")


def _lines(pair: SentencePair) -> list[str]:
    """Both sentences as HTML, the person's first, the new one with what was found out about it."""
    colours = theme.current()
    lines = [f'<span style="color:{colours.dim}">{html.escape(pair.mine.text)}</span>'] if pair.mine else []
    return lines + (_proved(pair.new, colours) if pair.new else [])


def _proved(sentence: Sentence, colours: theme.Theme) -> list[str]:
    mark = sentence_mark(sentence)
    places = " · ".join(dict.fromkeys(map(chip_label, sentence.evidence)))
    said = f"{mark.sign} {tr(mark.phrase)}" + (f" · {places}" if places else "")
    return [html.escape(sentence.text), f'<span style="color:{mark.ink(colours)}">{html.escape(said)}</span>']
