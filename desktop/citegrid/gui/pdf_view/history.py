"""Back and forward through jumps, as a browser does it."""

from __future__ import annotations

#: A place on the paper: page (from 1) and the point of it that lies at the view's top left.
Place = tuple[int, float, float]
MOST = 100


class History:
    """Where jumps began; a new jump forgets what could be gone forward to."""

    def __init__(self) -> None:
        self._past: list[Place] = []
        self._future: list[Place] = []

    def clear(self) -> None:
        self._past.clear()
        self._future.clear()

    def leave(self, here: Place) -> None:
        """A jump begins at ``here``; a second one from the same place is not noted twice."""
        if not self._past or self._past[-1] != here:
            self._past.append(here)
            del self._past[:-MOST]
        self._future.clear()

    def back(self, here: Place) -> Place | None:
        """Where the last jump began; None when there was none."""
        return self._step(self._past, self._future, here)

    def forward(self, here: Place) -> Place | None:
        """Where ``back`` was called; None when it was not."""
        return self._step(self._future, self._past, here)

    @property
    def can_back(self) -> bool:
        return bool(self._past)

    @property
    def can_forward(self) -> bool:
        return bool(self._future)

    @staticmethod
    def _step(take: list[Place], give: list[Place], here: Place) -> Place | None:
        if not take:
            return None
        give.append(here)
        return take.pop()
