"""A mixed library written for the tests: twelve short documents, six English and six Chinese, with hand-made gold.

Each section has a question in its own language and one in the other; themes
overlap across the languages, so a search must not be satisfied by the right
theme.  The figures in the texts are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

import pymupdf
from docx import Document


@dataclass(frozen=True)
class Section:
    """A section and its gold: the questions that it, and no other, answers."""

    heading: str
    text: str
    own: str
    other: str


@dataclass(frozen=True)
class Sample:
    """A document: where it lies, how it is encoded, what it says."""

    name: str
    title: str
    byline: str
    sections: tuple[Section, ...]
    encoding: str = "utf-8"

    @property
    def chinese(self) -> bool:
        return any("\u4e00" <= c <= "\u9fff" for c in self.title)


SAMPLES = (
    Sample("heat.md", "Street trees and summer heat in dense districts", "Ines Calder, Tomas Brandt", (
        Section("Cooling by shade", "Between June and September we logged air temperature under 214 street trees in four dense districts. At two in the afternoon the air below a closed canopy was 2.3 °C cooler than over bare asphalt ten metres away. Shade explained most of the difference; evaporation from the leaves added little on windless days.",
            "How much cooler is the air below a closed canopy than over asphalt?", "树冠下的空气比裸露沥青路面凉多少？"),
        Section("Watering and survival", "Young trees died mostly in their second summer. Where residents watered them twice a week, mortality fell from 31 percent to 9 percent. Tanks of eighty litres around the trunk were cheaper than tanker lorries, but they had to be refilled by volunteers, and a third of them were stolen or damaged within a year.",
            "What did watering by residents do to the mortality of young trees?", "居民浇水使幼树死亡率下降了多少？"),
        Section("Limits of the survey", "Our sensors stood at a height of 1.5 metres and say nothing of roofs or upper floors. We measured in one city with a mild coastal climate, and the two summers were wetter than usual. Cooling in dry inland cities, where stomata close at noon, is probably smaller than what is reported here.",
            "Why might the cooling be smaller in dry inland cities?", "为什么干旱内陆城市的降温效果可能更小？"),
    )),
    Sample("sleep.txt", "Naps, sleep spindles and the memory of new words", "By Hannah Oyelaran and Piet Smits", (
        Section("1 Design", "Sixty-four adults learned forty word pairs of an invented language before noon. Half of them then slept for ninety minutes in the laboratory while an electroencephalogram recorded their sleep stages; the others watched a silent film of a train journey. Recall was tested at six in the evening and again one week later.",
            "What did the participants who did not nap do meanwhile?", "没有午睡的被试在此期间做什么？"),
        Section("2 Results", "The nap group remembered 28 pairs in the evening and the film group 22. A week later the difference had shrunk to two pairs. Within the nap group recall rose with the density of sleep spindles over the left temporal cortex, but not with the duration of deep sleep or with dreams that were reported.",
            "Which feature of sleep predicted recall within the nap group?", "午睡组的回忆成绩与睡眠的哪个特征有关？"),
        Section("3 Interpretation", "Spindles may protect fresh memory traces from interference until the hippocampus has passed them on. We cannot exclude the simpler explanation that those who napped were less tired in the evening. A control group that rests with closed eyes without falling asleep would separate the two explanations, and we recommend it for future work.",
            "Which control group would separate the two explanations?", "什么样的对照组可以区分两种解释？"),
    )),
    Sample("reading.html", "How far back do reviewers follow a citation?", "Orla Finnegan", (
        Section("What we asked", "We sat beside twenty-seven peer reviewers while they judged a manuscript and noted every citation they looked up. On average a reviewer opened four of fifty cited works, and read more than the abstract of only one. Time pressure was the reason given most often, followed by paywalls that the university's subscription did not cover.",
            "How many cited works did a reviewer open on average?", "审稿人平均打开多少篇被引文献？"),
        Section("Errors they missed", "Eleven wrong citations had been planted in each manuscript: quotations altered, page numbers moved, findings turned into their opposite. Reviewers noticed 14 percent of them. Inverted findings were found most rarely, because they agreed with what the reviewer believed already, while moved page numbers were noticed as soon as the source was opened.",
            "What kind of planted error was noticed most rarely?", "哪一类人为植入的引用错误最难被发现？"),
        Section("A proposal for editors", "Editors could ask authors to deposit, beside each citation, the sentence of the source that carries it. A clerk or a program can then compare the two before a reviewer is troubled. Two journals have tried this for a year; submissions fell slightly at first, and corrections after publication fell by half.",
            "What happened to corrections at the journals that tried the deposit of sentences?", "试行提交原句的两家期刊，出版后的更正减少了多少？"),
    )),
    Sample("battery.docx", "Ageing of second-life lithium batteries in farm storage", "Marta Lindqvist", (
        Section("Cells and farms", "Ninety modules that had served eight years in delivery vans were installed on six dairy farms to store solar electricity. Their remaining capacity lay between 68 and 81 percent. Each farm cycled its modules once a day between twenty and eighty percent of charge, in barns without air conditioning, for thirty months in all.",
            "What remaining capacity did the used modules have at the start?", "退役模组安装时的剩余容量是多少？"),
        Section("Capacity fade", "Capacity fell by 1.9 percent a year, much slower than in the vans. High barn temperature in August was the strongest predictor of fade, stronger than the number of cycles. Three modules failed suddenly with swollen pouches; all three had been stored fully charged for weeks while a broken inverter was waiting for repair.",
            "What was the strongest predictor of capacity fade?", "容量衰减最强的预测因素是什么？"),
        Section("Costs", "Used modules cost 55 euros a kilowatt hour against 140 for new ones, but testing and repacking added thirty. The investment paid for itself after seven years at the electricity prices of 2023. Insurance was the obstacle that farmers named first: two insurers refused barns with used batteries altogether.",
            "Which obstacle did farmers name first?", "农场主首先提到的障碍是什么？"),
    )),
    Sample("soil.pdf", "Earthworms, ploughing and the carbon of clay soils", "Desmond Achebe", (
        Section("Field trial", "Twelve plots of heavy clay were farmed for nine years, half of them ploughed to twenty-five centimetres every autumn and half sown directly into the stubble. Wheat, beans and barley rotated on all plots. Earthworms were counted each April by pouring mustard water on a quarter of a square metre and waiting ten minutes.",
            "How were the earthworms counted?", "蚯蚓的数量是怎样统计的？"),
        Section("Carbon", "Without the plough the upper ten centimetres gained 4.1 tonnes of organic carbon per hectare, yet the layer below thirty centimetres lost almost as much. The whole profile gained 0.6 tonnes, which is within the error of measurement. Claims that direct sowing stores carbon often rest on samples of the topsoil alone.",
            "Why are claims that direct sowing stores carbon doubtful?", "为什么免耕播种能固碳的说法值得怀疑？"),
        Section("Yields", "Wheat yields under direct sowing were 12 percent lower in the first three years and equal from the fifth year on. Weeds were the main trouble: blackgrass spread from the field margins and needed a second spraying. Beans suffered from slugs in two wet springs, and one crop of them had to be sown again.",
            "From which year on were wheat yields equal?", "小麦产量从第几年起持平？"),
    )),
    Sample("tutor.txt", "A talking tutor for fractions: one term in nine classrooms", "By Lucia Moreno", (
        Section("1 The tutor", "The program speaks with pupils of ten years about fractions and never gives the answer first. It asks them to draw, to explain aloud, and to judge the mistakes of an invented classmate called Pip. A small language model on the school's own server writes its sentences; numbers in them are checked by ordinary code before they are spoken.",
            "Who checks the numbers in the tutor's sentences?", "教学程序说出的数字由什么来检查？"),
        Section("2 Outcome", "After one term the nine classes with the tutor scored 0.21 standard deviations higher than nine classes that practised on paper. The gain was largest for pupils in the middle of the class. Weak readers gained nothing, since they skipped long spoken explanations, and teachers asked for a version with fewer words and more pictures.",
            "Which pupils gained nothing from the tutor?", "哪些学生没有从教学程序中受益？"),
        Section("3 Teachers' view", "Teachers liked the weekly report on misconceptions more than the dialogue itself. They used it to form groups for the next lesson. Four of nine worried that children would speak less with one another, and one stopped the trial for two weeks because the noise of twenty speaking pupils disturbed the class next door.",
            "Which part of the program did teachers like most?", "教师最喜欢程序的哪一部分？"),
    ), "utf-16"),
    Sample("绿地.txt", "城市公园夜间降温的观测", "作者：沈若溪、顾一鸣", (
        Section("一、观测方法", "研究团队在三座公园及其周边街区布设了五十八个温湿度传感器，每十分钟记录一次，连续观测十四个月。为避免日照干扰，所有仪器都装在通风的白色防护罩内。公园面积从两公顷到四十公顷不等，周围建筑的平均高度为二十四米。",
            "传感器多长时间记录一次？", "How often did the sensors in the parks record?"),
        Section("二、主要发现", "夜间公园比周边街区平均低1.8摄氏度，最大温差出现在日落后三小时。面积超过十公顷的公园，其降温可延伸到边界以外约一百八十米；小于五公顷的公园几乎没有外溢效应。草坪在夜间的降温作用强于乔木，因为乔木的树冠阻碍了地面长波辐射的散失。",
            "夜间草坪和乔木哪个降温作用更强？", "Do lawns or trees cool more at night?"),
        Section("三、规划建议", "建议把大型公园与通风廊道相连，使冷空气能够流入密集的居住区。围墙和连续的商业裙房会阻断冷空气，应当每隔六十米留出开口。对于老旧社区，分散的小型绿地虽然不能降温，但能改善居民的心理感受，仍有建设的价值。",
            "围墙和裙房应当每隔多少米留出开口？", "At what interval should walls leave openings for cold air?"),
    ), "gb18030"),
    Sample("睡眠.md", "手机蓝光与中学生睡眠质量的随访研究", "韩知微", (
        Section("研究对象", "我们随访了两所中学的四百一十二名学生，历时一个学期。学生每晚用纸质日记记录放下手机的时间，并佩戴腕式活动记录仪七天。一半学生领到琥珀色眼镜，要求睡前两小时佩戴；另一半学生领到外观相同的无色眼镜。",
            "一半学生睡前佩戴什么颜色的眼镜？", "What colour of glasses did half of the students wear before bed?"),
        Section("结果", "佩戴琥珀色眼镜的学生入睡时间提前了十一分钟，总睡眠时长没有变化。与眼镜相比，放下手机的时间影响更大：每晚一小时，入睡推迟二十六分钟。这说明内容的吸引力，而非光线本身，才是睡眠推迟的主要原因。",
            "睡眠推迟的主要原因是什么？", "What was the main cause of delayed sleep, light or content?"),
        Section("不足", "活动记录仪会把安静躺着误判为睡着，因此可能高估睡眠时长。两所学校都是寄宿制，熄灯时间统一，结果不一定适用于走读生。日记由学生自己填写，部分学生承认在周末一次补写了好几天的内容。",
            "活动记录仪可能造成什么偏差？", "What bias may the wrist activity recorder cause?"),
    )),
    Sample("引文.html", "中文论文参考文献差错的抽样调查", "罗怀远", (
        Section("抽样", "从六种核心期刊中随机抽取三百篇论文，逐条核对其参考文献与原始出处，共核对五千二百一十七条。核对由两名编辑独立完成，意见不一致时由第三人裁定，两人的一致率为百分之九十四。外文文献通过图书馆馆际互借获得。",
            "两名编辑核对的一致率是多少？", "What was the agreement rate between the two editors?"),
        Section("差错类型", "有差错的条目占百分之二十七。最常见的是页码错误，其次是作者姓名拼写错误和年份错误。更严重的是内容差错：百分之六的引用与原文意思不符，其中大多数是转引，即作者没有读过原文，只是照抄了别人的引用。",
            "与原文意思不符的引用大多是怎么造成的？", "Where do most citations that contradict the source come from?"),
        Section("改进", "编辑部试用了自动核对工具，可以发现卷期和页码的不一致，但不能判断内容是否相符。我们建议投稿时附上所引原文的截图，并把核对结果公开。试行半年后，差错率从百分之二十七降到百分之十五，但编辑的工作时间增加了两成。",
            "试行半年后差错率降到了多少？", "To what level did the error rate fall after half a year?"),
    ), "gb18030"),
    Sample("电池.docx", "钠离子电池在北方储能电站的低温性能", "秦望舒", (
        Section("试验条件", "电站位于北纬四十六度，冬季最低气温零下三十一度。试验比较了一百二十组钠离子电池与同样数量的磷酸铁锂电池，每天充放电一次，持续两个冬天。电池舱内不加热，只靠电池自身发热保温，舱壁敷设十厘米厚的岩棉。",
            "电池舱靠什么保温？", "How were the battery containers kept warm?"),
        Section("放电容量", "在零下二十度时，钠离子电池仍能放出额定容量的百分之八十七，磷酸铁锂电池只有百分之五十九。但钠离子电池的能量密度较低，同样电量需要多占三分之一的场地。循环寿命方面，两个冬天后容量保持率分别为百分之九十五和百分之九十一。",
            "零下二十度时钠离子电池能放出多少额定容量？", "What share of rated capacity do sodium-ion batteries deliver at minus twenty degrees?"),
        Section("经济性", "钠离子电池的采购价比磷酸铁锂低百分之十八，省去加热系统后，每年的运行费用也减少了约四十万元。主要风险在于供应商少，两家供应商中的一家在试验期间停产，备件只能从另一家改装。",
            "采用钠离子电池的主要风险是什么？", "What is the main risk of choosing sodium-ion batteries?"),
    )),
    Sample("土壤.pdf", "秸秆还田对黑土有机质的长期影响", "佟北辰", (
        Section("试验设计", "试验始于一九九八年，在黑土区设置二十四个小区，比较秸秆全部还田、一半还田和全部移走三种处理。作物为玉米连作，秋季用机器把秸秆粉碎到五厘米以下，翻入二十厘米深的土层。每年收获后采集零到四十厘米的土样。",
            "秸秆被粉碎到多长？", "To what length was the straw shredded?"),
        Section("有机质变化", "二十年后，全部还田的小区有机质含量提高了百分之十一，一半还田的小区维持不变，移走秸秆的小区下降了百分之九。变化主要发生在前八年，此后趋于稳定。微生物量碳对处理的响应最快，第二年即出现显著差异。",
            "哪项指标对处理的响应最快？", "Which indicator responded fastest to the treatments?"),
        Section("问题", "秸秆还田后，春季地温回升慢，播种平均推迟四天；部分年份玉米螟和根腐病加重。农户反映粉碎作业的柴油费用偏高，如果没有补贴，多数人会选择焚烧或者出售秸秆。这些问题需要通过调整耕作方式和补贴政策来解决。",
            "秸秆还田使播种推迟了几天？", "By how many days was sowing delayed?"),
    )),
    Sample("课堂.md", "人工智能助教在高中作文课上的应用", "苏以宁、穆青禾", (
        Section("应用方式", "学生先手写初稿，再把照片上传，由人工智能助教逐段提问，而不是直接修改。助教不给分数，只指出哪一句缺少论据、哪一段偏离题目。教师在后台能看到全部对话，并可以随时关闭助教。全校共有十一个班级参加了一年的试验。",
            "助教对初稿是直接修改还是提问？", "Does the writing assistant correct drafts or ask questions?"),
        Section("效果", "试验班的论据数量平均增加了一点七个，但句式的多样性有所下降，不同学生的作文变得更加相似。盲评教师给试验班的平均分高出三分。写作能力较弱的学生进步最大，能力强的学生认为助教的问题过于机械。",
            "试验班的作文出现了什么负面变化？", "What negative change appeared in the essays of the trial classes?"),
        Section("伦理考虑", "学生的作文常常涉及家庭和个人经历，因此全部数据只保存在学校的服务器上，学期结束后删除。家长可以书面拒绝，共有九名家长拒绝。研究者提醒，不应把助教的记录用于评价教师的工作，否则教师会停止使用。",
            "学生作文的数据保存在哪里，什么时候删除？", "Where are the students' essays stored and when are they deleted?"),
    ), "utf-8-sig"),
)  # fmt: skip


def write(folder: Path) -> None:
    """Write all samples into ``folder``, each in the format of its name."""
    for sample in SAMPLES:
        path = folder / sample.name
        path.parent.mkdir(parents=True, exist_ok=True)
        makers = {".md": _markdown, ".txt": _text, ".html": _html, ".docx": _docx, ".pdf": _pdf}
        makers[path.suffix](path, sample)


def _text(path: Path, sample: Sample) -> None:
    lines = [sample.title, "", sample.byline, ""]
    for section in sample.sections:
        lines += [section.heading, "", section.text, ""]
    path.write_bytes("\n".join(lines).encode(sample.encoding))


def _markdown(path: Path, sample: Sample) -> None:
    lines = ["---", f"title: {sample.title}", f"author: {sample.byline}", "date: 2024-03-01", "---", ""]
    for section in sample.sections:
        lines += [f"## {section.heading}", "", section.text, ""]
    path.write_bytes("\n".join(lines).encode(sample.encoding))


def _html(path: Path, sample: Sample) -> None:
    body = "".join(f"<h2>{escape(s.heading)}</h2><p>{escape(s.text)}</p>" for s in sample.sections)
    charset = "gb2312" if sample.encoding == "gb18030" else sample.encoding
    links = "".join(f'<li><a href="/{i}">Menu entry number {i}</a></li>' for i in range(8))
    page = (
        f'<html><head><meta charset="{charset}"><title>{escape(sample.title)}</title>'
        f'<meta name="author" content="{escape(sample.byline)}"><script>var menu = "script words";</script></head>'
        f"<body><nav><ul>{links}</ul></nav><h1>{escape(sample.title)}</h1>{body}<footer>All rights</footer></body></html>"
    )
    path.write_bytes(page.encode(sample.encoding))


def _docx(path: Path, sample: Sample) -> None:
    document = Document()
    document.core_properties.author = "Office User"
    document.add_heading(sample.title, 0)
    document.add_paragraph(sample.byline)
    for section in sample.sections:
        document.add_heading(section.heading, 1)
        document.add_paragraph(section.text)
    document.save(str(path))


def _pdf(path: Path, sample: Sample) -> None:
    """A page for each section, set in a font that has both scripts."""
    document = pymupdf.open()
    font = "china-s" if sample.chinese else "helv"
    for number, section in enumerate(sample.sections):
        page = document.new_page(width=420, height=595)
        y = 60.0
        if number == 0:
            page.insert_text((50, y), sample.title, fontname=font, fontsize=15)
            page.insert_text((50, y + 24), sample.byline, fontname=font, fontsize=10)
            y += 70
        page.insert_text((50, y), section.heading, fontname="china-s" if sample.chinese else "hebo", fontsize=13)
        page.insert_textbox((50, y + 20, 370, 560), section.text, fontname=font, fontsize=10)
    document.set_metadata({"title": sample.title, "author": sample.byline, "creationDate": "D:20240501000000"})
    document.save(str(path))
    document.close()
