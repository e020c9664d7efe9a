"""What a Word report keeps of the project it was made from, so that it can be read back after others have edited it.

A custom XML part of the file holds, for each row, its work's id and the text
of each cell, and the text of each sentence: what was printed, no more.  Word
and LibreOffice keep such a part when they save.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from citegrid.core.project import Project
from citegrid.core.table import Cell, Status
from citegrid.pipeline.export.plain_text import allowed, clean

_NAMESPACE = "urn:citegrid:report:1"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"

_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<ds:datastoreItem ds:itemID="{6C1F7A1E-6B0C-4B5E-9C52-C17E6B1D0001}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """The texts of a report as it was printed; ``rows`` pair a work's id with the texts of its cells, ``citations`` are those
    of the citation style, which are nobody's words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    sentences: tuple[str, ...]
    citations: tuple[str, ...] = ()


def base_of(project: Project) -> ReportTexts:
    """What a report of ``project`` would print."""
    return ReportTexts(
        tuple(map(clean, project.table.names)),
        tuple((row.work.id, tuple(map(_printed, row.cells))) for row in project.table.rows),
        tuple(clean(s.text) for s in project.sentences),
    )


def _printed(cell: Cell) -> str:
    return "" if cell.status is Status.FAILED else clean(cell.text)


def keep(document: Any, project: Project, citations: Iterable[str] = ()) -> None:
    """Put the base of ``project``, and the citations that were printed, into a python-docx document."""
    base = base_of(project)
    root = etree.Element(f"{{{_NAMESPACE}}}report", nsmap={None: _NAMESPACE})
    for name in base.columns:
        _child(root, "column", name)
    for work, cells in base.rows:
        row = etree.SubElement(root, f"{{{_NAMESPACE}}}row", work=clean(work))
        for text in cells:
            _child(row, "cell", text)
    for text in base.sentences:
        _child(root, "sentence", text)
    for text in sorted(filter(None, map(allowed, citations)), key=len, reverse=True):
        _child(root, "citation", text)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    name = package.next_partname("/customXml/item%d.xml")
    part = Part(PackURI(name), "application/xml", data, package)
    # Word drops a part without properties when it saves
    properties = Part(PackURI(name.replace("item", "itemProps")), _PROPERTIES_TYPE, _PROPERTIES, package)
    part.relate_to(properties, f"{_RELATION}Props")
    document.part.relate_to(part, _RELATION)


def kept(document: Any) -> ReportTexts | None:
    """The base that ``keep`` put into a document; None where it is gone or is not ours."""
    for relation in document.part.rels.values():
        if relation.reltype != _RELATION or relation.is_external:
            continue
        try:
            root = etree.fromstring(
                relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            )
        except etree.XMLSyntaxError:
            continue
        if root.tag == f"{{{_NAMESPACE}}}report":
            return ReportTexts(
                _texts(root, "column"),
                tuple((row.get("work", ""), _texts(row, "cell")) for row in root.iter(f"{{{_NAMESPACE}}}row")),
                _texts(root, "sentence"),
                _texts(root, "citation"),
            )
    return None


def _child(parent: Any, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}").text = text


def _texts(parent: Any, name: str) -> tuple[str, ...]:
    return tuple(child.text or "" for child in parent.findall(f"{{{_NAMESPACE}}}{name}"))
