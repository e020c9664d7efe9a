"""A model one process away: it may crash, hang, babble or be killed; the parent says one sentence and goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from tests.doubles import engines as fake

from citegrid.concurrency.fence.cage import Cage
from citegrid.core.errors import Cancelled, ModelError
from citegrid.engines.language_model.process import PATIENCE, ModelProcess
from citegrid.ports import Answer, Ask, Cancel, Flag
from citegrid.store.model_files import models

ROOT = Path(__file__).resolve().parents[3]
ASK = Ask("system", "Evidence: water boils at 100 degrees", "")


# -- loaders; they run in the child ------------------------------------------------------------------------------------


def sound(path: Path, sha256: str) -> fake.FakeModel:
    return fake.FakeModel()


def hearing_nothing(path: Path, sha256: str) -> fake.FakeModel:
    class Deaf(fake.FakeModel):
        def answer(self, asks, *, on_answer=None, cancel: Cancel = fake.NEVER) -> list[Answer]:
            time.sleep(60)
            return []

    return Deaf()


def hanging(path: Path, sha256: str) -> fake.FakeModel:
    return fake.HangingModel()


def dying_on_the_second(path: Path, sha256: str) -> fake.FakeModel:
    """Answers the first question of a batch, then dies; after that (the file is left behind) it is sound."""

    class Dying(fake.FakeModel):
        def answer(self, asks, *, on_answer=None, cancel: Cancel = fake.NEVER) -> list[Answer]:
            if path.exists():
                return super().answer(asks, on_answer=on_answer, cancel=cancel)
            path.touch()
            super().answer(asks[:1], on_answer=on_answer, cancel=cancel)
            os.kill(os.getpid(), signal.SIGKILL)
            return []

    return Dying()


def babbling(path: Path, sha256: str) -> fake.FakeModel:
    return fake.FakeModel(fake.noise)


def failing(path: Path, sha256: str) -> fake.FakeModel:
    class Failing(fake.FakeModel):
        def weigh(self, asks, choices, *, cancel: Cancel = fake.NEVER):
            raise ZeroDivisionError("inside")

    return Failing()


def dying_at_load(path: Path, sha256: str) -> fake.FakeModel:
    os._exit(7)


def refusing(path: Path, sha256: str) -> fake.FakeModel:
    raise ModelError(f"{path.name} has no chat template.", "Choose another.")


def peeking(path: Path, sha256: str) -> fake.FakeModel:
    """A model that took its process over: it says what it got."""
    got = [path.read_text()]
    for what in (lambda: path.with_name("secret").read_text(), lambda: path.write_text("x"), socket.socket, os.fork):
        try:
            got.append(f"{what()}")
        except PermissionError:
            got.append("no")
    return fake.FakeModel(lambda ask: " ".join(got))


def loading_for_ever(path: Path, sha256: str) -> fake.FakeModel:
    with contextlib.suppress(OSError):  # where the output is a file, which a fenced process may not write
        print(os.getpid(), flush=True)
    end = time.monotonic() + 60
    while time.monotonic() < end:  # a chat template that loops does not sleep
        pass
    return fake.FakeModel()


# -- the parent --------------------------------------------------------------------------------------------------------


def process(load, path: Path = Path("some.gguf")) -> ModelProcess:
    return ModelProcess(path, "0" * 64, load, Cage(writes=str(path.parent)))  # doubles leave notes beside their model


def test_answers_usage_and_counts_come_through():
    model = process(sound)
    heard: list[tuple[int, Answer]] = []
    answers = model.answer([ASK, ASK], on_answer=lambda i, a: heard.append((i, a)))
    assert [a.text for a in answers] == ["water boils at 100 degrees"] * 2
    assert heard == list(enumerate(answers))
    assert model.weigh([ASK], ["Yes", "No"]) == [(5.0, 0.0)]
    assert model.count("a b c") == 3
    assert model.info.name == "fake.gguf"
    assert model.usage.generated_tokens == 10
    model.close()
    model.close()


def test_who_cannot_take_an_answer_gets_right_ones_to_the_next_question():
    model = process(sound)

    def refuse(index: int, answer: Answer) -> None:
        raise ValueError("full")

    with pytest.raises(ValueError, match="full"):
        model.answer([ASK, ASK], on_answer=refuse)
    assert model.count("a b c") == 3
    assert [a.text for a in model.answer([ASK])] == ["water boils at 100 degrees"]
    model.close()


def test_a_killed_child_costs_one_sentence_and_is_started_again(tmp_path):
    model = process(dying_on_the_second, tmp_path / "m.gguf")
    heard: list[int] = []
    with pytest.raises(ModelError, match=r"m\.gguf was ended by the system"):
        model.answer([ASK, ASK], on_answer=lambda i, a: heard.append(i))
    assert heard == [0]
    assert [a.text for a in model.answer([ASK])] == ["water boils at 100 degrees"]
    assert model.usage.generated_tokens == 5
    model.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the fence of Linux")
def test_a_model_reads_its_own_file_and_reaches_nothing_else(tmp_path):
    model_file = tmp_path / "m.gguf"
    model_file.write_text("weights")
    (tmp_path / "secret").write_text("a paper under review")
    model = ModelProcess(model_file, "0" * 64, peeking)
    assert [a.text for a in model.answer([ASK])] == ["weights no no no no"]
    model.close()


def test_a_failure_inside_is_told_and_the_child_goes_on():
    model = process(failing)
    with pytest.raises(ModelError, match="ZeroDivisionError: inside"):
        model.weigh([ASK], ["Yes", "No"])
    assert len(model.answer([ASK])) == 1
    model.close()


@pytest.mark.alone
@pytest.mark.parametrize("load", [hanging, hearing_nothing])
def test_a_cancel_is_heard_within_a_second_also_by_a_deaf_child(load):
    model = process(load)
    cancel = Flag()
    threading.Timer(0.2, cancel.set).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        model.answer([ASK], cancel=cancel)
    assert time.monotonic() - began < 0.2 + PATIENCE + 2.0  # the promise is PATIENCE; a busy machine needs its time
    model.close()


def test_a_cancel_does_not_reach_the_next_question():
    model = process(sound)
    cancel = Flag()
    cancel.set()
    with pytest.raises(Cancelled):
        model._lock.acquire()
        threading.Timer(0.1, model._lock.release).start()
        model.answer([ASK], cancel=cancel)
    assert len(model.answer([ASK])) == 1
    model.close()


def test_what_a_babbling_model_says_comes_through_as_it_is():
    model = process(babbling)
    assert "Xyzzy" in model.answer([ASK])[0].text
    model.close()


def test_a_model_that_cannot_be_loaded_is_told_in_its_own_words():
    with pytest.raises(ModelError, match=r"some\.gguf has no chat template"):
        process(refusing)


def test_a_model_that_dies_while_it_is_loaded():
    with pytest.raises(ModelError, match=r"some\.gguf ended unexpectedly \(code 7\)"):
        process(dying_at_load)


def test_closing_leaves_no_process_behind():
    model = process(hanging)
    child = model._child.process.pid
    model.close()
    assert not psutil.pid_exists(child)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_parent_leaves_no_process_behind():
    assert _gone_after_its_parent("print(ModelProcess(Path('m'), '', sound)._child.process.pid, flush=True)")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_parent_that_is_killed_while_the_model_is_loaded_leaves_no_process_behind():
    assert _gone_after_its_parent("ModelProcess(Path('m'), '', loading_for_ever)")


@pytest.mark.alone
def test_a_cancel_ends_the_loading_of_a_model():
    flag = Flag()
    threading.Timer(0.3, flag.set).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        ModelProcess(Path("some.gguf"), "", loading_for_ever, cancel=flag)
    assert time.monotonic() - began < 1.3


def _gone_after_its_parent(statement: str) -> bool:
    """Whether the child, whose number ``statement`` prints, ends when its parent is killed."""
    program = (
        "import time\nfrom pathlib import Path\n"
        "from citegrid.engines.language_model.process import ModelProcess\n"
        "from tests.engines.language_model.test_process import loading_for_ever, sound\n"
        f"if __name__ == '__main__':\n    {statement}\n    time.sleep(60)\n"
    )
    path = os.pathsep.join([str(ROOT / "desktop"), str(ROOT)])
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env=dict(os.environ, PYTHONPATH=path)
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    gone, _ = psutil.wait_procs([child], timeout=20)
    return bool(gone)


@pytest.mark.model
@pytest.mark.slow
def test_the_real_model_hears_a_cancel_in_the_middle_of_a_long_prompt():
    model = ModelProcess(models.resolve(None))
    long = Ask("You answer.", " ".join(f"word{i}" for i in range(1200)), "Say yes.", max_tokens=4)
    cancel = Flag()
    heard = [0.0]

    def stop() -> None:
        heard[0] = time.monotonic()
        cancel.set()

    threading.Timer(0.5, stop).start()
    with pytest.raises(Cancelled):
        model.answer([long], cancel=cancel)
    assert heard[0] > 0
    assert time.monotonic() - heard[0] < 3.0
    assert model.answer([Ask("You answer.", "", "Say yes.", max_tokens=4)])[0].text
    model.close()
