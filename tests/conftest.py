"""What a module of tests leaves open fails that module: a file, a socket or a process that nobody closed is found before the next begins."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Collect at the end what was made since the beginning; what had been there before is not looked through again.

    A warning of something left open comes when it is collected, and becomes an error there.  Left to chance, that is
    in another test, of another module.
    """
    gc.freeze()
    yield
    gc.collect()
