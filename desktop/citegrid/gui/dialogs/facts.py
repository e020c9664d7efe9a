"""What the program says of itself: its version and licences, and the models on this computer."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from citegrid import __version__
from citegrid.core.errors import CiteGridError
from citegrid.gui.words import tr
from citegrid.store import models, paths

MB = 1_000_000


def about(parent: QWidget) -> QMessageBox:
    """Version, licences, and that nothing leaves the computer; shown without blocking."""
    lines = (
        f"<h3>CiteGrid {html.escape(__version__)}</h3>",
        f"<p>{html.escape(tr('A table about the literature, proved line by line'))}</p>",
        f"<p>{html.escape(tr('Everything is done on this computer; no page and no question leaves it.'))}</p>",
        f"<p>{html.escape(tr('Free software under the GNU Affero General Public License, version 3 or later.'))}</p>",
    )
    return _shown(tr("About CiteGrid"), "".join(lines), parent)


def known_models(parent: QWidget) -> QMessageBox:
    """The models that are here or could be, and how to get more; shown without blocking."""
    try:
        rows = "".join(
            f"<tr><td><b>{html.escape(m.name)}</b></td><td align='right'>&nbsp; {m.bytes // MB} MB</td>"
            f"<td>&nbsp; {html.escape(tr(m.state))}{' · ' + html.escape(tr('default')) if m.default else ''}</td></tr>"
            for m in models.list_models()
        )
        text = f"<table cellpadding='4'>{rows}</table>"
    except CiteGridError as error:
        text = f"<p>{html.escape(str(error))}</p>"
    folder = tr("They lie in {folder}.", folder=str(paths.models_folder()))
    more = tr(
        "In the terminal: “citegrid models fetch” downloads, “citegrid models add FILE.gguf” takes one of your own."
    )
    return _shown(tr("Models"), f"{text}<p>{html.escape(folder)}</p><p>{html.escape(more)}</p>", parent)


def _shown(title: str, text: str, parent: QWidget) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(text)
    box.open()
    return box
