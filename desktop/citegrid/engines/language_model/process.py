"""A language model in a process of its own: what crashes it, or what the system kills for memory, takes nothing with it.

The parent speaks the port ``LanguageModel``; the child holds the real model and
lets the window have the processor first.  Messages are tuples over a pipe that
begin with their kind, one task at a time:

    to the child    ("answer", asks) · ("weigh", asks, choices) · ("count", text)
                    · ("cancel",); a closed pipe ends it
    to the parent   Ready · Ended, one answer · Answered, Weighed or Counted · Failed (see ``concurrency.wire``)

The child reads the one file of the model, which others made, and renders its template: it has no network, no other file, nothing to
write and no program to start.  Its memory is the model's, and has no limit.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from citegrid.concurrency import wire
from citegrid.concurrency.child_process import Child, settle_in
from citegrid.concurrency.fence.cage import Cage
from citegrid.core.errors import Cancelled, CiteGridError, ModelError
from citegrid.core.messages import Message
from citegrid.ports import NEVER, Answer, Ask, Cancel, Flag, LanguageModel, ModelInfo, Usage

Load = Callable[[Path, str], LanguageModel]

#: Seconds a child gets to hear a cancel before it is killed; the person was promised one second.
PATIENCE = 0.8
#: Seconds between two looks at the person's cancel.
_LOOK = 0.05
#: Seconds for a model to be loaded, from a slow disk too.
LONGEST_LOADING = 600.0


class Ready(wire.ChildMessage, frozen=True):
    """The model is loaded."""

    info: ModelInfo


class Ended(wire.ChildMessage, frozen=True):
    """One of several answers."""

    index: wire.Count
    answer: Answer


class Spent(wire.ChildMessage, frozen=True):
    """What a task used."""

    usage: Usage


class Answered(Spent, frozen=True):
    """All answers."""

    result: list[Answer]


class Weighed(Spent, frozen=True):
    """The log-odds of the choices."""

    result: list[tuple[float, ...]]


class Counted(Spent, frozen=True):
    """Tokens."""

    result: int


_Said = Ended | Answered | Weighed | Counted | wire.Failed


def load_llama(path: Path, sha256: str, use_card: bool = True) -> LanguageModel:
    """The real model; called in the child."""
    # llama.cpp's threads wait for each other by spinning, and beside a busy program they spin for a thread that is not
    # running: five times slower and more.  Waiting asleep costs a seventh alone.  Read when the library is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    from citegrid.engines.language_model.llama import LlamaModel

    return LlamaModel(path, sha256=sha256, use_card=use_card)


def load_on_processor(path: Path, sha256: str) -> LanguageModel:
    """The same without a graphics card."""
    return load_llama(path, sha256, use_card=False)


class ModelProcess:
    """Any ``LanguageModel``, one process away.  Safe to share between threads, which then take turns.

    A child that died is started again by the next question.  Raises ModelError when the model cannot be loaded,
    and when its process ends in the middle of a question.
    """

    def __init__(
        self,
        path: Path,
        sha256: str = "",
        load: Load = load_llama,
        cage: Cage | None = None,
        *,
        cancel: Cancel = NEVER,
    ) -> None:
        self._cage = cage or Cage(reads=(str(path),))
        self._path, self._sha256, self._load = path, sha256, load
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._told_to_stop = 0.0  # when the child was told of a cancel; 0 while there is none
        self.usage = Usage()
        with self._lock:
            self.info: ModelInfo = self._started(cancel)

    def answer(
        self,
        asks: Sequence[Ask],
        *,
        on_answer: Callable[[int, Answer], None] | None = None,
        cancel: Cancel = NEVER,
    ) -> list[Answer]:
        """See ``ports.LanguageModel``."""
        result: list[Answer] = self._task(("answer", list(asks)), cancel, on_answer)
        return result

    def weigh(self, asks: Sequence[Ask], choices: Sequence[str], *, cancel: Cancel = NEVER) -> list[tuple[float, ...]]:
        """See ``ports.LanguageModel``."""
        result: list[tuple[float, ...]] = self._task(("weigh", list(asks), list(choices)), cancel)
        return result

    def count(self, text: str) -> int:
        """Tokens in ``text``."""
        result: int = self._task(("count", text), NEVER)
        return result

    def close(self) -> None:
        """End the child; may be called twice."""
        with self._lock:
            self._stop()

    # -- one task ------------------------------------------------------------------------------------------------------

    def _task(
        self, task: tuple[Any, ...], cancel: Cancel, on_answer: Callable[[int, Answer], None] | None = None
    ) -> Any:
        while not self._lock.acquire(timeout=_LOOK):
            cancel.check()
        try:
            if self._child is None:
                self._started(cancel)
            try:
                return self._exchange(task, cancel, on_answer)
            except (EOFError, OSError) as fault:
                raise self._lost() from fault
        finally:
            self._lock.release()

    def _exchange(self, task: tuple[Any, ...], cancel: Cancel, on_answer: Callable[[int, Answer], None] | None) -> Any:
        assert self._child is not None
        pipe = self._child.pipe
        pipe.send(task)
        self._told_to_stop = 0.0
        while True:
            match self._heard(pipe, cancel):
                case Ended(index, answer):
                    self._tell(on_answer, index, answer)
                case Answered(used, result) | Weighed(used, result) | Counted(used, result):
                    self.usage.prompt_tokens += used.prompt_tokens
                    self.usage.cached_tokens += used.cached_tokens
                    self.usage.generated_tokens += used.generated_tokens
                    return result
                case wire.Failed() as failed:
                    raise _of_model(wire.error_of(failed))
                case _:
                    raise self._lost()

    def _tell(self, on_answer: Callable[[int, Answer], None] | None, index: int, answer: Answer) -> None:
        """Tell an answer; where that fails the child ends: what it still says would be taken for answers to the next question."""
        try:
            if on_answer is not None:
                on_answer(index, answer)
        except BaseException:
            self._stop()
            raise

    def _heard(self, pipe: Connection, cancel: Cancel) -> Any:
        """The child's next message; hands a cancel on, and ends a child that does not hear it."""
        while not cancel.cancelled():
            if pipe.poll(_LOOK):
                return wire.hear(pipe, _Said)
        if not self._told_to_stop:
            self._told_to_stop = time.monotonic()
            pipe.send(("cancel",))
        while (left := self._told_to_stop + PATIENCE - time.monotonic()) > 0:
            if pipe.poll(min(left, _LOOK)):
                return wire.hear(pipe, _Said)
        self._stop()
        raise Cancelled()

    # -- the child's life ----------------------------------------------------------------------------------------------

    def _started(self, cancel: Cancel) -> ModelInfo:
        """Start the child and wait until its model is loaded; a cancel ends it."""
        try:
            given = (self._path, self._sha256, self._load)
            self._child = Child(_serve, *given, name="citegrid-model", cage=self._cage)
            late = time.monotonic() + LONGEST_LOADING
            while not self._child.pipe.poll(_LOOK):
                if cancel.cancelled():
                    self._child.kill()
                    self._stop()
                    raise Cancelled()
                if time.monotonic() > late:
                    raise TimeoutError(self._path.name)
            said = wire.hear(self._child.pipe, Ready | wire.Failed)
        except (EOFError, OSError) as fault:
            raise self._lost() from fault
        match said:
            case Ready(info):
                return info
            case wire.Failed() as failed:
                self._stop()
                raise _of_model(wire.error_of(failed))
        raise self._lost()

    def _lost(self) -> ModelError:
        """What to say of a child that ended by itself; the next question starts another one."""
        code = self._child.exit_code(PATIENCE) if self._child is not None else None
        self._stop()
        name, hint = (
            self._path.name,
            "What was done is kept; fill again to go on, with a smaller model if it happens again.",
        )
        if code == -getattr(signal, "SIGKILL", 9):
            why = Message(
                "The process of the model {name} was ended by the system, most likely for want of memory.", name=name
            )
        elif code is None:
            why = Message("The process of the model {name} ended unexpectedly.", name=name)
        else:
            why = Message("The process of the model {name} ended unexpectedly (code {code}).", name=name, code=code)
        return ModelError(why, hint)

    def _stop(self) -> None:
        if self._child is not None:
            self._child.end(0.2)  # it ends by itself when the pipe closes, unless it is deep in thought
        self._child = None


