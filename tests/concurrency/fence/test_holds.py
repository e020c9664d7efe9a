"""The fence, tried: what a process that hostile files took over would do is refused, and without a part of it the program works."""

from __future__ import annotations

import ast
import json
import multiprocessing
import os
import pickle
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import pytest

from citegrid.concurrency import wire
from citegrid.concurrency.child_process import _never_for_ever
from citegrid.concurrency.fence import kernel, landlock, seccomp, syscalls
from citegrid.concurrency.fence.cage import Cage, InForce, Measure
from citegrid.concurrency.remote_work import RemoteWork
from citegrid.core.document import Page
from citegrid.core.errors import InputError, InternalError
from citegrid.core.messages import Message
from citegrid.ports import Pixels
from citegrid.workbench.help import self_test

ROOT = Path(__file__).resolve().parents[3]
linux = pytest.mark.skipif(sys.platform != "linux", reason="the fence of Linux")


# -- what the child tries ----------------------------------------------------------------------------------------------


def _refused(what: Callable[[], object]) -> str:
    try:
        what()
    except (OSError, MemoryError) as fault:
        return type(fault).__name__
    return "done"


def attempts(outside: str, secret: str, *, progress, cancel) -> Iterator[dict[str, str]]:  # type: ignore[no-untyped-def]
    """Everything at once, so that one process is enough."""
    tried = {
        "a socket": lambda: socket.create_connection(("127.0.0.1", 9), 1),
        "a datagram": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
        "a local socket": lambda: socket.socket(socket.AF_UNIX),
        "a file outside": lambda: Path(outside).write_text("taken"),
        "a file in place of another": lambda: Path(secret).replace(outside),
        "a folder": Path(outside).mkdir,
        "a secret": lambda: Path(secret).read_text(),
        "the list of users": lambda: Path("/etc/passwd").read_text(),
        "a program": lambda: subprocess.run(["/bin/true"], check=True),
        "a shell": lambda: os.execv("/bin/sh", ["sh"]),
        "a fork": os.fork,
        "the parent's end": lambda: os.kill(os.getppid(), 9),
        "the parent's memory": lambda: Path(f"/proc/{os.getppid()}/maps").read_text(),
        "four gigabytes": lambda: bytearray(4 << 30),
        "the end with its parent": lambda: kernel.prctl(1, 0),
    }
    yield {name: _refused(what) for name, what in tried.items()}


def computing(*, progress, cancel) -> Iterator[int]:  # type: ignore[no-untyped-def]
    while True:
        pass
    yield 1


def greedy(*, progress, cancel) -> Iterator[int]:  # type: ignore[no-untyped-def]
    yield len(bytearray(4 << 30))


def says(pipe: Connection, what: str) -> None:
    """A child that was taken over, and what it sends instead of an answer."""
    answers: dict[str, Callable[[], object]] = {
        "a pickle": lambda: pipe.send(_Bomb()),
        "noise": lambda: pipe.send_bytes(os.urandom(100)),
        "nothing": lambda: pipe.send_bytes(b""),
        "another message": lambda: wire.send(pipe, wire.Done()),
        "a word for a number": lambda: pipe.send_bytes(b"\x93\xacPictureDrawn\xa1a\x01"),
        "less than nothing": lambda: pipe.send_bytes(b"\x93\xacPictureDrawn\xff\xff"),
        "an endless length": lambda: os.write(pipe.fileno(), struct.pack("!iQ", -1, 1 << 60)),
        "a length and no more": lambda: os.write(pipe.fileno(), struct.pack("!i", 1000) + b"x"),
        "lists in lists": lambda: pipe.send_bytes(b"\x91" * 100_000),
        "another size": lambda: (wire.send(pipe, wire.PictureDrawn(4, 4)), pipe.send_bytes(b"x" * 47)),
        "a picture without end": lambda: wire.send(pipe, wire.PictureDrawn(1 << 30, 1 << 30)),
    }
    answers[what]()


class _Bomb:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (os.environ["BOMB"],)


def nothing() -> None:
    """What there is to load."""


# -- tests -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fenced() -> Iterator[RemoteWork]:
    made = RemoteWork(nothing)
    yield made
    made.close()


