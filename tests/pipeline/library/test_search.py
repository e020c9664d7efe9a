"""Questions in the other language: by a translation that is kept, by the glossary, merged with the question itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.doubles.engines import FakeModel
from tests.library_samples import SAMPLES, Section, write

from citegrid import wiring
from citegrid.core.library import Chunk, Hit
from citegrid.core.resources import resource
from citegrid.pipeline.library.ingest import ingest
from citegrid.pipeline.library.search import merged, read_glossary, search, translator
from citegrid.store.library_index import LibraryIndex

GOLD = [(s.other, s) for sample in SAMPLES for s in sample.sections] + [
    (s.own, s) for sample in SAMPLES for s in sample.sections
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    write(folder / "documents")
    index = LibraryIndex(folder / "library.sqlite")
    ingest(index, [folder / "documents"], wiring.engines().open_document, None)
    yield index, [folder / "documents"]
    index.close()


def found(hits: list[Hit], section: Section) -> bool:
    return any("".join(section.text.split()) in "".join(h.chunk.text.split()) for h in hits)


def glossary():
    return read_glossary(resource("glossary.tsv").read_text("utf-8"))


def test_the_gold_is_large_enough_and_half_of_it_crosses_the_languages():
    assert len(GOLD) == 72
    assert len({q for q, _ in GOLD}) == 72


def test_the_glossary_goes_both_ways_and_takes_the_longest_word():
    words = read_glossary("# a comment\n语言\tlanguage\n语言模型\tlanguage model\n差错\terror;mistake\n")
    assert words("语言模型的差错", "en") == "language model error mistake"
    assert words("Errors of language models in 2023", "zh") == "2023 差错 语言模型"
    assert words("nothing known here", "zh") == ""


def test_rankings_are_merged_by_place():
    def hit(name: str) -> Hit:
        return Hit(name, name, Chunk(1, name), 1.0)

    order = [h.sha256 for h in merged([[hit("a"), hit("b"), hit("c")], [hit("c"), hit("d")]], [1.0, 1.0])]
    assert order == ["c", "a", "b", "d"]
    assert [h.sha256 for h in merged([[hit("a")], [hit("b")]], [0.2, 0.9])] == ["b", "a"]


def test_without_a_model_the_glossary_finds_most_and_names_need_no_translation(library):
    index, roots = library
    cross = [found(search(index, q, roots, 5, glossary()), s) for q, s in GOLD[:36]]
    own = [found(search(index, q, roots, 5, glossary()), s) for q, s in GOLD[36:]]
    assert sum(own) >= 0.95 * 36
    assert sum(cross) >= 0.7 * 36


def test_a_translation_is_asked_for_once(library):
    index, roots = library
    model = FakeModel(lambda ask: "How were the earthworms counted?")
    translate = translator(glossary(), index, model)
    hits = [search(index, "蚯蚓是怎样计数的？", roots, 5, translate) for _ in range(2)]
    assert len(model.asked) == 1
    assert hits[0] == hits[1]
    assert hits[0][0].title.startswith("Earthworms")


def test_an_answer_in_the_wrong_language_is_not_searched_for(library):
    index, _roots = library
    model = FakeModel(lambda ask: "蚯蚓")
    assert translator(glossary(), index, model)("蚯蚓的湿度", "en") == "humidity"


@pytest.mark.slow
@pytest.mark.model
def test_with_the_default_model_nine_of_ten_are_found(library):
    from citegrid.store.checksums import checksum
    from citegrid.store.model_files import models

    index, roots = library
    path: Path = models.resolve(None)
    model = wiring.engines().load_model(path, checksum(path))
    try:
        translate = translator(glossary(), index, model)
        hits = [found(search(index, q, roots, 5, translate), s) for q, s in GOLD]
    finally:
        model.close()
    print(f"hit@5 {sum(hits)} of {len(hits)}, across languages {sum(hits[:36])} of 36")
    assert sum(hits) >= 0.9 * len(hits)
    assert sum(hits[:36]) >= 0.85 * 36
