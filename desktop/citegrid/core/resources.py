"""Where the files lie that ship with the program: word lists, translations, styles, icons, the sample."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def home_of(folder: str) -> Path:
    """``resources`` or ``models`` as shipped: beside ``desktop/`` in a checkout, inside the package when installed."""
    checkout = _PACKAGE.parent.parent
    if _PACKAGE.parent.name == "desktop" and (checkout / "pyproject.toml").is_file():
        return checkout / folder
    return _PACKAGE / folder


def resource(*parts: str) -> Path:
    """A file or folder of ``resources/``, for example ``resource("sample", "paper.pdf")``."""
    return home_of("resources").joinpath(*parts)
