"""Language models on this machine: the ones CiteGrid knows and those a person added.

They lie once per user in ``paths.models_folder()``, so many projects share them.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from citegrid.core.errors import ModelError, StorageError, UsageError
from citegrid.core.messages import Message
from citegrid.core.model.endpoint import ModelChoice, endpoint_of, is_address, shown
from citegrid.ports import NEVER, SILENT, Cancel, Progress
from citegrid.store import paths
from citegrid.store.checksums import checksum, forget, remember, remembered
from citegrid.store.files import CHUNK, make_folder, sha256_of, storage_error
from citegrid.store.model_files.fetch import fetch_entry, look_for
from citegrid.store.model_files.gguf import check_chat_model
from citegrid.store.model_files.hubs import hubs_of
from citegrid.store.model_files.manifest import ModelEntry, read_manifest
from citegrid.store.model_files.origins import Origin, keep_origin, origin_of
from citegrid.store.model_files.parts import MB
from citegrid.store.own_files import beside as name_beside
from citegrid.store.own_files import sweep

__all__ = [
    "Model",
    "Verified",
    "add",
    "checksum",
    "chosen",
    "default_model",
    "fetch",
    "list_models",
    "resolve",
    "served_models",
    "verify",
]

State = Literal[
    "here", "partly here", "not here", "damaged", "to be looked for", "on a server here", "on a server elsewhere"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """A model that is here or could be: ``known`` ones stand in the manifest, the others a person added.

    That of a server has its address as ``id`` and no file (``path`` is empty).  ``publisher``, ``languages``, ``task`` and ``page`` are
    those of the manifest; ``hosts`` is where it can be fetched.
    """

    id: str
    name: str
    path: Path
    bytes: int
    licence: str
    context: int
    known: bool
    default: bool
    state: State
    publisher: str = ""
    languages: tuple[str, ...] = ()
    task: str = ""
    page: str = ""
    hosts: tuple[str, ...] = ()

    @property
    def choice(self) -> str:
        """What settings keep of it when it is chosen: nothing for the default one."""
        return "" if self.default else self.id if self.known or self.served else str(self.path)

    @property
    def served(self) -> bool:
        """Whether a server has it."""
        return self.state in ("on a server here", "on a server elsewhere")

    @property
    def usable(self) -> bool:
        """Whether it can be chosen now."""
        return self.state == "here" or self.served


@dataclass(frozen=True, slots=True)
class Verified:
    """A file whose bytes were read and hashed just now."""

    path: Path
    sha256: str
    listed: bool


def list_models() -> list[Model]:
    """Every model that is known or was added, the default one first.  Quick: nothing is hashed."""
    manifest, folder = read_manifest(), paths.models_folder()
    found = []
    for entry in manifest.entries:
        path = folder / entry.file
        found.append(_known_model(entry, path, entry.id == manifest.default))
    files = {entry.file for entry in manifest.entries}
    for path in sorted(folder.glob("*.gguf")) if folder.is_dir() else []:
        if path.name in files:
            continue
        try:
            header = check_chat_model(path)
        except ModelError:
            found.append(Model(path.stem, path.stem, path, _size(path), "", 0, False, False, "damaged"))
        else:
            name = header.name or path.stem
            found.append(Model(path.stem, name, path, _size(path), "", header.context_length, False, False, "here"))
    return found


def served_models(addresses: Sequence[str]) -> list[Model]:
    """The models of the servers at ``addresses`` that a person chose; those that cannot be read are left out.  Nothing is asked."""
    found = []
    for address in addresses:
        with contextlib.suppress(UsageError):
            endpoint = endpoint_of(address)
            state: State = "on a server here" if endpoint.local else "on a server elsewhere"
            name = shown(endpoint.model) or endpoint.address
            found.append(Model(address, name, Path(), 0, "", 0, False, False, state))
    return found


def default_model() -> Path | None:
    """The default model's file when it is here and checked; ``None`` otherwise."""
    entry = read_manifest().find("")
    if entry is None:
        return None
    path = paths.models_folder() / entry.file
    try:
        return path if _is_whole(entry, path) else None
    except StorageError:
        return None


