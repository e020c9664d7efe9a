"""A Word document to blocks: paragraphs, headings by their style, rows of tables, text boxes, notes; and what of it is not text.

The parts are read as a stream (``word_stream``), so that a small file which unfolds to millions of elements costs no memory,
and by the local names of their elements, which the Strict and the Transitional variant of Office Open XML (ISO/IEC 29500)
share.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from citegrid.core.errors import InputError
from citegrid.core.language.script import is_chinese
from citegrid.core.language.text import key_text
from citegrid.core.library import Manuscript, TextBlock
from citegrid.core.messages import Message
from citegrid.pipeline.library import patterns
from citegrid.pipeline.library.source_metadata import FRONT, names_in, title_in
from citegrid.pipeline.library.word_stream import Losses, Paragraph, read_part, read_properties, read_styles

#: Bytes a document may unfold to.
MOST_UNFOLDED = 300 * 2**20
#: How files begin that were encrypted, and those of Word before 2007.
OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The parts that hold text, the second and third by the ids of notes.
BODY, FOOTNOTES, ENDNOTES, STYLES, PROPERTIES = (
    "word/document.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/styles.xml",
    "docProps/core.xml",
)
TITLE, AUTHOR = "title", "author"
#: Words of a name, letters of a particle in it, ideographs of a Chinese name with its point.
LONGEST_NAME, LONGEST_PARTICLE, LONGEST_CHINESE_NAME = 4, 3, 8
#: How the names of parts begin that are files of another kind.
_EMBEDDED = ("word/embeddings", "word/afchunk")
HINT = Message("Open it in a word processor and save it as .docx.")


def read_word(data: bytes, name: str) -> Manuscript:
    """Raises InputError, which names the file ``name``, when it cannot be read."""
    if data.startswith(OLD_FORMAT):
        raise InputError(Message("{name} is encrypted or in the old .doc format.", name=name), HINT)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            size = sum(part.file_size for part in folder.infolist())
            if size <= MOST_UNFOLDED:
                return _manuscript(_Parts.of(folder))
    except Exception as fault:  # zipfile and expat raise whatever the broken part led to
        raise InputError(Message("{name} is broken.", name=name), HINT) from fault
    sentence = Message("{name} unfolds to more than {size} MB.", name=name, size=MOST_UNFOLDED // 2**20)
    raise InputError(sentence, HINT)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the parts of a document hold: its paragraphs in order, its notes by kind and id, and what it says of itself."""

    paragraphs: tuple[Paragraph, ...]
    properties: Mapping[str, str]
    losses: Losses

    @classmethod
    def of(cls, folder: zipfile.ZipFile) -> _Parts:
        there = set(folder.namelist())
        styles = read_styles(folder.open(STYLES)) if STYLES in there else {}
        notes: dict[str, tuple[Paragraph, ...]] = {}
        lost = Losses(embedded=sum(one.startswith(_EMBEDDED) for one in there))
        for part in (FOOTNOTES, ENDNOTES):
            if part in there:
                found, more = read_part(folder.open(part), styles)
                lost += more
                for paragraph in found:
                    notes[paragraph.note] = (*notes.get(paragraph.note, ()), paragraph)
        body, more = read_part(folder.open(BODY), styles)
        properties = read_properties(folder.open(PROPERTIES)) if PROPERTIES in there else {}
        return cls(tuple(_with_notes(body, notes)), properties, lost + more)


def _with_notes(body: tuple[Paragraph, ...], notes: Mapping[str, tuple[Paragraph, ...]]) -> Iterator[Paragraph]:
    """The paragraphs of the body, each followed by the notes that it calls."""
    for paragraph in body:
        yield paragraph
        for note in paragraph.notes:
            yield from notes.get(note, ())


def _manuscript(parts: _Parts) -> Manuscript:
    written = [one for one in parts.paragraphs if one.text]
    blocks, front = tuple(map(_block, written)), written[:FRONT]
    named, creator = (_written(parts.properties.get(name)) for name in ("title", "creator"))
    said = key_text(" ".join(one.text for one in front))
    printed = named if key_text(named) in said else ""
    title = "".join(_in_style(front, TITLE)[:1]) or printed or title_in(blocks) or named
    return Manuscript(blocks, title, _authors(front, creator, said), unread=parts.losses.told, creator=creator)


def _block(paragraph: Paragraph) -> TextBlock:
    """A paragraph; a heading by its outline level, or by the name of its style."""
    return TextBlock(paragraph.text, paragraph.outline or bool(patterns.HEADING_STYLE.match(paragraph.style)))


def _in_style(paragraphs: Sequence[Paragraph], style: str) -> list[str]:
    return [one.text for one in paragraphs if one.style.casefold() == style]


def _authors(front: Sequence[Paragraph], creator: str, said: str) -> tuple[str, ...]:
    """The authors by the style of their line, by the property ``creator``, or by their place below the title."""
    by_style = tuple(chain.from_iterable(map(names_in, _in_style(front, AUTHOR))))
    # the property holds the name of the computer's user: it counts where the first page (``said``) names the same person
    by_property = tuple(one for one in names_in(creator) if key_text(one) in said)
    return by_style or by_property or _below_title(front)


def _below_title(front: Sequence[Paragraph]) -> tuple[str, ...]:
    """The names in the line below a title that is marked as one; empty where that line holds anything else."""
    at = next((i for i, one in enumerate(front) if one.style.casefold() == TITLE), len(front))
    names = names_in(front[at + 1].text) if at + 1 < len(front) else ()
    return names if all(map(_is_person, names)) else ()


def _is_person(name: str) -> bool:
    """``Ann B. van Lee``, ``王明``: a few words with capitals but for particles, or a few ideographs."""
    parts = name.split()
    if is_chinese(name):
        return len(name) <= LONGEST_CHINESE_NAME
    return 2 <= len(parts) <= LONGEST_NAME and all(p[0].isupper() or len(p) <= LONGEST_PARTICLE for p in parts)


def _written(text: str | None) -> str:
    """A property of the document, empty where only a program wrote it."""
    return "" if patterns.EMPTY_TITLE.match(text or "") else text or ""
