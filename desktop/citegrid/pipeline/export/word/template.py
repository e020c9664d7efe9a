"""The Word document a report begins with: our own styles, or a person's template with only what it lacks added.

Chinese is set in Song type with Hei headings beside Times, English in Times
with Arial headings: every word processor has these or a known replacement,
which the font table names.
"""

from __future__ import annotations

import re
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from citegrid.pipeline.export.word.open import open_docx

#: A4 and its margins, in points.
A4 = (595.3, 841.9)
MARGIN, MARGIN_TABLE = 62.0, 46.0

ACCENT, GREY, FAINT = "1F5C7A", "6B6B6B", "BFBFBF"

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
    document = open_docx(template, "The template", "Choose a .docx file; save .dotx or .doc as .docx first.")
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
        elif any(not re.fullmatch(r"-?\d+", theirs.get(name, "")) for name in ours.attrib):
            theirs.attrib.update(
                {k: v for k, v in ours.attrib.items() if not re.fullmatch(r"-?\d+", theirs.get(k, ""))}
            )


def _plain(language: str) -> Any:
    document = Document()
    _drop_parts(document)
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in list(_styles(language)):
        styles.append(child)
    _settings(document, language)
    _font_table(document)
    section = document.sections[0]._sectPr
    for child in list(section):
        section.remove(child)
    for child in list(_section()):
        section.append(child)
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


