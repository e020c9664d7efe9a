"""A chat template tried in a process of its own, before the model that holds it is taken in."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection

from citegrid.concurrency.child_process import Child, settle_in
from citegrid.concurrency.fence.cage import Cage
from citegrid.core.errors import ModelError
from citegrid.core.messages import Message
from citegrid.engines.language_model.chat import ChatTemplate, unusable
from citegrid.ports import NEVER, Cancel

#: Seconds a template gets, the start of its process among them.  It needs a thousandth of one.
LONGEST = 20.0
CAGE = Cage(memory=1024 << 20, seconds=round(LONGEST))
#: Bytes of the longest reason.
_MOST = 10_000
_LOOK = 0.05


def try_template(template: str, name: str, cancel: Cancel = NEVER) -> None:
    """Return when the template renders; raises ModelError when it does not, or not in time, and Cancelled."""
    child = Child(_try, template, name, name="citegrid-template", cage=CAGE)
    try:
        end = time.monotonic() + LONGEST
        while not child.pipe.poll(_LOOK):
            cancel.check()
            if time.monotonic() > end:
                raise unusable(name, Message("it does not come to an end"))
        reason = child.pipe.recv_bytes(_MOST).decode("utf-8", "replace")
    except (EOFError, OSError) as fault:
        raise unusable(name, Message("it ended the process that tried it")) from fault
    finally:
        child.kill()
        child.end()
    if reason:
        raise unusable(name, reason)


def _try(pipe: Connection, template: str, name: str) -> None:
    settle_in(give_way=True)
    try:
        ChatTemplate(template, name).split("system", "shared ", "own")
    except ModelError as fault:
        pipe.send_bytes(str(fault.__cause__ or fault).encode("utf-8", "replace")[:_MOST])
    else:
        pipe.send_bytes(b"")
