"""制度: the manager's parameters. A parameter that is absent or cannot be read has its default (register.md 制度, judging.md §6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ownerbook.register.houses import USES
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.calendar.terms import Term
    from ownerbook.identifiers.house_no import HouseFormat
    from ownerbook.schema.table import Table

PAPERS = ("业主登记表", "身份证件复印件", "购房合同", "购房发票", "房屋交接验收单", "隐私告知书")
RETENTION = re.compile(r"永久|[1-9]\d{0,2}年")


def listed(text: str) -> tuple[str, ...]:
    """Values separated by 、 or any other comma."""
    return tuple(p for p in (piece.strip() for piece in re.split(r"[、,，;；\n]", text)) if p)


def _term(text: str) -> Term:
    from ownerbook.calendar.terms import Term

    return Term.parse(text)


def _calendar_term(text: str) -> Term:
    term = _term(text)
    if "工作日" in text:
        raise ValueError(text)
    return term


def _count(text: str) -> int:
    value = float(text)
    if value != int(value) or value < 0:
        raise ValueError(text)
    return int(value)


def _positive(text: str) -> int:
    value = _count(text)
    if not value:
        raise ValueError(text)
    return value


def _hours(text: str) -> float:
    value = float(text.removesuffix("学时").removesuffix("小时"))
    if value < 0:
        raise ValueError(text)
    return value


def _yes(text: str) -> bool:
    if text in ("是", "否"):
        return text == "是"
    raise ValueError(text)


def _percent(text: str) -> float:
    value = float(text[:-1]) / 100 if text.endswith(("%", "％")) else float(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def _retentions(text: str) -> tuple[str, ...]:
    values = listed(text)
    if not values or not all(RETENTION.fullmatch(v) for v in values):
        raise ValueError(text)
    return values


def _starts(text: str) -> str:
    if text != "迁出日期":
        raise ValueError(text)
    return text


def _date(text: str) -> date:
    m = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:[ T].*)?", text)
    if not m:
        raise ValueError(text)
    return date(int(m[1]), int(m[2]), int(m[3]))


def _ladder(text: str) -> tuple[tuple[str, int], ...]:
    """Steps as (text, days after the due date; negative before it)."""
    steps = []
    for piece in listed(text):
        m = re.fullmatch(r"(到期前|逾期|到期后|到期)(\d+)天|(到期)当?[天日]?", piece)
        if not m:
            raise ValueError(text)
        steps.append((piece, 0 if m[3] else int(m[2]) * (-1 if m[1] == "到期前" else 1)))
    if not steps:
        raise ValueError(text)
    return tuple(sorted(steps, key=lambda s: s[1]))


def _house_format(text: str) -> HouseFormat:
    from ownerbook.identifiers.house_no import HouseFormat

    return HouseFormat(text)


def _file_format(text: str) -> str:
    if not {"房号", "流水"} <= set(re.findall(r"项目|房号|流水", text)):
        raise ValueError(text)
    return text


def _code(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z]{1,12}", text):
        raise ValueError(text)
    return text


def _area_code(text: str) -> str:
    if not re.fullmatch(r"0\d{2,3}", text):
        raise ValueError(text)
    return text


@dataclass(frozen=True, slots=True)
class Parameter:
    """One known parameter: how it is read, its default as written, and what it says."""

    name: str
    attribute: str
    default: str
    read: Callable[[str], Any]
    explanation: Text


def _p(name: str, attribute: str, default: str, read: Callable[[str], Any], zh: str, en: str) -> Parameter:
    return Parameter(name, attribute, default, read, Text(zh, en))


PARAMETERS: tuple[Parameter, ...] = (
    _p("项目代码", "project", "YG", _code, "档号的第一段", "first part of a 档号"),
    _p(
        "房号格式",
        "house_format",
        "栋-单元-室",
        _house_format,
        "可用 栋 单元 层 室 及其分隔符；几种格式用顿号隔开",
        "of 栋 单元 层 室 with their separators; several forms separated by 、",
    ),
    _p(
        "档号格式",
        "file_pattern",
        "项目-房号-流水",
        _file_format,
        "流水按产权周期编，至少两位",
        "the serial counts ownership periods, at least two digits",
    ),
    _p("借阅期限", "loan_term", "1个月", _term, "也可写 30天、10个工作日", "also 30天, 10个工作日"),
    _p("续借次数上限", "max_renewals", "1", _count, "每次续借延长一个借阅期限", "each renewal adds one term"),
    _p("应还日遇休息日顺延", "roll", "是", _yes, "民法典第二百零三条；含调休", "Civil Code art. 203, make-up workdays included"),
    _p(
        "催还阶梯",
        "ladder",
        "到期前7天、逾期1天、逾期7天、逾期15天、逾期30天",
        _ladder,
        "逾期30天：报告经理，不再借给该借阅人",
        "at 30 days the manager is told and the borrower blocked",
    ),
    _p("审核周期", "audit_cycle", "12个月", _calendar_term, "每份档案", "each file"),
    _p("敏感档案审核周期", "sensitive_cycle", "6个月", _calendar_term, "密级为敏感的档案", "files of class 敏感"),
    _p("建档后首次审核", "first_audit", "3个月", _calendar_term, "从建档日期起", "from the opening of the file"),
    _p("月度抽查比例", "sample_rate", "2%", _percent, "每月抽查的档案比例", "share of files sampled each month"),
    _p("整改期限", "rectify_term", "30天", _calendar_term, "从审核日期起", "from the audit"),
    _p("登记期限", "registration_term", "120天", _calendar_term, "从签约到登记", "from contract to registration"),
    _p("登记建档期限", "filing_term", "15天", _calendar_term, "从登记到材料齐全的档案", "from registration to a complete file"),
    _p("变更办理期限", "change_term", "7天", _calendar_term, "从申请到更新", "from application to update"),
    _p("年度培训学时", "training_hours", "8", _hours, "每位档案经办人", "per archivist"),
    *(
        _p(f"必备材料.{use}", f"papers_{i}", "、".join(PAPERS), listed, f"{use}的档案应有的材料", f"papers that a file of a {use} must hold")
        for i, use in enumerate(USES.values)
    ),
    _p("必备材料.法人", "papers_company", "", listed, "填写后，法人业主按此清单", "if set, for companies instead of the list of the use"),
    _p("必备材料.未成年人", "papers_minor", "", listed, "填写后，未成年业主按此清单", "if set, for minors instead of the list of the use"),
    _p("材料类型.补充", "more_papers", "", listed, "内置之外的材料类型", "further kinds of papers"),
    _p(
        "需证明材料的字段",
        "evidence_fields",
        "姓名、证件号码、产权份额、业主状态",
        listed,
        "变更这些字段须有证明材料",
        "changes of these need evidence",
    ),
    _p("保管期限.可选", "retentions", "永久、30年、10年", _retentions, "保管期限可填的值", "the values of 保管期限"),
    _p("保管期限.起算", "retention_from", "迁出日期", _starts, "业主迁出之日起算", "retention starts when the owner left"),
    _p("权利请求答复期限", "request_term", "15天", _calendar_term, "从提出到答复", "from request to answer"),
    _p("同号户数上限", "shared_phone_limit", "3", _positive, "同一电话多于这些人时提问", "one phone for more people than this is a question"),
    _p("区号", "area_code", "", _area_code, "本项目的区号，用于缺区号的固话", "of the project, for land lines without one"),
    _p("库房检查周期", "room_check_cycle", "1个月", _calendar_term, "每间档案室", "each room"),
    _p("统计最小单元", "small_cell", "5", _positive, "小于此数的统计格不显示", "a smaller cell of a statistic is not shown"),
    _p("制度版本", "version", "", str, "印在每份报告上", "printed on every report"),
    _p("批准人", "approved_by", "", str, "印在每份报告上", "printed on every report"),
    _p("生效日期", "effective_on", "", _date, "此前借出的不判应还日期", "loans lent before are not judged by the term"),
)
BY_NAME: Mapping[str, Parameter] = {p.name: p for p in PARAMETERS}


@dataclass(slots=True)
class Policy:
    """The parameters, read. `unknown` and `unreadable` hold the rows of 制度 (positions in its table) that say something else."""

    values: dict[str, Any] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    @classmethod
    def read(cls, table: Table | None = None) -> Policy:
        """Read 制度; without it every parameter has its default."""
        policy = cls()
        seen: set[str] = set()
        said: dict[str, int] = {}
        for row in range(len(table) if table else 0):
            assert table is not None
            name, value = table.found("name", row).strip(), table.found("value", row).strip()
            parameter = BY_NAME.get(name)
            if not name or name in seen:
                continue
            seen.add(name)
            if parameter is None:
                policy.unknown.append(row)
                continue
            if value in ("", "-", "—", "/", "无", "暂无"):
                continue
            try:
                policy.values[parameter.attribute] = parameter.read(value)
                policy.written[name] = value
                said[parameter.attribute] = row
            except (ValueError, OverflowError):
                policy.unreadable.append(row)
        policy._drop_unknown_words(said)
        for parameter in PARAMETERS:
            if parameter.attribute not in policy.values:
                policy.values[parameter.attribute] = parameter.read(parameter.default) if parameter.default else _EMPTY.get(parameter.attribute, "")
        return policy

    def _drop_unknown_words(self, said: Mapping[str, int]) -> None:
        """A list of papers names kinds of 材料类型, a list of fields headers that 变更 can change; any other word makes it unreadable."""
        for attribute, row in said.items():
            if attribute == "evidence_fields":
                known = _changeable()
            elif attribute.startswith("papers_"):
                known = _papers() | set(self.values.get("more_papers", ()))
            else:
                continue
            if not known.issuperset(self.values[attribute]):
                del self.values[attribute], self.written[next(p.name for p in PARAMETERS if p.attribute == attribute)]
                self.unreadable.append(row)
        self.unreadable.sort()

    def may_be_blank(self, name: str) -> bool:
        """Parameters whose default is nothing may stand without a value."""
        parameter = BY_NAME.get(name)
        return parameter is not None and not parameter.default

    @property
    def file_format(self) -> Any:
        """How a 档号 is built, as `identifiers.file_no` reads it."""
        from ownerbook.identifiers.file_no import FileFormat

        if "_file_format" not in self.values:
            self.values["_file_format"] = FileFormat(self.values["file_pattern"], self.values["project"], self.values["house_format"])
        return self.values["_file_format"]

    def papers(self, use: str) -> tuple[str, ...]:
        """What a file of a house of this use must hold."""
        return tuple(self.values[f"papers_{USES.values.index(use)}"]) if use in USES.values else PAPERS


def _papers() -> set[str]:
    from ownerbook.register.documents import DOC_TYPES

    return set(DOC_TYPES)


def _changeable() -> set[str]:
    from ownerbook.register.sheets import BY_NAME as SHEETS

    return {c.header.zh for name in ("房屋", "业主", "家庭成员", "档案") for c in SHEETS[name].columns}


_EMPTY: dict[str, Any] = {"papers_company": (), "papers_minor": (), "more_papers": (), "effective_on": None}
