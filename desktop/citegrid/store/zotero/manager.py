"""Zotero, by whichever way can be gone: asked itself where it runs and allows it, else read from a copy of its database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from citegrid.core.errors import CiteGridError, ManagerClosed
from citegrid.core.holdings import Holdings
from citegrid.core.messages import Message
from citegrid.ports import NEVER, SILENT, Cancel, Progress
from citegrid.store.zotero.api import ZoteroApi
from citegrid.store.zotero.database import ZoteroDatabase
from citegrid.store.zotero.profile import DATABASE, profile_of_user

NAME = "Zotero"
STORAGE = "storage"


class Zotero:
    """A ``ports.ReferenceManager``.  ``data`` is the data folder that a person chose; None: as Zotero's own settings say."""

    name = NAME

    def __init__(self, data: Path | None = None, home: Path | None = None) -> None:
        self._data, self._home = data, home

    def holdings(self, progress: Progress = SILENT, cancel: Cancel = NEVER) -> Holdings:
        """All works and PDFs; raises ManagerClosed with one sentence where neither way can be gone.  A folder that was chosen is
        read, and nobody asked."""
        profile = profile_of_user(self._home)
        if self._data is not None:
            return ZoteroDatabase(replace(profile, data=self._data)).holdings(progress, cancel)
        try:
            return ZoteroApi(profile.port).holdings(progress, cancel)
        except ManagerClosed as closed:
            database = ZoteroDatabase(profile)
            if not database.path.is_file():
                raise
            return replace(self._copied(database, closed, progress, cancel), why=closed.whole)

    @staticmethod
    def _copied(database: ZoteroDatabase, closed: CiteGridError, progress: Progress, cancel: Cancel) -> Holdings:
        try:
            return database.holdings(progress, cancel)
        except ManagerClosed as fault:
            both = Message("{one} {other}", one=closed.sentence, other=fault.sentence)
            raise ManagerClosed(both, closed.hint) from fault


def is_of_zotero(path: Path) -> bool:
    """Whether a file lies in the storage of a Zotero library."""
    above = path.parents
    return len(above) > 2 and above[1].name == STORAGE and (above[2] / DATABASE).is_file()
