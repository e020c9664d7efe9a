"""Reference lists in the shipped citation styles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import citeproc
import pytest
from lxml import etree

from citegrid.core.errors import InputError
from citegrid.core.project import Project
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.table import Row, Table
from citegrid.pipeline.export.bibliography_csl import ReferenceList, printed_list, reference_list
from citegrid.pipeline.export.references import items_of

STYLES = Path(__file__).resolve().parents[3] / "resources" / "csl"
WORKS = (
    Work(WorkKind.PAPER, "paper", "Text with <i>Citations</i> & more", ("Tianyu Gao", "Ludwig van Beethoven"), 2023),
    Work(WorkKind.REFERENCE, "r1", "预训练语言模型综述", ("邵浩", "刘一烽", "王", "李"), 2021),
    Work(WorkKind.REFERENCE, "r2", "Many hands", ("Able, Ann", "Baker, Bob", "Carter, Cy", "Dole, Di"), 2020),
    Work(WorkKind.REFERENCE, "r3", "On nothing", (), None),
    Work(WorkKind.REFERENCE, "r4", "", (), None),
)
REFERENCES = (
    Reference("r1", "", "", 1, (), (), venue="软件学报"),
    Reference("r2", "", "", 1, (), (), venue="Proceedings of EMNLP", doi="10.1000/a_b"),
)


def printed(style: str) -> ReferenceList:
    project = Project(table=Table((), tuple(Row(w, ()) for w in WORKS)))
    return reference_list(items_of(project, REFERENCES), (STYLES / f"{style}.csl").read_bytes())


def test_gb_t_7714_numbers_the_works_and_writes_each_in_its_own_language():
    made = printed("gb-t-7714")
    assert made.numbered
    assert [e.text for e in made.entries] == [
        "GAO T, VAN BEETHOVEN L. Text with <i>Citations</i> & more[Z]. 2023.",
        "邵浩, 刘一烽, 王, 等. 预训练语言模型综述[J]. 软件学报, 2021.",
        "ABLE A, BAKER B, CARTER C, et al. Many hands[C/OL]//Proceedings of EMNLP. 2020. DOI:10.1000/a_b.",
        "On nothing[Z].",
    ]


def test_apa_sorts_by_author_and_sets_in_italics_what_it_should():
    made = printed("apa")
    assert not made.numbered
    assert [e.index for e in made.entries] == [2, 0, 3, 1]
    first = made.entries[0]
    assert first.text == (
        "Able, A., Baker, B., Carter, C., & Dole, D. (2020). Many hands. In Proceedings of EMNLP. "
        "https://doi.org/10.1000/a_b"
    )
    assert [text for text, slanted in first.pieces if slanted] == ["Proceedings of EMNLP"]
    assert made.entries[2].text == "On nothing. (n.d.)."
    assert not any(slanted for _, slanted in made.entries[3].pieces)


def test_ieee_keeps_the_order_of_the_table():
    made = printed("ieee")
    assert [e.index for e in made.entries] == [0, 1, 2, 3]
    assert made.entries[2].text.startswith("A. Able, B. Baker, C. Carter, and D. Dole, “Many hands,”")


@pytest.mark.parametrize(
    "style",
    [
        b"",
        b"no xml",
        b"<html/>",
        b'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"/>',
    ],
)
def test_a_style_that_is_none_is_said_so(style: bytes):
    with pytest.raises(InputError, match=r"citation style"):
        reference_list(items_of(Project(table=Table((), (Row(WORKS[0], ()),)))), style)


def people(*names: str) -> list[dict[str, str]]:
    """``Family, Given`` as a person, anything else as an organisation or a Chinese name, in CSL-JSON."""
    return [dict(zip(("family", "given"), n.split(", "), strict=True)) if ", " in n else {"literal": n} for n in names]


def work(kind: str, authors: str, year: int | None, title: str, **more: Any) -> dict[str, Any]:
    """CSL-JSON; ``authors`` are separated by semicolons, an underscore in the name of a field stands for a hyphen."""
    data = {"type": kind, "title": title, **{name.replace("_", "-"): value for name, value in more.items()}}
    data |= {"author": people(*authors.split("; "))} if authors else {}
    return data | ({"issued": {"date-parts": [[year]]}} if year else {})


def day(year: int, month: int, number: int) -> dict[str, Any]:
    return {"date-parts": [[year, month, number]]}


#: One work of each kind, with all a style prints of it.
KINDS = {
    "journal article": work(
        "article-journal", "Walls, Susan C.; Barichivich, William J.", 2013, "Drought, deluge and declines",
        container_title="Biology", volume="2", issue="1", page="399-418", DOI="10.3390/biology2010399",
    ),
    "conference paper": work(
        "paper-conference", "Payne, David B.; Stern, John R.", 1985, "Wavelength-switched optical network",
        container_title="Proceedings of IOOC-ECOC", editor=people("Hill, Hal"), publisher="IEEE",
        publisher_place="New York", event_place="Venice, Italy", page="585-590",
    ),
    "book": work(
        "book", "Crawford, Walt; Gorman, Michael", 1995, "Future libraries", edition="2",
        publisher="American Library Association", publisher_place="Chicago",
    ),
    "chapter": work(
        "chapter", "Lipson, Edward D.", 1991, "Photosensory reception", container_title="Sensory receptors",
        editor=people("Spudich, John L.", "Satir, Birgit H."), publisher="Wiley-Liss", publisher_place="New York",
        page="1-64",
    ),
    "thesis": work(
        "thesis", "Calms, Robert B.", 1965, "Infrared spectroscopic studies", genre="Doctoral dissertation",
        publisher="University of California", publisher_place="Berkeley",
    ),
    "report": work(
        "report", "World Health Organization", 1970, "Factors regulating the immune response", number="TR-448",
        publisher="WHO Press", publisher_place="Geneva",
    ),
    "preprint": work(
        "article", "Vaswani, Ashish; Shazeer, Noam", 2017, "Attention is all you need", number="arXiv:1706.03762",
        publisher="arXiv", container_title="CoRR", URL="https://arxiv.org/abs/1706.03762",
    ),
    "web page": work(
        "webpage", "Hopkinson, Alan", None, "UNIMARC and metadata", container_title="IFLA Archive",
        issued=day(2009, 4, 22), accessed=day(2013, 3, 27), URL="https://archive.ifla.org/61e.htm",
    ),
    "software": work(
        "software", "JASP Team", 2017, "JASP", version="0.8.4", publisher="University of Amsterdam",
        accessed=day(2017, 12, 12), URL="https://jasp-stats.org",
    ),
    "standard": work(
        "standard", "International Organization for Standardization", 2015, "Quality management systems",
        number="ISO 9001:2015", publisher_place="Geneva",
    ),
}  # fmt: skip
#: What the guide of each style prescribes for them, in the order of KINDS; asterisks stand around italics.
PRESCRIBED = {
    "apa": (
        "Walls, S. C., & Barichivich, W. J. (2013). Drought, deluge and declines. *Biology*, *2*(1), 399–418. "
        "https://doi.org/10.3390/biology2010399",
        "Payne, D. B., & Stern, J. R. (1985). Wavelength-switched optical network. In H. Hill (Ed.), "
        "*Proceedings of IOOC-ECOC* (pp. 585–590). IEEE.",
        "Crawford, W., & Gorman, M. (1995). *Future libraries* (2nd ed.). American Library Association.",
        "Lipson, E. D. (1991). Photosensory reception. In J. L. Spudich & B. H. Satir (Eds.), *Sensory receptors* "
        "(pp. 1–64). Wiley-Liss.",
        "Calms, R. B. (1965). *Infrared spectroscopic studies* [Doctoral dissertation, University of California].",
        "World Health Organization. (1970). *Factors regulating the immune response* (Report No. TR-448). WHO Press.",
        "Vaswani, A., & Shazeer, N. (2017). *Attention is all you need* (arXiv:1706.03762). arXiv. "
        "https://arxiv.org/abs/1706.03762",
        "Hopkinson, A. (2009, April 22). *UNIMARC and metadata*. IFLA Archive. https://archive.ifla.org/61e.htm",
        "JASP Team. (2017). *JASP* (Version 0.8.4) [Computer software]. University of Amsterdam. "
        "https://jasp-stats.org",
        "International Organization for Standardization. (2015). *Quality management systems* (ISO 9001:2015).",
    ),
    "ieee": (
        "S. C. Walls and W. J. Barichivich, “Drought, deluge and declines,” *Biology*, vol. 2, no. 1, pp. 399–418, "
        "2013, doi: 10.3390/biology2010399.",
        "D. B. Payne and J. R. Stern, “Wavelength-switched optical network,” in *Proceedings of IOOC-ECOC*, "
        "Venice, Italy, 1985, pp. 585–590.",
        "W. Crawford and M. Gorman, *Future libraries*, 2nd ed. Chicago: American Library Association, 1995.",
        "E. D. Lipson, “Photosensory reception,” in *Sensory receptors*, J. L. Spudich and B. H. Satir, Eds. "
        "New York: Wiley-Liss, 1991, pp. 1–64.",
        "R. B. Calms, “Infrared spectroscopic studies,” Doctoral dissertation, University of California, Berkeley, "
        "1965.",
        "World Health Organization, “Factors regulating the immune response,” WHO Press, Geneva, Rep. TR-448, 1970.",
        "A. Vaswani and N. Shazeer, “Attention is all you need,” 2017, arXiv:1706.03762. [Online]. Available: "
        "https://arxiv.org/abs/1706.03762",
        "A. Hopkinson. “UNIMARC and metadata.” IFLA Archive. Accessed: Mar. 27, 2013. [Online]. Available: "
        "https://archive.ifla.org/61e.htm",
        "JASP Team. *JASP*. (version 0.8.4, 2017). University of Amsterdam. Accessed: Dec. 12, 2017. [Online]. "
        "Available: https://jasp-stats.org",
        "*Quality management systems*, ISO 9001:2015, International Organization for Standardization, Geneva, 2015.",
    ),
    "gb-t-7714": (
        "WALLS S C, BARICHIVICH W J. Drought, deluge and declines[J/OL]. Biology, 2013, 2(1): 399-418. "
        "DOI:10.3390/biology2010399.",
        "PAYNE D B, STERN J R. Wavelength-switched optical network[C]//HILL H. Proceedings of IOOC-ECOC. "
        "New York: IEEE, 1985: 585-590.",
        "CRAWFORD W, GORMAN M. Future libraries[M]. 2nd ed. Chicago: American Library Association, 1995.",
        "LIPSON E D. Photosensory reception[M]//SPUDICH J L, SATIR B H. Sensory receptors. New York: Wiley-Liss, "
        "1991: 1-64.",
        "CALMS R B. Infrared spectroscopic studies[D]. Berkeley: University of California, 1965.",
        "World Health Organization. Factors regulating the immune response: TR-448[R]. Geneva: WHO Press, 1970.",
        "VASWANI A, SHAZEER N. Attention is all you need: arXiv:1706.03762[EB/OL]. (2017). "
        "https://arxiv.org/abs/1706.03762.",
        "HOPKINSON A. UNIMARC and metadata[EB/OL]. (2009-04-22)[2013-03-27]. https://archive.ifla.org/61e.htm.",
        "JASP Team. JASP[CP/OL]. Version 0.8.4. University of Amsterdam, 2017[2017-12-12]. https://jasp-stats.org.",
        "International Organization for Standardization. Quality management systems: ISO 9001:2015[S]. Geneva, 2015.",
    ),
}
#: Chinese works and what GB/T 7714 prescribes for them.
CHINESE = (
    (
        work(
            "article-journal", "袁训来; 陈哲; 肖书海; 万斌", 2012, "蓝田生物群", container_title="科学通报", volume="55",
            issue="34", page="3219",
        ),
        "袁训来, 陈哲, 肖书海, 等. 蓝田生物群[J]. 科学通报, 2012, 55(34): 3219.",
    ),
    (
        work("paper-conference", "贾东琴; 柯平", 2011, "面向数字素养的高校图书馆数字服务体系研究",
             container_title="中国图书馆学会年会论文集: 2011年卷", publisher="国家图书馆出版社", publisher_place="北京", page="45-52"),
        "贾东琴, 柯平. 面向数字素养的高校图书馆数字服务体系研究[C]//中国图书馆学会年会论文集: 2011年卷. "
        "北京: 国家图书馆出版社, 2011: 45-52.",
    ),
    (
        work("book", "哈里森; 沃尔德伦", 2012, "经济数学与金融数学", translator=people("谢远涛"), edition="2", volume="1",
             publisher="中国人民大学出版社", publisher_place="北京", page="235-236"),
        "哈里森, 沃尔德伦. 经济数学与金融数学: 第1卷[M]. 谢远涛, 译. 2版. 北京: 中国人民大学出版社, 2012: 235-236.",
    ),
    (
        work("chapter", "程根伟", 1999, "1998年长江洪水的成因与减灾对策", editor=people("许厚泽", "赵其国"),
             container_title="长江流域洪涝灾害与科技对策", publisher="科学出版社", publisher_place="北京", page="32-36"),
        "程根伟. 1998年长江洪水的成因与减灾对策[M]//许厚泽, 赵其国. 长江流域洪涝灾害与科技对策. 北京: 科学出版社, 1999: 32-36.",
    ),
    (
        work("thesis", "马欢", 2011, "人类活动影响下海河流域典型区水循环变化分析", publisher="清华大学", publisher_place="北京",
             page="27", URL="http://example.cn/x", accessed=day(2013, 10, 14)),
        "马欢. 人类活动影响下海河流域典型区水循环变化分析[D/OL]. 北京: 清华大学, 2011: 27[2013-10-14]. http://example.cn/x.",
    ),
    (
        work("report", "中国互联网络信息中心", 2012, "第29次中国互联网络发展现状统计报告"),
        "中国互联网络信息中心. 第29次中国互联网络发展现状统计报告[R]. 2012.",
    ),
    (
        work("webpage", "萧钰", None, "出版业信息化迈入快车道", issued=day(2001, 12, 19), accessed=day(2002, 4, 15),
             URL="http://www.creader.com/news/20011219.htm"),
        "萧钰. 出版业信息化迈入快车道[EB/OL]. (2001-12-19)[2002-04-15]. http://www.creader.com/news/20011219.htm.",
    ),
    (
        work("software", "某某公司", 2020, "表格工具", version="1.2"),
        "某某公司. 表格工具[CP]. 版本 1.2. 2020.",
    ),
    (
        work("standard", "全国信息与文献标准化技术委员会", 2010, "都柏林核心元数据元素集", number="GB/T 25100—2010",
             publisher="中国标准出版社", publisher_place="北京", page="2-3"),
        "全国信息与文献标准化技术委员会. 都柏林核心元数据元素集: GB/T 25100—2010[S]. 北京: 中国标准出版社, 2010: 2-3.",
    ),
)  # fmt: skip


def marked(style: str, *works: dict[str, Any]) -> dict[int, str]:
    """Each work as printed, by its place in ``works``."""
    made = printed_list(works, (STYLES / f"{style}.csl").read_bytes())
    return {e.index: "".join(f"*{text}*" if slanted else text for text, slanted in e.pieces) for e in made.entries}


@pytest.mark.parametrize("style", PRESCRIBED)
def test_each_kind_of_work_is_printed_as_the_guide_prescribes(style: str):
    made = marked(style, *KINDS.values())
    assert {kind: made[i] for i, kind in enumerate(KINDS)} == dict(zip(KINDS, PRESCRIBED[style], strict=True))


def test_chinese_works_are_printed_as_gb_t_7714_prescribes():
    made = marked("gb-t-7714", *(data for data, _ in CHINESE))
    assert [made[i] for i in range(len(CHINESE))] == [text for _, text in CHINESE]


@pytest.mark.parametrize(
    ("style", "whole", "first", "cut"),
    [
        ("apa", 20, "A., Name, B., ", "Name, S., … Name, U. (2020)"),
        ("ieee", 6, "A. Name, B. Name, ", "A. Name *et al.*, “T,”"),
        ("gb-t-7714", 3, "NAME A, NAME B, NAME C.", "NAME A, NAME B, NAME C, et al. T"),
    ],
)
def test_authors_are_cut_only_above_the_limit_of_the_style(style: str, whole: int, first: str, cut: str):
    names = [f"Name, {chr(ord('A') + i)}" for i in range(whole + 1)]
    made = marked(
        style,
        work("article-journal", "; ".join(names[:whole]), 2020, "T", container_title="J"),
        work("article-journal", "; ".join(names), 2020, "T", container_title="J"),
    )
    assert first in made[0] and "et al" not in made[0] and "…" not in made[0]
    assert cut in made[1]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("apa", ["Yahoo! (2020). Why? *J*.", "*Is it?* (n.d.).", "Able, A. (Ed.). (2001). *Edited*.", "Cox, C. (n.d.). U."]),
        ("ieee", ["Yahoo!, “Why?” *J*, 2020.", "“Is it?”", "A. Able, Ed., *Edited*. 2001.", "C. Cox, “U.”"]),
        ("gb-t-7714", ["Yahoo! Why?[J]. J, 2020.", "Is it?[Z].", "ABLE A. Edited[M]. 2001.", "COX C. U[J]."]),
    ],
)  # fmt: skip
def test_what_is_missing_leaves_no_trace_and_no_stop_follows_a_question_mark(style: str, expected: list[str]):
    made = marked(
        style,
        work("article-journal", "Yahoo!", 2020, "Why?", container_title="J"),
        work("document", "", None, "Is it?"),
        work("book", "", 2001, "Edited", editor=people("Able, Ann")),
        work("article-journal", "Cox, Cy", None, "U"),
    )
    assert [made[i] for i in range(4)] == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("apa", ["Able, A. (2020). Deep. In *Advances* (Vol. 33, p. 7).", "Able, A. (2021). *Early*. bioRxiv."]),
        ("ieee", ["A. Able, “Deep,” in *Advances*, vol. 33, 2020, p. 7.", "A. Able, “Early,” bioRxiv, 2021."]),
        ("gb-t-7714", ["ABLE A. Deep[C]//Advances: vol. 33. 2020: 7.", "ABLE A. Early[EB/OL]. bioRxiv, 2021."]),
    ],
)
def test_a_volume_of_proceedings_and_a_preprint_without_a_number(style: str, expected: list[str]):
    made = marked(
        style,
        work("paper-conference", "Able, Ann", 2020, "Deep", container_title="Advances", volume="33", page="7"),
        work("article", "Able, Ann", 2021, "Early", container_title="bioRxiv"),
    )
    assert [made[0], made[1]] == expected


def test_signs_of_a_papers_own_fonts_do_not_disturb_the_list():
    title = "Sign \ue000of\ue001 \U000f0001 things"
    made = marked("gb-t-7714", work("article-journal", "Éole group", 2020, title, container_title="J"))
    assert made[0] == "Éole group. Sign of \U000f0001 things[J]. J, 2020."


def test_ama_prints_raised_numbers_and_a_list_with_stops():
    works = (
        work("article-journal", "; ".join(f"Name, {c}" for c in "ABCDEFG"), 2020, "Title", container_title="J", volume="3",
             issue="2", page="5-9", DOI="10.1/x"),
        work("paper-conference", "Able, Ann", 2021, "Deep", container_title="Advances", page="7"),
        work("article-journal", "邵浩; 刘一烽", 2021, "综述", container_title="软件学报"),
    )  # fmt: skip
    made = marked("ama", *works)
    assert [made[i] for i in range(3)] == [
        "Name A, Name B, Name C, et al. Title. *J*. 2020;3(2):5–9. doi:10.1/x.",
        "Able A. Deep. In: *Advances*. 2021:7.",
        "邵浩, 刘一烽. 综述. 软件学报. 2021.",
    ]
    assert printed_list(works, (STYLES / "ama.csl").read_bytes()).label == "{}."
    assert printed_list(works, (STYLES / "ieee.csl").read_bytes()).label == "[{}]"


@pytest.mark.parametrize("style", [*PRESCRIBED, "ama"])
def test_the_styles_are_valid_csl_and_our_own(style: str):
    tree = etree.parse(STYLES / f"{style}.csl")
    schema = etree.RelaxNG(etree.parse(citeproc.SCHEMA_PATH))
    assert schema.validate(tree), schema.error_log
    info = {e.tag.rpartition("}")[2]: e.text for e in tree.getroot()[0]}
    assert info["title"].startswith("CiteGrid ") and info["rights"] == "AGPL-3.0-or-later"
