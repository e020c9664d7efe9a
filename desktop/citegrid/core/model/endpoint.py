"""Where a language model is: a file, or a server that speaks OpenAI's protocol (llama-server, Ollama, LM Studio, vLLM)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from urllib.parse import SplitResult, unquote, urlsplit

from citegrid.core.errors import UsageError
from citegrid.core.messages import Message

SCHEMES = ("http://", "https://")
USUAL_PATH = "/v1"
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a server, and which of its models (empty: the first that it names)."""

    scheme: str
    host: str
    port: int
    path: str = ""
    model: str = ""

    @property
    def local(self) -> bool:
        """Whether it is on this computer: what is asked does not leave it."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """The address without the model's name."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"

    def __str__(self) -> str:
        return f"{self.address}#{self.model}" if self.model else self.address


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What a model server offers: its ``models``, tokens of ``context`` (0 where it does not say), ``places`` for requests side
    by side, whether it tells ``likelihoods``; seconds to the ``first_token`` and tokens a second of one answer just now."""

    name: str
    models: tuple[str, ...]
    kind: str
    context: int
    places: int
    likelihoods: bool
    first_token: float
    speed: float


#: What a person chooses: a file of this computer, or a server.
ModelChoice = Path | Endpoint


def is_address(text: str) -> bool:
    """Whether ``text`` names a server and not a file."""
    return text.strip().lower().startswith(SCHEMES)


def endpoint_of(text: str) -> Endpoint:
    """The endpoint that ``text`` names, as in ``http://127.0.0.1:8080/v1#model``; raises UsageError.

    Names and keys do not belong into an address, because it is kept and shown; one with them is refused.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise _unusable(text) from None
    if not parts.hostname or parts.username is not None or parts.query:
        raise _unusable(_without_login(parts) or text)
    return Endpoint(parts.scheme, parts.hostname, port, parts.path.rstrip("/") or USUAL_PATH, unquote(parts.fragment))


def shown(model: str) -> str:
    """A model's name for people: of one that its server names by a file, the file's."""
    return PureWindowsPath(model).name if PureWindowsPath(model).root else model


def _without_login(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.hostname}{parts.path}" if parts.hostname else ""


def _unusable(text: str) -> UsageError:
    return UsageError(
        Message("{address} is not the address of a model server.", address=text),
        "It looks like http://127.0.0.1:8080/v1; the name of one of its models may follow after #.",
    )
