"""The parts of an Office Open XML document as a stream of paragraphs, by expat: no tree is built.

Elements go by their local names.  Insertions count as accepted, deletions as done; of alternatives for old programs only the
first is read; placeholders of empty form fields, hidden text and readings above characters are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from citegrid.core.messages import Message

#: Elements whose content is not text of the document: what was deleted or moved away, fields' own codes, the second of two
#: alternatives, readings of characters, properties.
SKIPPED = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "Fallback",
        "rt",
        "sectPr",
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "sdtEndPr",
    ]
)
#: Elements that stand for a character.
CHARACTERS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}
#: Values of an on-off property that turn it off.
OFF = frozenset(("0", "false", "off"))
#: Levels of elements that are followed; deeper ones are no document that anybody wrote.
DEEPEST = 2000
#: Paragraphs and rows from which a document is none that anybody wrote.
MOST_PARAGRAPHS = 500_000
HEADING_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a row of a table with its cells parted by bars: its text in one line, the name of its style, whether
    it has a place in the outline, the ids of the notes that it calls, and the id of the note that it belongs to."""

    text: str
    style: str = ""
    outline: bool = False
    notes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Losses:
    """How much of a document is no text: pictures, formulas that are pictures or objects, embedded files."""

    pictures: int = 0
    objects: int = 0
    embedded: int = 0

    def __add__(self, other: Losses) -> Losses:
        return Losses(self.pictures + other.pictures, self.objects + other.objects, self.embedded + other.embedded)

    @property
    def told(self) -> str:
        """What was not read, for people; empty where all of it was."""
        pictures, objects = self.pictures, max(self.objects, self.embedded)
        if pictures and objects:
            return Message("pictures ({pictures}), embedded objects ({objects})", pictures=pictures, objects=objects)
        if objects:
            return Message("embedded objects ({objects})", objects=objects)
        return Message("pictures ({pictures})", pictures=pictures) if pictures else ""


@dataclass(slots=True)
class _Open:
    """A paragraph, or a row of a table with its ``cells``, that is being read: its words so far, and the notes that it calls;
    ``inside`` are the paragraphs of text boxes in it, which follow it."""

    row: bool
    words: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    style: str = ""
    outline: bool = False
    notes: list[str] = field(default_factory=list)
    inside: list[Paragraph] = field(default_factory=list)

    def line(self) -> str:
        """Its text in one line."""
        return " | ".join(filter(None, self.cells)) if self.row else " ".join("".join(self.words).split())


Attributes = Mapping[str, str]


