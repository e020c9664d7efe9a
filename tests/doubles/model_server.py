"""A model server that speaks OpenAI's protocol over real sockets, and fails in every way that one can."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from citegrid.core.model.endpoint import Endpoint

#: What a server does with a request instead of answering; it says whether it did something.
Mishap = Callable[["Handler", dict[str, Any]], bool]


@dataclass
class Served:
    """What a server has and does, and what it was asked; ``mishaps`` befall its first requests, one each."""

    models: tuple[str, ...] = ("small", "big")
    words: tuple[str, ...] = ("water", " boils", " at", " 100", " degrees")
    likely: tuple[tuple[str, float], ...] | None = (("Yes", -0.1), ("No", -2.4))
    mishaps: list[Mishap] = field(default_factory=list)
    pause: float = 0.0
    unknown: tuple[str, ...] = ()
    heads: list[dict[str, str]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint("http", "127.0.0.1", self.port, "/v1")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served: Served
    working = 0

    def log_message(self, *args: object) -> None:
        return None

    def do_GET(self) -> None:
        if self.path.endswith("/models"):
            self.json({"data": [{"id": name, "max_model_len": 4096} for name in self.served.models]})
        else:
            self.json({"error": {"message": "no such page"}}, 404)

    def do_POST(self) -> None:
        served = self.served
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with served.lock:
            served.asked.append(body)
            served.heads.append(dict(self.headers))
            served.busy, self.working = served.busy + 1, 1
            served.busiest = max(served.busiest, served.busy)
            mishap = served.mishaps.pop(0) if served.mishaps else None
        try:
            unknown = [name for name in served.unknown if name in body]
            if unknown:
                self.json({"error": {"message": f"unknown field {unknown[0]}"}}, 400)
            elif mishap is None or not mishap(self, body):
                self.answer(body)
        except OSError:
            return
        finally:
            self.leave()

    def leave(self) -> None:
        """No longer at work on the request; said before its last word, after which the next request may come."""
        with self.served.lock:
            self.served.busy -= self.working
            self.working = 0

    def answer(self, body: dict[str, Any]) -> None:
        self.begin()
        wanted = bool(body.get("logprobs")) and self.served.likely is not None
        top = [{"token": token, "logprob": p} for token, p in self.served.likely or ()]
        for word in self.served.words[: body["max_tokens"]]:
            time.sleep(self.served.pause)
            for index in range(body.get("n", 1)):
                said = {"content": [{"token": word, "logprob": -0.2, "top_logprobs": top}]} if wanted else None
                self.event({"choices": [{"index": index, "delta": {"content": word}, "logprobs": said}]})
        ends = "length" if len(self.served.words) > body["max_tokens"] else "stop"
        self.event({"choices": [{"index": i, "delta": {}, "finish_reason": ends} for i in range(body.get("n", 1))]})
        self.event(
            {
                "choices": [],
                "usage": {"prompt_tokens": 30, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 10}},
            }
        )
        self.leave()
        self.line(b"data: [DONE]")
        self.end()

    # -- the protocol --------------------------------------------------------------------------------------------------

    def json(self, value: object, status: int = 200, **headers: str) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), text)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def line(self, data: bytes) -> None:
        data += b"\n\n"
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def event(self, value: object) -> None:
        self.served.sent.append(time.monotonic())
        self.line(b"data: " + json.dumps(value).encode())

    def end(self) -> None:
        self.wfile.write(b"0\r\n\r\n")


# -- mishaps -----------------------------------------------------------------------------------------------------------


def says(status: int, text: str = "busy", **headers: str) -> Mishap:
    def happen(handler: Handler, body: dict[str, Any]) -> bool:
        handler.json({"error": {"message": text}}, status, **headers)
        return True

    return happen


def hangs(handler: Handler, body: dict[str, Any]) -> bool:
    time.sleep(3)
    return True


def hangs_midway(handler: Handler, body: dict[str, Any]) -> bool:
    handler.begin()
    handler.event({"choices": [{"index": 0, "delta": {"content": "wat"}}]})
    time.sleep(3)
    return True


def cuts(handler: Handler, body: dict[str, Any]) -> bool:
    handler.begin()
    handler.event({"choices": [{"index": 0, "delta": {"content": "wat"}}]})
    handler.close_connection = True
    handler.connection.close()
    return True


def babbles(handler: Handler, body: dict[str, Any]) -> bool:
    handler.begin()
    handler.line(b"data: {not json")
    handler.end()
    return True


def lists(handler: Handler, body: dict[str, Any]) -> bool:
    handler.begin()
    handler.line(b"data: [1, 2]")
    handler.end()
    return True


def fails_midway(handler: Handler, body: dict[str, Any]) -> bool:
    handler.begin()
    handler.event({"error": {"message": "out of\nmemory"}})
    handler.end()
    return True


def never_ends(handler: Handler, body: dict[str, Any]) -> bool:
    handler.begin()
    while True:
        handler.event({"choices": [{"index": 0, "delta": {"content": "on and "}}]})


def fills_a_line(handler: Handler, body: dict[str, Any]) -> bool:
    handler.begin()
    handler.line(b"data: " + b"x" * (2 << 20))
    return True


def answers_whole(handler: Handler, body: dict[str, Any]) -> bool:
    handler.json({"choices": [{"index": 0, "message": {"content": "all at once"}, "finish_reason": "stop"}]})
    return True


@contextmanager
def serving(served: Served) -> Iterator[Served]:
    """``served`` at a free port of this computer."""
    handler = type("OwnHandler", (Handler,), {"served": served})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    served.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
