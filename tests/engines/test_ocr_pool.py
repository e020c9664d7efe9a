"""OCR in child processes: order, cancel within a second, a child that is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from citegrid.core.errors import Cancelled, OcrError
from citegrid.engines.ocr_pool import OcrPool
from citegrid.ports import Flag, Pixels
from citegrid.vision import as_pixels

pytestmark = [pytest.mark.slow, pytest.mark.alone]


def picture(*lines: str, height: int = 400) -> Pixels:
    paper = np.full((height, 1000, 3), 255, np.uint8)
    for i, line in enumerate(lines):
        cv2.putText(paper, line, (40, 80 + 60 * i), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (0, 0, 0), 2)
    return as_pixels(paper)


@pytest.fixture
def pool() -> Iterator[OcrPool]:
    made = OcrPool(2)
    yield made
    made.close()


def test_pages_are_read_side_by_side_and_keep_their_order(pool: OcrPool) -> None:
    assert pool.process_ids == ()
    names = ["first page here", "second page here", "third page here"]
    with ThreadPoolExecutor(3) as threads:
        read = list(threads.map(lambda name: pool.read(picture(name)), names))
    assert [[line.text for line in lines] for lines in read] == [[name] for name in names]
    assert len(pool.process_ids) == 2
    assert len(read[0][0].edges) == len("first page here") + 1


def test_a_killed_child_costs_one_picture(pool: OcrPool) -> None:
    pool.read(picture("hello"))
    (child,) = pool.process_ids
    slow = picture(*["some words in a line"] * 30, height=2000)
    threading.Timer(0.2, os.kill, (child, signal.SIGKILL)).start()
    with pytest.raises(OcrError):
        pool.read(slow)
    assert [line.text for line in pool.read(picture("hello again"))] == ["hello again"]


def test_a_cancel_is_heard_within_a_second(pool: OcrPool) -> None:
    flag = Flag()
    threading.Timer(0.3, flag.set).start()  # while the child is still starting
    began = time.monotonic()
    with pytest.raises(Cancelled):
        pool.read(picture(*["some words in a line"] * 30, height=2000), cancel=flag)
    assert time.monotonic() - began < 1.3
    assert pool.process_ids == ()
