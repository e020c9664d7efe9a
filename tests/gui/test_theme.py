"""The style sheet is data with the names of the theme's colours."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from citegrid.core.resources import resource
from citegrid.gui import theme
from citegrid.gui.items import table_view


@pytest.mark.parametrize("kind", [theme.LIGHT, theme.DARK])
def test_every_colour_of_the_sheet_is_the_theme_s(kind: theme.Theme) -> None:
    made = theme.style_sheet(kind)
    assert "$" not in made
    assert f"QMainWindow, QDialog {{ background: {kind.window}; }}" in made
    assert set(re.findall(r"#[0-9a-f]{6}\b", made)) <= set(map(str, asdict(kind).values()))


def test_the_sheet_names_only_colours_that_there_are() -> None:
    written = resource("style", "window.qss").read_text("utf-8")
    assert set(re.findall(r"\$(\w+)", written)) <= set(asdict(theme.LIGHT))
    assert written.count("{") == written.count("}") > 60


def test_every_key_of_the_table_gives_a_wish_that_there_is() -> None:
    named = {signal for signal, _ in (*table_view.COMMANDS.values(), *table_view.MOVES.values())}
    assert all(hasattr(table_view.TableView, signal) for signal in named)
