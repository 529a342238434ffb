"""What a header's wording says: fields with how sure the wording makes them, and whom it speaks of.

The list is `wordings.tsv`; the declared headers and their known other wordings count too. A wording that is not on the list is
read by its parts: 业主 + 联系电话, 租户 + 姓名, and by the known wording that it ends with.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ownerbook.adopt.fields import FAMILIES
from ownerbook.register.sheets import BY_FIELD

_NOISE = re.compile(r"[\s**::\u200b-\u200f\ufeff、,。.?!_\"'“”]+")
_BRACKETS = re.compile(r"[(\[【<《〈][^)\]】>》〉]*[)\]】>》〉]?")
_UNIT = re.compile(r"(?:㎡|m2|M2|m²|平方米|平米|元/㎡|元|个月|年|/月)+$")
_NUMBER = re.compile(r"^(.*?[^0-9])(?:之)?([0-9]|[一二三四五六])$")
_CODE = re.compile(r"([0-9A-Za-z]{1,6})\s*[-为:\uff1a=、.]?\s*([\u4e00-\u9fff]{1,8}?)(?=[\s,\uff0c;\uff1b、/]|[0-9A-Za-z]|$)")
_HAN_DIGITS = {c: i for i, c in enumerate("一二三四五六", 1)}

_WHO = """
owner 业主 户主 房主 产权人 买受人 购房人 权利人 业户 客户 所有权人 房屋所有人 产权所有人 房产所有人 登记户主 业主方 购房者
owner 现业主 新业主 现产权人 现户主 现房主 现权利人 现所有权人
owner 业主家庭 不动产权人 房屋所有权人 房东
resident 住户 居民 住户家庭 用户
co-owner 共有人 共有权人 共同买受人 共有产权人 其他产权人 产权共有人 第二产权人
租户 租户 租客 经营者 店主 经营人 承租人 承租方 使用人 实际使用人 商户 租赁人 租住人 租赁户 租房人
配偶 配偶 爱人 夫妻
子女 子女 孩子 小孩
member 家庭成员 成员 家属 同住人 共同居住人 家人 同住人员 家庭主要成员
own.contact 现住人 实际居住人 居住人 现居住人 联系人 紧急联系人 备用联系人 第二联系人 紧急联络人 紧急 紧急联系
own.agent 代理人 委托代理人 委托人 受托人 代办人 法人 法定代表人 法人代表
own.vehicle 车主 登记车主 车辆
own.visit 访问人 来访人 走访人
own.former 原产权人 原户主 原房主 原权利人 原所有权人 原业主 老业主 前业主 上一业主
own.other 负责人 物业管家 管家 楼管 物管员 客服 网格员 物业 物业公司 供应商 开发商 管理员 员工 住宿员工 维修 商品 物品 小区 公司 部门 授权人
own.renovation 装修负责人 装修公司 装修 施工负责人
"""
ROLES: dict[str, str] = {word: line.split()[0] for line in _WHO.split("\n") if line for word in line.split()[1:]}
"""Whom a header speaks of: owners, people of the household (by the value of 与业主关系), or people whom the register does not hold."""

PERSON = ("name", "phone", "phone2", "id_no", "id_type", "id_until", "address", "email", "share")
"""What a person has, owner or not."""

_GROUPS = frozenset(
    {*ROLES, "房屋", "房产", "房屋信息", "业主信息", "租户信息", "住户信息", "基本信息", "联系信息", "产权人信息", "家庭成员信息", "租赁信息"}
)
_VAGUE = """
名称 编号 号码 类型 状态 性质 类别 地址 位置 情况 说明 身份 数量 单位 时间 日期 内容 人数 标题 年度 部门 分类 关系 份数 形式 其他 其它 描述
"""
_GENERIC = frozenset(_VAGUE.split())  # words that end many headers and say nothing by themselves
_FEES = re.compile(r"费|金额|押金|单价|租金|欠款|缴纳|缴存")
_REST = {"名单": "姓名", "名": "姓名", "": "姓名", "id": "编号", "代码": "编号", "信息": "姓名", "情况": "姓名", "全名": "姓名"}


@dataclass(frozen=True, slots=True)
class Wording:
    """A header as compared. plain: without spaces, brackets and unit; hint: what stands in brackets; number: 2 of 电话2."""

    text: str
    plain: str
    whole: str  # with what stands in brackets
    hint: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that a wording may say. field: of the register, own.x, or person.x; role: whom it speaks of; how: why."""

    field: str
    weight: float
    role: str = ""
    how: str = "exact"
    number: int = 1


