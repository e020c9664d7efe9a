"""Volume, issue, pages, publisher and kind of entries; in doubt nothing."""

from __future__ import annotations

import pytest

from citegrid.core.reference import Imprint
from citegrid.pipeline.bibliography.entry.assemble import runs_of
from citegrid.pipeline.bibliography.entry.imprint import imprint_of
from citegrid.pipeline.bibliography.entry.label_rules import TagRun
from citegrid.pipeline.bibliography.entry.parse import PrintedEntry, parse_entries
from citegrid.pipeline.bibliography.entry.tokens import tokens_of

NAMED = (
    ("Berg, A. (2019). Rivers of the north. Journal of Hydrology, 12(3), 45–67.", Imprint("12", "3", "45-67")),
    ("Dahl, B. (2018). Lakes of the south. Journal of Hydrology, 11, 101–109.", Imprint("11", "", "101-109")),
    ("Ek, C. (2017). Floods. Journal of Hydrology, 10(1–2), e1234.", Imprint("10", "1-2", "e1234")),
    (
        "Falk, D. (2016). Water and law. Cambridge: Cambridge University Press.",
        Imprint(publisher="Cambridge University Press", place="Cambridge"),
    ),
)
CHINESE = (
    ("王小明, 李华. 河流水质模型研究[J]. 水利学报, 2019, 50(3): 45-52.", Imprint("50", "3", "45-52", mark="J")),
    ("张伟. 湖泊生态系统评价[J]. 生态学报, 2018(11): 12-20.", Imprint("", "11", "12-20", mark="J")),
    ("陈静. 水资源管理[M]. 北京: 科学出版社, 2015: 33-40.", Imprint("", "", "33-40", "科学出版社", "北京", "M")),
    ("刘洋. 流域水文模拟[D]. 南京: 河海大学, 2017.", Imprint(publisher="河海大学", place="南京", mark="D")),
)


@pytest.mark.parametrize("entries", [NAMED, CHINESE])
def test_entries_say_where_their_works_are_printed(entries: tuple[tuple[str, Imprint], ...]):
    read = parse_entries([PrintedEntry(text) for text, _ in entries])
    assert [fields.imprint for fields in read] == [imprint for _, imprint in entries]


@pytest.mark.parametrize(
    ("text", "labels", "imprint"),
    [
        ("Chromatin 13, 4", "CVOV", Imprint("13", "", "4")),
        ("Quarterly 2004, 735-757", "CYOVVV", Imprint(pages="735-757")),
        ("Commun 2017 8:1759", "CYVOY", Imprint("8", "", "1759")),
        ("Mater 166, A3997-A4004", "CVOOPPPP", Imprint("166", "", "A3997-A4004")),
        ("Notes for course 167", "CCCV", Imprint()),
        ("Things, volume 30", "COVV", Imprint("30")),
        ("Brains Ch. 16, 283-305", "COOVOPPP", Imprint(pages="283-305")),
        ("Law No. 20 Brill", "TOOVU", Imprint(publisher="Brill")),
        ("Things 4: 90-12", "CVOPPP", Imprint("4")),
        ("Curran Associates, Inc.", "UUOUO", Imprint(publisher="Curran Associates, Inc")),
        ("Lisbon, Portugal. House", "UOUOU", Imprint(publisher="House", place="Lisbon, Portugal")),
    ],
)
def test_a_number_is_what_stands_beside_it(text: str, labels: str, imprint: Imprint):
    assert imprint_of(text, runs_of(tokens_of(text), labels)) == imprint


def test_of_two_works_in_one_entry_nothing_is_taken():
    text = "Reading. Leeds: Duck Press. Writing, pp. 24-58. York: Swan Press."
    labels = {"T": "Reading", "L": "Leeds", "U": "Duck Press", "C": "Writing", "P": "24-58"}
    runs = [TagRun(label, text.index(part), text.index(part) + len(part)) for label, part in labels.items()]
    second = [
        TagRun(label, text.index(part), text.index(part) + len(part))
        for label, part in (("L", "York"), ("U", "Swan Press"))
    ]
    assert imprint_of(text, [*runs, *second]) == Imprint(mixed=True)
