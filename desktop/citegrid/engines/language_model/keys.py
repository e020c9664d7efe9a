"""Keys of model servers: kept by the system's own keyring, and nowhere else.

Only the keyrings that systems have are spoken to (macOS's Keychain, Windows' Credential Manager, the Secret Service of Linux
desktops), all on this computer.  What other packages register with ``keyring``, or a file of its settings names, is not loaded: some
of it writes plain text or asks a server.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from citegrid.core.errors import StorageError, UsageError
from citegrid.core.messages import Message
from citegrid.core.model.endpoint import Endpoint

#: Environment variable with a key, for systems without a keyring; it is in no file of ours.
VARIABLE = "CITEGRID_SERVER_KEY"
#: What the keyring files our keys under, and the characters of the longest.
SERVICE, LONGEST = "CiteGrid", 4096
_LINUX = ("keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring")
_SYSTEMS = {"darwin": ("keyring.backends.macOS.Keyring",), "win32": ("keyring.backends.Windows.WinVaultKeyring",)}


class ServerKeys:
    """The key of each server by its address.  Asking the keyring may wait for the person to open it: on a worker's thread."""

    def __init__(self) -> None:
        self._typed: dict[str, str] = {}

    def key(self, endpoint: Endpoint) -> str:
        """The key that was given for this server since the program began, else the keyring's, else the environment's; or none."""
        where = endpoint.address
        return self._typed.get(where) or self._kept(where) or os.environ.get(VARIABLE, "").strip()

    def use(self, endpoint: Endpoint, key: str) -> None:
        """Send ``key`` to this server until the program ends; raises UsageError for what cannot be one."""
        key = key.strip()
        if not (key.isascii() and key.isprintable() and 0 < len(key) <= LONGEST):
            raise UsageError("A key is one line of letters, digits and signs.", "Copy it again from the server's page.")
        self._typed[endpoint.address] = key

    def keep(self, endpoint: Endpoint, key: str) -> bool:
        """The same, and keep it in the keyring; whether there is one.  Raises UsageError, and StorageError where it refuses."""
        self.use(endpoint, key)
        ring = _keyring()
        if ring is None:
            return False
        with _refusing():
            ring.set_password(SERVICE, endpoint.address, key.strip())
        return True

    def forget(self, endpoint: Endpoint) -> None:
        """Forget the key of this server, here and in the keyring; raises StorageError where the keyring refuses."""
        self._typed.pop(endpoint.address, None)
        if self._kept(endpoint.address) and (ring := _keyring()) is not None:
            with _refusing():
                ring.delete_password(SERVICE, endpoint.address)

    def _kept(self, where: str) -> str:
        """The keyring's key; none where it stays locked, as if there were no keyring."""
        ring = _keyring()
        try:
            return str(ring.get_password(SERVICE, where) or "") if ring is not None else ""
        except Exception:  # each system's keyring fails in its own way
            return ""


@contextmanager
def _refusing() -> Iterator[None]:
    """Makes one sentence of whatever a keyring refuses with; never of what it was given."""
    try:
        yield
    except Exception as fault:
        sentence = Message("The system's keyring refuses ({reason}).", reason=type(fault).__name__)
        raise StorageError(sentence, "Unlock it, and try again.") from None


def _keyring() -> Any | None:
    """The keyring of this system; None where it has none that runs."""
    for name in _SYSTEMS.get(sys.platform, _LINUX):
        try:
            from keyring.core import load_keyring

            return load_keyring(name)
        except Exception:  # noqa: S112
            continue
    return None
