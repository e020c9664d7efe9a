"""Where publishers offer their models: huggingface.co, or a mirror of it that the person named, and modelscope.cn.

Each says of a file how long it is and what its SHA-256 is, before any of it is fetched: Hugging Face in the headers of its redirect to
the bytes (``X-Linked-Size``, ``X-Linked-ETag``), ModelScope in its list of files.
"""

from __future__ import annotations

import json
import os
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from citegrid.core.errors import ModelError
from citegrid.core.messages import Message
from citegrid.store.model_files.download import Downloader
from citegrid.store.model_files.manifest import ModelEntry

#: The two hubs, and the environment variable that names a mirror of the first, as its own library reads it.
HUB, SCOPE, MIRROR = "https://huggingface.co", "https://modelscope.cn", "HF_ENDPOINT"
#: Bytes of the longest list of files, and letters of a SHA-256.
LONGEST_LIST, DIGITS = 8 << 20, 64


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as its publisher lists it just now: where its bytes are, at which ``host``, their number and their sum."""

    address: str
    host: str
    sha256: str
    bytes: int


class Hub(Protocol):
    """One place where a publisher offers a file."""

    @property
    def host(self) -> str: ...

    def listed(self, line: Downloader) -> Listed:
        """What it says of the file; raises ModelError where it cannot be asked, or does not say."""
        ...


def hubs_of(entry: ModelEntry) -> list[Hub]:
    """Where a model is offered, in the order in which they are asked."""
    mirror = os.environ.get(MIRROR, "").strip().rstrip("/")
    bases = [base for base in (mirror, HUB) if base] if entry.hub else []
    found: list[Hub] = [HuggingFace(base, entry.hub, entry.file) for base in dict.fromkeys(bases)]
    return [*found, ModelScope(SCOPE, entry.scope, entry.file)] if entry.scope else found


@dataclass(frozen=True, slots=True)
class HuggingFace:
    """A repository at Hugging Face, or at a mirror that answers as it does."""

    base: str
    repository: str
    file: str

    @property
    def host(self) -> str:
        return urlsplit(self.base).hostname or self.base

    def listed(self, line: Downloader) -> Listed:
        """See ``Hub``."""
        address = f"{self.base}/{self.repository}/resolve/main/{quote(self.file)}"
        headers = line.head(address)
        said = _lower(headers)
        return _checked(self, address, said.get("x-linked-etag", "").strip('"'), said.get("x-linked-size", ""))


@dataclass(frozen=True, slots=True)
class ModelScope:
    """A repository at ModelScope."""

    base: str
    repository: str
    file: str

    @property
    def host(self) -> str:
        return urlsplit(self.base).hostname or self.base

    def listed(self, line: Downloader) -> Listed:
        """See ``Hub``."""
        asked = f"{self.base}/api/v1/models/{self.repository}/repo/files?Revision=master&Recursive=true"
        files = _files(line.text(asked, LONGEST_LIST))
        found = next((one for one in files if one.get("Path") == self.file), {})
        address = f"{self.base}/models/{self.repository}/resolve/master/{quote(self.file)}"
        return _checked(self, address, str(found.get("Sha256", "")), str(found.get("Size", "")))


def _files(text: str) -> list[dict[str, Any]]:
    """The files of a list; none where it is not one."""
    try:
        listed = json.loads(text)["Data"]["Files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _checked(hub: Hub, address: str, sha256: str, size: str) -> Listed:
    if len(sha256) != DIGITS or not set(sha256) <= set(string.hexdigits) or not size.isdecimal():
        raise ModelError(
            Message("{host} does not say what the checksum of the file is.", host=hub.host),
            "Download the file from its publisher and give it to `citegrid models add`.",
        )
    return Listed(address, hub.host, sha256.lower(), int(size))
