"""Where Zotero keeps things on this computer: its profile's settings name the data folder, the port and the folder of linked files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PORT = 23119
DATABASE = "zotero.sqlite"
_PREFIX, _OURS = "user_pref(", '"extensions.zotero.'
#: Bytes of the largest file of settings that is read.
MOST_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class ZoteroProfile:
    """Zotero's data folder, the folder that linked files are named from (``attachments:``; empty without), and its port."""

    data: Path
    linked: str = ""
    port: int = PORT


def profile_of_user(home: Path | None = None) -> ZoteroProfile:
    """What the settings of the person's newest profile say; the usual places where there are none."""
    home = home or Path.home()
    files = sorted(_settings_files(home), key=lambda path: path.stat().st_mtime, reverse=True)
    settings = _settings(files[0]) if files else {}
    data = str(settings.get("dataDir") or "") if settings.get("useDataDir", True) else ""
    port = settings.get("httpServer.port")
    linked = str(settings.get("baseAttachmentPath") or "")
    known = port if isinstance(port, int) and 0 < port < 1 << 16 else PORT
    return ZoteroProfile(Path(data) if data else home / "Zotero", linked, known)


def _settings_files(home: Path) -> Iterator[Path]:
    """The files of settings of all profiles, on each system and for each way it is installed."""
    roaming = Path(os.environ.get("APPDATA") or home / "AppData/Roaming")
    places = (
        home / ".zotero/zotero",
        home / ".var/app/org.zotero.Zotero/data/zotero",
        home / "snap/zotero-snap/common/.zotero/zotero",
        home / "Library/Application Support/Zotero/Profiles",
        roaming / "Zotero/Zotero/Profiles",
    )
    for place in places:
        yield from (path for path in place.glob("*/prefs.js") if path.is_file())


def _settings(path: Path) -> dict[str, object]:
    """Zotero's own settings by their names: each stands in a line as the arguments of a call, which are JSON."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines() if path.stat().st_size <= MOST_BYTES else []
    except OSError:
        return {}
    pairs = (_pair(line.strip()) for line in lines if line.startswith(_PREFIX + _OURS))
    return {str(pair[0]).removeprefix(_OURS[1:]): pair[1] for pair in pairs if len(pair) == 2}


def _pair(line: str) -> list[object]:
    try:
        found: list[object] = json.loads(f"[{line.removeprefix(_PREFIX).rstrip(';').removesuffix(')')}]")
    except ValueError:
        return []
    return found
