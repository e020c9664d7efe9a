"""An entry whose characters are labelled, and the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Label → what it stands for; the order is that of the outputs of the network.
LABELS = {
    "O": "what parts the fields", "F": "family of an author", "G": "given names", "S": "Jr., III", "I": "comma within a name",
    "N": "organisation as author", "B": "between authors, et al.", "T": "title", "C": "container", "Y": "year", "V": "volume, issue, number",
    "P": "pages", "U": "publisher", "L": "place", "E": "editors and translators", "K": "kind, edition, mark", "A": "day of a visit",
    "D": "identifier", "X": "another work",
}  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """``labels`` has one letter for each character of ``text``; ``italic`` says which characters are in italics."""

    text: str
    labels: str
    italic: str

    def __post_init__(self) -> None:
        assert len(self.text) == len(self.labels) == len(self.italic)


def of_segments(segments: Sequence[tuple[str, str, bool]]) -> Labelled:
    """The entry that these (text, label, italic) make; a stop behind a stop is left out."""
    segments = _without_second_stops(segments)
    text = "".join(part for part, _, _ in segments)
    labels = "".join(label * len(part) for part, label, _ in segments)
    return Labelled(text, labels, "".join(("i" if italic else "-") * len(part) for part, _, italic in segments))


def _without_second_stops(segments: Sequence[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    kept: list[tuple[str, str, bool]] = []
    before = ""
    for text, label, italic in segments:
        if label == "O" and before.rstrip()[-1:] in (".", ",", "．") and text.lstrip()[:1] in (".", "．"):
            text = (" " if text[:1] == " " and not before.endswith(" ") else "") + text.lstrip()[1:]
        if label == "O" and before.endswith(" "):
            text = text.lstrip(" ")
        if text:
            kept.append((text, label, italic))
            before += text
    return kept
