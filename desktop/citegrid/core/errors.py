"""Errors: one class, one sentence, one hint, one exit code.

The sentence names the file; the hint says what to try next.  Both are keys of the
catalogue of sentences, with values where something changes (``messages.Message``).
Whatever is not a ``CiteGridError`` is a fault of our own and becomes an ``InternalError``.
"""

from __future__ import annotations

from typing import Self

from citegrid.core.messages import Message, as_message, say


class CiteGridError(Exception):
    """Something the person can act on; ``str(error)`` is the sentence and the hint in one line.

    Pickled, as between processes, it keeps the keys and values of both.
    """

    exit_code = 1

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(f"{sentence} {hint}".strip())
        self.sentence = sentence
        self.hint = hint

    def __reduce__(self) -> tuple[type[Self], tuple[str, ...]]:
        return type(self), (self.sentence, self.hint)

    @property
    def whole(self) -> Message:
        """The sentence and the hint as one Message."""
        sentence, hint = as_message(self.sentence), as_message(self.hint)
        return Message("{sentence} {hint}", sentence=sentence, hint=hint) if hint else sentence

    def said(self, language: str) -> str:
        """The sentence and the hint in one line, in ``zh`` or ``en``."""
        return say(self.whole, language)


class UsageError(CiteGridError):
    """The command or a choice in it does not make sense."""

    exit_code = 2


class WouldReplace(UsageError):
    """A file lies where one is to be written, and the person has not said that it may be replaced."""


class InputError(CiteGridError):
    """A file that was given cannot be used."""

    exit_code = 3


class PasswordNeeded(InputError):
    """The document is encrypted and its password was not given, or is wrong."""


class SourceLost(InputError):
    """A file or folder that the project was made from is no longer where it was (``place``), and was not found nearby."""

    def __init__(self, sentence: str, hint: str = "", place: str = "") -> None:
        super().__init__(sentence, hint)
        self.place = place

    def __reduce__(self) -> tuple[type[Self], tuple[str, ...]]:
        return type(self), (self.sentence, self.hint, self.place)


class ManagerClosed(InputError):
    """A reference manager does not run, does not let itself be asked, or its data cannot be read."""


class ModelError(CiteGridError):
    """The language model cannot be used."""

    exit_code = 4


class OcrError(CiteGridError):
    """The text of one picture could not be recognised; other pictures may still be."""


class StorageError(CiteGridError):
    """The disk said no: full, read-only, gone."""

    exit_code = 3


class Cancelled(CiteGridError):
    """The person stopped the work; what was done is kept."""

    exit_code = 130

    def __init__(self, sentence: str = "Stopped as asked.", hint: str = "What was done so far is kept.") -> None:
        super().__init__(sentence, hint)


class InternalError(CiteGridError):
    """A fault of CiteGrid itself."""

    exit_code = 70

    @classmethod
    def of(cls, fault: BaseException) -> InternalError:
        """The error that a fault nobody foresaw becomes, wherever it is caught."""
        what = f"{type(fault).__name__}: {fault}"
        return cls(Message("CiteGrid itself failed ({fault}).", fault=what), "Please report this.")
