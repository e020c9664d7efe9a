import pytest

from citegrid.core.reference import Work, WorkKind
from citegrid.pipeline import bibliography


@pytest.mark.parametrize(
    ("column", "fields"),
    [
        ("文献名称", ("title",)),
        ("作者与年份", ("authors", "year")),
        ("作者（年份）", ("authors", "year")),
        ("文献名称/出处", ("title", "venue")),
        ("Author(s)", ()),
        ("Authors and year", ("authors", "year")),
        ("Title", ("title",)),
        ("DOI", ("link",)),
        ("主要方法/理论", ()),
        ("研究作者的观点", ()),
        ("创新点", ()),
        ("Year of data", ()),
    ],
)
def test_columns_that_the_entry_answers(column, fields):
    assert bibliography.fields_of(column) == fields


def test_how_a_sentence_names_its_authors():
    def work(*authors):
        return Work(WorkKind.REFERENCE, "r", "T", authors)

    assert bibliography.short_authors(work("Gao, Tianyu"), True) == "Gao"
    assert bibliography.short_authors(work("Gao, T.", "Liu, N."), False) == "Gao and Liu"
    assert bibliography.short_authors(work("Gao, T.", "Liu, N.", "Wu, X."), True) == "Gao等"
    assert bibliography.short_authors(work(), True) == ""
