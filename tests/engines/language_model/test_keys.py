"""Keys of servers: from the system's keyring alone, with a double in its place."""

from __future__ import annotations

import json
import sys
from typing import ClassVar

import pytest
from keyring.backend import KeyringBackend
from tests.doubles.model_server import Served, serving

from citegrid.core.errors import StorageError, UsageError
from citegrid.core.model.endpoint import Endpoint
from citegrid.engines.language_model import keys as module
from citegrid.engines.language_model.endpoint import HttpServers
from citegrid.engines.language_model.keys import VARIABLE, ServerKeys

AWAY, OTHER = Endpoint("https", "models.example", 443, "/v1", "big"), Endpoint("https", "other.example", 443, "/v1")


class Ring(KeyringBackend):
    """A keyring of the system; a locked one refuses with what it was asked for."""

    priority = 1.0  # type: ignore[assignment]
    kept: ClassVar[dict[tuple[str, str], str]] = {}
    locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._look(username)
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look(password)
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look(username)
        del self.kept[service, username]

    def _look(self, what: str) -> None:
        if self.locked:
            raise RuntimeError(what)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(module, "_keyring", Ring)
    monkeypatch.setattr(Ring, "kept", {})
    monkeypatch.setattr(Ring, "locked", False)
    return Ring()


@pytest.fixture
def no_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setitem(module._SYSTEMS, sys.platform, ())


def test_a_key_is_kept_for_the_server_it_was_given_for(ring: Ring) -> None:
    assert ServerKeys().keep(AWAY, " secret-key\n")
    assert list(ring.kept.values()) == ["secret-key"]
    again = ServerKeys()
    assert (again.key(AWAY), again.key(OTHER)) == ("secret-key", "")
    again.forget(AWAY)
    assert (again.key(AWAY), ring.kept) == ("", {})


def test_without_a_keyring_a_key_lasts_until_the_end(no_ring: None, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ServerKeys()
    assert not keys.keep(AWAY, "secret-key")
    assert (keys.key(AWAY), ServerKeys().key(AWAY)) == ("secret-key", "")
    monkeypatch.setenv(VARIABLE, "from-outside")
    assert (keys.key(AWAY), ServerKeys().key(AWAY)) == ("secret-key", "from-outside")


def test_a_locked_keyring_is_one_sentence_that_tells_no_key(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ring, "locked", True)
    with pytest.raises(StorageError, match="keyring refuses") as fault:
        ServerKeys().keep(AWAY, "secret-key")
    assert "secret-key" not in str(fault.value) and fault.value.__suppress_context__
    assert ServerKeys().key(AWAY) == ""


@pytest.mark.parametrize("text", ["", " ", "two\nlines", "schlüssel", "x" * 5000])
def test_what_cannot_be_a_key_is_refused(no_ring: None, text: str) -> None:
    with pytest.raises(UsageError, match="one line"):
        ServerKeys().use(AWAY, text)


def test_what_others_registered_is_not_loaded(no_ring: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring that settings of the library name may write plain text or ask a server."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert module._keyring() is None


def test_a_server_that_asks_for_a_key_gets_its_own(ring: Ring) -> None:
    with serving(Served()) as served:
        keys = ServerKeys()
        keys.keep(served.endpoint, "secret-key")
        HttpServers(keys.key).facts(served.endpoint)
    assert {head["Authorization"] for head in served.heads} == {"Bearer secret-key"}
    assert "secret-key" not in json.dumps(served.asked)