def fetch(name: str = "", progress: Progress = SILENT, cancel: Cancel = NEVER) -> Path:
    """The file of a known model, downloaded when it is not here yet; ``name`` is an id or a file name, "" the default.

    A fetch that was cut off goes on where it stopped.  Progress is in MB.
    Raises ``ModelError``, ``StorageError`` or ``Cancelled``.
    """
    entry = _known(name)
    path = paths.models_folder() / entry.file
    if _is_whole(entry, path, progress, cancel):
        return path
    path, listed = fetch_entry(entry, paths.models_folder(), progress, cancel)
    if listed is not None:
        keep_origin(path, Origin(listed.sha256, listed.host, datetime.date.today().isoformat()))
    remember(path, listed.sha256 if listed is not None else entry.sha256)
    return path


def verify(name: str | Path = "", progress: Progress = SILENT, cancel: Cancel = NEVER) -> Verified:
    """Reads the whole file again and compares; raises ``ModelError`` when it is not here or not as it should be."""
    path = _find(str(name))
    entry = _entry_of(path)
    before = str(remembered().get(str(path), {}).get("sha256", ""))
    found = sha256_of(path, progress=progress, cancel=cancel)
    wanted = _listed_sum(entry, path) if entry else before
    if wanted and found != wanted:
        forget(path)
        hint = (
            Message("`{command}` downloads it anew.", command=f"citegrid models fetch {entry.id}")
            if entry
            else "Add it again from its source."
        )
        raise ModelError(
            Message(
                "{name} is damaged: its checksum is {found}…, not {wanted}….",
                name=path.name,
                found=found[:12],
                wanted=wanted[:12],
            ),
            hint,
        )
    if not wanted:
        check_chat_model(path)
    remember(path, found)
    return Verified(path, found, entry is not None and bool(wanted))


def add(path: Path, progress: Progress = SILENT, cancel: Cancel = NEVER) -> Path:
    """Takes a person's own GGUF into the models folder when it is a chat model that can be loaded.

    On the same disk the file is linked, which costs no space; else it is copied.
    Raises ``ModelError``, ``StorageError`` or ``Cancelled``.
    """
    check_chat_model(path)
    folder = make_folder(paths.models_folder())
    target = folder / f"{path.stem}.gguf"
    if target.exists() and target.samefile(path):
        return target
    found = sha256_of(path, progress=progress, cancel=cancel)
    entry = _entry_of(target)
    wanted = _listed_sum(entry, target) if entry else ""
    if (wanted and found != wanted) or (target.exists() and checksum(target) != found):
        raise ModelError(
            Message("There is already another model called {name}.", name=target.name),
            "Rename the file and add it again.",
        )
    if not target.exists():
        _bring(path, target, progress, cancel)
    remember(target, found)
    return target


def resolve(name_or_path: str | None = None) -> Path:
    """The model file to use: a path, an id or file name from the list, or the default one for ``None``.

    Raises ``ModelError`` with the command that helps.
    """
    if name_or_path:
        path = _find(name_or_path)
        if not _entry_of(path):
            check_chat_model(path)
            return path
        name = path.name
    else:
        name = ""
    entry = _known(name)
    path = paths.models_folder() / entry.file
    if _is_whole(entry, path):
        return path
    command = f"citegrid models fetch {entry.id}" if name_or_path else "citegrid models fetch"
    if path.exists():
        raise ModelError(
            Message("{name} is damaged.", name=entry.file), Message("`{command}` downloads it anew.", command=command)
        )
    raise _not_here(entry, command)


def chosen(name: str | None, elsewhere: Collection[str] | bool = False) -> ModelChoice:
    """The model that a person chose: a server's address, or what ``resolve`` takes.

    A server that is not on this computer would be told what the papers say: it must be ``elsewhere``, the addresses that the
    person agreed to (True: any).  Raises ``ModelError`` or ``UsageError``.
    """
    if not name or not is_address(name):
        return resolve(name)
    endpoint = endpoint_of(name)
    agreed = elsewhere if isinstance(elsewhere, bool) else str(endpoint) in elsewhere
    if not (endpoint.local or agreed):
        raise UsageError(
            Message("{address} is not on this computer: what the papers say would leave it.", address=endpoint.address),
            "If that is right, add --elsewhere, or agree to it in the window (Models).",
        )
    return endpoint


