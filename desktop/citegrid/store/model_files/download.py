"""Bytes over HTTP for a long download: by ranges, through the system's proxy, over redirects that stay encrypted; a cancel cuts it.

What arrives is compared by others; here it is only made sure that it goes on where it should, and that no page of words is taken for a file.
"""

from __future__ import annotations

import http.client
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from citegrid.concurrency.cut_off import cut_off
from citegrid.core.errors import ModelError
from citegrid.core.messages import Message
from citegrid.ports import NEVER, Cancel

#: Seconds without a byte after which a line counts as cut.
PATIENCE = 30.0
#: Bytes read at a time.
PIECE = 1 << 18
_AGENT = {"User-Agent": "CiteGrid", "Accept-Encoding": "identity"}
_LOCAL = ("127.0.0.1", "localhost", "::1")


class Lost(Exception):
    """The line was cut, or the server is busy for ``wait`` seconds: another try may go better."""

    def __init__(self, error: ModelError, wait: float = 0.0) -> None:
        super().__init__()
        self.error, self.wait = error, wait


class Downloader:
    """Asks servers for the one who holds it; a ``cancel`` shuts what it waits for."""

    def __init__(self, cancel: Cancel = NEVER) -> None:
        self._cancel = cancel
        self._sockets: list[socket.socket] = []

    def head(self, address: str) -> dict[str, str]:
        """The headers of ``address``, or of the redirect by which it leads to another host; raises ModelError."""
        with self._answer(address, {}, "HEAD", leave=False) as answer:
            return dict(answer.headers.items())

    def text(self, address: str, most: int) -> str:
        """The text at ``address``, ``most`` bytes of it; raises ModelError."""
        with self._answer(address, {}) as answer:
            read: bytes = answer.read(most)
        return read.decode("utf-8", "replace")

    @contextmanager
    def bytes_from(self, address: str, start: int, size: int) -> Iterator[tuple[int, Iterator[bytes]]]:
        """Where the bytes begin that the server sends (``start``, or 0 where it knows no ranges), and the bytes of a file of ``size``.

        Raises ``Lost`` for what passes, ModelError for what does not.
        """
        asked = {"Range": f"bytes={start}-"} if start else {}
        with self._answer(address, asked) as answer:
            begins = _begins(answer, address, start, size)
            yield begins, self._pieces(answer, address, size - begins)

    def _pieces(self, answer: IO[bytes], address: str, left: int) -> Iterator[bytes]:
        """At most ``left`` bytes: who sends more is not believed."""
        while left:
            try:
                piece = answer.read(min(PIECE, left))
            except (OSError, http.client.HTTPException) as fault:
                self._cancel.check()
                raise Lost(_silent(address)) from fault
            self._cancel.check()
            if not piece:
                return
            left -= len(piece)
            yield piece

    # -- asking --------------------------------------------------------------------------------------------------------

    @contextmanager
    def _answer(
        self, address: str, headers: dict[str, str], method: str = "GET", *, leave: bool = True
    ) -> Iterator[Any]:
        _look_at(address)
        request = urllib.request.Request(address, headers=_AGENT | headers, method=method)
        opener = urllib.request.build_opener(_Plain(self._kept), _Encrypted(self._kept), _Redirects(leave=leave))
        with cut_off(self._sockets, self._cancel):
            try:
                with opener.open(request, timeout=PATIENCE) as answer:
                    yield answer
            except urllib.error.HTTPError as fault:
                with fault:
                    if leave or not fault.headers.get("Location"):
                        raise _refused(address, fault) from fault
                    yield fault
            except (urllib.error.URLError, TimeoutError, http.client.HTTPException) as fault:
                self._cancel.check()
                raise Lost(_silent(address)) from fault
            finally:
                self._sockets.clear()

    def _kept(self, one: socket.socket) -> None:
        self._sockets.append(one)


