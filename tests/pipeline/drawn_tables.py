"""Pictures of tables drawn by the tests: each layout a person may photograph, in Chinese, English or both, seeded.

The letters are those of the CJK font that ships in PyMuPDF, so the pictures are the same on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
import pymupdf
from PIL import Image, ImageDraw, ImageFont

Header = str | tuple[str, tuple[str, ...]]
"""A column's name, or a group and the names below it."""

_LEAVES = {
    "zh": [
        "文献名称",
        "作者",
        "年份",
        "研究问题",
        "主要方法",
        "数据来源",
        "样本量",
        "核心结论",
        "不足之处",
        "应用场景",
    ],
    "en": ["Study", "Authors", "Year", "Research question", "Method", "Data source", "Sample size", "Main findings"],
    "mix": [
        "文献 Paper",
        "模型 Model",
        "数据集 Dataset",
        "F1 值",
        "方法 Method",
        "结论 Result",
        "GPU 时间",
        "备注 Note",
    ],
}
_UNITS = {
    "zh": ["样品", "温度(℃)", "长度/mm", "质量(kg)", "误差(%)"],
    "en": ["Sample", "Temp. (°C)", "Length (mm)", "Mass (kg)", "Error (%)"],
    "mix": ["样品 ID", "温度 (℃)", "Length (mm)", "质量 (kg)", "Error (%)"],
}
_GROUPS: dict[str, list[Header]] = {
    "zh": ["文献", ("研究设计", ("方法", "样本")), ("研究结果", ("贡献", "不足"))],
    "en": ["Study", ("Design", ("Method", "Sample")), ("Outcome", ("Strengths", "Limits"))],
    "mix": ["文献 Ref", ("数据 Data", ("训练集", "测试集")), ("指标 Score", ("BLEU", "ROUGE"))],
}
_WORDS = {
    "zh": [
        "提出新的检索框架",
        "问卷调查",
        "深度学习",
        "王伟等",
        "2019",
        "显著提高准确率",
        "样本较小",
        "1024",
        "未说明",
        "城市规划",
    ],
    "en": [
        "A new retrieval model",
        "Survey",
        "Deep learning",
        "Smith et al.",
        "2019",
        "Higher accuracy",
        "Small",
        "1024",
    ],
    "mix": ["BERT 模型", "SQuAD", "准确率 93.1", "Transformer", "2021", "多语言", "ResNet-50", "消融实验"],
}
_PROSE = {
    "zh": "近年来，文献综述的自动生成受到广泛关注。本文回顾了相关研究的主要方法和结论，并且比较了它们在不同数据上的表现。",
    "en": "Reviews of the literature have received much attention in recent years. We go through the methods and findings "
    "of related studies and compare how they behave on different data.",
    "mix": "近年来，大语言模型 (LLM) 在文献综述中受到关注。We compare methods on several datasets，并且讨论其不足。",
}
_TITLE = {
    "zh": "表1 相关研究汇总表",
    "en": "Table 1. Summary of related work",
    "mix": "表1 Summary of related work 汇总",
}


@dataclass(frozen=True)
class Drawn:
    """A picture and the columns that are drawn in it; ``rows`` are those filled in."""

    name: str
    style: str
    image: Image.Image
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass
class Look:
    """How a table is drawn: sizes in pixels, colours as names."""

    size: int = 22
    pad: int = 9
    widths: Sequence[int] = ()
    vertical: bool = True
    horizontal: bool = True
    outer: bool = True
    three: bool = False
    line: str = "black"
    thick: int = 2
    page: str = "white"
    ink: str = "black"
    head_fill: str = ""
    head_ink: str = ""
    zebra: str = ""
    centred: bool = True
    row_height: int = 0
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(pymupdf.Font("cjk").buffer), size)


