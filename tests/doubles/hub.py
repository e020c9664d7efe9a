"""Publishers' hubs over real sockets, as Hugging Face and ModelScope answer, and a store of bytes that fails in every way."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

#: What the store does with a request for bytes from ``start`` on instead of answering.
Mishap = Callable[["Handler", int], None]


@dataclass
class Offered:
    """A file as two hubs offer it; ``mishaps`` befall the first requests for its bytes, one each, and ``refusals`` those for its listing."""

    data: bytes
    file: str = "tiny-known.gguf"
    mishaps: list[Mishap] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    sha256: str = ""
    ranges: bool = True
    asked: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    hub: str = ""
    store: str = ""

    @property
    def sum(self) -> str:
        return self.sha256 or hashlib.sha256(self.data).hexdigest()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    offered: Offered

    def log_message(self, *args: object) -> None:
        return None

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        offered, path = self.offered, unquote(urlsplit(self.path).path)
        offered.asked.append(f"{self.command} {path}")
        if "/resolve/" in path or "/repo/files" in path:
            self.listing(path)
        else:
            start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
            offered.starts.append(start)
            mishap = offered.mishaps.pop(0) if offered.mishaps else Handler.bytes_from
            mishap(self, start)

    def listing(self, path: str) -> None:
        offered = self.offered
        if offered.refusals and (status := offered.refusals.pop(0)):
            self.say(status, b"no", **({"Retry-After": "0"} if status == 429 else {}))
        elif "/repo/files" in path:
            listed = [{"Path": offered.file, "Size": len(offered.data), "Sha256": offered.sum}, {"Path": "README.md"}]
            self.say(
                200,
                json.dumps({"Code": 200, "Data": {"Files": listed}}).encode(),
                **{"Content-Type": "application/json"},
            )
        else:
            told = {"X-Linked-ETag": f'"{offered.sum}"', "X-Linked-Size": str(len(offered.data)), "ETag": '"abc"'}
            self.say(302, b"Found.", Location=f"{offered.store}/blobs/{offered.file}?signed=1", **told)

    def say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def bytes_from(self, start: int, most: int = 1 << 40) -> None:
        """The bytes, ``most`` of them although all are promised."""
        data, ranges = self.offered.data, self.offered.ranges and start
        begins = start if ranges else 0
        self.send_response(206 if ranges else 200)
        if ranges:
            self.send_header("Content-Range", f"bytes {begins}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(data) - begins))
        self.end_headers()
        self.wfile.write(data[begins : begins + most])
        self.close_connection = True


def cut(after: int) -> Mishap:
    """The line ends after so many bytes."""
    return lambda handler, start: handler.bytes_from(start, after)


def refused(status: int) -> Mishap:
    return lambda handler, start: handler.say(status, b"no", **{"Retry-After": "0"})


def page(handler: Handler, start: int) -> None:
    """A page of words, as a network sends that wants a login."""
    handler.say(200, b"<html>Please log in</html>", **{"Content-Type": "text/html; charset=utf-8"})


def astray(handler: Handler, start: int) -> None:
    """Bytes from elsewhere than was asked for."""
    size = len(handler.offered.data)
    handler.say(206, b"xxx", **{"Content-Range": f"bytes 3-5/{size}"})


@contextmanager
def offering(offered: Offered) -> Iterator[Offered]:
    """The hub and the store, each at a port of its own."""
    handler = type("Offering", (Handler,), {"offered": offered})
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for _ in range(2)]
    offered.hub, offered.store = (f"http://127.0.0.1:{server.server_port}" for server in servers)
    threads = [threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield offered
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()
