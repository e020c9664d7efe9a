"""What a column asks for is known from its name: real headers of literature tables, in both languages."""

import pytest
from tests.doubles.engines import FakeModel

from citegrid.core.language import lexicon
from citegrid.core.statement import Kind, Speaker, Statement
from citegrid.core.table import AnswerType, Column
from citegrid.pipeline.cells.columns import column_intents, patterns
from citegrid.pipeline.cells.columns.bibliographic import fields_of
from citegrid.pipeline.cells.columns.column_intents import informed, intent_of, search_words

#: The headers that people write over literature tables, by what they ask for.
HEADERS = {
    "aim": "研究问题|研究目的|研究目标|研究主题|研究焦点|Research question|Research questions (RQs)|Aim|Aims of the study"
    "|Objective(s)|Purpose|Study aim|Problem addressed|Topic|Focus|Research problem|Goal|Scope|Researchaim|RQ|主题",
    "method": "方法|主要方法/理论|主要方法/理论/算法|研究方法|技术路线|算法|模型|核心技术|框架|Method|Methods|Methodology|Approach|Technique"
    "|Algorithm|Model|Proposed method|Research method|Method used|Architecture|解决方案|研究思路|How|Model architecture|Key techniques|检索方法",
    "data": "研究对象|数据集|数据来源|数据|样本|被试|语料|语料库|研究样本|Dataset|Datasets used|Data source|Data|Sample|Participants|Population"
    "|Subjects|Corpus|Population (P)|Patients|Inclusion criteria|Search strategy|Study population|案例|参与者|Species|Unit of analysis",
    "sample_size": "样本量|样本容量|样本数|Sample size|N|Sample size (n)|Number of participants|No. of patients|被试人数|Dataset size|例数",
    "findings": "结果|主要结果|主要发现|研究发现|实验结果|性能|效果|Key findings|Findings|Results|Main results|Outcome|Outcomes"
    "|Performance|Effects|Outcome (O)|Main outcomes|Accuracy|研究成果|Key results",
    "conclusion": "结论|关键实验结论|研究结论|主要结论|Conclusion|Conclusions|Main conclusion|Take-away|Authors' conclusions|Key takeaway",
    "limits": "局限|局限性|局限与备注|不足|存在不足|缺点|研究局限|存在的问题|Limitations|Weaknesses|Drawbacks|Limitation|Challenges|劣势"
    "|Threats to validity|Criticism|Cons|Shortcomings|Failure modes|局限/不足",
    "gap": "研究空白|研究缺口|Research gap|Gap|Knowledge gap|Gaps identified|Researchgap",
    "future": "未来工作|未来研究方向|研究展望|展望|Future work|Future research|Future directions|Further research|改进方向",
    "strengths": "优势|优点|主要优势|Strengths|Advantages|Pros|Benefits|Merits",
    "novelty": "创新点|主要贡献|贡献|创新之处|创新点/理论贡献|理论贡献|Contribution|Contributions|Novelty|Main contribution|Innovation|Key contributions|亮点",
    "implications": "研究意义|理论意义|实践意义|管理启示|政策建议|Implications|Significance|Practical implications|Policy implications|Recommendations|应用价值",
    "theory": "理论基础|理论框架|理论视角|概念框架|理论|Theory|Theoretical framework|Conceptual framework|Theoretical lens|Theories used|Framework|理论依据|Perspective",
    "hypothesis": "研究假设|假设|Hypothesis|Hypotheses|假说",
    "variables": "变量|自变量|因变量|中介变量|控制变量|影响因素|变量设置|Variables|Independent variables|Dependent variable|Predictors|IV|Factors|Constructs",
    "instrument": "测量工具|量表|问卷|测量方法|数据收集方法|研究工具|Instrument|Instruments|Measurement tool|Questionnaire|Data collection|Data collection method",
    "metric": "评价指标|指标|评估方法|评测指标|评价方法|评估指标|Metric|Metrics|Evaluation metrics|Evaluation|Measures|Outcome measures|Evaluation method|Indicators|Evaluation criteria",
    "comparator": "对比基线|基线|基线模型|对照组|对比方法|对比模型|Baseline|Baselines|Comparator|Comparison|Control|Compared with|Comparator (C)|Comparison group|SOTA",
    "analysis": "数据分析方法|统计方法|分析方法|Data analysis|Analysis|Statistical methods|Analysis method|Statistical analysis|计量模型",
    "tools": "软件|工具|平台|实验平台|编程语言|Software|Tools|Tools used|Platform|Hardware|运行环境",
    "setup": "实验设置|训练细节|参数设置|超参数|参数量|模型规模|Experimental setup|Training details|Hyperparameters|Parameters|Model size|Settings used in experiments setup",
    "cost": "成本|计算成本|复杂度|效率|Cost|Computational cost|Complexity|Efficiency|Runtime|时间复杂度",
    "intervention": "干预|Exposure|干预措施|干预方式|治疗方案|Intervention|Intervention (I)|Treatment|Exposure group treatment|处理",
    "design": "研究设计|研究类型|实验设计|Study design|Research design|Type of study|Study type|Design|Research type|Paper type|设计类型",
    "quality": "证据等级|证据质量|研究质量|偏倚风险|质量评价|Quality|Level of evidence|Strength of evidence|Risk of bias|Study quality|Evidence level|信效度|Quality assessment",
    "effect_size": "效应量|显著性|Effect size|Effect sizes|p-value|95% confidence interval|OR",
    "randomised": "是否随机|是否盲法|Randomised?|Randomization|Blinding|双盲",
    "country": "国家|国家/地区|研究地区|国别|研究地点|Country|Countries|Region|Location|Study area|Study location|Country of study|City",
    "period": "研究时间|研究期间|随访时间|时间跨度|样本期间|Study period|Follow-up|Duration|Time frame|Data period|Time period|Years of data",
    "availability": "是否开源|代码链接|开源情况|代码|数据可用性|是否公开数据|可复现性|Open source|Open source?|Code|Code availability|Data availability|Code link"
    "|Code and data|Availability|GitHub|Reproducibility|Open access|Publicly available?|Open data",
    "licence": "许可证|开源协议|License|Licence|许可协议|Data license",
    "funding": "资助|基金项目|Funding|Funding source|Sponsor",
    "ethics": "伦理审批|利益冲突|Ethics|Conflicts of interest|Ethical approval",
    "registration": "注册号|Registration|PROSPERO|Trial registration|Protocol registration",
    "peer_reviewed": "是否同行评审|同行评议|Peer reviewed|Peer-reviewed?",
    "bibliometrics": "引用次数|被引频次|影响因子|期刊级别|期刊分区|Citation count|Citations|Impact factor|Times cited|Journal rank|中科院分区|Cited by",
    "relation": "与本文关系|与本研究的关系|对本研究的启示|借鉴之处|可借鉴之处|相关性|Relevance|Relation to this work|Relevance to my research|Relevance to study"
    "|How used|Link to our work|启示|异同",
    "background": "研究背景|背景|研究动机|选题背景|Background|Context|Motivation|Rationale|研究现状",
    "application": "应用场景|应用领域|适用范围|应用|Application|Applications|Domain|Use case|Field|Application area|领域",
    "task": "任务|任务类型|下游任务|Task|Tasks|Downstream task|NLP task",
    "definition": "定义|概念界定|Definition|Definitions|Key definitions",
    "view": "主要观点|核心观点|观点|论点|Main argument|Key arguments|Claims|Argument|Main idea|Key points|作者观点|Core idea",
    "summary": "摘要|研究内容与目的|内容摘要|主要内容|研究内容|内容概述|Summary|Abstract|Overview|Description|Content",
    "language": "语种|语言|Language|Languages",
    "remarks": "备注|评价与思考|说明|Notes|Remarks|Comments|Other|评述",
    "": "天气|Singapore|Allocation|Database|Colour|Mood|颜色|温度",
}  # fmt: skip


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in HEADERS.items() for name in names.split("|")])
def test_a_header_is_known_for_what_it_asks(key: str, name: str) -> None:
    assert intent_of(Column(name)).key == key
    assert fields_of(name) == ()


