"""Requests to a model server: answers stream in, sizes and times are bounded, what passes is tried again, a cancel cuts them.

Nothing is followed elsewhere (no redirects, no proxies), and an address of this computer is reached on this computer alone.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar

from citegrid.core.errors import Cancelled, ModelError
from citegrid.core.messages import Message
from citegrid.core.model.endpoint import Endpoint

T = TypeVar("T")

#: Seconds for a connection; seconds of silence after which a server counts as hung (a long prompt on a slow processor is silent).
CONNECT, SILENCE = 5.0, 180.0
#: Bytes of one event, of a whole answer, and characters shown of what a server says of an error.
LONGEST_EVENT, LONGEST_ANSWER, SHOWN = 1 << 20, 16 << 20, 200
#: Seconds before each further try; the longest wait that a server may ask for.
PAUSES, LONGEST_WAIT = (0.25, 0.5, 1.0, 2.0), 30.0
#: What passes: the server is busy, still loading its model, or between two starts.
PASSING = {
    HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT,
}  # fmt: skip
_CHECK_SERVER = "Check that the server is running and that its address is right."
_EVENT, _LAST = b"data:", b"[DONE]"


class Cut:
    """Ends all requests of one call at once, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._happened = threading.Event()

    @property
    def happened(self) -> bool:
        """Whether the call is over."""
        return self._happened.is_set()

    def cut(self) -> None:
        """Shut every connection: whoever reads from one wakes."""
        with self._lock:
            self._happened.set()
            for one in self._sockets:
                _shut(one)

    def check(self) -> None:
        """Raises Cancelled once it has happened."""
        if self.happened:
            raise Cancelled()

    def wait(self, seconds: float) -> None:
        """Wait, unless it happens; raises Cancelled then."""
        self._happened.wait(seconds)
        self.check()

    @contextmanager
    def holding(self, one: socket.socket) -> Iterator[None]:
        """While inside, a cut shuts ``one``."""
        with self._lock:
            self.check()
            self._sockets.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._sockets.discard(one)


class Refused(ModelError):
    """The server understood and said no (``status``)."""

    def __init__(self, sentence: str, hint: str = "", status: int = 0) -> None:
        super().__init__(sentence, hint)
        self.status = status


class _Passes(Exception):
    """Something that another try may mend: what to say when none does, and how long the server asks to wait."""

    def __init__(self, error: ModelError, wait: float = 0.0) -> None:
        super().__init__()
        self.error, self.wait = error, wait


