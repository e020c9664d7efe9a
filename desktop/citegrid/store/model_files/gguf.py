"""Reads the header of a GGUF model file with the standard library: enough to refuse what cannot work.

A GGUF file is: ``GGUF``, version, number of tensors, number of key-value pairs,
the pairs, a description of each tensor, padding, the tensors.  Format:
https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
(The package ``gguf`` reads a header with 150,000 words in 42 seconds and 500 MB, this in 0.2 seconds and next to nothing.)
Numbers in a header are not believed: every length is checked against the file's
size before it is used, only the few values we want are kept, the rest is skipped.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from citegrid.core.errors import ModelError
from citegrid.core.language.lexicon import words
from citegrid.core.messages import Message
from citegrid.store.files import BE_READ, storage_error

OTHER = "Choose a chat model in GGUF format, or use the default one (`citegrid models fetch`)."
AGAIN = "Download it again."

# Sizes in bytes of the value types of a key-value pair; 8 is a string, 9 an array.
SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9
# (elements, bytes) of a block for each tensor type of ggml.h; a type not listed is checked by its offset only.
BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip

# No true model comes near these; a header beyond them is damage or malice.
MOST_PAIRS, MOST_TENSORS, MOST_ITEMS, MOST_DIMENSIONS = 10_000, 200_000, 8_000_000, 4
LONGEST_NAME, LONGEST_KEPT, DEEPEST = 65_535, 1 << 20, 3
_PIECE, _LENGTH = 1 << 20, struct.Struct("<Q")
SHORTEST_CONTEXT = 2048  # a question with its evidence does not fit into less

#: Architectures of llama.cpp that it loads for chat, and those that do not write text from a prompt.
LOADABLE = frozenset(words("model_architectures", "loadable"))
NOT_CHAT = frozenset(words("model_architectures", "not_chat"))


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says; ``parameters`` counts weights, ``context_length`` tokens (0 when not said)."""

    version: int
    architecture: str
    name: str
    chat_template: str
    context_length: int
    tensors: int
    parameters: int
    kind: str
    splits: int


class _Cut(Exception):
    """The file ends, or would have to go on, beyond its size."""


class _Wrong(Exception):
    """The header says something that cannot be."""


class _HeaderReader:
    """Reads forward through the header; never beyond the file, never more than is asked for."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.size, self.at, self.items = file, size, 0, 0

    def take(self, count: int) -> bytes:
        if count > self.size - self.at:
            raise _Cut
        data = self.file.read(count)
        if len(data) != count:
            raise _Cut
        self.at += count
        return data

    def skip(self, count: int) -> None:
        if count > self.size - self.at:
            raise _Cut
        self.file.seek(count, os.SEEK_CUR)
        self.at += count

    def skip_texts(self, count: int) -> None:
        """Pass over ``count`` texts, hundreds of thousands in a vocabulary, without a call into the system for each."""
        piece, begin = b"", self.at
        for _ in range(count):
            place = self.at - begin
            if place + 8 > len(piece):
                self.file.seek(self.at)
                piece, begin, place = self.file.read(_PIECE), self.at, 0
                if len(piece) < 8:
                    raise _Cut
            end = self.at + 8 + _LENGTH.unpack_from(piece, place)[0]
            if end > self.size:
                raise _Cut
            self.at = end
        self.file.seek(self.at)

    def number(self, letter: str) -> int:
        return int(struct.unpack("<" + letter, self.take(struct.calcsize("<" + letter)))[0])

    def text(self, longest: int) -> str:
        length = self.number("Q")
        if length > longest:
            raise _Wrong(f"a text of {length} bytes")
        return self.take(length).decode("utf-8", "replace")

    def value(self, kind: int, keep: bool, depth: int = 0) -> int | str | None:
        """The value of a pair when it is to be kept and is a number or a text; arrays are always skipped."""
        if kind in SCALARS:
            return self.number(SCALARS[kind])
        if kind == STRING:
            if keep:
                return self.text(LONGEST_KEPT)
            self.skip(self.number("Q"))
            return None
        if kind != ARRAY or depth == DEEPEST:
            raise _Wrong(f"a value of type {kind}")
        inner, count = self.number("I"), self.number("Q")
        if inner in SCALARS:
            self.skip(count * struct.calcsize("<" + SCALARS[inner]))
            return None
        self.items += count
        if self.items > MOST_ITEMS:
            raise _Wrong(f"a list of {count} items")
        if inner == STRING:
            self.skip_texts(count)
            return None
        for _ in range(count):
            self.value(inner, False, depth + 1)
        return None


def read_header(path: Path) -> Header:
    """The header of the GGUF file at ``path``; raises ``ModelError`` when it is none, damaged or cut off.

    Reads the whole header (a few MB for a big vocabulary) but not the tensors.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            return _parse(_HeaderReader(file, size), path)
    except _Cut:
        raise ModelError(Message("{name} is cut off: it should be longer than it is.", name=path.name), AGAIN) from None
    except _Wrong as wrong:
        raise ModelError(
            Message("{name} is damaged: its header speaks of {wrong}.", name=path.name, wrong=wrong), AGAIN
        ) from None
    except OSError as error:
        refused = storage_error(path, error, BE_READ)
        raise ModelError(refused.sentence, refused.hint) from error