@linux
def test_nothing_of_a_person_and_nothing_outside_can_be_reached(fenced: RemoteWork, tmp_path: Path) -> None:
    outside, secret = tmp_path / "outside", tmp_path / "secret"
    secret.write_text("a paper under review")
    (tried,) = fenced.run(attempts, str(outside), str(secret), parts=(dict[str, str],))
    assert {name: how for name, how in tried.items() if how == "done"} == {}
    assert tried["four gigabytes"] == "MemoryError"
    assert not outside.exists() and secret.read_text() == "a paper under review"


@linux
def test_one_that_writes_has_one_folder_and_may_start_what_it_needs(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    inside.mkdir()
    one = RemoteWork(nothing, Cage(writes=str(inside), programs=True))
    (tried,) = one.run(allowed, str(outside), str(inside / "index"), parts=(dict[str, str],))
    assert tried == {"inside": "done", "outside": "PermissionError", "program": "done", "socket": "PermissionError"}
    assert (inside / "index").exists() and not outside.exists()


def allowed(outside: str, inside: str, *, progress, cancel) -> Iterator[dict[str, str]]:  # type: ignore[no-untyped-def]
    tried = {
        "inside": lambda: Path(inside).write_text("kept"),
        "outside": lambda: Path(outside).write_text("taken"),
        "program": lambda: subprocess.run(["/bin/true"], check=True),
        "socket": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    }
    yield {name: _refused(what) for name, what in tried.items()}


@linux
def test_the_doctor_tries_it_and_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "\n".join(one.said for one in self_test.fence())
    assert said.count("✓") == len(Measure) and "no network (seccomp)" in said
    lacking = [InForce(Measure.NETWORK, False, "Function not implemented")]
    monkeypatch.setattr(self_test.trial, "standings", lambda found: lacking)
    (one,) = self_test.fence()
    assert not one.works and "not in force here is no network (Function not implemented)" in one.said


def test_one_that_computes_for_ever_is_ended(fenced: RemoteWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citegrid.concurrency.watch.MOST_COMPUTED", 0.5)
    before = set(psutil.Process().children())
    with pytest.raises(InputError, match=r"Reading endless\.pdf takes too long"):
        list(fenced.run(computing, parts=(int,), name="endless.pdf"))
    assert not set(psutil.Process().children()) - before


@linux
def test_the_system_ends_it_where_the_parent_does_not_look() -> None:
    short = RemoteWork(nothing, Cage(memory=1 << 30, seconds=1))
    with pytest.raises(InputError, match=r"Reading endless\.pdf takes too long"):
        list(short.run(computing, parts=(int,), name="endless.pdf"))


def test_one_that_takes_four_gigabytes_is_one_sentence(fenced: RemoteWork) -> None:
    with pytest.raises(InputError, match=r"Reading heavy\.docx takes more than 1536 MB of memory"):
        list(fenced.run(greedy, parts=(int,), name="heavy.docx"))


@pytest.mark.parametrize(
    "what",
    [
        "a pickle", "noise", "nothing", "another message", "a word for a number", "less than nothing", "an endless length",
        "a length and no more", "lists in lists", "another size", "a picture without end",
    ],
)  # fmt: skip
def test_what_is_no_answer_is_not_taken(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citegrid.concurrency.child_process._STALLED", 1)
    monkeypatch.setenv("BOMB", str(tmp_path / "bomb"))
    ours, theirs = multiprocessing.Pipe()
    _never_for_ever(ours)
    with ours, theirs:
        says(theirs, what)
        with pytest.raises((OSError, EOFError)):
            wire.hear_pixels(ours, wire.hear(ours, wire.PictureDrawn))
    assert not (tmp_path / "bomb").exists()


def test_parts_are_of_the_shapes_that_were_asked_for() -> None:
    page = Page(1, "i", 10.0, 20.0, "words")
    assert wire.value_of(wire.part_of(page), (Page,)) == page
    with pytest.raises(wire.BadMessage, match="nobody asked for"):
        wire.value_of(wire.part_of(page), (Pixels,))
    with pytest.raises(wire.BadMessage, match=r"\$\.number"):
        wire.value_of(wire.part_of(Page("1", "i", 10.0, 20.0, "words")), (Page,))  # type: ignore[arg-type]
    with pytest.raises(wire.BadMessage, match="5 bytes"):
        wire.checked(Pixels(2, 1, b"bytes"))
    with pytest.raises(wire.BadMessage):
        wire.value_of(wire.part_of(b"\x80" + pickle.dumps(page)), (Page, dict[str, int]))


def test_a_sentence_keeps_its_key_and_values_and_half_a_surrogate_pair_costs_nothing() -> None:
    error = InputError(Message("{name} is empty.", name="a.pdf"), "Try again.")
    back = wire.error_of(wire.failure_of(error))
    assert isinstance(back, InputError) and back.said("zh") == error.said("zh") != str(back)
    assert isinstance(wire.error_of(wire.Failed("SystemExit", "x", "")), InternalError)
    broken = wire.part_of(Page(1, "", 1.0, 1.0, "a\ud800b"))
    assert wire.value_of(broken, (Page,)).text == "a?b"


@linux
@pytest.mark.parametrize(
    ("lacking", "measures"),
    [
        ("", set()),
        ("LANDLOCK_CREATE", {Measure.FILES}),
        ("MACHINES", {Measure.NETWORK, Measure.PROGRAMS}),
    ],
)
def test_without_a_part_of_it_work_is_done_and_what_is_missing_is_told(lacking: str, measures: set[Measure]) -> None:
    found = _told_by(lacking)
    assert {name for name, holds in found.items() if not holds} == {m.name for m in measures}


def _told_by(lacking: str) -> dict[str, bool]:
    """What a process says is in force on a kernel that lacks something."""
    code = (
        "import json, os\nfrom citegrid.concurrency.fence import enter, kernel, syscalls\n"
        "from citegrid.concurrency.fence.cage import PARSER\n"
        f"lacking = {lacking!r}\n"
        "if lacking == 'MACHINES': syscalls.MACHINES.clear()\n"
        "elif lacking: setattr(kernel, lacking, 4000)\n"
        "enter.enter(PARSER, os.getppid())\n"
        "print(json.dumps({one.measure.name: one.in_force for one in enter.standing()}))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "desktop")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    found: dict[str, bool] = json.loads(done.stdout)
    return found


def test_the_filter_is_one_that_the_kernel_would_take_on_every_machine() -> None:
    for machine in syscalls.MACHINES:
        for programs in (False, True):
            code = list(seccomp.program(machine, 1234, programs=programs))
            assert len(code) < 4096
            jumps = [at + 1 + max(jt, jf) for at, (kind, jt, jf, _) in enumerate(code) if kind in (0x15, 0x35)]
            assert max(jumps) < len(code) and code[-1][0] == 0x06


def test_what_lies_in_a_home_is_not_opened_with_it() -> None:
    assert str(Path.home()) not in landlock._own() and "/" not in landlock._own()


@linux
def test_a_packaged_program_in_a_home_reads_itself_and_not_its_neighbours(tmp_path: Path) -> None:
    """Its modules lie in its own file, beside the folder that Python is told of; in /usr that was never seen."""
    (tmp_path / "program" / "_internal").mkdir(parents=True)
    for place in ("program/citegrid", "thesis.txt"):
        (tmp_path / place).write_text(place, encoding="utf-8")
    code = (
        "import os, sys\n"
        "from citegrid.concurrency.fence import enter\n"
        "from citegrid.concurrency.fence.cage import PARSER\n"
        "sys._MEIPASS, sys.executable = 'program/_internal', os.path.abspath('program/citegrid')\n"
        "enter.enter(PARSER, os.getppid())\n"
        "print(open(sys.executable).read())\n"
        "open('thesis.txt')\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "desktop")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout == "program/citegrid\n" and "PermissionError" in done.stderr


def test_only_a_child_unpickles_what_comes_by_a_pipe() -> None:
    """Its parent is trusted; nobody trusts a child."""
    found = set()
    for path in sorted((ROOT / "desktop" / "citegrid").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                calls = [n.func for n in ast.walk(function) if isinstance(n, ast.Call)]
                named = {(ast.unparse(c.value), c.attr) for c in calls if isinstance(c, ast.Attribute)}
                if any(attribute == "recv" or (owner, attribute) == ("pickle", "loads") for owner, attribute in named):
                    found.add(f"{path.stem}.{function.name}")
    children = {
        "child_process._fenced",
        "remote_work.listen",
        "ocr_pool.serve",
        "pdf_process._serve",
        "process._listen",
    }
    own = {"interrupt.hear", "interrupt.on_interrupt"}  # a byte that the window's process sends itself
    assert found == children | own