class _Kept(http.client.HTTPConnection):
    """Shows its socket to whoever may have to shut it."""

    def __init__(self, *args: Any, keep: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._keep = keep

    def connect(self) -> None:
        super().connect()
        self._keep(self.sock)


class _KeptEncrypted(_Kept, http.client.HTTPSConnection):
    """The same, encrypted."""


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, keep: Any) -> None:
        super().__init__()
        self._keep = keep

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(partial(_Kept, keep=self._keep), req)


class _Encrypted(urllib.request.HTTPSHandler):
    def __init__(self, keep: Any) -> None:
        super().__init__()
        self._keep = keep

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(partial(_KeptEncrypted, keep=self._keep), req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows where it stays encrypted; with ``leave`` off not to another host, whose headers are not the hub's."""

    max_redirections = 6

    def __init__(self, *, leave: bool) -> None:
        self._leave = leave

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        new = urljoin(req.full_url, newurl)
        try:
            _look_at(new)
        except ModelError:
            fp.close()
            raise
        if not self._leave and urlsplit(new).netloc != urlsplit(req.full_url).netloc:
            return None
        found = super().redirect_request(req, fp, code, msg, headers, new)
        if found is not None:
            found.method = req.get_method()
        return found


# -- what answers mean -------------------------------------------------------------------------------------------------


def _host(address: str) -> str:
    return urlsplit(address).hostname or address


def _look_at(address: str) -> None:
    """Only what is encrypted is asked, and what is on this computer."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise ModelError(
            Message("{host} would send the model unprotected, which is not accepted.", host=_host(address)),
            "Use a mirror whose address begins with https.",
        )


def _begins(answer: Any, address: str, start: int, size: int) -> int:
    """At which byte the answer begins; raises ModelError where it is not the file that is listed, with ``size`` bytes."""
    said = answer.headers.get("Content-Range", "")
    begins, whole = _range(said) if answer.status == HTTPStatus.PARTIAL_CONTENT else (0, _length(answer))
    astray = begins not in (0, start)
    if astray or "text/html" in answer.headers.get("Content-Type", "") or whole not in (size, -1):
        raise ModelError(
            Message("What {host} sends is not the file that it lists.", host=_host(address)),
            "A network may put a page of its own in between (a login, a proxy). Look there with a browser.",
        )
    return begins


def _range(said: str) -> tuple[int, int]:
    """First byte and length of the whole file out of ``bytes 5-9/10``; a range that cannot be read is that of no file."""
    span, _, whole = said.removeprefix("bytes").strip().partition("/")
    start = span.partition("-")[0]
    return (int(start), int(whole)) if start.isdecimal() and whole.isdecimal() else (0, 0)


def _length(answer: Any) -> int:
    said = str(answer.headers.get("Content-Length", ""))
    return int(said) if said.isdecimal() else -1


def _silent(address: str) -> ModelError:
    return ModelError(
        Message("{host} did not answer, or was cut off.", host=_host(address)), "Check the network, and fetch it again."
    )


def _refused(address: str, fault: urllib.error.HTTPError) -> Exception:
    """What a refusal means to a person; what passes is ``Lost``."""
    host = _host(address)
    if fault.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return ModelError(
            Message("{host} gives this model only to people who agreed to its terms there.", host=host),
            "Agree to them in a browser, download the file there, and give it to `citegrid models add`.",
        )
    if fault.code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return ModelError(
            Message("{host} no longer has this file.", host=host),
            "Look there for a newer one, and give it to `citegrid models add`.",
        )
    busy = fault.code == HTTPStatus.TOO_MANY_REQUESTS or fault.code >= HTTPStatus.INTERNAL_SERVER_ERROR
    error = ModelError(
        Message("{host} refuses just now ({reason}).", host=host, reason=fault.code), "Fetch it again later."
    )
    wait = fault.headers.get("Retry-After", "") if fault.headers else ""
    return Lost(error, float(wait) if wait.isdecimal() else 0.0) if busy else error