def check_chat_model(path: Path) -> Header:
    """The header, when the file is a whole chat model that llama.cpp can load; raises ``ModelError`` otherwise."""
    header = read_header(path)
    name = path.name
    if header.splits > 1:
        raise ModelError(
            Message("{name} is one of {splits} parts of a model.", name=name, splits=header.splits),
            "Join them with llama.cpp's gguf-split --merge first.",
        )
    if header.kind not in ("", "model"):
        raise ModelError(Message("{name} is not a model but {kind}.", name=name, kind=_article(header.kind)), OTHER)
    if header.architecture in NOT_CHAT:
        raise ModelError(
            Message("{name} ({architecture}) does not write text.", name=name, architecture=header.architecture), OTHER
        )
    if header.architecture not in LOADABLE:
        raise ModelError(
            Message(
                "{name} has an architecture this version cannot load ({architecture}).",
                name=name,
                architecture=header.architecture,
            ),
            OTHER,
        )
    if not header.tensors:
        raise ModelError(Message("{name} holds a vocabulary but no model.", name=name), OTHER)
    if not header.chat_template.strip():
        raise ModelError(Message("{name} is not a chat model: it has no chat template.", name=name), OTHER)
    if header.context_length < SHORTEST_CONTEXT:
        raise ModelError(
            Message(
                "{name} can read {context_length} tokens at once, {shortest_context} are needed.",
                name=name,
                context_length=header.context_length,
                shortest_context=SHORTEST_CONTEXT,
            ),
            OTHER,
        )
    return header


def _article(kind: str) -> str:
    known = {"adapter": Message("an adapter (LoRA)"), "mmproj": Message("a projector for pictures")}
    return known.get(kind) or f"“{kind[:40]}”"


def _parse(reader: _HeaderReader, path: Path) -> Header:
    if reader.size < 4 or reader.take(4) != b"GGUF":
        raise ModelError(Message("{name} is not a GGUF file.", name=path.name), OTHER)
    version = reader.number("I")
    if version in (0x02000000, 0x03000000):
        raise ModelError(Message("{name} was made for computers with the other byte order.", name=path.name), OTHER)
    if version not in (2, 3):
        raise ModelError(
            Message(
                "{name} has version {version} of the GGUF format, 2 and 3 can be read.", name=path.name, version=version
            ),
            OTHER,
        )
    tensors, pairs = reader.number("Q"), reader.number("Q")
    if pairs > MOST_PAIRS or tensors > MOST_TENSORS:
        raise _Wrong(f"{tensors} tensors and {pairs} properties")
    values = _pairs(reader, pairs)
    parameters = _tensors(reader, tensors, int(values.get("general.alignment") or 32))
    architecture = str(values.get("general.architecture", ""))
    context = values.get(f"{architecture}.context_length", 0)
    return Header(
        version=version,
        architecture=architecture,
        name=str(values.get("general.name", "")),
        chat_template=str(values.get("tokenizer.chat_template", "")),
        context_length=context if isinstance(context, int) else 0,
        tensors=tensors,
        parameters=parameters,
        kind=str(values.get("general.type", "")),
        splits=int(values.get("split.count") or 0),
    )


def _pairs(reader: _HeaderReader, count: int) -> dict[str, int | str]:
    values: dict[str, int | str] = {}
    for _ in range(count):
        key = reader.text(LONGEST_NAME)
        keep = key.startswith(("general.", "split.")) or key == "tokenizer.chat_template"
        value = reader.value(reader.number("I"), keep)
        if value is not None and (keep or key.endswith(".context_length")):
            values[key] = value
    return values


def _tensors(reader: _HeaderReader, count: int, alignment: int) -> int:
    """Checks that the file is long enough for every tensor described; returns how many weights there are."""
    if not 0 < alignment <= 1 << 20 or alignment & (alignment - 1):
        raise _Wrong(f"an alignment of {alignment}")
    end = parameters = 0
    for _ in range(count):
        reader.text(LONGEST_NAME)
        dimensions = reader.number("I")
        if dimensions > MOST_DIMENSIONS:
            raise _Wrong(f"a tensor with {dimensions} dimensions")
        elements = 1
        for _ in range(dimensions):
            elements *= reader.number("Q")
        block, size = BLOCKS.get(reader.number("I"), (1, 0))
        parameters += elements
        end = max(end, reader.number("Q") + elements // block * size)
    if count:
        start = -(-reader.at // alignment) * alignment
        if start + end > reader.size:
            raise _Cut
    return parameters