def normal(text: str) -> str:
    """A text without white space and signs, full width folded."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=65536)
def wording(text: str) -> Wording:
    """Take a header apart."""
    folded = unicodedata.normalize("NFKC", text)
    whole = normal(text)
    hint = " ".join(m[0].strip("()[]【】<>《》〈〉 ") for m in _BRACKETS.finditer(folded))
    plain = normal(_BRACKETS.sub("", folded)) or whole
    plain = _UNIT.sub("", plain) or plain
    number = 1
    if m := _NUMBER.match(plain):
        number = int(m[2]) if m[2].isdigit() else _HAN_DIGITS[m[2]]
        number = number or 1
    return Wording(text.strip(), plain, whole, hint, number)


@lru_cache(maxsize=1)
def table() -> dict[str, list[tuple[str, float]]]:
    """Normal wording → (field, weight), heaviest first."""
    found: dict[str, dict[str, float]] = defaultdict(dict)

    def put(text: str, field: str, weight: float) -> None:
        key = normal(text)
        found[key][field] = max(weight, found[key].get(field, 0.0))

    source = resources.files("ownerbook.adopt").joinpath("wordings.tsv").read_text("utf-8")
    for line in source.splitlines():
        if line and not line.startswith("#"):
            field, weight, words = line.split("\t")
            for word in words.split():
                put(word, field, int(weight) / 100)
    for sheets in FAMILIES.values():
        for sheet in sheets:
            for column in BY_FIELD[sheet].columns:
                field = _shared(sheet, column.field)
                put(column.header.zh, field, 0.96)
                for other in column.also:
                    put(other, field, 0.9 if len(normal(other)) > 2 else 0.6)
    return {k: sorted(v.items(), key=lambda x: -x[1]) for k, v in found.items()}


def _shared(sheet: str, name: str) -> str:
    """Columns that owners and household have alike are a person's; whose, the header and its neighbours say."""
    if sheet in ("owners", "household"):
        if name in PERSON:
            return f"person.{name}"
        if name in ("house_no", "note"):
            return f"houses.{name}"
    return f"{sheet}.{name}"


@lru_cache(maxsize=1)
def _by_length() -> list[str]:
    return sorted((w for w in table() if len(w) >= 2 and not w.isascii()), key=len, reverse=True)


@lru_cache(maxsize=1)
def _roles() -> list[str]:
    return sorted(ROLES, key=len, reverse=True)


def is_group(text: str) -> bool:
    """Whether a text is the head of a group of columns (业主, 租户信息) rather than of one."""
    return normal(text) in _GROUPS


def hints(text: str) -> dict[str, str]:
    """Codes that a header explains: 房屋状态（0为空置 1为出租） → {0: 空置, 1: 出租}."""
    said = wording(text).hint
    found = {m[1]: m[2] for m in _CODE.finditer(said)}
    return found if len(found) >= 2 else {}


@lru_cache(maxsize=65536)
def look_up(text: str, group: str = "") -> tuple[Match, ...]:
    """What a header may say, likeliest first. `group` is the head above it in a header of two rows."""
    w = wording(text)
    out: list[Match] = []
    group_role = _group_role(group)
    for form, how, factor in ((w.whole, "exact", 1.0), (w.plain, "exact", 1.0), (_without_number(w), "numbered", 0.97)):
        for field, weight in table().get(form, ()):
            number = 1 if how == "exact" else w.number
            out.append(Match(field, weight * factor, group_role if field.startswith("person.") else "", how, number))
        if out and how == "exact":
            break
    if not any(m.how == "exact" and m.weight >= 0.85 for m in out):
        out.extend(_by_role(w, group_role))
    if after := re.match(r"备注[0-9一二三四五六]?(.+)$", w.plain):  # 备注2业主联系电话: what follows says what it is, and it may be a note
        out.extend(Match(x.field, x.weight * 0.92, x.role, x.how, x.number) for x in look_up(after[1], group) if x.weight >= 0.7)
        out.append(Match("houses.note", 0.7, "", "part"))
    if not out:
        out.extend(_by_parts(w, group_role))
    if group_role and group_role not in ("owner", "resident", "co-owner"):
        out = [_of_strangers(m, group_role) for m in out]
    nearest = group.rpartition("/")[2]
    if group and not _group_role(nearest):
        for joined in (look_up(nearest + text), look_up(_unbracketed(text) + _unbracketed(nearest))):  # 证件 over 号码; 面积 over 建筑
            out.extend(Match(m.field, m.weight * 0.95, m.role or group_role, m.how, m.number) for m in joined if m.how != "part")
    if not out and "/" in w.plain:
        out.extend(_either(w.plain, group))
    if not any(m.weight >= 0.75 for m in out) and (said := _one_language(w.plain)):
        out.extend(Match(m.field, m.weight * 0.97, m.role, m.how, m.number) for m in look_up(said, group))
    best: dict[tuple[str, str], Match] = {}
    for m in out:
        if (m.field, m.role) not in best or best[m.field, m.role].weight < m.weight:
            best[m.field, m.role] = m
    return tuple(sorted(best.values(), key=lambda m: -m.weight))


