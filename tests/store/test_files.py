from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from citegrid.core.errors import Cancelled, StorageError
from citegrid.ports import Flag
from citegrid.store import files


def test_writes_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "结果.json"
    files.write_atomically(path, b"one")
    files.write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_keeps_the_permissions_of_the_file_it_replaces(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"old")
    path.chmod(0o640)
    files.write_atomically(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"old")
    link.symlink_to(real)
    files.write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@contextmanager
def small_files_only() -> Iterator[None]:
    """A true limit of the system on the size of a file: writes beyond 4 KB fail half way, as on a full disk.

    It holds for the write alone: the log that the tests themselves are written to may be a file as well.
    """
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    path.write_bytes(b"old")
    with (
        pytest.raises(StorageError, match=r"project\.json cannot be written: the disk is full\. Make room"),
        small_files_only(),
    ):
        files.write_atomically(path, b"x" * 100_000)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(StorageError, match="out cannot be written: it is a folder"):
        files.write_atomically(tmp_path / "out", b"")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match=r"file where a folder is needed|no such file or folder"):
        files.write_atomically(tmp_path / "file" / "below.json", b"")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of Unix")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)  # root may write anywhere; nobody may not
    try:
        with pytest.raises(StorageError, match="there is no permission"):
            files.write_atomically(tmp_path / "x", b"")
    finally:
        if root:
            os.seteuid(0)
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "there is no permission"),
        (errno.ENAMETOOLONG, "the name is too long"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_each_refusal_of_the_disk_is_one_sentence(number: int, words: str) -> None:
    error = files.storage_error(Path("out/报告.docx"), OSError(number, os.strerror(number)))
    assert words in error.sentence
    assert "报告.docx" in error.sentence
    assert error.hint.endswith(".")


class Steps:
    def __init__(self) -> None:
        self.seen: list[tuple[int, int]] = []

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
        self.seen.append((done, total))


def test_hash_reports_and_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "big.bin"
    data = os.urandom(files.CHUNK * 2 + 7)
    path.write_bytes(data)
    steps = Steps()
    assert files.sha256_of(path, progress=steps) == hashlib.sha256(data).hexdigest()
    assert steps.seen == [(files.CHUNK, len(data)), (files.CHUNK * 2, len(data)), (len(data), len(data))]
    stop = Flag()
    stop.set()
    with pytest.raises(Cancelled):
        files.sha256_of(path, cancel=stop)
    with pytest.raises(StorageError, match=r"absent\.bin cannot be read: there is no such file"):
        files.sha256_of(tmp_path / "absent.bin")
