"""A language model that is loaded at its first question: in the language of the papers many rows need none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from citegrid.core.errors import ModelError
from citegrid.core.model.endpoint import Endpoint, endpoint_of
from citegrid.ports import NEVER, Answer, Ask, Cancel, LanguageModel, ModelInfo, Usage

LoadModel = Callable[[Path, str], LanguageModel]
Connect = Callable[[Endpoint], LanguageModel]


class ModelWhenAsked:
    """Speaks for the model at ``path``, whose bytes have the hash ``sha256`` (where these are known before ``load`` is called, which
    is given them); ``broken`` is why it could not be loaded."""

    def __init__(self, path: Path, sha256: str, load: LoadModel) -> None:
        self.sha256 = sha256
        self.info = ModelInfo(path.name, str(path), sha256, "", 0)
        self.usage = Usage()
        self.broken: ModelError | None = None
        self._load = load
        self._model: LanguageModel | None = None

    @classmethod
    def of_server(cls, address: str, connect: Connect) -> ModelWhenAsked:
        """The same for the model of a server."""
        made = cls(Path(), "", lambda _, __: connect(endpoint_of(address)))
        made.info = replace(made.info, name=address, path=address)
        return made

    def answer(
        self,
        asks: Sequence[Ask],
        *,
        on_answer: Callable[[int, Answer], None] | None = None,
        cancel: Cancel = NEVER,
    ) -> list[Answer]:
        return self.loaded().answer(asks, on_answer=on_answer, cancel=cancel)

    def weigh(self, asks: Sequence[Ask], choices: Sequence[str], *, cancel: Cancel = NEVER) -> list[tuple[float, ...]]:
        return self.loaded().weigh(asks, choices, cancel=cancel)

    def count(self, text: str) -> int:
        return self.loaded().count(text)

    def close(self) -> None:
        if self._model is not None:
            self._model.close()

    def loaded(self) -> LanguageModel:
        """The model itself, loaded now if it was not; raises what loading raises."""
        if self._model is None:
            try:
                self._model = self._load(Path(self.info.path), self.sha256)
            except ModelError as fault:
                self.broken = fault
                raise
            self.usage, self.info = self._model.usage, self._model.info
        return self._model
