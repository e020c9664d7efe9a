"""Draws the two pictures of an empty table, as they look when cut from a word processor."""

from __future__ import annotations

import pymupdf

HEADERS = {
    "zh": ["文献名称", "作者与年份", "主要方法/理论", "关键实验结论", "创新点/理论贡献", "局限与备注"],
    "en": ["Title", "Authors and year", "Method or theory", "Key findings", "Contribution", "Limitations"],
}
SHARES = {"zh": [0.17, 0.15, 0.16, 0.18, 0.18, 0.16], "en": [0.16, 0.17, 0.17, 0.17, 0.165, 0.165]}
ROWS = 6
WIDTH, MARGIN, HEADER, ROW = 720.0, 18.0, 34.0, 40.0
ZOOM = 2.0


def draw_table(language: str) -> bytes:
    """The picture of an empty ruled table with a shaded header row, as PNG bytes, 1440 pixels wide."""
    height = 2 * MARGIN + HEADER + ROWS * ROW
    doc = pymupdf.open()
    page = doc.new_page(width=WIDTH, height=height)
    inner = WIDTH - 2 * MARGIN
    edges = [MARGIN]
    for share in SHARES[language]:
        edges.append(edges[-1] + share * inner)
    top, bottom = MARGIN, height - MARGIN
    shape = page.new_shape()
    shape.draw_rect(pymupdf.Rect(edges[0], top, edges[-1], top + HEADER))
    shape.finish(fill=(0.9, 0.92, 0.95), color=None)
    for x in edges:
        shape.draw_line((x, top), (x, bottom))
    for y in [top, *[top + HEADER + n * ROW for n in range(ROWS + 1)]]:
        shape.draw_line((edges[0], y), (edges[-1], y))
    shape.finish(color=(0.15, 0.15, 0.15), width=0.8)
    shape.commit()
    font = pymupdf.Font("china-s" if language == "zh" else "tibo")
    size = 13.0
    writer = pymupdf.TextWriter(page.rect)
    for n, header in enumerate(HEADERS[language]):
        middle = (edges[n] + edges[n + 1]) / 2
        writer.append((middle - font.text_length(header, size) / 2, top + HEADER / 2 + size * 0.36), header, font, size)
    writer.write_text(page, render_mode=2 if language == "zh" else 0)
    return bytes(page.get_pixmap(matrix=pymupdf.Matrix(ZOOM, ZOOM), alpha=False).tobytes("png"))
