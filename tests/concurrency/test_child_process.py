"""A child that is being started when the program ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: A start that takes its time between the new process and what that shall be, when Ctrl-C comes, or the program ends.
STARTING = """
import multiprocessing.util, os, signal, sys, threading, time

from citegrid.concurrency.child_process import Child
from citegrid.concurrency.fence.cage import Cage

begun, start = threading.Event(), multiprocessing.util.spawnv_passfds

def slowly(path, args, passfds):
    made = start(path, args, passfds)
    if any("spawn_main" in str(one) for one in args):
        begun.set()
        time.sleep(0.15)
    return made

def child():
    Child(print, name="citegrid-try", cage=Cage())

if __name__ == "__main__":
    multiprocessing.util.spawnv_passfds = slowly
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is deaf to it
    if sys.argv[1] == "ctrl-c":
        threading.Thread(target=lambda: begun.wait() and os.kill(os.getpid(), signal.SIGINT)).start()
        try:
            child()
        except KeyboardInterrupt:
            print("stopped")
    else:
        threading.Thread(target=child, daemon=True).start()
        begun.wait()
        print("ended")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
@pytest.mark.parametrize(("how", "said"), [("ctrl-c", "stopped"), ("end", "ended")])
def test_a_start_that_has_begun_is_finished_so_that_the_child_has_nothing_to_tell(tmp_path, how, said):
    script = tmp_path / "starting.py"
    script.write_text(STARTING)
    done = subprocess.run(
        [sys.executable, str(script), how], env={**os.environ, "PYTHONPATH": str(ROOT / "desktop")},
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == (said, "")
