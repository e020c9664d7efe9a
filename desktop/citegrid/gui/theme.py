"""Colours, palette, style sheet and icons: calm, paper-like, light or dark as the system is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from string import Template

from PySide6.QtCore import QByteArray, QDir, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from citegrid.core.resources import resource
from citegrid.gui.resources import read_text


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour the window uses, as ``#rrggbb``."""

    dark: bool
    window: str
    base: str
    raised: str
    text: str
    dim: str
    line: str
    accent: str
    on_accent: str
    selection: str
    backdrop: str
    supported: str
    fuzzy: str
    unsupported: str
    not_stated: str
    edited: str
    chip: str
    pale_mark: str
    strong_mark: str
    notice: str


LIGHT = Theme(
    dark=False, window="#f3f0e9", base="#fdfbf6", raised="#faf7f0", text="#2a2926", dim="#68635a", line="#d9d3c6",
    accent="#2c6275", on_accent="#ffffff", selection="#dbe7ea", backdrop="#dcd7cb", supported="#30703f", fuzzy="#835805",
    unsupported="#b3402b", not_stated="#68635a", edited="#6a57a3", chip="#e3edf0", pale_mark="#f6dc7a",
    strong_mark="#f2a93b", notice="#fbf0cf",
)  # fmt: skip
DARK = Theme(
    dark=True, window="#25241f", base="#1d1c19", raised="#2b2a25", text="#e7e2d6", dim="#b8b2a5", line="#403d36",
    accent="#7cbacf", on_accent="#10252c", selection="#2d4650", backdrop="#151412", supported="#7cc48d", fuzzy="#e0b15a",
    unsupported="#f39a86", not_stated="#b8b2a5", edited="#b8a8ed", chip="#2a3f47", pale_mark="#f6dc7a",
    strong_mark="#f2a93b", notice="#453b1d",
)  # fmt: skip


#: Families with the shapes of simplified Chinese, those of the systems first; where none is named, Qt may take Japanese ones.
CHINESE = (
    "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip


def system_theme() -> Theme:
    """LIGHT or DARK, as the system's colour scheme asks."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def current() -> Theme:
    """The theme that the application's palette was made of."""
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def with_chinese(font: QFont) -> QFont:
    """The font, and what this machine has of :data:`CHINESE` for the letters that its family lacks."""
    families = QFontDatabase.families()
    chosen = QFont(font)
    chosen.setFamilies([QFontInfo(font).family(), *(name for name in CHINESE if name in families)])
    return chosen


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the application: Fusion, our palette, our style sheet."""
    if app.style().objectName() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def wear(kind: str) -> None:
    """Dress the application in ``light`` or ``dark``, or as the system asks for any other word."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply(app, {"light": LIGHT, "dark": DARK}.get(kind) or system_theme())


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for name, colour in (
        (role.Window, theme.window), (role.WindowText, theme.text), (role.Base, theme.base),
        (role.AlternateBase, theme.raised), (role.Text, theme.text), (role.Button, theme.raised),
        (role.ButtonText, theme.text), (role.BrightText, theme.unsupported), (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent), (role.ToolTipBase, theme.raised), (role.ToolTipText, theme.text),
        (role.Link, theme.accent), (role.LinkVisited, theme.accent), (role.PlaceholderText, theme.dim),
        (role.Light, theme.base), (role.Midlight, theme.raised), (role.Mid, theme.line), (role.Dark, theme.line),
        (role.Accent, theme.accent),
    ):  # fmt: skip
        made.setColor(name, QColor(colour))
    faint = QColor(theme.dim)
    faint.setAlpha(140)
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, name, faint)
    made.setColor(group.Disabled, role.Highlight, QColor(theme.line))
    made.setColor(group.Disabled, role.HighlightedText, faint)
    return made


def style_sheet(theme: Theme) -> str:
    """What the palette cannot say, in the colours of a theme (``resources/style/window.qss``)."""
    QDir.setSearchPaths("style", [str(resource("style"))])
    return Template(read_text("style/window.qss")).substitute(asdict(theme), tick="dark" if theme.dark else "light")


class _LineIcon(QIconEngine):
    """A line icon that takes the text colour of the moment, sharp at any size and pixel ratio."""

    def __init__(self, svg: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._svg = svg
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        colour = QApplication.palette().color(group, self._role)
        svg = self._svg.replace("currentColor", colour.name())
        painter.save()
        if colour.alpha() < 255:
            painter.setOpacity(colour.alphaF())
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        image = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)  # ``size`` is in logical pixels
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, image.rect(), mode, state)
        painter.end()
        image.setDevicePixelRatio(scale)
        return QPixmap.fromImage(image)

    def clone(self) -> QIconEngine:
        return _LineIcon(self._svg, self._role)


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """The line icon ``name``; it follows a change between light and dark by itself."""
    return QIcon(_LineIcon(read_text(f"icons/{name}.svg"), role))


def app_icon() -> QIcon:
    """The program's own icon, in colour."""
    renderer = QSvgRenderer(QByteArray(read_text("icons/citegrid.svg").encode()))
    made = QIcon()
    for side in (16, 32, 48, 64, 128, 256):
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        made.addPixmap(QPixmap.fromImage(image))
    return made


@lru_cache(maxsize=256)
def tinted(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    """The line icon ``name`` in one colour, ``side`` logical pixels wide, for a screen of pixel ratio ``ratio``."""
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    svg = read_text(f"icons/{name}.svg").replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)
