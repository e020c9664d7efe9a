"""Blocks the import of Qt for a whole test run: ``pytest -p tests.no_qt --ignore=tests/gui``.

The second lock beside import-linter: whatever the linter cannot see (an import inside a function, by name,
through a third party) fails here as it would on a machine without Qt.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import NoReturn

BLOCKED = ("PySide6", "shiboken6", "pytestqt")


class NoQt(MetaPathFinder):
    def find_spec(self, fullname: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname.split(".")[0] in BLOCKED:
            refuse(fullname)
        return None


def refuse(name: str) -> NoReturn:
    raise ModuleNotFoundError(f"{name} is blocked in this run: only the window may import Qt", name=name)


sys.meta_path.insert(0, NoQt())
