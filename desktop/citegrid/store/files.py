"""Writing without losing anything, and hashing with progress.

A file is written beside its place, flushed to the disk and moved over the old
one in one step: whoever reads sees the old content or the new, never half.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from pathlib import Path

from citegrid.core.errors import StorageError
from citegrid.core.messages import Message
from citegrid.ports import NEVER, SILENT, Cancel, Progress
from citegrid.store import own_files

CHUNK = 1 << 20


#: Error numbers of the system → why a file cannot be had, and what to try.
_CAUSES = (
    (
        {errno.ENOSPC, errno.EDQUOT, errno.EFBIG},
        Message("the disk is full"),
        Message("Make room, or choose a folder on another disk."),
    ),
    ({errno.EROFS}, Message("the disk is read-only"), Message("Choose another folder.")),
    (
        {errno.EACCES, errno.EPERM},
        Message("there is no permission"),
        Message("Choose another folder, or close the program that has the file open."),
    ),
    ({errno.ENOENT, errno.ENOTDIR}, Message("there is no such file or folder"), Message("Check the path.")),
    ({errno.EISDIR}, Message("it is a folder"), Message("Give the name of a file.")),
    ({errno.ENAMETOOLONG}, Message("the name is too long"), Message("Choose a shorter name.")),
)
BE_WRITTEN = Message("be written")
BE_READ = Message("be read")


def storage_error(path: Path, error: OSError, doing: Message = BE_WRITTEN) -> StorageError:
    """The sentence for an ``OSError`` while ``path`` was to ``doing`` (“be written”)."""
    unknown = (error.strerror or str(error), Message("Choose another folder."))
    why, hint = next(((why, hint) for numbers, why, hint in _CAUSES if error.errno in numbers), unknown)
    return StorageError(Message("{path} cannot {doing}: {why}.", path=path, doing=doing, why=why), hint)


def make_folder(path: Path, *, private: bool = False) -> Path:
    """The folder ``path``, made with its parents where absent, for the person alone where it is ``private``; raises
    ``StorageError``."""
    try:
        if private:
            own_files.private_folder(path)
        elif not path.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            sync_folder(path.parent)
    except FileExistsError:
        raise StorageError(
            Message("{path} is a file where a folder is needed.", path=path), "Choose another folder."
        ) from None
    except OSError as error:
        raise storage_error(path, error, Message("be made")) from error
    return path


#: Folders of which this process has swept away what killed programs left.
_swept: set[Path] = set()


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Puts ``data`` at ``path``, whole or not at all; missing folders are made; raises ``StorageError``.

    A link stays a link, and what it points to is replaced; where the file is ``private``, for the person alone, it takes the
    place of the link.
    """
    target = path.absolute() if private else Path(os.path.realpath(path))
    if os.path.isdir(target):  # noqa: PTH112  (Path.is_dir raises where the folder may not be entered)
        raise storage_error(path, IsADirectoryError(errno.EISDIR, "is a directory"))
    make_folder(target.parent)
    if target.parent not in _swept:
        _swept.add(target.parent)
        own_files.sweep(target.parent)
    beside = own_files.beside(target.parent)
    try:
        # os.open and not tempfile: the file shall have the permissions that the person's umask gives
        mode = 0o600 if private else 0o666
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists() and not target.is_symlink():
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
        raise storage_error(path, error, BE_READ) from error
    return digest.hexdigest()
