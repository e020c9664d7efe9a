"""TBX-Basic (ISO 30042), in which terminology tools exchange their glossaries.

Written is the third version (2019, in its DCA style); read are it and the older ``martif``.  A file is read without its
document type, entities and network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from citegrid.core.glossary import Term

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: The names of the parts in the third version and in the older ones.
_CONCEPTS, _SECTIONS = ("conceptEntry", "termEntry"), ("langSec", "langSet")


def form(terms: Sequence[Term]) -> bytes:
    """The terms as a TBX file."""
    root = etree.Element(_tag("tbx"), {"style": "dca", "type": "TBX-Basic", _LANGUAGE: "en"}, nsmap={None: _NAMESPACE})
    described = _child(_child(root, "tbxHeader"), "fileDesc")
    _child(_child(described, "titleStmt"), "title").text = "Glossary"
    _child(_child(described, "sourceDesc"), "p").text = "CiteGrid"
    body = _child(_child(root, "text"), "body")
    for number, term in enumerate(terms, 1):
        concept = _child(body, "conceptEntry", id=f"c{number}")
        for language, words in (("en", term.english), ("zh", term.chinese)):
            section = _child(_child(concept, "langSec", **{_LANGUAGE: language}), "termSec")
            _child(section, "term").text = _printable(words)
            if term.source:
                _child(section, "admin", type="source").text = _printable(term.source)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def parse(data: bytes) -> list[Term]:
    """The English–Chinese terms of a TBX file; raises ValueError where it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if _name(root) not in ("tbx", "martif"):
        raise ValueError(f"<{_name(root)}>")
    return [term for concept in _named(root, *_CONCEPTS) for term in _terms_of(concept)]


def _terms_of(concept: Any) -> Iterator[Term]:
    """Every English word of a concept with its first Chinese one, and every other Chinese one with the first English."""
    said: dict[str, list[str]] = {}
    for section in _named(concept, *_SECTIONS):
        words = ["".join(term.itertext()) for term in _named(section, "term")]
        said.setdefault((section.get(_LANGUAGE) or "")[:2].casefold(), []).extend(filter(None, words))
    english, chinese = said.get("en", []), said.get("zh", [])
    if not english or not chinese:
        return
    source = next(("".join(note.itertext()) for note in _named(concept, "admin") if note.get("type") == "source"), "")
    yield from (Term(word, chinese[0], source) for word in english)
    yield from (Term(english[0], word, source) for word in chinese[1:])


def _named(element: Any, *names: str) -> Iterator[Any]:
    """The descendants of these names, whatever their namespace."""
    return (node for node in element.iter() if isinstance(node.tag, str) and _name(node) in names)


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _child(parent: Any, name: str, **attributes: str) -> Any:
    return etree.SubElement(parent, _tag(name), attributes)


def _printable(text: str) -> str:
    """``text`` without the characters that XML forbids."""
    return "".join(
        c for c in text if c == "\t" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
