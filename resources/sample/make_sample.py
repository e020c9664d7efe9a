"""Makes the sample project: ``paper.pdf``, ``table-zh.png`` and ``table-en.png``.

    python make_sample.py            writes the three files beside this script
    python make_sample.py --check    says whether the three files are what it would write

The paper's text stands in ``paper.md``, its reference list in
``references.toml``, the places to cut long words in ``hyphens.txt``.  Nothing
depends on the clock or on installed fonts: two runs give the same bytes, as
long as the version of PyMuPDF is the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pymupdf
from layout import HEIGHT, WIDTH, Layout, Setter, lay_out
from tables import draw_table
from typeset import FONTS

HERE = Path(__file__).resolve().parent


def build_paper() -> bytes:
    """The whole paper as a PDF file."""
    setter = Setter()
    return write_pdf(lay_out(setter), setter)


def write_pdf(layout: Layout, setter: Setter) -> bytes:
    """Puts pages, fonts, named destinations, citation links and outline into a file without clock or random ids."""
    doc = pymupdf.open()
    for _ in layout.sheets:
        doc.new_page(width=WIDTH, height=HEIGHT)
    fonts = {s: doc[0].insert_font(fontname=s, fontbuffer=setter.faces.fonts[s].buffer) for s in FONTS}
    resources = "".join(f"/{style} {xref} 0 R" for style, xref in fonts.items())
    for page, sheet in zip(doc, layout.sheets, strict=True):
        doc.xref_set_key(page.xref, "Resources", f"<</Font<<{resources}>>>>")
        content = doc.get_new_xref()
        doc.update_object(content, "<<>>")
        doc.update_stream(content, "\n".join(sheet.ops).encode("ascii"))
        doc.xref_set_key(page.xref, "Contents", f"{content} 0 R")
        links = []
        for key, (x0, y0, x1, y1) in sheet.links:
            xref = doc.get_new_xref()
            box = f"[{x0:.2f} {HEIGHT - y1:.2f} {x1:.2f} {HEIGHT - y0:.2f}]"
            action = f"<</S/GoTo/D(cite.{key})>>"
            doc.update_object(xref, f"<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect{box}/A{action}>>")
            links.append(f"{xref} 0 R")
        if links:
            doc.xref_set_key(page.xref, "Annots", f"[{' '.join(links)}]")
    names = "".join(
        f"(cite.{key})[{doc[page - 1].xref} 0 R/XYZ {x - 2:.2f} {HEIGHT - y + 2:.2f} null]"
        for key, (page, x, y) in sorted(layout.places.items())
    )
    catalog = doc.pdf_catalog()
    doc.xref_set_key(catalog, "Names", f"<</Dests<</Names[{names}]>>>>")
    doc.xref_set_key(catalog, "Lang", "(en-GB)")
    front = setter.front
    doc.set_metadata(
        {
            "title": front["title"],
            "author": front["author"],
            "subject": "Sample paper of CiteGrid, CC BY 4.0",
            "keywords": front["keywords"],
            "creator": "make_sample.py",
        }
    )
    doc.set_toc([[level, name, page] for level, name, page in layout.outline])
    doc.subset_fonts()
    return bytes(doc.tobytes(garbage=4, deflate=True, deflate_fonts=True, no_new_id=True))


MAKERS: dict[str, Callable[[], bytes]] = {
    "paper.pdf": build_paper,
    "table-zh.png": lambda: draw_table("zh"),
    "table-en.png": lambda: draw_table("en"),
}


def main(arguments: list[str]) -> int:
    """Writes or checks the files; exit code 1 when a file is not what this script makes, 2 for a wrong argument."""
    if arguments not in ([], ["--check"]):
        print("usage: make_sample.py [--check]", file=sys.stderr)
        return 2
    wrong = 0
    for name, make in MAKERS.items():
        made = make()
        path = HERE / name
        if not arguments:
            path.write_bytes(made)
            print(f"{name}: {len(made)} bytes written")
        elif path.exists() and path.read_bytes() == made:
            print(f"{name}: as made")
        else:
            wrong += 1
            print(f"{name}: not what make_sample.py makes with PyMuPDF {pymupdf.VersionBind}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