def wrap(text: str, width: int, size: int) -> list[str]:
    """The lines of a text set within ``width``: Latin words whole, Chinese anywhere."""
    lines, line = [], ""
    pieces: list[str] = []
    for character in text:
        wide = ord(character) > 0x2E80
        if pieces and not wide and not pieces[-1].endswith(" ") and ord(pieces[-1][-1]) <= 0x2E80:
            pieces[-1] += character
        else:
            pieces.append(character)
    for piece in pieces:
        if line and font(size).getlength((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _put(
    draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], text: str, look: Look, ink: str, left: bool
) -> None:
    x0, y0, x1, y1 = box
    lines = wrap(text, x1 - x0 - 2 * look.pad, look.size)
    step = round(1.3 * look.size)
    y = y0 + (y1 - y0 - step * len(lines)) // 2
    for line in lines:
        x = x0 + look.pad if left else x0 + (x1 - x0 - round(font(look.size).getlength(line))) // 2
        draw.text((x, y), line, font=font(look.size), fill=ink)
        y += step


def _tall(texts: Sequence[str], widths: Sequence[int], look: Look) -> int:
    lines = max(len(wrap(t, w - 2 * look.pad, look.size)) for t, w in zip(texts, widths, strict=True))
    return max(look.row_height, round(1.3 * look.size) * lines + 2 * look.pad)


def table(headers: Sequence[Header], rows: Sequence[Sequence[str]], look: Look) -> tuple[Image.Image, tuple[str, ...]]:
    """A table without margin, and the names of its columns."""
    names = [
        h if isinstance(h, str) else f"{h[0]} / {leaf}"
        for h in headers
        for leaf in ([""] if isinstance(h, str) else h[1])
    ]
    leaves = [leaf for h in headers for leaf in ([h] if isinstance(h, str) else h[1])]
    widths = list(look.widths) or [150] * len(leaves)
    xs = [0]
    for width in widths:
        xs.append(xs[-1] + width)
    grouped = any(not isinstance(h, str) for h in headers)
    top = round(1.3 * look.size) + 2 * look.pad if grouped else 0
    head = top + _tall(leaves, widths, look)
    ys = [0, head]
    for row in rows:
        ys.append(ys[-1] + _tall(row, widths, look))
    image = Image.new("RGB", (xs[-1] + look.thick, ys[-1] + look.thick), look.page)
    draw = ImageDraw.Draw(image)
    if look.head_fill:
        draw.rectangle((0, 0, xs[-1], head), fill=look.head_fill)
    for r in range(1, len(rows), 2):
        if look.zebra:
            draw.rectangle((0, ys[r + 1], xs[-1], ys[r + 2]), fill=look.zebra)
    ink = look.head_ink or look.ink
    edges: list[tuple[int, int, int, int]] = []
    c = 0
    for header in headers:
        if isinstance(header, str):
            _put(draw, (xs[c], 0, xs[c + 1], head), header, look, ink, not look.centred)
            c += 1
            continue
        last = c + len(header[1])
        _put(draw, (xs[c], 0, xs[last], top), header[0], look, ink, False)
        inset = 8 if look.three else 0
        if look.horizontal or look.three:
            edges.append((xs[c] + inset, top, xs[last] - inset, top))
        for leaf in header[1]:
            _put(draw, (xs[c], top, xs[c + 1], head), leaf, look, ink, not look.centred)
            if look.vertical and c + 1 < last:
                edges.append((xs[c + 1], top, xs[c + 1], head))
            c += 1
    starts = {0}
    for header in headers:
        starts.add(max(starts) + (1 if isinstance(header, str) else len(header[1])))
    for row, (y0, y1) in zip(rows, pairwise(ys[1:]), strict=True):
        for c, text in enumerate(row):
            _put(draw, (xs[c], y0, xs[c + 1], y1), text, look, look.ink, not look.centred)
    if look.three:
        edges += [(0, y, xs[-1], y) for y in (0, head, ys[-1])]
    if look.horizontal:
        edges += [(0, y, xs[-1], y) for y in ys[1:-1]]
    if look.vertical:
        edges += [(x, 0 if c in starts else head, x, ys[-1]) for c, x in enumerate(xs[1:-1], 1)]
    if look.outer and not look.three:
        edges += [(0, 0, xs[-1], 0), (0, ys[-1], xs[-1], ys[-1])]
        if look.vertical:
            edges += [(0, 0, 0, ys[-1]), (xs[-1], 0, xs[-1], ys[-1])]
    for edge in edges:
        draw.line(edge, fill=look.line, width=look.thick)
    return image, tuple(name.removesuffix(" / ") for name in names) if grouped else tuple(leaves)


def on_page(parts: Sequence[Image.Image | str], look: Look, width: int = 0, margin: int = 50) -> Image.Image:
    """Pictures and paragraphs one below the other on a page."""
    inner = max([width, *(p.width for p in parts if isinstance(p, Image.Image))])
    placed: list[Image.Image] = []
    for part in parts:
        if isinstance(part, str):
            lines = [line for paragraph in part.split("\n") for line in wrap(paragraph, inner, look.size)]
            block = Image.new("RGB", (inner, round(1.5 * look.size) * len(lines)), look.page)
            draw = ImageDraw.Draw(block)
            for i, line in enumerate(lines):
                draw.text((0, i * round(1.5 * look.size)), line, font=font(look.size), fill=look.ink)
            part = block
        placed.append(part)
    gap = round(0.9 * look.size)
    page = Image.new("RGB", (inner + 2 * margin, sum(p.height + gap for p in placed) + 2 * margin), look.page)
    y = margin
    for part in placed:
        page.paste(part, (margin + (inner - part.width) // 2, y))
        y += part.height + gap
    return page


def _rows(language: str, columns: int, count: int, rng: np.random.Generator) -> list[list[str]]:
    return [[str(rng.choice(_WORDS[language])) for _ in range(columns)] for _ in range(count)]


def _some(language: str, count: int, rng: np.random.Generator) -> list[str]:
    return [str(name) for name in rng.permutation(_LEAVES[language])[:count]]


def _simple(
    **options: object,
) -> Callable[[str, np.random.Generator], tuple[Image.Image, tuple[str, ...], list[list[str]]]]:
    def draw(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
        count = int(rng.integers(4, 7))
        look = Look(**options)  # type: ignore[arg-type]
        look.size = int(rng.integers(18, 27))
        look.widths = [int(w) for w in rng.integers(130, 230, count)]
        rows = _rows(language, count, int(rng.integers(3, 6)), rng)
        image, names = table(_some(language, count, rng), rows, look)
        return on_page([image], look), names, rows

    return draw


Layout = Callable[[str, np.random.Generator], tuple[Image.Image, tuple[str, ...], list[list[str]]]]
LAYOUTS: dict[str, Layout] = {
    "ruled": _simple(),
    "half-ruled": _simple(vertical=False),
    "standing rules": _simple(horizontal=False, outer=False),
    "three-line": _simple(vertical=False, horizontal=False, three=True),
    "no lines": _simple(vertical=False, horizontal=False, outer=False, centred=False),
    "zebra": _simple(
        vertical=False,
        horizontal=False,
        outer=False,
        head_fill="#2f5597",
        head_ink="white",
        zebra="#dbe5f1",
        centred=False,
    ),
    "web": _simple(vertical=False, outer=False, line="#dddddd", thick=1, head_fill="#f4f6f8", centred=False),
    "dark slide": _simple(page="#1b2333", ink="#e8ecf4", line="#5a6478", head_fill="#324a78"),
    "dark, no lines": _simple(page="#101418", ink="#e8ecf4", vertical=False, horizontal=False, outer=False),
}


def _layout(name: str) -> Callable[[Layout], Layout]:
    def keep(layout: Layout) -> Layout:
        LAYOUTS[name] = layout
        return layout

    return keep


@_layout("empty grid")
def _empty(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    look = Look(row_height=60)
    names = _some(language, 5, rng)
    image, columns = table(names, [[""] * 5] * 5, look)
    return on_page([image], look), columns, []


@_layout("half filled")
def _half_filled(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    look = Look(row_height=50)
    rows = [*_rows(language, 5, 2, rng), *[[""] * 5] * 3]
    image, columns = table(_some(language, 5, rng), rows, look)
    return on_page([image], look), columns, rows[:2]


@_layout("two-line headers")
def _two_lines(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    names = {
        "zh": ["代表性文献与作者", "主要研究方法与理论", "实验数据与来源", "研究结论与贡献", "局限性与未来展望"],
        "en": [
            "Representative study",
            "Theoretical framework",
            "Experimental data",
            "Main contribution",
            "Known limitations",
        ],
        "mix": [
            "代表文献 Reference",
            "研究方法 Methodology",
            "实验数据 Datasets",
            "主要结论 Conclusion",
            "未来展望 Future work",
        ],
    }[language]
    look = Look(widths=[140 if language == "zh" else 170] * 5)
    rows = _rows(language, 5, 3, rng)
    image, columns = table(names, rows, look)
    return on_page([image], look), columns, rows


def _grouped(**options: object) -> Layout:
    def draw(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
        look = Look(**options)  # type: ignore[arg-type]
        rows = _rows(language, 5, 4, rng)
        look.widths = [int(w) for w in rng.integers(150, 210, 5)]
        image, columns = table(_GROUPS[language], rows, look)
        return on_page([image], look), columns, rows

    return draw


LAYOUTS["groups, ruled"] = _grouped()
LAYOUTS["groups, three-line"] = _grouped(vertical=False, horizontal=False, three=True)
LAYOUTS["groups, filled"] = _grouped(head_fill="#c9daf8", line="#888888", thick=1)


@_layout("caption and prose")
def _caption(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    look = Look(vertical=False, horizontal=False, three=True, widths=[180] * 4)
    rows = _rows(language, 4, 4, rng)
    image, columns = table(_some(language, 4, rng), rows, look)
    return on_page([_PROSE[language], _TITLE[language], image, _PROSE[language]], look), columns, rows


@_layout("ruled in prose")
def _in_prose(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    look = Look(widths=[180] * 4)
    rows = _rows(language, 4, 3, rng)
    image, columns = table(_some(language, 4, rng), rows, look)
    return on_page([_PROSE[language], _TITLE[language], image, _PROSE[language]], look), columns, rows


@_layout("title row")
def _title_row(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    look = Look(widths=[170] * 5)
    rows = _rows(language, 5, 3, rng)
    image, columns = table(_some(language, 5, rng), rows, look)
    high = 48
    whole = Image.new("RGB", (image.width, image.height + high), "white")
    whole.paste(image, (0, high))
    draw = ImageDraw.Draw(whole)
    draw.rectangle((0, 0, image.width - 1, high), outline="black", width=2)
    _put(draw, (0, 0, image.width, high), _TITLE[language], look, "black", False)
    return on_page([whole], look), columns, rows


@_layout("two tables")
def _two(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """The larger one, above, is meant."""
    look = Look(widths=[170] * 5)
    rows = _rows(language, 5, 4, rng)
    names = _some(language, 5, rng)
    first, columns = table(names, rows, look)
    small = Look(widths=[200] * 2)
    second, _ = table(["项", "值"] if language != "en" else ["Key", "Value"], _rows(language, 2, 2, rng), small)
    return on_page([first, _PROSE[language][:30], second], look), columns, rows


@_layout("numbered and units")
def _units(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    look = Look(widths=[80, *[160] * 5], vertical=bool(rng.integers(2)))
    number = {"zh": "序号", "en": "No.", "mix": "序号"}[language]
    rows = [[str(i + 1), f"S{i + 1}", *(f"{rng.uniform(1, 90):.1f}" for _ in range(4))] for i in range(5)]
    image, columns = table([number, *_UNITS[language]], rows, look)
    return on_page([image], look), columns, rows


@_layout("twelve columns")
def _twelve(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    names = {
        "zh": ["序号", "题名", "作者", "年份", "期刊", "国家", "方法", "样本", "变量", "结果", "结论", "等级"],
        "en": [
            "No.",
            "Title",
            "Author",
            "Year",
            "Journal",
            "Country",
            "Method",
            "Sample",
            "Scale",
            "Result",
            "Effect",
            "Level",
        ],
        "mix": [
            "序号",
            "Title",
            "作者",
            "Year",
            "期刊",
            "Country",
            "方法",
            "Sample",
            "变量",
            "Result",
            "结论",
            "Level",
        ],
    }[language]
    look = Look(widths=[120] * 12, size=24, vertical=bool(rng.integers(2)))
    rows = [[str(rng.integers(1, 999)) for _ in names] for _ in range(4)]
    image, columns = table(names, rows, look)
    return on_page([image], look), columns, rows


@_layout("narrow headers")
def _narrow(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """Chinese one or two characters a line; English one word a line."""
    if language == "en":
        names = ["Name of the study", "Year of issue", "Size of sample", "Level of proof", "Type of design"]
        look = Look(widths=[110] * 5)
    else:
        names = ["文献名称", "研究方法", "样本数量", "主要结论", "证据等级"]
        look = Look(widths=[72 if language == "zh" else 44] * 5)
    rows = [[str(rng.integers(1, 99)) for _ in names] for _ in range(4)]
    image, columns = table(names, rows, look)
    return on_page([image], look), columns, rows


@_layout("rotated headers")
def _rotated(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """All but the first header stand, read from below."""
    names = _some(language, 6, rng)
    look = Look(widths=[220, *[90] * 5], row_height=230)
    image, _ = table([names[0], *[""] * 5], [], look)
    draw = ImageDraw.Draw(image)
    for i, name in enumerate(names[1:]):
        text = Image.new("RGB", (round(font(22).getlength(name)) + 4, 30), "white")
        ImageDraw.Draw(text).text((2, 1), name, font=font(22), fill="black")
        image.paste(text.rotate(90, expand=True), (220 + 90 * i + 30, (230 - text.width) // 2))
        draw.line((220 + 90 * i, 0, 220 + 90 * i, 230), fill="black", width=2)
    rows = [[str(rng.choice(_WORDS[language])), *(str(rng.integers(10, 99)) for _ in range(5))] for _ in range(4)]
    body, _ = table(rows[0], rows[1:], Look(widths=[220, *[90] * 5]))
    whole = Image.new("RGB", (image.width, image.height + body.height - 2), "white")
    whole.paste(image, (0, 0))
    whole.paste(body, (0, image.height - 2))
    return on_page([whole], look), tuple(names), rows


@_layout("spreadsheet")
def _sheet(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """A screenshot with the letters of the columns and the numbers of the rows around it."""
    names = _some(language, 5, rng)
    rows = _rows(language, 5, 4, rng)
    look = Look(size=20, widths=[170] * 5, line="#d0d0d0", thick=1, centred=False)
    image, columns = table(names, rows, look)
    heads, _ = table(list("ABCDE"), [], Look(size=18, widths=[170] * 5, line="#b0b0b0", thick=1, head_fill="#e6e6e6"))
    whole = Image.new("RGB", (image.width + 44, image.height + heads.height), "#e6e6e6")
    whole.paste(heads, (44, 0))
    whole.paste(image, (44, heads.height))
    draw = ImageDraw.Draw(whole)
    step = image.height / (len(rows) + 1)
    for r in range(len(rows) + 1):
        y = heads.height + round(step * r)
        draw.line((0, y, 44, y), fill="#b0b0b0")
        draw.text((15, y + 10), str(r + 1), font=font(18), fill="#444444")
    return on_page([whole], look, margin=12), columns, rows


@_layout("form")
def _form(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """Attributes down the left, blanks at the right."""
    names = _some(language, 6, rng)
    draw_on = Image.new("RGB", (702, 6 * 64 + 2), "white")
    draw = ImageDraw.Draw(draw_on)
    for i, name in enumerate(names):
        draw.rectangle((0, 64 * i, 260, 64 * i + 64), outline="black", width=2)
        draw.rectangle((260, 64 * i, 700, 64 * i + 64), outline="black", width=2)
        _put(draw, (0, 64 * i, 260, 64 * i + 64), name, Look(), "black", False)
    return on_page([draw_on], Look()), tuple(names), []


@_layout("filled form")
def _filled_form(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """Attributes down the left on a fill, one example at the right."""
    names = _some(language, 6, rng)
    values = _rows(language, 6, 1, rng)[0]
    draw_on = Image.new("RGB", (702, 6 * 64 + 2), "white")
    draw = ImageDraw.Draw(draw_on)
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        draw.rectangle((0, 64 * i, 260, 64 * i + 64), outline="black", fill="#dde6f0", width=2)
        draw.rectangle((260, 64 * i, 700, 64 * i + 64), outline="black", width=2)
        _put(draw, (0, 64 * i, 260, 64 * i + 64), name, Look(), "black", False)
        _put(draw, (260, 64 * i, 700, 64 * i + 64), value, Look(), "black", True)
    return on_page([draw_on], Look()), tuple(names), [values]


def _listed(mark: Callable[[int], str]) -> Layout:
    def draw(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
        names = _some(language, 6, rng)
        text = "\n".join(mark(i) + name for i, name in enumerate(names))
        return on_page([text], Look(size=26), width=520), tuple(names), []

    return draw


LAYOUTS["numbered list"] = _listed(lambda i: f"{i + 1}. ")
LAYOUTS["bulleted list"] = _listed(lambda i: "• ")
LAYOUTS["bracketed list"] = _listed(lambda i: f"（{i + 1}）")


@_layout("paragraph")
def _paragraph(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """The attributes numbered within one running paragraph."""
    names = _some(language, 6, rng)
    if language == "en":
        text = "The table has the following columns: " + "; ".join(f"({i + 1}) {n}" for i, n in enumerate(names)) + "."
    else:
        text = "表格应包括以下各列：" + "；".join(f"（{i + 1}）{n}" for i, n in enumerate(names)) + "。"
    return on_page([text], Look(size=26), width=620), tuple(names), []


@_layout("three levels")
def _three_levels(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """A group over groups."""
    top = {"zh": "评价指标", "en": "Scores", "mix": "指标 Scores"}[language]
    lower: list[Header] = _GROUPS[language][1:]
    look = Look(widths=[160] * 4)
    rows = _rows(language, 4, 3, rng)
    image, columns = table(lower, rows, look)
    high = 46
    left = 180
    whole = Image.new("RGB", (left + image.width, high + image.height), "white")
    whole.paste(image, (left, high))
    draw = ImageDraw.Draw(whole)
    name = str(_GROUPS[language][0])
    draw.rectangle((left, 0, whole.width - 2, high), outline="black", width=2)
    _put(draw, (left, 0, whole.width - 2, high), top, look, "black", False)
    head = high + 2 * (round(1.3 * look.size) + 2 * look.pad)
    draw.rectangle((0, 0, left, whole.height - 2), outline="black", width=2)
    _put(draw, (0, 0, left, head), name, look, "black", False)
    firsts = []
    ys = [head]
    for row in rows:
        ys.append(ys[-1] + _tall(row, look.widths, look))
    for i, (y0, y1) in enumerate(pairwise(ys)):
        draw.line((0, y0, left, y0), fill="black", width=2)
        firsts.append(f"S{i + 1}")
        _put(draw, (0, y0, left, y1), firsts[-1], look, "black", False)
    return (
        on_page([whole], look),
        (name, *(f"{top} / {column}" for column in columns)),
        [[first, *row] for first, row in zip(firsts, rows, strict=True)],
    )


@_layout("merged body")
def _merged_body(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """The first column's cells go over two rows each."""
    names = _some(language, 4, rng)
    look = Look(widths=[170] * 4)
    image, columns = table(names, [["", "A", "B", "C"] for _ in range(4)], look)
    draw = ImageDraw.Draw(image)
    head = _tall(names, look.widths, look)
    step = _tall(["A"], [170], look)
    for i in range(2):
        y = head + 2 * i * step
        draw.rectangle((2, y + 2, 168, y + 2 * step - 1), fill="white")
        _put(draw, (0, y, 170, y + 2 * step), str(rng.choice(_WORDS[language])), look, "black", False)
    return on_page([image], look), columns, []


@_layout("pairs of label and blank")
def _pairs(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    names = _some(language, 6, rng)
    whole = Image.new("RGB", (822, 182), "white")
    draw = ImageDraw.Draw(whole)
    for i, name in enumerate(names):
        x, y = 410 * (i % 2), 60 * (i // 2)
        draw.rectangle((x, y, x + 190, y + 60), outline="black", width=2)
        draw.rectangle((x + 190, y, x + 410, y + 60), outline="black", width=2)
        _put(draw, (x, y, x + 190, y + 60), name, Look(size=20), "black", False)
    return on_page([whole], Look()), tuple(names), []


@_layout("transposed")
def _transposed(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """Attributes down the left, two examples at the right under a heading of their own."""
    names = _some(language, 5, rng)
    values = _rows(language, 5, 2, rng)
    one, two = ("Paper 1", "Paper 2") if language == "en" else ("例一", "例二")
    look = Look(widths=[190, 220, 220])
    rows = [[name, a, b] for name, a, b in zip(names, *values, strict=True)]
    image, _ = table(
        ["" if rng.integers(2) else {"zh": "项目", "en": "Item", "mix": "项目"}[language], one, two], rows, look
    )
    return on_page([image], look), tuple(names), values


@_layout("window around it")
def _window(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """A screenshot with a menu above and a status line below."""
    look = Look(size=20, widths=[180] * 5, line="#a0a0a0", thick=1)
    rows = _rows(language, 5, 3, rng)
    image, columns = table(_some(language, 5, rng), rows, look)
    page = on_page([image], look, margin=80)
    whole = Image.new("RGB", (page.width, page.height + 90), "#f0f0f0")
    whole.paste(page, (0, 50))
    draw = ImageDraw.Draw(whole)
    menu = "File   Edit   View   Insert   Help" if language == "en" else "文件   编辑   视图   插入   帮助"
    draw.text((12, 10), menu, font=font(18), fill="#333333")
    draw.text((12, whole.height - 32), "100%   1 / 3", font=font(16), fill="#333333")
    return whole, columns, rows


@_layout("questions in prose")
def _questions(language: str, rng: np.random.Generator) -> tuple[Image.Image, tuple[str, ...], list[list[str]]]:
    """Names with explanations behind a colon, under a title."""
    names = _some(language, 5, rng)
    tail = ": what it says of this" if language == "en" else "：请用一句话概括"
    text = "\n".join(f"{i + 1}. {name}{tail}" for i, name in enumerate(names))
    title = "Reading notes" if language == "en" else "文献阅读提纲"
    return on_page([title, text], Look(size=24), width=640), tuple(names), []


def drawn(style: str, language: str, seed: int) -> Drawn:
    """The picture of one layout in one language ("zh", "en", "mix"); the same seed gives the same picture."""
    rng = np.random.default_rng([seed, *style.encode(), *language.encode()])
    image, columns, rows = LAYOUTS[style](language, rng)
    return Drawn(f"{style} {language} {seed}", style, image, columns, tuple(tuple(row) for row in rows))
