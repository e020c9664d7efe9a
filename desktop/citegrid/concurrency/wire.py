"""What comes back from another process: data of stated shapes, never pickles.

Who reads hostile files may be taken over by them, and a pickle runs what it likes in whoever loads it.  So a child answers in
MessagePack: one of the messages below, and within it nouns of ``core`` and ``ports`` that are checked against their own
annotations field by field.  Whatever is of another type, too long or no message at all is a ``BadMessage``, an OSError as of a
pipe that broke: the child is ended.  (What a parent sends is pickled; nobody else writes to that end.)

A sentence travels as its key and values (``core.messages.to_text``), so that the window says it in its language.
"""

from __future__ import annotations

import contextlib
from functools import cache
from multiprocessing.connection import Connection
from typing import Annotated, Any, get_origin

import msgspec

from citegrid.core import errors
from citegrid.core.errors import CiteGridError, InternalError
from citegrid.core.messages import Message, from_text, to_text
from citegrid.core.serialisation.fields import scrubbed
from citegrid.ports import Pixels

#: Bytes of one message: a picture of 60 million pixels has 180 MB, a page of a book one.
MOST_BYTES = 256 << 20
#: Characters of a sentence, and of a traceback.
_LONGEST, _LONGEST_TRACE = 10_000, 50_000
Sentence = Annotated[str, msgspec.Meta(max_length=_LONGEST)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**40)]


class BadMessage(OSError):
    """A child said what it may not say."""


class ChildMessage(msgspec.Struct, tag=True, array_like=True, frozen=True):
    """A message of a child."""


class Step(ChildMessage, frozen=True):
    """How far it is."""

    phase: Sentence
    done: Count
    total: Count
    detail: Sentence


class PartFound(ChildMessage, frozen=True):
    """Something it found: the name of its class, and the value."""

    kind: Sentence
    value: msgspec.Raw


class Done(ChildMessage, frozen=True):
    """It has said everything."""


class Failed(ChildMessage, frozen=True):
    """An error for a person: the name of its class, and what it says."""

    kind: Sentence
    sentence: Sentence
    hint: Sentence
    place: Sentence = ""


class Fault(ChildMessage, frozen=True):
    """A fault of our own, and where it came from."""

    what: Sentence
    where: Annotated[str, msgspec.Meta(max_length=_LONGEST_TRACE)]


class Exhausted(ChildMessage, frozen=True):
    """It would have needed more memory than it may take."""


class PictureToRead(ChildMessage, frozen=True):
    """It asks for the text of a picture, whose pixels follow."""

    number: Count
    width: Count
    height: Count


class PictureDrawn(ChildMessage, frozen=True):
    """A picture, whose pixels follow."""

    width: Count
    height: Count


# -- in the child ------------------------------------------------------------------------------------------------------


def send(pipe: Connection, message: ChildMessage) -> None:
    """Say ``message``."""
    pipe.send_bytes(_packed(message))


def step_of(phase: str, done: int, total: int, detail: str) -> Step:
    """Progress as a message."""
    said = (scrubbed(phase)[:_LONGEST], max(0, done), max(0, total), scrubbed(str(detail))[:_LONGEST])
    return Step(*said)


def part_of(value: object) -> PartFound:
    """``value``, an instance of a noun or something built in, as a message."""
    return PartFound(type(value).__name__, msgspec.Raw(_packed(value)))


def failure_of(error: CiteGridError) -> Failed:
    """An error for a person as a message."""
    said = (to_text(error.sentence), to_text(error.hint), str(getattr(error, "place", "")))
    return Failed(type(error).__name__, *(scrubbed(one)[:_LONGEST] for one in said))


def fault_of(fault: BaseException, trace: str) -> Fault:
    """Any other fault as a message."""
    what = scrubbed(f"{type(fault).__name__}: {fault}")
    return Fault(what[:_LONGEST], scrubbed(trace)[-_LONGEST_TRACE:])


def send_pixels(pipe: Connection, pixels: Pixels, number: int | None = None) -> None:
    """Hand a picture over, its pixels by themselves, which spares two copies; with ``number`` its text is asked for."""
    size = (pixels.width, pixels.height)
    send(pipe, PictureDrawn(*size) if number is None else PictureToRead(number, *size))
    pipe.send_bytes(pixels.data)


def _plain(value: Any) -> Any:
    """What stands for a value that MessagePack does not know: a sentence's key and values, a number of numpy's."""
    if isinstance(value, Message):
        return to_text(value)
    if callable(item := getattr(value, "item", None)):
        return item()
    raise NotImplementedError(f"{type(value).__name__} does not cross between processes")


_encoder = msgspec.msgpack.Encoder(enc_hook=_plain)


def _packed(value: object) -> bytes:
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:  # half a surrogate pair, as broken fonts give
        return _encoder.encode(_lists(msgspec.to_builtins(value, enc_hook=_plain)))


def _lists(value: Any) -> Any:
    """``value`` without half pairs in its strings, which ``scrubbed`` finds in lists and dictionaries."""
    if isinstance(value, dict):
        return {key: _lists(one) for key, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, list | tuple) else scrubbed(value)


# -- in the parent -----------------------------------------------------------------------------------------------------


def hear(pipe: Connection, kind: Any, most: int = MOST_BYTES) -> Any:
    """The next message, which is to be a ``kind``: a class of message, or several joined by ``|``.

    Raises BadMessage, EOFError or OSError: the child is of no use any more.
    """
    return _decoded(pipe.recv_bytes(most), kind)


def value_of(part: PartFound, kinds: tuple[type[Any], ...]) -> Any:
    """What a part holds, which is to be of one of ``kinds``."""
    for kind in kinds:
        if (get_origin(kind) or kind).__name__ == part.kind:
            return _decoded(part.value, kind)
    raise BadMessage(f"a part that nobody asked for: {part.kind[:80]}")


def hear_pixels(pipe: Connection, told: PictureDrawn | PictureToRead) -> Pixels:
    """The pixels that follow ``told``."""
    wanted = 3 * told.width * told.height
    if wanted > MOST_BYTES:
        raise BadMessage(f"a picture of {told.width} × {told.height}")
    return checked(Pixels(told.width, told.height, pipe.recv_bytes(max(wanted, 1))))


def checked(pixels: Pixels) -> Pixels:
    """A picture that has as many bytes as it says."""
    if pixels.width < 0 or pixels.height < 0 or len(pixels.data) != 3 * pixels.width * pixels.height:
        raise BadMessage(f"{len(pixels.data)} bytes for a picture of {pixels.width} × {pixels.height}")
    return pixels


def error_of(failed: Failed) -> CiteGridError:
    """The error that a child told; one of a class that we do not know is a fault of our own."""
    sentence, hint = _sentence(failed.sentence), _sentence(failed.hint)
    if failed.kind == "SourceLost":
        return errors.SourceLost(sentence, hint, failed.place)
    return _classes().get(failed.kind, InternalError)(sentence, hint)


@cache
def _classes() -> dict[str, type[CiteGridError]]:
    """The errors for a person, by name."""
    return {n: c for n, c in vars(errors).items() if isinstance(c, type) and issubclass(c, CiteGridError)}


def _sentence(text: str) -> str:
    with contextlib.suppress(RecursionError):
        return from_text(text)
    return text


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def _decoded(data: bytes | msgspec.Raw, kind: Any) -> Any:
    try:
        return _decoder(kind).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError) as fault:
        raise BadMessage(f"no {getattr(kind, '__name__', kind)}: {fault}") from fault
