"""A library of Zotero with whatever one holds: works with and without files, linked ones, deleted ones, a group, files alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.doubles.zotero import LINKED_FILE, LINKED_URL, Folder, Item, ZoteroData

FOLDERS = (Folder("CTHESIS1", "Thesis"), Folder("CCHAPTR2", "Chapter 2", "CTHESIS1"), Folder("CEMPTY01", "空的"))


@pytest.fixture
def data(tmp_path: Path) -> ZoteroData:
    linked = tmp_path / "linked #1"
    linked.mkdir()
    gao = (("Tianyu", "Gao"), ("Howard", "Yen"))
    items = (
        Item("IAAAA001", "Text with citations", gao, "May 2023", {"DOI": "https://doi.org/10.1/Ab"}, "Gao 2023 # citations.pdf",
             collections=("CCHAPTR2",)),
        Item("IAAAA002", "A preprint", (("", "王明"),), "2021-03-01", {"extra": "Citation Key: w\narXiv: 2103.00001 [cs]"}, "attachments:sub/wang.pdf",
             LINKED_FILE, ("CTHESIS1",)),
        Item("IAAAA003", "A web page", (), "", {"url": "https://example.org/x"}, "https://example.org/x.pdf", LINKED_URL),
        Item("IAAAA004", "In the bin", gao, "2020", {}, "bin.pdf", deleted=True),
        Item("IAAAA005", "Of the group", gao, "2019", {"archiveID": "arXiv:1901.00001"}, "group.pdf", group=True),
        Item("IAAAA006", pdf="scan.pdf", collections=("CCHAPTR2",)),
    )  # fmt: skip
    return ZoteroData(tmp_path / "home", items, FOLDERS, str(linked))
