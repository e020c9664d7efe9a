"""A real server with a real model: llama.cpp's own ``llama-server``, or the server of llama-cpp-python where its extra is installed.

``CITEGRID_LLAMA_SERVER`` names the former where it is not on the path.
"""

from __future__ import annotations

import importlib.util
import math
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from citegrid.core.errors import Cancelled, ModelError
from citegrid.core.model.endpoint import Endpoint
from citegrid.engines.language_model.endpoint import EndpointModel
from citegrid.engines.language_model.llama import LlamaModel
from citegrid.ports import Ask, Flag
from citegrid.store.model_files import models

pytestmark = [pytest.mark.model, pytest.mark.slow]
ASKS = [
    Ask("You translate.", "Into Chinese. ", f"A gel slows the growth of {thing}.", max_tokens=16)
    for thing in ("dendrites", "crystals")
]
CLAIM = Ask(
    "You check.", "Evidence: ", "Birds are fewer on mown verges.\nClaim: Mowing helps birds.\nYes or No?", max_tokens=1
)


def command(model: Path, port: int) -> list[str]:
    """What starts a server, or a skip."""
    own = os.environ.get("CITEGRID_LLAMA_SERVER") or shutil.which("llama-server")
    if own:
        return [
            own,
            "-m",
            str(model),
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "-c",
            "4096",
            "-np",
            "2",
            "--kv-unified",
        ]
    if importlib.util.find_spec("fastapi") and importlib.util.find_spec("uvicorn"):
        return [
            sys.executable,
            "-m",
            "llama_cpp.server",
            "--model",
            str(model),
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
    pytest.skip("neither llama-server nor the server extra of llama-cpp-python is here")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = dict(os.environ, OMP_WAIT_POLICY="passive")
    server = subprocess.Popen(command(models.resolve(None), port), env=environment, **quiet)
    try:
        yield ready(Endpoint("http", "127.0.0.1", port, "/v1"), server)
    finally:
        server.terminate()
        server.wait(20)


def ready(endpoint: Endpoint, server: subprocess.Popen[bytes]) -> Endpoint:
    end = time.monotonic() + 120
    while server.poll() is None and time.monotonic() < end:
        try:
            EndpointModel(endpoint)
        except ModelError:
            time.sleep(0.2)
        else:
            return endpoint
    raise AssertionError("the server did not start")


def test_it_says_what_the_engine_says(endpoint: Endpoint) -> None:
    """To llama-server go the engine's own prompts, so that its judgements are the same; another is only to answer."""
    served = EndpointModel(endpoint)
    answers = served.answer(ASKS)
    (weights,) = served.weigh([CLAIM], ("Yes", "No"))
    assert all(answer.text and -2 < answer.likelihood < 0 for answer in answers)
    assert served.usage.prompt_tokens > 0 and served.usage.generated_tokens > 0
    if served.kind == "llama.cpp":
        engine = LlamaModel(models.resolve(None), context=1024)
        (own,) = engine.weigh([CLAIM], ("Yes", "No"))
        engine.close()
        assert math.isclose(weights[0] - weights[1], own[0] - own[1], abs_tol=0.3)


def test_it_draws_several_answers_and_hears_a_cancel(endpoint: Endpoint) -> None:
    served = EndpointModel(endpoint)
    tale = Ask("You write.", "", "Write a story.", max_tokens=8, stop=(), samples=3)
    (answer,) = served.answer([tale])
    assert len(answer.others) == 2 and all(other.text for other in answer.others)
    cancel = Flag()
    threading.Timer(0.5, cancel.set).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        served.answer([Ask("You write.", "", "Write a long story.", max_tokens=2000, stop=())], cancel=cancel)
    assert time.monotonic() - began < 3
