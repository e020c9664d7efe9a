"""The style sheet is data with the names of the theme's colours."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QTextLayout
from PySide6.QtWidgets import QApplication

from citegrid.core.resources import resource
from citegrid.gui import theme
from citegrid.gui.items import table_view
from citegrid.gui.panes.references_pane import ReferencesPane


@pytest.mark.parametrize("kind", [theme.LIGHT, theme.DARK])
def test_every_colour_of_the_sheet_is_the_theme_s(kind: theme.Theme) -> None:
    made = theme.style_sheet(kind)
    assert "$" not in made
    assert f"QMainWindow, QDialog {{ background: {kind.window}; }}" in made
    assert set(re.findall(r"#[0-9a-f]{6}\b", made)) <= set(map(str, asdict(kind).values()))


@pytest.mark.parametrize("kind", [theme.LIGHT, theme.DARK])
def test_every_ink_can_be_read_on_every_ground(kind: theme.Theme) -> None:
    inks = ("text", "dim", "accent", "supported", "fuzzy", "unsupported", "not_stated", "edited")
    grounds = ("window", "base", "raised", "selection", "chip", "notice")
    pairs = {(ink, ground): _contrast(getattr(kind, ink), getattr(kind, ground)) for ink in inks for ground in grounds}
    pairs["on_accent", "accent"] = _contrast(kind.on_accent, kind.accent)
    assert not {pair: value for pair, value in pairs.items() if value < 4.5}, "WCAG 2, AA"


def test_chinese_letters_have_their_own_shapes(qapp: QApplication) -> None:
    chinese = [name for name in theme.CHINESE if name in QFontDatabase.families()]
    if not chinese:
        pytest.skip("no font with simplified Chinese on this machine")
    layout = QTextLayout("直接引用 cited", theme.with_chinese(QFont("Sans Serif")))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    drawn = [run.rawFont().familyName() for run in layout.glyphRuns()]
    assert chinese[0] in drawn and QFontInfo(QFont("Sans Serif")).family() in drawn
    assert not [name for name in drawn if name.endswith((" JP", " KR"))]


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_sheet_names_only_colours_that_there_are() -> None:
    written = resource("style", "window.qss").read_text("utf-8")
    assert set(re.findall(r"\$(\w+)", written)) <= {*asdict(theme.LIGHT), "tick"}
    assert written.count("{") == written.count("}") > 60


def test_every_key_of_the_table_gives_a_wish_that_there_is() -> None:
    named = {signal for signal, _ in (*table_view.COMMANDS.values(), *table_view.MOVES.values())}
    assert all(hasattr(table_view.TableView, signal) for signal in named)


def test_words_keep_their_room_when_they_are_dressed_anew_while_squeezed(qapp, qtbot) -> None:  # type: ignore[no-untyped-def]
    theme.apply(qapp, theme.LIGHT)
    pane = ReferencesPane()
    qtbot.addWidget(pane)
    pane.cited_head.setText("Cited twice")
    pane.cited_head.ensurePolished()
    words = pane.cited_head.fontMetrics().height()
    assert pane.cited_head.sizeHint().height() >= words + 8
    pane.cited_head.resize(200, 2)
    theme.apply(qapp, theme.DARK)
    theme.apply(qapp, theme.LIGHT)
    assert pane.cited_head.sizeHint().height() >= words + 8
