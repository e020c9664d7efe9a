"""Links of the file help to resolve what the text alone leaves open, and are not believed against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.papers import document
from tests.pipeline.citations.lifted import entry, numbered, whole

from citegrid.core.document import Document
from citegrid.core.reference import Reference
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.ports import Link

# -- links -------------------------------------------------------------------------------------------------------------


def test_a_link_tells_which_of_two_like_entries_is_meant() -> None:
    references = [
        entry("a", "", 2020, "Smith, A.", raw="Smith, A. 2020. Apples."),
        entry("b", "", 2020, "Smith, A.", raw="Smith, A. 2020. Pears."),
    ]
    doc = document(["See Smith (2020)."], ["Smith, A. 2020. Apples.", "Smith, A. 2020. Pears."])
    page = doc.page(2)
    references = [
        replace(r, page=2, spans=(whole(page, i),), boxes=(page.blocks[i].box,)) for i, r in enumerate(references)
    ]
    target = page.blocks[1].box
    place = doc.page(1).words[1].box
    link = Link(1, (place.x0, place.y0, place.x1, place.y1), 2, target.x0, target.y0 - 1, "cite.b")
    found = find_mentions(doc, references, [link])
    assert [len(r.mentions) for r in found] == [0, 1]
    assert found[1].mentions[0].text == "Smith (2020)"


def _listed(doc: Document, references: Sequence[Reference]) -> list[Reference]:
    """``references`` as the blocks of the last page."""
    page = doc.pages[-1]
    return [
        replace(r, page=page.number, spans=(whole(page, i),), boxes=(page.blocks[i].box,))
        for i, r in enumerate(references)
    ]


def _link(doc: Document, word: str, entry: Reference) -> Link:
    """A link from the word of page 1 that begins so to an entry."""
    place = next(w.box for w in doc.page(1).words if w.text.startswith(word))
    return Link(1, (place.x0, place.y0, place.x1, place.y1), entry.page, entry.boxes[0].x0, entry.boxes[0].y0, "cite")


def test_a_link_adds_what_the_text_alone_does_not_show() -> None:
    doc = document(["Text [1] and [2]; entry 3 is set apart."], ["[1] One.", "[2] Two.", "[3] Three."])
    references = _listed(doc, numbered(3))
    assert [len(r.mentions) for r in find_mentions(doc, references, ())] == [1, 1, 0]
    found = find_mentions(doc, references, [_link(doc, "3", references[2])])
    assert [len(r.mentions) for r in found] == [1, 1, 1]
    assert found[2].mentions[0].text == "3"


def test_a_link_that_the_text_contradicts_is_not_believed() -> None:
    doc = document(["Text [1] and [2]; entry 3 is set apart."], ["[1] One.", "[2] Two.", "[3] Three."])
    references = _listed(doc, numbered(3))
    links = [_link(doc, "[1]", references[1]), _link(doc, "apart", references[2])]
    assert find_mentions(doc, references, links) == find_mentions(doc, references, ())


def test_a_link_tells_which_list_a_number_means() -> None:
    doc = document(["Text [1] here."], ["[1] One.", "[1] Other one."])
    first, second = _listed(doc, [numbered(1)[0], replace(numbered(1)[0], id="other")])
    assert [len(r.mentions) for r in find_mentions(doc, [first, second], ())] == [1, 0]
    found = find_mentions(doc, [first, second], [_link(doc, "[1]", second)])
    assert [len(r.mentions) for r in found] == [0, 1]


def test_a_link_to_nowhere_does_no_harm() -> None:
    doc = document(["Text [1] and [2]."])
    link = Link(1, (60, 40, 200, 52), 7, 0, 0, "section.1")
    assert find_mentions(doc, numbered(2), [link]) == find_mentions(doc, numbered(2), ())
