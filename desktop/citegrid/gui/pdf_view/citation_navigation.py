"""Following citations in the paper: from an in-text citation to its entry, from an entry to its citations."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from citegrid.core.reference import Mention, Reference
from citegrid.gui.items.reference_items import short_authors
from citegrid.gui.pdf_view.focus import Focus
from citegrid.gui.pdf_view.hit_test import Places


class Citing(QObject):
    """Facts: ``focus_changed(Focus)`` and ``reference_shown(id)``, when the paper itself was clicked."""

    focus_changed = Signal(object)
    reference_shown = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.places = Places()
        self._reference: Reference | None = None
        self._mention = -1

    def set_references(self, references: Sequence[Reference]) -> None:
        """Follow the citations of another paper."""
        self.places = Places(references)
        self._reference = None

    def forget(self) -> None:
        """Follow nothing any more."""
        self.set_references(())

    def choose(self, reference: Reference, mention: int) -> None:
        """Show a mention of a reference, or its entry with -1; its other places are marked too."""
        self._reference, self._mention = reference, mention
        stops: tuple[Reference | Mention, ...] = (reference, *reference.mentions)
        place = stops[mention + 1]
        boxes = place.boxes
        others = tuple(box for stop in stops if stop is not place for box in stop.boxes)
        about = short_authors(reference.authors, reference.year) or reference.label
        page = boxes[0].page if boxes else place.page
        self.focus_changed.emit(Focus("", page, boxes, others, mention + 1, len(stops), about))

    def step(self, by: int) -> None:
        """To the next place of what is shown: entry, first citation, second …"""
        if self._reference is not None:
            count = len(self._reference.mentions) + 1
            self.choose(self._reference, (self._mention + 1 + by) % count - 1)

    def click(self, page: int, x: float, y: float) -> None:
        """A place of the paper was clicked: a citation leads to its entry, an entry to its first citation."""
        found = self.places.at(page, x, y)
        if found is None:
            return
        reference, mention = found
        self.reference_shown.emit(reference.id)
        if mention >= 0 or reference.mentions:
            self.choose(reference, -1 if mention >= 0 else 0)
