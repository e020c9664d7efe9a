"""What a run is given: the project's terms first, then those of all projects, then what its documents teach."""

from __future__ import annotations

from pathlib import Path

import pytest

from citegrid.core.document import Document, Page
from citegrid.core.glossary import Term
from citegrid.core.library import Background, Chunk, IndexedFile
from citegrid.core.paper import Paper
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.store import glossary as store
from citegrid.workbench.glossary.corrections import shipped_terms
from citegrid.workbench.glossary.use import GlossaryUse, with_learnt
from citegrid.workbench.session import Session


class Shelf:
    def document(self, sha256: str) -> Background | None:
        text = "采用奖励模型（reward model）。"
        return Background(sha256, "b.pdf", "A book", chunks=(Chunk(1, text),)) if sha256 == "b" else None


def paper(text: str) -> Paper:
    return Paper(Document("p.pdf", "a", (Page(1, "1", 100, 100, text),)), ())


def test_documents_teach_behind_what_is_kept() -> None:
    listed = (IndexedFile("b.pdf", 1, 1, "b"), IndexedFile("gone.pdf", 1, 1, "gone"))
    library = Library(Shelf(), (), listed, lambda text, language: "", {})  # type: ignore[arg-type]
    kept = (Term("policy", "方针"),)
    found = with_learnt(kept, [paper("采用策略（policy）。")], library)
    assert [(t.english, t.chinese, t.source) for t in found] == [
        ("policy", "方针", ""), ("policy", "策略", "p.pdf"), ("reward model", "奖励模型", "A book"),
    ]  # fmt: skip
    assert with_learnt(kept, [paper("Nothing is taught here.")], None) == kept


@pytest.fixture
def glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GlossaryUse:
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    return GlossaryUse(Session(None))  # type: ignore[arg-type]


def test_the_project_s_terms_come_before_those_of_all(glossary: GlossaryUse) -> None:
    glossary.set_shared([Term("policy", "政策"), Term("model", "模型")])
    glossary.set_own([Term("policy", "策略")])
    assert [t.chinese for t in glossary.kept()] == ["策略", "政策", "模型"]


def test_a_file_s_terms_are_added_once(glossary: GlossaryUse, tmp_path: Path) -> None:
    store.write(tmp_path / "t.csv", [Term("policy", "策略"), Term("model", "模型", "mine")])
    assert glossary.take_in(tmp_path / "t.csv") == 2 and glossary.take_in(tmp_path / "t.csv") == 0
    assert [t.source for t in glossary.own] == ["t.csv", "mine"]
    assert glossary.write(tmp_path / "t.tbx") == 2


def test_the_terms_that_ship_are_usable() -> None:
    assert all(term.usable for term in shipped_terms())
