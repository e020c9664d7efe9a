"""The processors that a process may use, as another process that was given fewer finds them."""

import os
import subprocess
import sys

import pytest

from citegrid.concurrency.cores import usable_cores

ASK = "import os; {before}; from citegrid.concurrency.cores import usable_cores; print(usable_cores(), usable_cores(physical=True))"


@pytest.mark.parametrize(("said", "cores"), [("1", 1), ("1,4", 1), ("0", 1), ("9999", None), ("", None), ("all", None)])
def test_no_more_than_the_person_allows(said, cores, monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    most = usable_cores()
    monkeypatch.setenv("OMP_NUM_THREADS", said)
    assert usable_cores() == (cores or most)
    assert 1 <= usable_cores(physical=True) <= usable_cores()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux gives a process some of the cores")
def test_no_more_than_the_system_leaves():
    one = min(os.sched_getaffinity(0))
    script = ASK.format(before=f"os.sched_setaffinity(0, {{{one}}})")
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert answer.stdout.split() == ["1", "1"]
