"""About: the version, that nothing leaves the computer, our licence, and the parts with theirs."""

from __future__ import annotations

import html
from importlib import metadata
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from citegrid import __version__
from citegrid.core.errors import CiteGridError
from citegrid.gui import theme
from citegrid.gui.i18n import tr
from citegrid.store.model_files import models

#: The parts that are shipped, by their names as packages, and what each does.
PARTS = {
    "PySide6-Essentials": "The window",
    "PyMuPDF": "Pages of PDFs",
    "rapidocr": "Text in pictures",
    "onnxruntime": "Text in pictures",
    "opencv-python-headless": "Lines in pictures",
    "numpy": "Numbers",
    "llama-cpp-python": "The language model",
    "python-docx": "Word reports",
    "openpyxl": "Excel workbooks",
    "citeproc-py": "Reference lists",
    "lxml": "Word files and web pages",
    "markdown-it-py": "Markdown files",
    "charset-normalizer": "Encodings of text files",
    "bibtexparser": "BibTeX files",
    "rispy": "RIS files",
    "filelock": "One window for a project",
    "rapidfuzz": "Comparing words",
    "platformdirs": "Folders of the system",
    "psutil": "Memory and processors",
}

OFFLINE = (
    "No page, no picture, no question and no answer leaves this computer, unless you choose a model server elsewhere.",
    "Without a model server CiteGrid opens no connection while you read, fill, check and export; it works with the network unplugged.",
    "Only fetching a model, which you start yourself, uses the network.",
)


def licence_of(package: str) -> tuple[str, str]:
    """``(version, licence)`` as the package itself says; empty where it is not here or says nothing."""
    try:
        about = metadata.metadata(package).json
    except metadata.PackageNotFoundError:
        return "", ""
    named = str(about.get("license_expression") or "")
    return str(about.get("version") or ""), named or _short_licence(about) or _classified(about)


def _short_licence(about: dict[str, Any]) -> str:
    """The licence's name; a whole licence text is none."""
    first, *_ = [*str(about.get("license") or "").strip().splitlines(), ""]
    return first if len(first) < 90 else ""


def _classified(about: dict[str, Any]) -> str:
    kinds = about.get("classifier") or []
    return "; ".join(kind.rsplit(" :: ", 1)[-1] for kind in kinds if kind.startswith("License ::"))


class AboutDialog(QDialog):
    """Shown without blocking."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About CiteGrid"))
        self.resize(620, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        sign = QLabel()
        sign.setPixmap(theme.app_icon().pixmap(64, 64))
        title = QLabel(
            f"<h2>CiteGrid {html.escape(__version__)}</h2>"
            f"{html.escape(tr('A table about the literature, proved line by line'))}"
        )
        title.setTextFormat(Qt.TextFormat.RichText)
        title.setWordWrap(True)
        head.addWidget(sign)
        head.addWidget(title, 1)
        column.addLayout(head)
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("About CiteGrid"))
        self.text.setOpenExternalLinks(False)
        self.text.document().setDocumentMargin(12)
        self.text.setHtml(self._body())
        column.addWidget(self.text, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Close"))
        close.setIcon(QIcon())  # the style's own is black on black in the dark
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)

    def _body(self) -> str:
        parts = [
            f"<h3>{html.escape(tr('Offline'))}</h3>",
            *(f"<p>{html.escape(tr(line))}</p>" for line in OFFLINE),
            f"<h3>{html.escape(tr('Licence'))}</h3>",
            f"<p>{html.escape(tr('Free software under the GNU Affero General Public License, version 3 or later.'))}</p>",
            f"<h3>{html.escape(tr('Made with'))}</h3>",
            "<table cellpadding='3'>",
        ]
        for package, purpose in PARTS.items():
            version, licence = licence_of(package)
            if version:
                cells = (package, version, licence, tr(purpose))
                parts.append("<tr>" + "".join(f"<td>{html.escape(cell)} &nbsp;</td>" for cell in cells) + "</tr>")
        for name, licence in self._models():
            cells = (name, "", licence, tr("The language model"))
            parts.append("<tr>" + "".join(f"<td>{html.escape(cell)} &nbsp;</td>" for cell in cells) + "</tr>")
        parts.append("</table>")
        return "".join(parts)

    def _models(self) -> list[tuple[str, str]]:
        try:
            return [(m.name, m.licence or tr("your own")) for m in models.list_models() if m.state == "here"]
        except CiteGridError:
            return []  # the model manager says what is wrong
