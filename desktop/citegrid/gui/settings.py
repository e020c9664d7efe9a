"""What the window remembers between two starts: language, layout, recent projects."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QSettings

from citegrid.core.model.endpoint import ModelChoice, endpoint_of, is_address
from citegrid.store.model_files import models
from citegrid.store.paths import config_folder

MOST_RECENT = 12


def _name(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode("utf-8", "backslashreplace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project folder, the day it was saved, and how many of its filled cells were checked."""

    folder: str
    saved: date
    checked: int = 0
    filled: int = 0

    @property
    def name(self) -> str:
        """The folder's own name."""
        return Path(self.folder).name


class Settings:
    """A thin face of a QSettings file in the person's configuration folder."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = QSettings(str(path or config_folder() / "window.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """``zh`` or ``en``; at the first start as the system speaks."""
        kept = str(self._file.value("language", ""))
        if kept in ("zh", "en"):
            return kept
        return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"

    @language.setter
    def language(self, code: str) -> None:
        self._file.setValue("language", code)

    @property
    def colours(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return str(self._file.value("colours", "system"))

    @colours.setter
    def colours(self, kind: str) -> None:
        self._file.setValue("colours", kind)

    @property
    def dark_pages(self) -> bool:
        """Whether pages are shown as light print on dark paper."""
        return str(self._file.value("dark_pages", "no")) == "yes"

    @dark_pages.setter
    def dark_pages(self, on: bool) -> None:
        self._file.setValue("dark_pages", "yes" if on else "no")

    @property
    def folder(self) -> str:
        """The folder that file dialogs open in."""
        return str(self._file.value("folder", str(Path.home())))

    @folder.setter
    def folder(self, path: str) -> None:
        self._file.setValue("folder", path)

    @property
    def model(self) -> str:
        """The id or path of the model to use; empty: the default."""
        return str(self._file.value("model", ""))

    @model.setter
    def model(self, name: str) -> None:
        self._file.setValue("model", name)

    @property
    def chosen_model(self) -> ModelChoice | None:
        """The model to use, a file or a server; None: the default."""
        if is_address(self.model):
            return models.chosen(self.model, self.servers)
        return Path(self.model) if self.model else None

    @property
    def translator(self) -> str:
        """The id, path or address of the model that translates; empty: the one that does all else."""
        return str(self._file.value("translator", ""))

    @translator.setter
    def translator(self, name: str) -> None:
        self._file.setValue("translator", name)

    def elsewhere(self) -> tuple[str, ...]:
        """The hosts of model servers in use that are other computers."""
        servers = (endpoint_of(name) for name in (self.model, self.translator) if is_address(name))
        return tuple(dict.fromkeys(server.host for server in servers if not server.local))

    @property
    def use_card(self) -> bool:
        """Whether the model may be put onto a graphics card."""
        return str(self._file.value("use_card", "yes")) == "yes"

    @use_card.setter
    def use_card(self, on: bool) -> None:
        self._file.setValue("use_card", "yes" if on else "no")

    @property
    def servers(self) -> list[str]:
        """Addresses of model servers that the person chose, with the names of their models; agreed to where they are elsewhere."""
        kept = self._file.value("servers")
        return (
            [kept] if isinstance(kept, str) and kept else [str(one) for one in kept] if isinstance(kept, list) else []
        )

    @servers.setter
    def servers(self, addresses: list[str]) -> None:
        self._file.setValue("servers", addresses)

    @property
    def pace(self) -> float:
        """Seconds a cell took to fill the last time; 0.0 while none was filled."""
        return float(str(self._file.value("pace", 0.0)))

    @pace.setter
    def pace(self, seconds: float) -> None:
        self._file.setValue("pace", seconds)

    @property
    def report(self) -> str:
        """The choices of the last report, as ``ExportOptions.kept`` wrote them; empty at the first."""
        return str(self._file.value("report", ""))

    @report.setter
    def report(self, kept: str) -> None:
        self._file.setValue("report", kept)

    def bytes(self, name: str) -> QByteArray:
        """A layout or geometry; empty at the first start."""
        kept = self._file.value(f"layout/{name}")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep_bytes(self, name: str, value: QByteArray) -> None:
        """Remember a layout or geometry."""
        self._file.setValue(f"layout/{name}", value)

    def view_of(self, folder: Path) -> str:
        """How a project was looked at last, as ``controllers.view_state`` wrote it; empty for one that is new."""
        return str(self._file.value(f"views/{_name(folder)}", ""))

    def keep_view(self, folder: Path, state: str) -> None:
        """Remember how a project is looked at; those of projects that are no longer recent are forgotten."""
        known = {_name(Path(one)) for one in (*self.recent, str(folder))}
        self._file.setValue(f"views/{_name(folder)}", state)
        self._file.beginGroup("views")
        for name in self._file.childKeys():
            if name not in known:
                self._file.remove(name)
        self._file.endGroup()

    @property
    def recent(self) -> list[str]:
        """Project folders, the newest first."""
        kept = self._file.value("recent")
        if isinstance(kept, str):
            return [kept] if kept else []
        return [str(one) for one in kept] if isinstance(kept, list) else []

    def recent_projects(self) -> list[RecentProject]:
        """The recent projects that are still there, each with when it was saved and how far it was checked."""
        found = []
        for folder in self.recent:
            with contextlib.suppress(OSError):
                saved = (Path(folder) / "project.json").stat().st_mtime
                done, _, total = str(self._file.value(f"checked/{_name(Path(folder))}", "")).partition("/")
                counts = (int(done), int(total)) if done.isdecimal() and total.isdecimal() else (0, 0)
                found.append(RecentProject(folder, datetime.fromtimestamp(saved).date(), *counts))
        return found

    def keep_checked(self, folder: Path, done: int, total: int) -> None:
        """Remember how many of the filled cells of a project were checked."""
        self._file.setValue(f"checked/{_name(folder)}", f"{done}/{total}")

    def remember(self, folder: Path) -> None:
        """Put a project at the head of the recent ones."""
        here = str(folder)
        self._file.setValue("recent", [here, *(one for one in self.recent if one != here)][:MOST_RECENT])

    def sync(self) -> None:
        """Write to disk now."""
        self._file.sync()
