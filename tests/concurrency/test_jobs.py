import gc
import threading
import time
import traceback
import weakref

import pytest

from citegrid.concurrency.jobs import JobQueue, JobState
from citegrid.core.errors import Cancelled, InputError, InternalError


@pytest.fixture
def queue():
    queue = JobQueue("test")
    yield queue
    queue.close()


def test_a_job_gives_its_value_and_tells_its_steps(queue):
    heard = []

    def work(progress, cancel):
        progress.report("Counting", 1, 2)
        return 42

    job = queue.start("count", work, lambda j: heard.append((j.state, j.step.phase)))
    assert job.result(5) == 42
    queue.close()
    assert heard[0] == (JobState.RUNNING, "")
    assert heard[-1] == (JobState.DONE, "Counting")


def test_a_job_that_has_ended_has_had_its_results_taken():
    posted, taken, ends = [], [], []
    queue = JobQueue("test", posted.append)

    def work(progress, cancel):
        posted.append(lambda: taken.append("result"))

    job = queue.start("find", work, lambda j: ends.append((j.running, list(taken))))
    job.result(5)
    queue.close()
    assert job.running, "the owner has not heard of it yet"
    for call in posted:
        call()
    assert ends == [(True, []), (False, ["result"])]
    assert job.state is JobState.DONE


def test_an_error_of_ours_arrives_as_it_is(queue):
    def work(progress, cancel):
        raise InputError("a.pdf is empty.", "Choose another.")

    job = queue.start("read", work)
    with pytest.raises(InputError, match=r"a\.pdf is empty"):
        job.result(5)
    assert job.state is JobState.FAILED


def test_a_fault_becomes_an_internal_error_with_the_job_named(queue):
    job = queue.start("divide", lambda progress, cancel: 1 / 0)
    with pytest.raises(InternalError, match="divide"):
        job.result(5)


def test_a_cancel_ends_the_job_within_a_second(queue):
    started = threading.Event()

    def work(progress, cancel):
        started.set()
        while True:
            cancel.check()
            time.sleep(0.01)

    job = queue.start("endless", work)
    assert started.wait(5)
    began = time.monotonic()
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(5)
    assert time.monotonic() - began < 4
    assert job.state is JobState.CANCELLED


def test_a_paused_job_stands_still_and_goes_on(queue):
    done = []

    def work(progress, cancel):
        for n in range(200):
            cancel.check()
            done.append(n)
            time.sleep(0.005)

    job = queue.start("count", work)
    while not done:
        time.sleep(0.005)
    job.pause()
    while not job.resting:
        time.sleep(0.005)
    stood = len(done)
    time.sleep(0.15)
    assert len(done) == stood and job.running
    job.pause(False)
    job.result(10)
    assert len(done) == 200 and not job.resting


def test_a_paused_job_can_be_cancelled(queue):
    job = queue.start("wait", lambda progress, cancel: [cancel.check() or time.sleep(0.01) for _ in range(1000)])
    job.pause()
    while not job.resting:
        time.sleep(0.005)
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(2)


class Half:
    """Something large that is in work."""


def test_what_was_in_work_is_let_go_when_a_job_ends_early_and_the_report_keeps_its_places(queue):
    seen: list[weakref.ref[Half]] = []

    def reading(progress, cancel):
        half = Half()
        seen.append(weakref.ref(half))
        try:
            raise ValueError("what is this")
        except ValueError as fault:
            raise KeyError("the next") from fault

    gc.disable()
    try:
        job = queue.start("Reading", reading)
        with pytest.raises(InternalError) as told:
            job.result(5)
        queue.close()
        assert seen[0]() is None
    finally:
        gc.enable()
    assert "in reading" in "".join(traceback.format_exception(told.value))
