"""The Word document a report begins with: our own styles, or a person's template with only what it lacks added.

Chinese is set in Song type with Hei headings beside Times, English in Times
with Arial headings: every word processor has these or a known replacement,
which the font table names.
"""

from __future__ import annotations

import re
from string import Template
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from citegrid.core.messages import Message
from citegrid.core.resources import resource
from citegrid.pipeline.export.word.open import open_docx

#: A4 and its margins, in points.
A4 = (595.3, 841.9)
MARGIN, MARGIN_TABLE = 62.0, 46.0

_COLOURS = {"accent": "1F5C7A", "grey": "6B6B6B", "faint": "BFBFBF"}
#: What of the styles differs by language.
_BY_LANGUAGE = {
    "zh": {
        "latin_head": "Times New Roman",
        "latin_cell": "Times New Roman",
        "cell_size": "18",
        "body_indent": '<w:ind w:firstLineChars="200" w:firstLine="420"/>',
        "body_align": "both",
        "doubted": "",
    },
    "en": {
        "latin_head": "Arial",
        "latin_cell": "Arial",
        "cell_size": "17",
        "body_indent": "",
        "body_align": "left",
        "doubted": "<w:i/><w:iCs/>",
    },
}

_FONTS = {
    "SimSun": ("宋体,Songti SC,STSong,Noto Serif CJK SC,Source Han Serif SC", "roman", "86"),
    "SimHei": ("黑体,Heiti SC,STHeiti,Noto Sans CJK SC,Source Han Sans SC", "swiss", "86"),
    "KaiTi": ("楷体,Kaiti SC,STKaiti,AR PL UKai CN", "script", "86"),
    "Times New Roman": ("Liberation Serif,Times", "roman", "00"),
    "Arial": ("Liberation Sans,Helvetica", "swiss", "00"),
}


def begin(language: str, template: bytes | None = None) -> Any:
    """An empty python-docx document with the styles a report needs.

    The styles, headers, footers and page of ``template`` are kept, its text is not.
    Raises InputError when it is not a Word document.
    """
    if template is None:
        return _plain(language)
    document = open_docx(template, Message("The template"), "Choose a .docx file; save .dotx or .doc as .docx first.")
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    for key, relation in list(document.part.rels.items()):
        # Word 2010's copy of the styles, which ours would contradict
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]
    _complete_section(body)
    _add_missing(document.styles.element, _styles(language))
    return document


def _section() -> Any:
    return parse_xml(
        f'<w:sectPr {nsdecls("w")}><w:pgSz w:w="{_tw(A4[0])}" w:h="{_tw(A4[1])}"/>'
        f'<w:pgMar w:top="{_tw(MARGIN)}" w:right="{_tw(MARGIN)}" w:bottom="{_tw(MARGIN)}" w:left="{_tw(MARGIN)}" '
        'w:header="567" w:footer="567" w:gutter="0"/><w:cols w:space="720"/></w:sectPr>'
    )


def _complete_section(body: Any) -> None:
    """Give a template that names no page or margins our own: Word then takes defaults that nobody can know."""
    section = body.find(qn("w:sectPr"))
    if section is None:
        body.append(_section())
        return
    for ours in list(_section())[:2]:
        theirs = section.find(ours.tag)
        if theirs is None:
            before = [e for e in section if e.tag in (qn("w:headerReference"), qn("w:footerReference"), qn("w:pgSz"))]
            section.insert(len(before), ours)
        else:
            theirs.attrib.update(
                {k: v for k, v in ours.attrib.items() if not re.fullmatch(r"-?\d+", theirs.get(k, ""))}
            )


def _plain(language: str) -> Any:
    document = Document()
    _drop_parts(document)
    document.styles.element[:] = list(_styles(language))
    _settings(document)
    _font_table(document)
    document.sections[0]._sectPr[:] = list(_section())
    return document


def _drop_parts(document: Any) -> None:
    """Leave out what python-docx's own template carries and a report does not need."""
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            name = relation.reltype.rsplit("/", 1)[-1]
            if name in ("stylesWithEffects", "thumbnail", "customXml", "numbering", "webSettings"):
                del owner.rels[key]
            elif relation.reltype == RT.EXTENDED_PROPERTIES:
                relation.target_part._blob = (
                    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org'
                    b'/officeDocument/2006/extended-properties"><Application>CiteGrid</Application></Properties>'
                )


def _settings(document: Any) -> None:
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    for child in list(parse_xml(
        f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )):  # fmt: skip
        settings.append(child)


def _font_table(document: Any) -> None:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (others, family, charset) in _FONTS.items()
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    document.part.part_related_by(RT.FONT_TABLE)._blob = xml.encode("utf-8")


def _add_missing(styles: Any, ours: Any) -> None:
    """Add each of our styles that the template has not, by id or by name; its own stay as they are."""
    known = {s.get(qn("w:styleId")) for s in styles.iter(qn("w:style"))}
    names = {n.get(qn("w:val")).lower(): n.getparent().get(qn("w:styleId")) for n in styles.iter(qn("w:name"))}
    renamed: dict[str, str] = {}
    new = []
    for style in ours.iter(qn("w:style")):
        own, name = style.get(qn("w:styleId")), style.find(qn("w:name")).get(qn("w:val")).lower()
        if name in names:
            renamed[own] = names[name]
        elif own not in known:
            new.append(style)
    for style in new:
        style.attrib.pop(qn("w:default"), None)
        for tag in ("w:basedOn", "w:next", "w:link"):
            for reference in style.iter(qn(tag)):
                reference.set(qn("w:val"), renamed.get(reference.get(qn("w:val")), reference.get(qn("w:val"))))
        styles.append(style)


def style_id(document: Any, name: str) -> str:
    """The id of the style with a name in this document (a template may call ``Heading 1`` anything)."""
    for style in document.styles.element.iter(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")).lower() == name.lower():
            return str(style.get(qn("w:styleId")))
    raise KeyError(name)


def _tw(points: float) -> int:
    return round(points * 20)


def _styles(language: str) -> Any:
    """The element ``w:styles`` of ``resources/word/styles.xml`` for a report in ``language``."""
    form = Template(resource("word", "styles.xml").read_text("utf-8"))
    return parse_xml(form.substitute(_COLOURS | _BY_LANGUAGE[language]).encode("utf-8"))
