"""Projects to export, made in code: like real ones in size and in what can go wrong."""

from __future__ import annotations

from dataclasses import replace

from citegrid.core.document import Box
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import DEFAULT_QUERY, Check, Project, Run, SourceFile
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence, Unit
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict, Wording

ZH_COLUMNS = ("文献名称", "作者与年份", "主要方法/理论/算法", "关键实验结论/现象", "创新点/理论贡献", "影响/备注")
EN_COLUMNS = ("Work", "Authors and year", "Method", "Findings", "Limitations")
WIDE_COLUMNS = (
    "文献",
    "作者",
    "年份",
    "任务",
    "数据集",
    "方法",
    "评价指标",
    "主要结论",
    "局限与未来工作",
)
_WORKS = (
    ("Enabling Large Language Models to Generate Text with Citations", ("Gao, Tianyu", "Yen, Howard"), 2023),
    ("Attributed Question Answering: Evaluation and Modeling for Attributed LLMs", ("Bohnet, Bernd",), 2022),
    ("TRUE: Re-evaluating Factual Consistency Evaluation", ("Honovich, Or",), 2022),
    ("WebGPT: Browser-assisted question-answering with human feedback", ("Nakano, Reiichiro",), 2021),
    ("Learning Dynamics of LLM Finetuning", ("Ren, Yi", "Sutherland, Danica J."), 2025),
    ("The Curious Case of Neural Text Degeneration", ("Holtzman, Ari",), 2020),
    ("预训练语言模型综述", ("邵浩", "刘一烽"), 2021),
    ("Retrieval-Augmented Generation for Knowledge-Intensive NLP Tasks", ("Lewis, Patrick",), 2020),
    ("Siamese Neural Networks", (), None),
    ("Direct Preference Optimization", ("Rafailov, Rafael",), 2023),
)
_ZH = (
    "提出了第一个自动评价带引用生成的基准，从流畅性、正确性和引用质量三个方面衡量模型输出。",
    "在ASQA数据集上，引用召回率达到73.6%，引用精确率为72.5%。",
    "用自然语言推理模型判断引文是否支持论断，与人工判断高度一致。",
    "将检索到的100个段落压缩为摘要后再生成，能够在有限的上下文窗口里使用更多证据，但也会丢失细节信息。",
    "2023年。",
    "揭示了偏好优化中的挤压效应：概率质量集中到少数高置信输出上，从而加剧重复与退化现象。",
)
_EN = (
    "Introduces the first benchmark that scores generated text by fluency, correctness and citation quality.",
    "Citation recall reaches 73.6 on ASQA, and human judges agree with the automatic score.",
    "An entailment model decides whether the cited passage supports the statement.",
    "Summaries of 100 passages fit the context window but lose detail.",
    "2023.",
)
_QUOTE = (
    "We propose ALCE, the first benchmark for Automatic LLMs’ Citation Evaluation.",
    "Our experiments show that even the best models lack complete citation support 50% of the time.",
    "different from Bohnet et al. (2022), we evaluate long-form answers with multiple cited passages",
    "在宽网络极限下，训练对其他样本的影响由神经切线核决定。",
)


def evidence(i: int, page: int, name: str = "2023.emnlp-main.398.pdf", label: str = "") -> Evidence:
    match = (Match.EXACT, Match.NORMALISED, Match.FUZZY, Match.OCR)[i % 4]
    box = Box(page, 70.9, 100.0 + 12 * (i % 40), 290.0, 111.0 + 12 * (i % 40))
    return Evidence(
        SourceKind.DOCUMENT,
        name,
        f"{_QUOTE[i % 4]} ({i})",
        match,
        page,
        label or str(page),
        (box,),
        ratio=0.93 if match is Match.FUZZY else 1.0,
        first_hand=i % 3 == 0,
    )


def chunk(i: int) -> Evidence:
    title = "一文读懂：AI大语言模型(LLM)如何理解人类的问题"
    return Evidence(SourceKind.LIBRARY, title, "分词与嵌入是模型理解文本的第一步。", Match.EXACT, chunk=i)


def project(columns: tuple[str, ...] = ZH_COLUMNS, rows: int = 10, language: str = "zh") -> Project:
    """A filled project: every status, several citations in a cell, printed labels, a background document."""
    texts = _ZH if language == "zh" else _EN
    made = []
    for r in range(rows):
        title, authors, year = _WORKS[r % len(_WORKS)]
        kind = WorkKind.PAPER if r == 0 else WorkKind.REFERENCE
        work = Work(kind, "paper" if r == 0 else f"r{r}", title, authors, year, 10.0 - r, ("cited often",))
        made.append(Row(work, tuple(_cell(c, r, i, work, texts, language) for i, c in enumerate(columns))))
    return Project(
        DEFAULT_QUERY[language],
        language,
        SourceFile("/somewhere/2023.emnlp-main.398.pdf", "2023.emnlp-main.398.pdf", "ab12" * 16),
        SourceFile("/somewhere/table.png", "table.png", "cd34" * 16),
        (),
        None,
        Table(tuple(Column(c) for c in columns), tuple(made)),
        _review(texts, language),
        (
            Check("图片中的每一列都在表格中" if language == "zh" else "every column is there", True, "6 / 6"),
            Check("综述长度与要求相差不超过10%" if language == "zh" else "length within 10 %", False, "820 / 1000"),
        ),
        Run(
            "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
            "ef56" * 16,
            0,
            29260,
            1200,
            10190,
            (("read", 1.24), ("fill", 95.8)),
        ),
    )


