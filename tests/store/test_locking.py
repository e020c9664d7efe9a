"""Locks: one holder at a time, free again when it lets go or dies, and it can be said who it is."""

from __future__ import annotations

import errno
import os
import platform
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from citegrid.core.errors import InputError, StorageError
from citegrid.store import locking, project_folder

ROOT = Path(__file__).resolve().parents[2]
HOLD = (
    "import sys, time\nfrom pathlib import Path\nfrom citegrid.store.locking import take\n"
    "lock = take(Path(sys.argv[1]))\nprint(lock is not None, flush=True)\ntime.sleep(60)\n"
)


def held_by_another(path: Path) -> subprocess.Popen[str]:
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "desktop"))
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "True\n"
    other.stdout.close()
    return other


def test_one_holds_it_until_it_lets_go(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    first = locking.take(path)
    assert first is not None
    assert locking.take(path) is None
    first.release()
    first.release()
    second = locking.take(path)
    assert second is not None
    second.release()


def test_it_may_be_released_on_another_thread(tmp_path: Path) -> None:
    lock = locking.take(tmp_path / ".lock")
    assert lock is not None
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    again = locking.take(tmp_path / ".lock")
    assert again is not None
    again.release()


def test_another_programs_lock_is_respected_named_and_free_when_it_is_killed(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    other = held_by_another(path)
    try:
        assert locking.take(path) is None
        assert locking.holder_of(path) == locking.Holder(platform.node(), other.pid)
        assert not locking.holder_of(path).is_elsewhere
    finally:
        other.kill()
        other.wait()
    lock = locking.take(path)
    assert lock is not None
    lock.release()


def test_a_drive_without_locks_gets_a_marker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(fd: int) -> bool:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    for module in [
        m for name, m in sys.modules.items() if name.startswith("filelock") and hasattr(m, "lock_fd_nonblocking")
    ]:
        monkeypatch.setattr(module, "lock_fd_nonblocking", without)
    path = tmp_path / ".lock"
    lock = locking.take(path)
    assert lock is not None
    assert locking.take(path) is None
    lock.release()
    again = locking.take(path)
    assert again is not None
    again.release()


def test_a_project_that_is_open_elsewhere_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "Geese"
    folder.mkdir()
    lock = project_folder.hold(folder)
    with pytest.raises(InputError, match="“Geese” is open in another window"):
        project_folder.hold(folder)
    monkeypatch.setattr(platform, "node", lambda: "desk")
    with pytest.raises(InputError, match="“Geese” is open on ") as caught:
        project_folder.hold(folder)
    assert caught.value.said("zh").startswith("项目“Geese”正在 ")
    lock.release()


def test_a_place_that_cannot_be_locked_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such file"):
        locking.take(tmp_path / "absent" / ".lock")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="it is a folder"):
        locking.take(tmp_path / "folder")


def test_what_stands_beside_a_lock_is_not_believed(tmp_path: Path) -> None:
    for text in ("", "{", "[]", '{"computer": "x"}', '{"computer": "x", "process": "y"}'):
        (tmp_path / f".lock{locking._OWNER}").write_text(text)
        assert locking.holder_of(tmp_path / ".lock") == locking.Holder()