def _settings(document: Any, language: str) -> None:
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    east = "zh-CN"
    latin = "en-US"
    for child in list(parse_xml(
        f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{latin}" w:eastAsia="{east}"/>'
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
    zh = language == "zh"
    body = 'w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="SimSun"'
    head = (
        'w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="SimHei"'
        if zh
        else 'w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="SimHei"'
    )
    cell = body if zh else 'w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="SimSun"'
    small = 18 if zh else 17
    # a slanted Song type is hard to read: Chinese sets off in Kai type what Latin sets in italics
    doubted = f'<w:rFonts w:eastAsia="KaiTi"/>{"" if zh else "<w:i/><w:iCs/>"}'
    latin = "en-US"

    def para(
        id_: str, name: str, ppr: str, rpr: str = "", based: str = "Normal", next_: str = "", extra: str = ""
    ) -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{id_}"{extra}><w:name w:val="{name}"/>'
            + (f'<w:basedOn w:val="{based}"/>' if based else "")
            + (f'<w:next w:val="{next_}"/>' if next_ else "")
            + f"<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
        )

    def char(id_: str, name: str, rpr: str) -> str:
        return (
            f'<w:style w:type="character" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{rpr}</w:rPr></w:style>'
        )

    def heading(level: int, size: int, before: int, after: int) -> str:
        ppr = (
            f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
            f'<w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>'
        )
        rpr = f'<w:rFonts {head}/><w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        return para(f"Heading{level}", f"heading {level}", ppr, rpr, next_="Normal")

    own = ' w:customStyle="1"'
    parts = [
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {body}/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="{latin}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120" w:line="312" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>',
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>",
        para(
            "Title", "Title", '<w:keepNext/><w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/>',
            f'<w:rFonts {head}/><w:b/><w:bCs/><w:sz w:val="36"/><w:szCs w:val="36"/>', next_="Subtitle",
        ),
        para(
            "Subtitle", "Subtitle", '<w:spacing w:before="0" w:after="200" w:line="264" w:lineRule="auto"/>',
            f'<w:color w:val="{GREY}"/><w:sz w:val="24"/><w:szCs w:val="24"/>', next_="Normal",
        ),
        heading(1, 28, 320, 120),
        heading(2, 23, 240, 80),
        para("BodyText", "Body Text", f'<w:spacing w:after="120" w:line="340" w:lineRule="auto"/>{"<w:ind w:firstLineChars=" + chr(34) + "200" + chr(34) + " w:firstLine=" + chr(34) + "420" + chr(34) + "/>" if zh else ""}<w:jc w:val="{"both" if zh else "left"}"/>'),
        para(
            "Quote", "Quote",
            f'<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="18" w:space="9" w:color="{ACCENT}"/></w:pBdr>'
            '<w:spacing w:before="60" w:after="160"/><w:ind w:left="220"/>',
            '<w:color w:val="404040"/>', next_="Normal",
        ),
        para(
            "Caption", "caption", '<w:keepNext/><w:spacing w:before="120" w:after="80" w:line="240" w:lineRule="auto"/>',
            f'<w:rFonts {head}/><w:b/><w:bCs/><w:sz w:val="20"/><w:szCs w:val="20"/>',
        ),
        para("Footer", "footer", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>',
             f'<w:color w:val="{GREY}"/><w:sz w:val="17"/><w:szCs w:val="17"/>'),
        para("CiteGridCell", "CiteGrid Cell", '<w:spacing w:before="0" w:after="0" w:line="250" w:lineRule="auto"/><w:jc w:val="left"/>',
             f'<w:rFonts {cell}/><w:sz w:val="{small}"/><w:szCs w:val="{small}"/>', extra=own),
        para("CiteGridHead", "CiteGrid Head", '<w:keepNext/><w:jc w:val="left"/>', "<w:b/><w:bCs/>", based="CiteGridCell", extra=own),
        para("CiteGridNote", "CiteGrid Note", '<w:spacing w:before="80" w:after="0" w:line="250" w:lineRule="auto"/>',
             f'<w:color w:val="{GREY}"/><w:sz w:val="17"/><w:szCs w:val="17"/>', extra=own),
        para("CiteGridQuote", "CiteGrid Evidence", '<w:keepNext/><w:keepLines/><w:tabs><w:tab w:val="left" w:pos="600"/></w:tabs>'
             '<w:spacing w:before="140" w:after="0" w:line="264" w:lineRule="auto"/><w:ind w:left="600" w:hanging="600"/>',
             '<w:sz w:val="20"/><w:szCs w:val="20"/>', extra=own),
        para("CiteGridPlace", "CiteGrid Place", '<w:keepLines/><w:spacing w:before="20" w:after="0" w:line="252" w:lineRule="auto"/><w:ind w:left="600"/>',
             f'<w:color w:val="{GREY}"/><w:sz w:val="17"/><w:szCs w:val="17"/>', extra=own),
        para("CiteGridCrop", "CiteGrid Crop", '<w:keepNext/><w:spacing w:before="60" w:after="40" w:line="240" w:lineRule="auto"/><w:ind w:left="600"/>', extra=own),
        para("CiteGridNumberedReference", "CiteGrid Numbered Reference", '<w:keepLines/><w:tabs><w:tab w:val="left" w:pos="600"/></w:tabs>'
             '<w:spacing w:before="0" w:after="60" w:line="276" w:lineRule="auto"/><w:ind w:left="600" w:hanging="600"/>', extra=own),
        para("CiteGridReference", "CiteGrid Reference", '<w:keepLines/><w:spacing w:before="0" w:after="60" w:line="276" w:lineRule="auto"/>'
             '<w:ind w:left="480" w:hanging="480"/>', extra=own),
        para("CommentText", "annotation text", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>',
        char("CiteGridSlanted", "CiteGrid Slanted", "<w:i/><w:iCs/>"),
        para("CiteGridFact", "CiteGrid Fact", '<w:keepLines/><w:pBdr>' + "".join(
             f'<w:{side} w:val="single" w:sz="4" w:space="6" w:color="{FAINT}"/>' for side in ("top", "left", "bottom", "right")
             ) + '</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F7F9FA"/><w:tabs><w:tab w:val="left" w:pos="1920"/></w:tabs>'
             '<w:spacing w:before="0" w:after="50" w:line="276" w:lineRule="auto"/><w:ind w:left="1920" w:right="120" w:hanging="1800"/>', extra=own),
        para("CiteGridCheck", "CiteGrid Check", '<w:keepLines/><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>'
             '<w:spacing w:before="0" w:after="50" w:line="276" w:lineRule="auto"/><w:ind w:left="420" w:hanging="420"/>', extra=own),
        f'<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f'<w:rPr><w:color w:val="{ACCENT}"/></w:rPr></w:style>',
        char("CiteGridMark", "CiteGrid Mark", f'<w:color w:val="{ACCENT}"/><w:sz w:val="15"/><w:szCs w:val="15"/>'),
        char("CiteGridNumber", "CiteGrid Number", f'<w:color w:val="{ACCENT}"/><w:vertAlign w:val="superscript"/>'),
        char("CiteGridDoubted", "CiteGrid Doubted", f'{doubted}<w:color w:val="{GREY}"/>'),
        char("CiteGridReason", "CiteGrid Reason", f'<w:color w:val="{GREY}"/><w:sz w:val="15"/><w:szCs w:val="15"/>'),
        char("CiteGridSilent", "CiteGrid Silent", '<w:color w:val="7F7F7F"/>'),
        char("CiteGridSign", "CiteGrid Sign", '<w:b/><w:bCs/><w:color w:val="B3402B"/>'),
        char("CiteGridGood", "CiteGrid Good", '<w:b/><w:bCs/><w:color w:val="3C7A3C"/>'),
        char("CiteGridStruck", "CiteGrid Struck", f'<w:strike/><w:color w:val="{GREY}"/>'),
        char("CiteGridStrong", "CiteGrid Strong", "<w:b/><w:bCs/>"),
        char("CiteGridFaint", "CiteGrid Faint", f'<w:color w:val="{GREY}"/>'),
        '<w:style w:type="table" w:customStyle="1" w:styleId="CiteGridTable"><w:name w:val="CiteGrid Table"/><w:basedOn w:val="TableNormal"/>'
        '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="000000"/>'
        '<w:bottom w:val="single" w:sz="12" w:space="0" w:color="000000"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{FAINT}"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/>'
        '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>'
        '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F4"/><w:vAlign w:val="center"/></w:tcPr></w:tblStylePr></w:style>',
    ]  # fmt: skip
    return parse_xml(f"<w:styles {nsdecls('w')}>{''.join(parts)}</w:styles>")