def _cell(column: str, r: int, i: int, work: Work, texts: tuple[str, ...], language: str) -> Cell:
    if i == 0:
        return Cell(column, work.title, Status.SUPPORTED, (evidence(r, 11 + r % 3),))
    if i == 1:
        who = "、".join(a.split(",")[0] for a in work.authors) or "未署名"
        return Cell(column, f"{who}，{work.year or 'n.d.'}", Status.SUPPORTED, (evidence(r, 11 + r % 3),))
    n = 7 * r + 3 * i
    pages = (2 + n % 9, 3 + n % 9) if n % 4 == 0 else (2 + n % 9,)
    cited = tuple(evidence(n + k, p, label=str(p + 6464) if n % 5 == 0 else "") for k, p in enumerate(pages))
    text = texts[n % len(texts)]
    reason = "引文中没有：73.6、ASQA" if language == "zh" else "not in the quotes: 73.6, ASQA"
    if n % 11 == 3:
        return Cell(column, text, Status.UNSUPPORTED, cited, reason, (2, 3, 4, 9))
    if n % 11 == 5:
        return Cell(column, "", Status.NOT_STATED, (), "", (2, 3, 4, 9, 12))
    if n % 23 == 6:
        return Cell(
            column, "", Status.FAILED, (), "模型没有给出答案" if language == "zh" else "the model gave no answer"
        )
    verdict = {0: Verdict.EDITED, 1: Verdict.REJECTED, 2: Verdict.ACCEPTED}.get(n % 19, Verdict.OPEN)
    return Cell(column, text, Status.SUPPORTED, (*cited, chunk(3)) if n % 13 == 4 else cited, verdict=verdict)


def _review(texts: tuple[str, ...], language: str) -> Review:
    zh = language == "zh"
    sentences = []
    for p in range(4):
        lead = "在方法方面，文中论及的文献各有侧重。" if zh else "On methods, the works differ."
        sentences.append(Sentence(lead, Status.LINK, (), p))
        for k in range(5):
            n = 5 * p + k
            cited = tuple(evidence(n + j, 2 + (n + j) % 9) for j in range(1 + n % 3))
            bad = n == 7
            reason = ("证据是否这样说该文献，模型不能确认" if zh else "the evidence may not say this") if bad else ""
            who = f"Gao等（{2019 + k}）" if zh else f"Gao et al. ({2019 + k}) report: "
            status = Status.UNSUPPORTED if bad else Status.SUPPORTED
            sentences.append(Sentence(who + texts[n % len(texts)], status, cited, p, reason))
    return Review(tuple(sentences), 1000 if zh else 500, Unit.CHARACTERS if zh else Unit.WORDS)


def long_words() -> Project:
    """Words without a place to break, in header, cells and file names."""
    base = project(EN_COLUMNS, 6, "en")
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    url = "https://example.org/a/very/long/address/that/goes/on?and=on&on=" + "x" * 60
    columns = (*base.table.columns[:4], Column("Internationalisation/Interoperability"))
    rows = []
    for row in base.table.rows:
        cells = list(row.cells)
        cells[2] = replace(cells[2], text=f"{word} {url}", status=Status.SUPPORTED)
        cells[3] = replace(cells[3], evidence=(evidence(1, 2, "A_" + "long_name_" * 19 + "#1.pdf"),))
        cells[4] = replace(cells[4], column=columns[4].name)
        rows.append(replace(row, cells=tuple(cells)))
    return replace(base, table=Table(columns, tuple(rows)))


def odd_characters() -> Project:
    """Control characters, markup and formula signs in every text a person or a PDF can bring in."""
    base = project(ZH_COLUMNS, 3)
    nasty = "=1+1 <b>&amp;\x0b\x00\ud800 |a| [x](y) *z* `q` \n- 第二行"
    rows = []
    for row in base.table.rows:
        cells = tuple(
            replace(c, text=nasty, evidence=tuple(replace(e, quote=nasty) for e in c.evidence)) for c in row.cells
        )
        rows.append(replace(row, work=replace(row.work, title=nasty), cells=cells))
    return replace(base, query=nasty, table=replace(base.table, rows=tuple(rows)))


def place_of(project: Project) -> tuple[int, int]:
    """A supported cell with citations, but not in the first columns."""
    return next(
        (i, j)
        for i, row in enumerate(project.table.rows)
        for j, cell in enumerate(row.cells)
        if j > 1 and len(cell.text) > 10 and cell.status is Status.SUPPORTED and cell.evidence
    )


def marked(project: Project, verdict: Verdict = Verdict.OPEN) -> Project:
    """``project`` with a cell and the first cited sentence as translations in doubt."""
    i, j = place_of(project)
    rows = list(project.table.rows)
    cells = list(rows[i].cells)
    cells[j] = replace(cells[j], wording=Wording.TO_BE_CHECKED, doubts=((2, 5), (7, 9)), verdict=verdict)
    rows[i] = replace(rows[i], cells=tuple(cells))
    assert project.review is not None
    said = list(project.review.sentences)
    n = next(k for k, s in enumerate(said) if s.evidence and s.status is Status.SUPPORTED)
    said[n] = replace(said[n], wording=Wording.TO_BE_CHECKED, doubts=((0, 4),))
    table = replace(project.table, rows=tuple(rows))
    return replace(project, table=table, review=replace(project.review, sentences=tuple(said)))


def samples() -> dict[str, Project]:
    """All of them by name."""
    zh = project()
    return {
        "zh": zh,
        "en": project(EN_COLUMNS, 8, "en"),
        "narrow": project(("Work", "Method", "Findings"), 5, "en"),
        "wide": project(WIDE_COLUMNS, 25),
        "long-words": long_words(),
        "odd-characters": odd_characters(),
        "no-review": replace(zh, review=None, checks=()),
        "no-rows": replace(zh, table=replace(zh.table, rows=()), review=None),
        "no-columns": Project(),
        "to-check": marked(project(ZH_COLUMNS[:4], 3)),
    }
