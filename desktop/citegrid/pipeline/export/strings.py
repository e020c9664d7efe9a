"""The words that a report adds to what the project says, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.citation import pages_text
from citegrid.core.evidence import Evidence, Match
from citegrid.core.messages import say
from citegrid.core.table import Cell, Status, Verdict
from citegrid.pipeline.export.plain_text import clean


@dataclass(frozen=True, slots=True)
class Labels:
    """One language's words; ``{…}`` are filled in by ``str.format``."""

    language: str
    title: str
    query: str
    table: str
    table_word: str
    caption: str
    review: str
    references: str
    no_review: str
    no_columns: str
    no_rows: str
    evidence: str
    evidence_how: str
    checks: str
    run: str
    local: str
    page_of: tuple[str, str, str]
    used_in: str
    cell_of: str
    sentence_of: str
    between: str
    colon: str
    unsupported: str
    unsupported_why: str
    failed: str
    waiting: str
    not_stated: str
    searched: str
    edited: str
    rejected: str
    first_hand: str
    second_hand: str
    see_page: str
    legend: tuple[tuple[str, str], ...]
    match: tuple[tuple[Match, str], ...]
    facts: tuple[tuple[str, str], ...]
    verdict_counts: str
    seconds: str
    step_names: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[Status, str], ...]
    status_word: str
    quote_word: str
    source_word: str
    page_word: str
    label_word: str
    match_word: str
    hand_word: str

    def status(self, status: Status) -> str:
        """A status in words."""
        return dict(self.statuses)[status]

    def use(self, row: int | None, column: int, columns: Sequence[str]) -> str:
        """Where evidence is used, in words; ``row`` None means the sentence ``column`` (both from 0)."""
        if row is None:
            return self.sentence_of.format(number=column + 1)
        name = clean(columns[column])
        return self.cell_of.format(row=row + 1, column=name if len(name) <= 24 else f"{name[:23]}…")

    def fact(self, name: str) -> str:
        """The name of a line of the run."""
        return dict(self.facts)[name]

    def step(self, name: str) -> str:
        """The name of a timed step; its own where we have none."""
        return dict(self.step_names).get(name, name)

    def matched(self, evidence: Evidence) -> str:
        """How the quote was found, in words."""
        return dict(self.match)[evidence.match].format(percent=round(100 * evidence.ratio))


ZH = Labels(
    language="zh",
    title="文献梳理与综述",
    query="任务",
    table="文献梳理表",
    table_word="表",
    caption="文献梳理表（{rows}篇文献，{columns}个属性）",
    review="综述",
    references="参考文献",
    no_review="尚未撰写综述。",
    no_columns="表格尚无列。",
    no_rows="表格尚无文献。",
    evidence="证据清单",
    evidence_how="每条证据是来源中的原话，由程序在所标页上找到；编号与表格、综述中的上标一致，行末的链接回到引用之处。",
    checks="自检",
    run="方法与运行信息",
    local="阅读、推断与核对全部在本机完成，未使用网络。",
    page_of=("第", "页，共", "页"),
    used_in="用于",
    cell_of="第{row}行“{column}”",
    sentence_of="综述第{number}句",
    between="、",
    colon="：",
    unsupported="无依据",
    unsupported_why="无依据：{reason}",
    failed="未能作答",
    waiting="尚未填写",
    not_stated="未提及",
    searched="未提及（已查{pages}）",
    edited="人工编辑",
    rejected="已被人工否决",
    first_hand="文献自述",
    second_hand="他文转述",
    see_page="打开原文该页",
    legend=(
        ("cited", "[文档…] 及上标编号：点击查看证据清单中的原话"),
        ("unsupported", "! 灰字：没有找到依据"),
        ("not_stated", "–：所查页中未提及"),
        ("failed", "!! 未能作答"),
        ("edited", "✎：人工编辑"),
        ("rejected", "删除线：已被人工否决"),
    ),
    match=(
        (Match.EXACT, "逐字一致"),
        (Match.NORMALISED, "规范化后一致"),
        (Match.FUZZY, "近似（{percent}%）"),
        (Match.OCR, "扫描识别文字"),
        (Match.NOT_FOUND, "未在原文找到"),
    ),
    facts=(
        ("paper", "论文"),
        ("picture", "表格图片"),
        ("library", "背景文献"),
        ("model", "语言模型"),
        ("seed", "随机种子"),
        ("tokens", "词元"),
        ("seconds", "用时"),
        ("cells", "单元格"),
        ("sentences", "综述语句"),
        ("people", "人工处理"),
        ("app", "软件"),
        ("network", "网络"),
        ("sha256", "SHA-256"),
    ),
    verdict_counts="接受{accepted}，编辑{edited}，否决{rejected}",
    seconds="{seconds}秒",
    step_names=(
        ("read", "阅读"),
        ("ocr", "文字识别"),
        ("fill", "填表"),
        ("review", "综述"),
        ("export", "导出"),
        ("model", "载入模型"),
    ),
    statuses=(
        (Status.SUPPORTED, "有依据"),
        (Status.UNSUPPORTED, "无依据"),
        (Status.NOT_STATED, "未提及"),
        (Status.FAILED, "未能作答"),
        (Status.WAITING, "未填写"),
        (Status.LINK, "连接句"),
    ),
    status_word="状态",
    quote_word="原话",
    source_word="来源",
    page_word="页",
    label_word="印刷页码",
    match_word="核对",
    hand_word="出处",
)