def _either(plain: str, group: str) -> list[Match]:
    """业主/产权人: two words for one thing."""
    first = [look_up(p, group)[:1] for p in plain.split("/") if p]
    if len(first) >= 2 and all(first) and len({(m[0].field, m[0].role) for m in first}) == 1:
        m = min((f[0] for f in first), key=lambda x: x.weight)
        return [Match(m.field, m.weight * 0.97, m.role, m.how, m.number)]
    return []


def _one_language(plain: str) -> str:
    """The Chinese of a header in two languages, Room No. 房号; '' where it is in one."""
    m = re.fullmatch(r"[a-z&/#'() -]{2,}([\u4e00-\u9fff][^a-z]*)|([\u4e00-\u9fff][^a-z]*)[a-z&/#'() -]{2,}", plain)
    said = (m[1] or m[2]) if m else ""
    known = bool(said) and (said in ROLES or any(weight >= 0.55 for _, weight in table().get(said, ())))
    return said if known or len(said) >= 4 else ""


def _without_number(w: Wording) -> str:
    m = _NUMBER.match(w.plain)
    return m[1] if m else w.plain


def _of_strangers(m: Match, role: str) -> Match:
    """What stands below 租户 is the tenant's, not the house's: 入住时间; the house number stays one."""
    if not m.field.startswith("houses.") or m.field in ("houses.house_no", "houses.building", "houses.unit", "houses.room", "houses.note"):
        return m
    return Match("own.rent" if role == "租户" else "own.other", m.weight * 0.95, "", m.how, m.number)


def _unbracketed(text: str) -> str:
    return wording(text).plain


def _group_role(group: str) -> str:
    """Whom a group's head speaks of; of several, one above the other, the lowest that tells."""
    if "/" in group:
        return next((role for g in reversed(group.split("/")) if (role := _group_role(g))), "")
    plain = _without_number(wording(group)) if group else ""
    for word in (plain, plain.removesuffix("信息"), plain.removesuffix("情况"), plain.removesuffix("资料"), plain.removesuffix("基本")):
        if word in ROLES:
            return ROLES[word]
    return ""


def _by_role(w: Wording, group_role: str) -> list[Match]:
    """业主联系电话 is 业主 and 联系电话; 业主 alone may be a name, or whatever its cells are."""
    plain, number = w.plain, 1
    for trial, numbered in ((plain, 1), (_without_number(w), w.number)):
        for role in _roles():
            if not trial.startswith(role):
                continue
            rest = trial[len(role) :]
            number = max(number, numbered)
            if m := re.match(r"^([一二三四五六1-6])(.+)$", rest):  # 业主一姓名
                number, rest = (_HAN_DIGITS.get(m[1]) or int(m[1])), m[2]
            further = next((r for r in _roles() if rest.startswith(r) and len(rest) > len(r)), "")
            both = re.match(r"[及和与或](?:其)?(.+)$", rest)  # 业主及联系方式: the name and more in one cell
            if both and any(f == "person.phone" for f, _ in table().get(both[1], ())):
                return [Match("person.name", 0.86, ROLES[role], "role"), Match("person.phone", 0.7, ROLES[role], "role")]
            rest = re.sub(r"^[及和与或]", "", rest[len(further) :])
            rest = _REST.get(rest, rest)
            found = [(f, wt) for f, wt in table().get(rest, ()) if f.startswith("person.")]
            bare = trial == role
            if found:
                return [Match(f, wt * (0.82 if bare else 0.9 if further else 0.98), ROLES[role], "role", number) for f, wt in found]
            if ROLES[role] not in ("owner", "resident", "co-owner") and any(f.startswith("houses.") for f, _ in table().get(rest, ())):
                return [Match("own.rent" if ROLES[role] == "租户" else "own.other", 0.86, "", "role", number)]  # their days, not the house's
            if rest == "编号":
                return [Match("owners.owner_no" if ROLES[role] in ("owner", "resident") else "own.system", 0.8, "", "role", number)]
            if rest in ("性别", "年龄", "生日", "出生日期", "民族", "职业", "工作单位", "籍贯", "学历"):
                return [Match(table()[rest][0][0], 0.92, "", "role", number)]
    return []


def _by_parts(w: Wording, group_role: str) -> list[Match]:
    """The longest known wording that ends this one, else begins it; less sure the more is left over."""
    if re.match(r"是否|有无|能否", w.plain):
        return [Match("own.check", 0.85, "", "part")]
    for test, factor in ((str.endswith, 0.8), (str.startswith, 0.68)):
        for known in _by_length():
            if len(known) < len(w.plain) and known not in _GENERIC and test(w.plain, known):
                role = next((ROLES[r] for r in _roles() if w.plain.startswith(r)), group_role)
                share = len(known) / len(w.plain)
                stranger = not role and table()[known][0][0].startswith("person.")  # 负责人电话: whose, nobody knows
                share -= 0.5 * stranger
                return [Match(f, wt * factor * (0.7 + 0.3 * share), role if f.startswith("person.") else "", "part") for f, wt in table()[known]]
    if _FEES.search(w.plain):
        return [Match("own.fee", 0.75, "", "part")]
    return []
