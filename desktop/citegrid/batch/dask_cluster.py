"""A batch on a cluster of Dask: each paper is a task, filled by whichever worker is free.

A worker that dies gives its papers to the others; a paper that has taken several workers with it is one that failed.  Workers see
the papers under the same paths (a shared folder), have CiteGrid installed, and the model under the same path or by the same name
among their own models, or all ask one server of it.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from citegrid.batch.model_when_asked import ModelWhenAsked
from citegrid.batch.one_paper import Kit, MakeKit, row_of
from citegrid.batch.wishes import Begun, FoundPaper, PaperRow, Wishes
from citegrid.core.errors import InputError, InternalError, ModelError, UsageError
from citegrid.core.messages import Message
from citegrid.ports import Cancel
from citegrid.store import paths

#: Seconds to wait for the scheduler, and between two looks at the person's cancel.
_PATIENCE, _LOOK = 15, 0.05


class DaskCluster:
    """The cluster whose scheduler is at ``address`` (``tcp://host:8786``)."""

    def __init__(self, address: str, make_kit: MakeKit) -> None:
        self._address, self._make_kit = address, make_kit

    def rows(self, papers: tuple[FoundPaper, ...], wishes: Wishes, cancel: Cancel) -> Iterator[Begun | PaperRow]:
        """As ``Scheduler.rows``."""
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        client = self._connected()
        waiting, tasks = deque(papers), dict[str, tuple[Any, FoundPaper]]()
        try:
            while waiting or tasks:
                cancel.check()
                # no more than there are threads: papers take from seconds to minutes, and a queue of long ones at one worker
                # would leave the others idle
                for _ in range(min(len(waiting), max(1, sum(client.nthreads().values())) - len(tasks))):
                    paper = waiting.popleft()
                    task = self._submitted(client, paper, wishes)
                    tasks[task.key] = (task, paper)
                    task.add_done_callback(ended.put)
                    yield Begun(paper.sha256)
                with contextlib.suppress(queue.Empty):
                    task, paper = tasks.pop(ended.get(timeout=_LOOK).key)
                    yield _row(task, paper)
        finally:
            client.cancel([task for task, _ in tasks.values()], force=True)
            client.close()

    def _submitted(self, client: Any, paper: FoundPaper, wishes: Wishes) -> Any:
        here = replace(paper, path=paper.path.absolute())
        return client.submit(row_on_worker, here, wishes, self._make_kit, pure=False)

    def _connected(self) -> Any:
        try:
            from distributed import Client
        except ImportError:
            raise UsageError("--scheduler needs Dask.", 'Install it: pip install "citegrid[cluster]".') from None
        try:
            return Client(self._address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as fault:
            raise InputError(
                Message("The scheduler {address} does not answer.", address=self._address),
                "Start it with `dask scheduler`, and workers with `dask worker --nthreads 1 ADDRESS`.",
            ) from fault


def _row(task: Any, paper: FoundPaper) -> PaperRow:
    """What a task that has ended gave."""
    if task.status == "finished":
        made: PaperRow = task.result()
        return made
    fault = task.exception() if task.status == "error" else None
    if isinstance(fault, ModelError):
        raise fault
    told = InternalError.of(fault).whole if fault is not None else Message("Its workers ended unexpectedly.")
    return PaperRow(paper.sha256, reason=told, again=True)


# -- on a worker -------------------------------------------------------------------------------------------------------


@dataclass
class _Desk:
    """What a worker keeps from paper to paper."""

    kit: Kit | None = None
    model: ModelWhenAsked | None = None
    wanted: str = ""


_desk = _Desk()
_one_at_a_time = threading.Lock()


def row_on_worker(paper: FoundPaper, wishes: Wishes, make_kit: MakeKit) -> PaperRow:
    """The finished paper; one at a time in each process, for what reads PDFs is not made for several."""
    with _one_at_a_time:
        kit = _desk.kit = _desk.kit or make_kit()
        wanted = wishes.model_sha256 or wishes.server
        if _desk.model is None or _desk.wanted != wanted:
            _desk.model, _desk.wanted = _model(wishes, kit), wanted
        return row_of(paper, wishes, kit, _desk.model)


def _model(wishes: Wishes, kit: Kit) -> ModelWhenAsked:
    """The model of the server that all workers share, or the worker's own file of it."""
    if wishes.server and kit.connect is not None:
        return ModelWhenAsked.of_server(wishes.server, kit.connect)
    own = wishes.model if wishes.model.is_file() else paths.models_folder() / wishes.model.name
    return ModelWhenAsked(own, wishes.model_sha256, kit.load_model)