class _Part:
    """Hears the elements of one part."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.losses = Losses()
        self._styles = styles
        self._open: list[_Open] = []
        self._skipping = self._depth = self._count = 0
        self._text = self._hidden = False
        self._placeholders: list[bool] = []
        self._note = ""
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "p": lambda _: self._open.append(_Open(row=False)),
            "tr": lambda _: self._open.append(_Open(row=True)),
            "pStyle": self._take_style,
            "outlineLvl": self._take_outline,
            "t": lambda _: self._hear(True),
            "r": lambda _: self._hide(False),
            "vanish": lambda named: self._hide(named.get("val", "") not in OFF),
            "sdt": lambda _: self._placeholders.append(False),
            "showingPlcHdr": self._mark_placeholder,
            "footnote": lambda named: self._begin_note("footnote", named),
            "endnote": lambda named: self._begin_note("endnote", named),
            "footnoteReference": lambda named: self._call_note("footnote", named),
            "endnoteReference": lambda named: self._call_note("endnote", named),
            "blip": lambda _: self._lose(Losses(pictures=1)),
            "imagedata": lambda _: self._lose(Losses(pictures=1)),
            "OLEObject": lambda _: self._lose(Losses(objects=1)),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "p": lambda: self._end(row=False),
            "tc": self._end_cell,
            "tr": lambda: self._end(row=True),
            "t": lambda: self._hear(False),
            "r": lambda: self._hide(False),
            "sdt": self._end_control,
        }

    # -- expat ---------------------------------------------------------------------------------------------------------

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        local = _local(name)
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("elements too deep")
        if self._skipping or local in SKIPPED:
            self._skipping += 1
            return
        if local in CHARACTERS:
            self._say(CHARACTERS[local])
        elif local in self._starts:
            self._starts[local]({_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
        elif (local := _local(name)) in self._ends:
            self._ends[local]()

    def characters(self, text: str) -> None:
        """Text between elements."""
        if self._text and not self._skipping:
            self._say(text)

    # -- what is heard -------------------------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        shown = not self._hidden and not any(self._placeholders)
        if shown and self._open and not self._open[-1].row:
            self._open[-1].words.append(text)

    def _hear(self, on: bool) -> None:
        self._text = on

    def _hide(self, on: bool) -> None:
        self._hidden = on

    def _lose(self, loss: Losses) -> None:
        self.losses += loss

    def _take_style(self, named: Attributes) -> None:
        if self._open:
            style = named.get("val", "")
            self._open[-1].style = self._styles.get(style, style)

    def _take_outline(self, named: Attributes) -> None:
        if self._open:
            level = named.get("val", "")
            self._open[-1].outline = level.isdecimal() and int(level) < HEADING_LEVELS

    def _mark_placeholder(self, named: Attributes) -> None:
        if self._placeholders:
            self._placeholders[-1] = named.get("val", "") not in OFF

    def _end_control(self) -> None:
        if self._placeholders:
            self._placeholders.pop()

    def _begin_note(self, kind: str, named: Attributes) -> None:
        self._note = f"{kind} {named.get('id', '')}"

    def _call_note(self, kind: str, named: Attributes) -> None:
        if self._open:
            self._open[-1].notes.append(f"{kind} {named.get('id', '')}")

    def _end(self, *, row: bool) -> None:
        """A paragraph or a row is whole: it goes into the cell or behind the paragraph that it stands in, or into the part."""
        if not self._open or self._open[-1].row != row:
            return
        ended = self._open.pop()
        around = self._open[-1] if self._open else None
        text = ended.line()
        if around is not None and around.row:
            around.words.append(text)
            around.notes += ended.notes
            around.inside += ended.inside
            return
        made = self._made(Paragraph(text, ended.style, ended.outline, tuple(ended.notes), self._note))
        (self.paragraphs if around is None else around.inside).extend([*made, *ended.inside])

    def _end_cell(self) -> None:
        if self._open and (row := self._open[-1]).row:
            row.cells.append(" ".join(filter(None, row.words)))
            row.words = []

    def _made(self, paragraph: Paragraph) -> tuple[Paragraph, ...]:
        """The paragraph where it says or calls something; raises ValueError for one too many."""
        if not (paragraph.text or paragraph.notes):
            return ()
        self._count += 1
        if self._count > MOST_PARAGRAPHS:
            raise ValueError("too many paragraphs")
        return (paragraph,)


def read_part(stream: IO[bytes], styles: Mapping[str, str]) -> tuple[tuple[Paragraph, ...], Losses]:
    """The paragraphs of a part in order, and what of it is no text; ``styles`` name the styles by their ids.

    Raises ExpatError or ValueError for what is no such part.
    """
    part = _Part(styles)
    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = part.start, part.end
    parser.CharacterDataHandler = part.characters
    parser.ParseFile(stream)
    return tuple(part.paragraphs), part.losses


def read_styles(stream: IO[bytes]) -> dict[str, str]:
    """The names of paragraph styles by their ids."""
    names: dict[str, str] = {}
    style = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal style
        named = {_local(key): value for key, value in attributes.items()}
        if _local(name) == "style":
            style = named.get("styleId", "")
        elif _local(name) == "name" and style:
            names.setdefault(style, named.get("val", ""))

    parser = _parser()
    parser.StartElementHandler = start
    parser.ParseFile(stream)
    return names


def read_properties(stream: IO[bytes]) -> dict[str, str]:
    """What a document says of itself, by the names of Dublin Core: ``title``, ``creator`` …"""
    found: dict[str, str] = {}
    name = ""

    def start(element: str, attributes: Attributes) -> None:
        nonlocal name
        name = _local(element)

    def characters(text: str) -> None:
        found[name] = found.get(name, "") + text

    parser = _parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, characters
    parser.ParseFile(stream)
    return {key: " ".join(value.split()) for key, value in found.items()}


def _parser() -> expat.XMLParserType:
    """A parser that knows namespaces and refuses a document type: no part of a document has one, and entities are made there."""

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _local(name: str) -> str:
    """The name of an element without its namespace."""
    return name.rpartition(" ")[2]
