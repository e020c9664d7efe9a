"""One correction, offered for every cell and sentence where the term stands."""

from __future__ import annotations

import html

from PySide6.QtWidgets import QWidget

from citegrid.core.edits.glossary import Correction, Replacement
from citegrid.core.project import Project
from citegrid.gui import theme
from citegrid.gui.dialogs.ticking import Choosable, TickDialog, shortened
from citegrid.gui.i18n import tr
from citegrid.workbench.glossary.corrections import Offer


class CorrectionsDialog(TickDialog):
    """``taken(replacements)`` with those that the person ticked; what a person has decided on is not ticked at first."""

    def __init__(self, offer: Offer, project: Project, parent: QWidget) -> None:
        titles = {row.work.id: row.work.title for row in project.table.rows}
        made = offer.correction
        lead = tr(
            "“{english}” was {was} and becomes {now} in what is ticked. It can be undone in one step.",
            english=made.english,
            was=made.was,
            now=made.now,
        )
        choices = [Choosable(one, _where(one, titles), _shown(one, made), not one.decided) for one in offer.elsewhere]
        super().__init__(tr("The same term elsewhere"), lead, choices, parent)


def _where(one: Replacement, titles: dict[str, str]) -> str:
    if one.sentence is not None:
        return tr("Sentence {number} of the review", number=one.sentence + 1)
    decided = f" · {tr('Decided by you')}" if one.decided else ""
    return f"{shortened(titles.get(one.work_id, ''))} · {one.column}{decided}"


def _shown(one: Replacement, made: Correction) -> str:
    """The text with the old words struck out and the new ones behind them."""
    colours = theme.current()
    old = f'<s style="color:{colours.unsupported}">{html.escape(made.was)}</s>'
    new = f'<b style="color:{colours.supported}">{html.escape(made.now)}</b>'
    return html.escape(one.was).replace(html.escape(made.was), f"{old} {new}")