EN = Labels(
    language="en",
    title="Literature table and review",
    query="Task",
    table="Literature table",
    table_word="Table",
    caption="Literature table ({rows} works, {columns} attributes)",
    review="Review",
    references="References",
    no_review="No review has been written yet.",
    no_columns="The table has no columns yet.",
    no_rows="The table has no works yet.",
    evidence="Evidence",
    evidence_how="Each entry quotes the words of the source as the program found them on the page named; its number is "
    "the raised number in the table and the review, and the links lead back to where it is used.",
    checks="Self-check",
    run="Methods and run",
    local="Reading, inference and checking were all done on this computer; no network was used.",
    page_of=("Page ", " of ", ""),
    used_in="used in",
    cell_of="row {row} “{column}”",
    sentence_of="review sentence {number}",
    between=", ",
    colon=": ",
    unsupported="no evidence",
    unsupported_why="no evidence: {reason}",
    failed="could not be answered",
    waiting="not filled yet",
    not_stated="not stated",
    searched="not stated ({pages} searched)",
    edited="edited by a person",
    rejected="rejected by a person",
    first_hand="the work itself",
    second_hand="said by another work",
    see_page="open the page",
    legend=(
        ("cited", "[doc …] and raised number: click for the quoted words in the evidence list"),
        ("unsupported", "! grey: no evidence was found"),
        ("not_stated", "–: not stated on the pages searched"),
        ("failed", "!! could not be answered"),
        ("edited", "✎: edited by a person"),
        ("rejected", "struck out: rejected by a person"),
    ),
    match=(
        (Match.EXACT, "word for word"),
        (Match.NORMALISED, "same after normalising"),
        (Match.FUZZY, "close ({percent} %)"),
        (Match.OCR, "read by OCR"),
        (Match.NOT_FOUND, "not found in the source"),
    ),
    facts=(
        ("paper", "Paper"),
        ("picture", "Picture"),
        ("library", "Background"),
        ("model", "Language model"),
        ("seed", "Seed"),
        ("tokens", "Tokens"),
        ("seconds", "Time"),
        ("cells", "Cells"),
        ("sentences", "Review sentences"),
        ("people", "By people"),
        ("app", "Software"),
        ("network", "Network"),
        ("sha256", "SHA-256"),
    ),
    verdict_counts="{accepted} accepted, {edited} edited, {rejected} rejected",
    seconds="{seconds} s",
    step_names=(
        ("read", "reading"),
        ("ocr", "OCR"),
        ("fill", "filling"),
        ("review", "review"),
        ("export", "export"),
        ("model", "loading the model"),
    ),
    statuses=(
        (Status.SUPPORTED, "supported"),
        (Status.UNSUPPORTED, "unsupported"),
        (Status.NOT_STATED, "not stated"),
        (Status.FAILED, "failed"),
        (Status.WAITING, "waiting"),
        (Status.LINK, "connecting"),
    ),
    status_word="Status",
    quote_word="Quote",
    source_word="Source",
    page_word="Page",
    label_word="Printed",
    match_word="Match",
    hand_word="Said by",
)


def labels_for(language: str) -> Labels:
    """The words of ``language``; English for any but Chinese."""
    return ZH if language == "zh" else EN


def plain_cell(cell: Cell, labels: Labels) -> str:
    """What a cell says without formatting: its text, or why there is none; the sign tells what is not supported."""
    text = clean(cell.text)
    if cell.verdict is Verdict.REJECTED:
        return f"{text} ({labels.rejected})".strip()
    if cell.status is Status.NOT_STATED and not text:
        return f"– {not_stated(cell, labels)}"
    if cell.status is Status.FAILED:
        return f"!! {why(labels.failed, cell.reason, labels)}"
    if cell.status is Status.WAITING and not text:
        return labels.waiting
    if cell.status is Status.SUPPORTED:
        return text + (parenthesis(clean(cell.note), labels) if cell.note else "")
    return f"! {text}{parenthesis(unsupported(cell.reason, labels), labels)}" if text else f"– {labels.not_stated}"


def not_stated(cell: Cell, labels: Labels) -> str:
    """``未提及（已查第2-4页）``; in the cell's own words where they name the papers that were searched."""
    pages = pages_text(cell.searched, labels.language)
    reason = say(cell.reason, labels.language)
    said = clean(reason) if reason.startswith(labels.not_stated) else labels.not_stated
    return labels.searched.format(pages=pages) if pages else said


def unsupported(reason: str, labels: Labels) -> str:
    """Why a text is not supported."""
    reason = clean(say(reason, labels.language)).rstrip("。.")
    return labels.unsupported_why.format(reason=reason) if reason else labels.unsupported


def why(what: str, reason: str, labels: Labels) -> str:
    """``what: reason``."""
    reason = clean(say(reason, labels.language))
    return f"{what}{labels.colon}{reason}" if reason else what


def parenthesis(text: str, labels: Labels) -> str:
    """The text in the parentheses of its language."""
    return f"（{text}）" if labels.language == "zh" else f" ({text})"