class HttpStream:
    """Asks one server; safe to share between threads.  ``key`` is sent to it and to nobody else, and is never shown."""

    def __init__(self, endpoint: Endpoint, key: str = "", silence: float = SILENCE) -> None:
        self._endpoint, self._key, self._silence = endpoint, key, silence

    def get(self, path: str, cut: Cut) -> Any:
        """The JSON at ``path`` (``/models`` is below the address); raises ModelError or Cancelled."""
        (value,) = self._tried("GET", path, None, list, cut)
        return value

    def post(self, path: str, body: dict[str, Any], take: Callable[[Iterator[Any]], T], cut: Cut) -> T:
        """What ``take`` makes of the events that answer ``body``; it may stop early, and is called anew at each try."""
        return self._tried("POST", path, body, take, cut)

    # -- tries ---------------------------------------------------------------------------------------------------------

    def _tried(
        self, method: str, path: str, body: dict[str, Any] | None, take: Callable[[Iterator[Any]], T], cut: Cut
    ) -> T:
        for pause in PAUSES:
            try:
                return self._once(method, path, body, take, cut)
            except _Passes as passing:
                cut.wait(max(pause, min(passing.wait, LONGEST_WAIT)))
        try:
            return self._once(method, path, body, take, cut)
        except _Passes as passing:
            raise passing.error from passing.__cause__

    def _once(
        self, method: str, path: str, body: dict[str, Any] | None, take: Callable[[Iterator[Any]], T], cut: Cut
    ) -> T:
        connection = self._connected(cut)
        try:
            assert connection.sock is not None
            with cut.holding(connection.sock):
                connection.request(method, self._path(path), _written(body), self._headers(body))
                return take(self._events(connection.getresponse()))
        except TimeoutError as fault:
            cut.check()
            raise self._hung() from fault
        except (OSError, http.client.HTTPException) as fault:
            cut.check()
            raise _Passes(self._lost()) from fault
        finally:
            connection.close()

    def _connected(self, cut: Cut) -> http.client.HTTPConnection:
        cut.check()
        to = self._endpoint
        if to.scheme == "https":
            context = ssl.create_default_context()
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                to.host, to.port, timeout=CONNECT, context=context
            )
        else:
            connection = http.client.HTTPConnection(to.host, to.port, timeout=CONNECT)
        try:
            connection.connect()
        except OSError as fault:
            cut.check()
            raise _Passes(self._absent(fault)) from fault
        assert connection.sock is not None
        if to.local and not ipaddress.ip_address(connection.sock.getpeername()[0]).is_loopback:
            connection.close()
            raise ModelError(Message("{address} does not lie on this computer.", address=to.address), _CHECK_SERVER)
        connection.sock.settimeout(self._silence)
        return connection

    def _path(self, path: str) -> str:
        """Below the address; what llama-server has beside its ``/v1`` begins with two slashes."""
        base = self._endpoint.path
        return (base.removesuffix("/v1") + path[1:]) if path.startswith("//") else base + path

    def _headers(self, body: object) -> dict[str, str]:
        headers = {"Accept": "text/event-stream, application/json", "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return headers

    # -- answers -------------------------------------------------------------------------------------------------------

    def _events(self, response: http.client.HTTPResponse) -> Iterator[Any]:
        if response.status != HTTPStatus.OK:
            raise self._refusal(response)
        if "event-stream" not in response.headers.get("Content-Type", ""):
            yield self._read(response.read(LONGEST_ANSWER))
            return
        size = 0
        while line := response.readline(LONGEST_EVENT):
            size += len(line)
            if size > LONGEST_ANSWER or (len(line) == LONGEST_EVENT and not line.endswith(b"\n")):
                raise self._nonsense()
            data = line[len(_EVENT) :].strip() if line.startswith(_EVENT) else b""
            if data == _LAST:
                return
            if data:
                yield self._event(data)
        raise _Passes(self._lost())

    def _event(self, data: bytes) -> Any:
        event = self._read(data)
        if event.get("error"):
            raise _Passes(ModelError(self._says(event), _CHECK_SERVER))
        return event

    def _read(self, data: bytes) -> Any:
        try:
            value = json.loads(data)
        except ValueError as fault:
            raise self._nonsense() from fault
        if not isinstance(value, dict):
            raise self._nonsense()
        return value

    def _refusal(self, response: http.client.HTTPResponse) -> Exception:
        """What an answer other than “OK” means to a person."""
        status, address = response.status, self._endpoint.address
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            hint = "Give it in the window (Models, Use a server), with `citegrid models key ADDRESS`, or in CITEGRID_SERVER_KEY."
            return ModelError(
                Message("The server at {address} asks for a key, or refuses the one it got.", address=address), hint
            )
        if 300 <= status < 400:
            return ModelError(
                Message("The server at {address} sends elsewhere, which is not followed.", address=address),
                "Give the address that it means.",
            )
        try:
            said = json.loads(response.read(LONGEST_EVENT))
        except ValueError:
            said = {}
        refused = Refused(self._says(said, status), _CHECK_SERVER, status)
        return _Passes(refused, _seconds(response.headers.get("Retry-After", ""))) if status in PASSING else refused

    def _says(self, said: Any, status: int = 0) -> Message:
        """The server's own words of an error, one line of them."""
        error = said.get("error", said.get("detail", "")) if isinstance(said, dict) else ""
        text = error.get("message", "") if isinstance(error, dict) else error
        words = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())[:SHOWN]
        reason = words or str(status)
        return Message("The server at {address} refuses ({reason}).", address=self._endpoint.address, reason=reason)

    # -- what goes wrong -----------------------------------------------------------------------------------------------

    def _absent(self, fault: OSError) -> ModelError:
        reason = fault.strerror or str(fault)
        address = self._endpoint.address
        return ModelError(
            Message("No model server answers at {address} ({reason}).", address=address, reason=reason), _CHECK_SERVER
        )

    def _hung(self) -> ModelError:
        return ModelError(
            Message(
                "The server at {address} was silent for {seconds} seconds.",
                address=self._endpoint.address,
                seconds=round(self._silence),
            ),
            "It may be overloaded; try again, or choose a smaller model there.",
        )

    def _lost(self) -> ModelError:
        return ModelError(
            Message("The server at {address} broke off in the middle of an answer.", address=self._endpoint.address),
            "What was done is kept; fill again to go on.",
        )

    def _nonsense(self) -> ModelError:
        return ModelError(
            Message("What the server at {address} says cannot be read.", address=self._endpoint.address),
            "It must speak OpenAI's protocol, as llama-server, Ollama, LM Studio and vLLM do.",
        )


def _written(body: dict[str, Any] | None) -> bytes | None:
    return None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8")


def _seconds(text: str) -> float:
    """Seconds of a ``Retry-After``; a date in it counts as none."""
    return float(text) if text.strip().isdecimal() else 0.0


def _shut(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