def statement(kind: Kind) -> Statement:
    return Statement(
        tuple(float(s is Speaker.TARGET) for s in Speaker),
        tuple(float(k is kind) for k in Kind),
        central=1.0,
        alone=1.0,
    )


@pytest.mark.parametrize(
    ("name", "best", "no_answer"),
    [
        ("方法", Kind.METHOD, Kind.LIMIT),
        ("Key findings", Kind.RESULT, Kind.AIM),
        ("局限", Kind.LIMIT, Kind.RESULT),
        ("数据集", Kind.DATA, Kind.RESULT),
        ("Open source?", Kind.AVAILABILITY, Kind.METHOD),
        ("创新点", Kind.CONTRIBUTION, Kind.LIMIT),
        ("天气", Kind.RESULT, Kind.NOTHING),
    ],
)
def test_a_statement_fits_by_its_kind(name: str, best: Kind, no_answer: Kind) -> None:
    intent = intent_of(Column(name))
    assert intent.fit(statement(best)) == 1.0
    assert intent.fit(statement(no_answer)) == 0.0


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("数据集与指标", {Kind.DATA, Kind.METHOD}),
        ("局限与备注", {Kind.LIMIT, Kind.COMPARISON}),
        ("优缺点", {Kind.LIMIT, Kind.COMPARISON}),
        ("Pros/cons", {Kind.LIMIT, Kind.COMPARISON}),
        ("Strengths and weaknesses", {Kind.LIMIT, Kind.COMPARISON}),
        ("方法、结果", {Kind.METHOD, Kind.RESULT}),
    ],
)
def test_a_name_of_several_parts_asks_for_all_of_them(name: str, kinds: set[Kind]) -> None:
    assert kinds <= set(intent_of(Column(name)).kinds)


