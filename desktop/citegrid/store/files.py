"""Writing without losing anything, and hashing with progress.

A file is written beside its place, flushed to the disk and moved over the old
one in one step: whoever reads sees the old content or the new, never half.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
from pathlib import Path

from citegrid.core.errors import StorageError
from citegrid.ports import NEVER, SILENT, Cancel, Progress

CHUNK = 1 << 20


def storage_error(path: Path, error: OSError, doing: str = "written") -> StorageError:
    """The sentence for an ``OSError`` while ``path`` was being ``doing`` (a past participle)."""
    sentence = f"{path} cannot be {doing}"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageError(f"{sentence}: the disk is full.", "Make room, or choose a folder on another disk.")
    if error.errno == errno.EROFS:
        return StorageError(f"{sentence}: the disk is read-only.", "Choose another folder.")
    if error.errno in (errno.EACCES, errno.EPERM):
        hint = "Choose another folder, or close the program that has the file open."
        return StorageError(f"{sentence}: there is no permission.", hint)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return StorageError(f"{sentence}: there is no such file or folder.", "Check the path.")
    if error.errno == errno.EISDIR:
        return StorageError(f"{sentence}: it is a folder.", "Give the name of a file.")
    if error.errno == errno.ENAMETOOLONG:
        return StorageError(f"{sentence}: the name is too long.", "Choose a shorter name.")
    return StorageError(f"{sentence}: {error.strerror or error}.", "Choose another folder.")


def make_folder(path: Path) -> Path:
    """The folder ``path``, made with its parents where absent; raises ``StorageError``."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise StorageError(f"{path} is a file where a folder is needed.", "Choose another folder.") from None
    except OSError as error:
        raise storage_error(path, error, "made") from error
    return path


def write_atomically(path: Path, data: bytes) -> None:
    """Puts ``data`` at ``path``, whole or not at all; missing folders are made; raises ``StorageError``."""
    target = Path(os.path.realpath(path))  # a link stays a link, what it points to is replaced
    if os.path.isdir(target):  # noqa: PTH112  (Path.is_dir raises where the folder may not be entered)
        raise storage_error(path, IsADirectoryError(errno.EISDIR, "is a directory"))
    make_folder(target.parent)
    beside = target.parent / f".citegrid-{secrets.token_hex(6)}.tmp"
    try:
        # os.open and not tempfile: the file shall have the permissions that the person's umask gives
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            with contextlib.suppress(OSError):
                beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise storage_error(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Makes a rename in ``folder`` survive a power cut, where the system can promise that."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256_of(path: Path, *, progress: Progress = SILENT, cancel: Cancel = NEVER) -> str:
    """The SHA-256 of a file in hexadecimal; about a second a gigabyte; raises ``StorageError`` or ``Cancelled``."""
    digest = hashlib.sha256()
    try:
        total, done = path.stat().st_size, 0
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                cancel.check()
                digest.update(chunk)
                done += len(chunk)
                progress.report("Checking the file", done, total, path.name)
    except OSError as error:
        raise storage_error(path, error, "read") from error
    return digest.hexdigest()