# -- in the child ------------------------------------------------------------------------------------------------------


def _serve(pipe: Connection, path: Path, sha256: str, load: Load) -> None:
    settle_in(give_way=True)
    tasks: queue.SimpleQueue[tuple[tuple[Any, ...], Flag]] = queue.SimpleQueue()
    # before the model is loaded: a parent that is killed meanwhile takes its child with it
    threading.Thread(target=_listen, args=(pipe, tasks), name="citegrid-listen", daemon=True).start()
    try:
        model = load(path, sha256)
    except CiteGridError as fault:
        wire.send(pipe, wire.failure_of(fault))
        return
    wire.send(pipe, Ready(model.info))
    while True:
        task, flag = tasks.get()
        wire.send(pipe, _outcome(model, task, flag, pipe))


def _listen(pipe: Connection, tasks: queue.SimpleQueue[tuple[tuple[Any, ...], Flag]]) -> None:
    """Hear the parent while the model thinks; without a parent there is nothing left to think for."""
    flag = Flag()
    while True:
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        if message[0] == "cancel":
            flag.set()
        else:
            flag = Flag()
            tasks.put((message, flag))


def _outcome(model: LanguageModel, task: tuple[Any, ...], flag: Flag, pipe: Connection) -> wire.ChildMessage:
    before = Usage(model.usage.prompt_tokens, model.usage.cached_tokens, model.usage.generated_tokens)
    try:
        result: Any
        if task[0] == "answer":
            result = model.answer(task[1], on_answer=lambda i, a: wire.send(pipe, Ended(i, a)), cancel=flag)
        elif task[0] == "weigh":
            result = model.weigh(task[1], task[2], cancel=flag)
        else:
            result = model.count(task[1])
    except CiteGridError as fault:
        return wire.failure_of(fault)
    except Exception as fault:  # whatever it was, the parent has to hear of it
        what = f"{type(fault).__name__}: {fault}"
        failed = ModelError(Message("{name} failed ({fault}).", name=model.info.name, fault=what), "Try again.")
        return wire.failure_of(failed)
    used = Usage(
        model.usage.prompt_tokens - before.prompt_tokens,
        model.usage.cached_tokens - before.cached_tokens,
        model.usage.generated_tokens - before.generated_tokens,
    )
    return _RESULTS[task[0]](used, result)


_RESULTS: dict[str, Callable[[Usage, Any], wire.ChildMessage]] = {
    "answer": Answered,
    "weigh": Weighed,
    "count": Counted,
}


def _of_model(error: CiteGridError) -> CiteGridError:
    """A failure of the process as one of the model, which costs a cell and not the run; a cancel stays one."""
    if isinstance(error, ModelError | Cancelled):
        return error
    return ModelError(error.sentence, error.hint)