# -- finding -----------------------------------------------------------------------------------------------------------


def _known(name: str) -> ModelEntry:
    manifest = read_manifest()
    if entry := manifest.find(name):
        return entry
    ids = ", ".join(entry.id for entry in manifest.entries)
    raise ModelError(Message("There is no model called {name}.", name=name), Message("Known are: {ids}.", ids=ids))


def _find(name: str) -> Path:
    """The file that ``name`` means: a path, the id or file of a known model, the name of an added one."""
    folder = paths.models_folder()
    if (entry := read_manifest().find(name)) and (not name or not Path(name).is_file()):
        path = folder / entry.file
        if not path.is_file():
            raise _not_here(entry, f"citegrid models fetch {entry.id}")
        return path
    for path in (Path(name).expanduser(), folder / name, folder / f"{name}.gguf"):
        if path.is_file():
            return path.absolute()
    raise ModelError(Message("There is no model {name}.", name=name), "`citegrid models list` shows which there are.")


def _entry_of(path: Path) -> ModelEntry | None:
    """The manifest's entry for a file in the models folder."""
    if path.absolute().parent != paths.models_folder():
        return None
    return read_manifest().find(path.name)


def _not_here(entry: ModelEntry, command: str) -> ModelError:
    hint = Message("Get it with `{command}` ({size} MB).", command=command, size=entry.bytes // MB)
    return ModelError(
        Message("The model {name} is not here yet.", name=entry.name), hint if entry.fetched else look_for(entry)
    )


def _known_model(entry: ModelEntry, path: Path, default: bool) -> Model:
    hosts = tuple(hub.host for hub in hubs_of(entry))
    size = _size(path) if path.is_file() and not entry.sha256 else entry.bytes
    return Model(
        entry.id, entry.name, path, size, entry.licence, entry.context, True, default, _state(entry, path),
        entry.publisher, entry.languages, entry.task, entry.page, hosts,
    )  # fmt: skip


def _listed_sum(entry: ModelEntry, path: Path) -> str:
    """What its publisher lists: in the manifest, or at the hub when it was fetched; empty where a person brought the file."""
    origin = origin_of(path)
    return entry.sha256 or (origin.sha256 if origin is not None else "")


def _is_whole(entry: ModelEntry, path: Path, progress: Progress = SILENT, cancel: Cancel = NEVER) -> bool:
    """Whether the file is here with the bytes that are listed; one that a person brought, with those that a chat model has."""
    if not entry.fetched or not path.is_file() or (entry.sha256 and _size(path) != entry.bytes):
        return False
    wanted = _listed_sum(entry, path)
    if not wanted:
        check_chat_model(path)
        return True
    return checksum(path, progress=progress, cancel=cancel) == wanted


def _state(entry: ModelEntry, path: Path) -> State:
    if not entry.fetched:
        return "to be looked for"
    if path.is_file():
        return "here" if not entry.sha256 or _size(path) == entry.bytes else "damaged"
    return "partly here" if path.with_name(path.name + ".part.json").exists() else "not here"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _bring(source: Path, target: Path, progress: Progress, cancel: Cancel) -> None:
    with contextlib.suppress(OSError):
        os.link(source.resolve(), target)
        return
    sweep(target.parent)  # a copy that was killed takes a gigabyte
    beside, size, done = name_beside(target.parent), _size(source), 0
    if shutil.disk_usage(target.parent).free < size:
        raise StorageError(
            Message("There is no room for {name} in {folder}.", name=target.name, folder=target.parent),
            "Make room on that disk.",
        )
    try:
        with source.open("rb") as origin, beside.open("wb") as copy:
            while chunk := origin.read(CHUNK):
                cancel.check()
                copy.write(chunk)
                done += len(chunk)
                progress.report("Copying the model (MB)", done // MB, size // MB, target.name)
            copy.flush()
            os.fsync(copy.fileno())
        beside.replace(target)
    except OSError as error:
        raise storage_error(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
