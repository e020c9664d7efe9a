"""A paper's own identifiers: margins before text, the first page before the second, and none that a template printed."""

from __future__ import annotations

import pytest

from citegrid.core.document import Block, BlockKind, Box, Document, Page
from citegrid.pipeline.bibliography.own_identifiers import with_own_identifiers

BODY, FOOTER, ENTRY = BlockKind.BODY, BlockKind.FOOTER, BlockKind.ENTRY
STORY = "We follow earlier work with care and at length, and say so more than once. " * 5


def page(number: int, *blocks: tuple[BlockKind, str]) -> Page:
    text, made = "", []
    for index, (kind, words) in enumerate(blocks):
        made.append(Block(index, kind, len(text), len(text) + len(words), Box(number, 0, 0, 1, 1)))
        text += words + "\n\n"
    return Page(number, str(number), 600, 800, text, (), tuple(made))


@pytest.mark.parametrize(
    ("pages", "doi", "arxiv"),
    [
        ([page(1, (BODY, "Worms"), (FOOTER, "arXiv:2103.01234v2 [cs.CL] 3 Mar 2021"))], "", "2103.01234"),
        ([page(1, (BODY, STORY + "doi:10.1000/theirs"), (FOOTER, "https://doi.org/10.1000/own"))], "10.1000/own", ""),
        ([page(1, (BODY, STORY + "see arXiv:1111.22222")), page(2, (BODY, "arXiv:2222.33333"))], "", "2222.33333"),
        ([page(1, (BODY, "Data: 10.5281/zenodo.77"), (BODY, "DOI: 10.1000/own"))], "10.1000/own", ""),
        ([page(1, (BODY, "DOI: 10.5281/zenodo.77"))], "10.5281/zenodo.77", ""),
        ([page(1, (BODY, "https://doi.org/10.475/123_4"))], "", ""),
        ([page(1, (BODY, "ｄｏｉ：１０．３９６９／ｊ．ｉｓｓｎ．１６７３－６２９Ｘ．２０２０．１０．０２１"))], "10.3969/j.issn.1673-629X.2020.10.021", ""),
        ([page(1, (BODY, "DOI:10. 13190 / j. jbupt. 2020-203 文章编号"))], "10.13190/j.jbupt.2020-203", ""),
        ([page(1, (BODY, "ＤＯＩ：１０．７５４４?ｉｓｓｎ１０００－１２３９．２０１６"))], "10.7544/issn1000-1239.2016", ""),
        ([page(1, (BODY, "doi：10．3969／j．issn．1001．3695．2O12．08．002"))], "10.3969/j.issn.1001-3695.2012.08.002", ""),
        ([page(1, (BODY, STORY + "doi:10.1000/a.2018.1"), (FOOTER, "DOI: 10.1000/JOURNAL"))], "10.1000/a.2018.1", ""),
        ([page(1, (BODY, "DOI:10.1000/food1002-6630-"), (BODY, STORY + "doi:10.1000/food1002-6630-062"))], "10.1000/food1002-6630-062", ""),
        ([page(1, (ENTRY, "A. Lee. Worms. doi:10.1000/theirs"))], "", ""),
        ([page(1, (BODY, "Cover")), page(2, (BODY, "DOI: 10.1000/own")), page(3, (BODY, "10.1000/late"))], "10.1000/own", ""),
        ([page(1, (BODY, "Worms")), page(2, (BODY, "Clay")), page(3, (FOOTER, "10.1000/late"))], "", ""),
        ([], "", ""),
    ],
)  # fmt: skip
def test_own_identifiers(pages: list[Page], doi: str, arxiv: str) -> None:
    read = with_own_identifiers(Document("p.pdf", "0" * 64, tuple(pages)))
    assert (read.doi, read.arxiv) == (doi, arxiv)
