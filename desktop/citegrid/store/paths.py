"""Where things belong on each system.

``CITEGRID_DATA`` moves everything CiteGrid keeps for a person into one folder,
for a portable installation, a bigger disk, or a test.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from citegrid.core.resources import home_of

APP = "citegrid"
VARIABLE = "CITEGRID_DATA"


def chosen_folder() -> Path | None:
    """The folder that ``CITEGRID_DATA`` names, if it does."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named).expanduser().absolute() if named else None


def data_folder() -> Path:
    """Things worth keeping that are not a project: models and templates.  Not made here."""
    return chosen_folder() or Path(platformdirs.user_data_dir(APP, appauthor=False))


def cache_folder() -> Path:
    """Things that can be made again: pages read, rooms' results.  Not made here."""
    chosen = chosen_folder()
    return chosen / "cache" if chosen else Path(platformdirs.user_cache_dir(APP, appauthor=False))


def config_folder() -> Path:
    """Settings and the window's layout.  Not made here."""
    chosen = chosen_folder()
    return chosen / "config" if chosen else Path(platformdirs.user_config_dir(APP, appauthor=False))


def state_folder() -> Path:
    """What the program notes of its own work: the log.  Not made here."""
    chosen = chosen_folder()
    return chosen / "state" if chosen else Path(platformdirs.user_state_dir(APP, appauthor=False))


def models_folder() -> Path:
    """Language models, shared by all projects of a person.  Not made here."""
    return data_folder() / "models"


def templates_folder() -> Path:
    """Saved templates, one file each.  Not made here."""
    return data_folder() / "templates"


def manifest_file() -> Path:
    """The list of models CiteGrid knows."""
    return home_of("models") / "manifest.toml"
