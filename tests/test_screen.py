"""Whether a window can be shown is known before Qt is started, with the name of what is to be installed."""

from __future__ import annotations

import argparse

import pytest

from citegrid import screen
from citegrid.cli import doctor
from citegrid.cli.progress import ProgressLine
from citegrid.core.messages import Message, say
from citegrid.gui import app
from citegrid.workbench.help import self_test

DISPLAY = {"DISPLAY": ":0"}


def without(*gone: str):  # type: ignore[no-untyped-def]
    return lambda name: name not in gone


@pytest.mark.parametrize(
    ("environment", "gone", "words"),
    [
        (DISPLAY, ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0"), "libxcb-cursor0 libxkbcommon-x11-0"),
        (DISPLAY, ("libEGL.so.1",), "libegl1"),
        ({"QT_QPA_PLATFORM": "xcb"}, ("libxcb-cursor.so.0",), "libxcb-cursor0"),
        ({}, (), "There is no screen"),
    ],
)
def test_what_is_missing_is_named(environment: dict[str, str], gone: tuple[str, ...], words: str) -> None:
    found = screen.missing(environment, "linux", without(*gone))
    assert found is not None and words in say(found, "en")


@pytest.mark.parametrize("environment", [DISPLAY, {"WAYLAND_DISPLAY": "w"}, {"QT_QPA_PLATFORM": "offscreen"}])
def test_nothing_is_missing(environment: dict[str, str]) -> None:
    assert screen.missing(environment, "linux", without()) is None
    if environment is not DISPLAY:
        assert screen.missing(environment, "linux", without(*screen.X11)) is None, "X11 is not asked"
    assert screen.missing({}, "win32", without("libEGL.so.1")) is None


def test_the_window_and_the_doctor_say_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lacking = Message("The window needs libraries that are missing; install {packages}.", packages="libxcb-cursor0")
    monkeypatch.setattr(app, "missing", lambda: lacking)
    assert app.main(["--language", "zh"]) == 1
    assert "libxcb-cursor0" in capsys.readouterr().err
    monkeypatch.setattr(screen, "missing", lambda: lacking)
    for name in ("_pages", "_picture", "_word", "_model"):
        monkeypatch.setattr(self_test, name, lambda engines: Message("pages"))
    assert doctor.run_doctor(argparse.Namespace(), ProgressLine(quiet=True)) == 1
    assert "libxcb-cursor0" in capsys.readouterr().out
