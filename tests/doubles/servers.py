"""A double of what reaches model servers: two models, one of which answers."""

from __future__ import annotations

from citegrid.core.errors import ModelError
from citegrid.core.model.endpoint import Endpoint, ServerFacts
from citegrid.ports import NEVER, Cancel, LanguageModel


class ToldServers:
    """Servers that have what they were told, and remember whom they reached."""

    def __init__(self, model: LanguageModel | None = None, likelihoods: bool = True) -> None:
        self.model, self.likelihoods = model, likelihoods
        self.reached: list[str] = []

    def connect(self, endpoint: Endpoint) -> LanguageModel:
        self._reach(endpoint)
        if self.model is None:
            raise ModelError("The model is gone.")
        return self.model

    def names(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> tuple[str, ...]:
        self._reach(endpoint)
        return "small", "big"

    def facts(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> ServerFacts:
        self._reach(endpoint)
        name = f"{endpoint.model or 'small'} ({endpoint.address})"
        return ServerFacts(name, ("small", "big"), "", 4096, 4, self.likelihoods, 0.24, 31.4)

    def _reach(self, endpoint: Endpoint) -> None:
        self.reached.append(str(endpoint))
        if endpoint.port == 1:
            raise ModelError("No model server answers there.", "Start it.")


class ToldKeys:
    """A keyring that remembers what it was told, as ``(what, address, key)``."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str]] = []

    def use(self, endpoint: Endpoint, key: str) -> None:
        self.told.append(("use", endpoint.address, key))

    def keep(self, endpoint: Endpoint, key: str) -> bool:
        self.told.append(("keep", endpoint.address, key))
        return True

    def forget(self, endpoint: Endpoint) -> None:
        self.told.append(("forget", endpoint.address, ""))
