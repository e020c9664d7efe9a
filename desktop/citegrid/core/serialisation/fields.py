"""Reading JSON that others may have touched: every fault is an InputError that names the field."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVar

from citegrid.core.document import Box
from citegrid.core.errors import InputError
from citegrid.core.invisible import visible
from citegrid.core.messages import Message

#: No whole number of ours is larger, and those of the window's library must not be; of a number nothing true comes near it.
MOST, _MOST_NUMBER = 2**31 - 1, 1e15
#: Coordinates of a box are at most this: PDF knows none larger.
_MOST_POINTS = 1e7
E = TypeVar("E", bound=Enum)
_NEEDED: Final = object()
_MISSING: Final = Message("is missing")


def not_one_of(value: object, wanted: Iterable[str]) -> Message:
    """What is wrong with a field that holds none of the words it may hold."""
    return Message("is {value}, not one of {wanted}", value=reprlib.repr(value), wanted=", ".join(wanted))


def scrubbed(value: Any) -> Any:
    """``value`` with lone surrogates in its strings replaced, so that it can be written as UTF-8, and without characters that
    print nothing and change what is read."""
    if isinstance(value, str):
        return visible(value if _encodable(value) else value.encode("utf-8", "replace").decode("utf-8"))
    if isinstance(value, dict):
        return {scrubbed(k): scrubbed(v) for k, v in value.items()}
    if isinstance(value, list):
        return [scrubbed(v) for v in value]
    return value


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Field:
    """A JSON value, the path that leads to it and the name of its file; ``missing`` when it is absent or null."""

    value: object
    path: str
    file: str
    hint: str = ""

    @property
    def missing(self) -> bool:
        return self.value is None

    def error(self, what: Message) -> InputError:
        """The fault of this very field: ``what`` it is, or is not."""
        field = self.path or Message("the whole of it")
        return InputError(Message("{name}: {field} {what}.", name=self.file, field=field, what=what), self.hint)

    def fault(self, name: str, what: Message) -> InputError:
        """The fault of the field ``name`` of this object."""
        return self.get(name).error(what)

    def get(self, name: str) -> Field:
        """The field ``name`` of this object; missing fields of a missing object are missing too."""
        path = f"{self.path}.{name}" if self.path else name
        if self.value is None and self.path:
            return Field(None, path, self.file, self.hint)
        if not isinstance(self.value, dict):
            raise self.error(Message("is not an object with named fields"))
        return Field(self.value.get(name), path, self.file, self.hint)

    def items(self, name: str, *, needed: bool = False) -> list[Field]:
        """The elements of the list ``name``; none when it is missing and not ``needed``."""
        found = self.get(name)
        if found.value is None and not needed:
            return []
        if not isinstance(found.value, list):
            raise found.error(_MISSING if found.value is None else Message("is not a list"))
        return [Field(v, f"{found.path}[{i}]", self.file, self.hint) for i, v in enumerate(found.value)]

    def text(self, name: str, default: object = _NEEDED) -> str:
        """The string ``name``; ``default`` when it is missing."""
        found = self.get(name)
        return str(default) if found.value is None and default is not _NEEDED else found.as_text()

    def whole(self, name: str, default: object = _NEEDED, most: int = MOST) -> int:
        """The whole number ``name``, of an amount of at most ``most``."""
        found = self.get(name)
        return int(str(default)) if found.value is None and default is not _NEEDED else found.as_whole(most)

    def number(self, name: str, default: float) -> float:
        """The finite number ``name``."""
        found = self.get(name)
        return default if found.value is None else found.as_number()

    def flag(self, name: str, default: bool | None = None) -> bool:
        """The truth value ``name``."""
        found = self.get(name)
        if found.value is None and default is not None:
            return default
        if not isinstance(found.value, bool):
            raise found.error(Message("is not true or false"))
        return found.value

    def choice(self, name: str, kind: type[E], default: E | None = None) -> E:
        """The member of ``kind`` whose value stands in ``name``."""
        found = self.get(name)
        if found.value is None and default is not None:
            return default
        for member in kind:
            if member.value == found.value and isinstance(found.value, str):
                return member
        if found.value is None:
            raise found.error(_MISSING)
        raise found.error(not_one_of(found.value, (str(member.value) for member in kind)))

    def four_numbers(self, name: str) -> tuple[float, float, float, float] | None:
        """The rectangle ``name``, None when it is missing."""
        found = self.get(name)
        if found.value is None:
            return None
        values = [f.as_number() for f in self.items(name)]
        if len(values) != 4:
            raise found.error(Message("does not hold four numbers"))
        return values[0], values[1], values[2], values[3]

    def numbers(self) -> tuple[tuple[str, float], ...]:
        """This object of finite numbers as pairs, in order; empty when it is missing."""
        if self.value is None:
            return ()
        if not isinstance(self.value, dict):
            raise self.error(Message("is not an object with named fields"))
        return tuple((str(name), self.get(name).as_number()) for name in self.value)

    def whole_numbers(self) -> tuple[int, ...]:
        """This list of whole numbers."""
        if not isinstance(self.value, list):
            raise self.error(_MISSING if self.value is None else Message("is not a list"))
        return tuple(Field(v, f"{self.path}[{i}]", self.file, self.hint).as_whole() for i, v in enumerate(self.value))

    def as_text(self) -> str:
        if not isinstance(self.value, str):
            raise self.error(_MISSING if self.value is None else Message("is not text"))
        return str(scrubbed(self.value))

    def as_whole(self, most: int = MOST) -> int:
        number = self.value if isinstance(self.value, int) and not isinstance(self.value, bool) else self.as_number()
        if number != int(number):
            raise self.error(Message("is {number}, not a whole number", number=number))
        if abs(number) > most:
            raise self.error(Message("is too large"))
        return int(number)

    def as_number(self) -> float:
        # a truth value is an int to Python, and page true would be page 1
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.error(_MISSING if self.value is None else Message("is not a number"))
        try:
            number = float(self.value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.error(Message("is not a finite number"))
        if abs(number) > _MOST_NUMBER:
            raise self.error(Message("is too large"))
        return number

    def as_box(self) -> Box:
        """A box ``[page, x0, y0, x1, y1]``."""
        if not isinstance(self.value, list) or len(self.value) != 5:
            raise self.error(Message("is not a box [page, x0, y0, x1, y1]"))
        numbers = [Field(v, f"{self.path}[{i}]", self.file, self.hint).as_number() for i, v in enumerate(self.value)]
        if max(map(abs, numbers)) > _MOST_POINTS or not 1 <= numbers[0] == int(numbers[0]):
            raise self.error(Message("is not a box [page, x0, y0, x1, y1]"))
        return Box.from_list(numbers)
