"""Groups of things that are connected to each other, directly or by others."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class Connected(Generic[Thing]):
    """Disjoint sets of ``things``, in the order that they were given."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._parent = {thing: thing for thing in things}

    def connect(self, one: Thing, other: Thing) -> None:
        """Put the group of ``one`` into that of ``other``."""
        self._parent[self._root(one)] = self._root(other)

    def groups(self) -> list[list[Thing]]:
        """The groups, each in the order of its things, in the order of their first ones."""
        found: dict[Thing, list[Thing]] = {}
        for thing in self._parent:
            found.setdefault(self._root(thing), []).append(thing)
        return list(found.values())

    def _root(self, thing: Thing) -> Thing:
        while self._parent[thing] != thing:
            self._parent[thing] = self._parent[self._parent[thing]]
            thing = self._parent[thing]
        return thing