def test_parts_that_nobody_knows_do_not_hide_those_that_are_known() -> None:
    assert intent_of(Column("天气与方法")).kinds == intent_of(Column("方法")).kinds


@pytest.mark.parametrize(
    ("name", "says", "does_not"),
    [
        ("是否开源", "The code is available at github.com/a/b.", "We find when a response matches a user's views."),
        ("Open source?", "代码已公开。", "The question is open."),
        ("Country", "The survey ran in Kenya.", "They asked us about countrysides."),
        ("Country", "It was done at US hospitals.", "It was done by us."),
        ("样本量", "共有120名学生参加。", "许多学生参加了实验。"),
        ("Sample size", "We recruited 48 participants.", "We recruited participants."),
        ("Funding", "This work was supported by a grant.", "It supports the claim."),
        ("评价指标", "We report F1 and accuracy.", "We read the text."),
        ("是否随机", "Patients were randomly assigned to two arms.", "A random thought."),
        ("Level of evidence", "The risk of bias was high.", "The evidence shows it."),
        ("天气", "当日天气晴朗。", "当日温度很高。"),
        ("Colour of eyes", "The colours of their eyes were noted.", "Nothing of that sort."),
    ],
)
def test_some_columns_are_answered_by_explicit_words_only(name: str, says: str, does_not: str) -> None:
    intent = intent_of(Column(name))
    assert intent.explicit
    assert intent.is_spoken_of_in(says)
    assert not intent.is_spoken_of_in(does_not)


def test_other_columns_are_answered_in_any_words() -> None:
    assert intent_of(Column("方法")).is_spoken_of_in("No cue stands here.")


def test_a_yes_or_no_is_answered_by_explicit_words_only() -> None:
    assert not intent_of(Column("方法")).explicit
    assert intent_of(Column("方法", answer_type=AnswerType.YES_NO)).explicit
    assert intent_of(Column("是否采用新方法")).explicit
    assert intent_of(Column("Is it a new method?")).explicit


def test_words_of_the_model_widen_an_unknown_name_and_no_other() -> None:
    weather, method = intent_of(Column("天气")), intent_of(Column("方法"))
    assert not weather.is_spoken_of_in("It rained all day.")
    assert informed(weather, "weather, rain, sun").is_spoken_of_in("It rained all day.")
    assert informed(weather, "rain").is_spoken_of_in("当日天气晴朗。")
    assert informed(method, "rain") is method


def test_a_name_without_words_is_answered_by_nothing() -> None:
    assert not intent_of(Column("?")).is_spoken_of_in("Any sentence.")


def test_only_unknown_columns_ask_the_model_for_words() -> None:
    model = FakeModel(lambda ask: "rain, sun")
    words = search_words([Column("方法"), Column("天气", "晴或雨")], model)
    assert len(model.asked) == 1
    assert "method" in words["方法"]
    assert words["天气"] == "天气 晴或雨  rain, sun"


@pytest.mark.parametrize("key", tuple(column_intents.intents()))
def test_every_kind_has_names_and_words(key: str) -> None:
    assert patterns.column_names(key).pattern
    assert lexicon.words("columns", f"{key}_search")
    intent = column_intents.intents()[key]
    assert intent.cues != patterns.NOTHING or not intent.explicit
    assert all(0 < weight <= 1 for weight in intent.kinds.values())
    assert not patterns.column_names(key).search("")


def test_a_method_is_named_outright_by_what_it_was_applied_to_do() -> None:
    said = intent_of(Column("Method")).said
    assert said.search("Xie et al. applied CART and NN to model travel mode choices.")
    assert not said.search("The rule applied to all models.")
