"""What the window needs of the system, and the language of its messages.

Libraries are looked for before Qt is started: Qt itself ends the program where one is missing.

On Linux the window is drawn through X11 or Wayland.  Qt's own package brings all but a few small libraries of X11, which
a server or a container often lacks.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Mapping

from citegrid.core.messages import Message

#: Libraries of Qt's platform for X11, and the package that brings each on Debian and Ubuntu.
#: Source: what libqxcb.so and libQt6XcbQpa.so of PySide6 6.x name as NEEDED.
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
#: What Qt needs wherever it draws, as its libQt6Gui.so and libQt6DBus.so name it.
ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}


#: The variables that say the language, the strongest first (POSIX, “Internationalization Variables”).
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """``zh`` or ``en``: the language of the system's messages."""
    chosen = next(filter(None, (environment.get(name, "") for name in _VARIABLES)), "")
    return "zh" if chosen.lower().startswith("zh") else "en"


def can_load(name: str) -> bool:
    """Whether the system has a library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing(
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    has: Callable[[str], bool] = can_load,
) -> Message | None:
    """Why no window can be shown, with what to install; None where one can, as far as that is seen without Qt."""
    if not platform.startswith("linux"):
        return None
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    x11 = chosen == "xcb" or (not chosen and bool(environment.get("DISPLAY")))
    if not chosen and not x11 and not environment.get("WAYLAND_DISPLAY"):
        return Message("There is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set. Use the commands instead.")
    lacking = _packages(ALWAYS | (X11 if x11 else {}), has)
    if not lacking:
        return None
    return Message("The window needs libraries that are missing; install {packages}.", packages=" ".join(lacking))


def _packages(libraries: Mapping[str, str], has: Callable[[str], bool]) -> Iterable[str]:
    return sorted(package for name, package in libraries.items() if not has(name))
