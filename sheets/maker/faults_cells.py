"""Mistakes of single cells: what spreadsheets do to them, and what people mistype in numbers, names and phones."""

from __future__ import annotations

from datetime import date

from maker.model import AS_OF, Row, plus
from maker.planting import Planter
from ownerbook.identifiers.mod11 import check_digit
from ownerbook.reports.register_book import Raw

ID, PHONE, NAME = "证件号码", "联系电话", "姓名"


def plant_cells(p: Planter) -> None:
    """All mistakes that one cell shows by itself."""
    _documents(p)
    _names(p)
    _phones(p)
    _damage(p)
    _dates(p)
    _values(p)


def _set(p: Planter, code: str, row: Row, header: str, value: object, note: str) -> None:
    row[header] = value  # type: ignore[assignment]
    p.tell(code, row, header, note)


def _with_check(first17: str) -> str:
    return first17 + check_digit(first17)


def _documents(p: Planter) -> None:
    for _ in range(2):
        o = p.sole()
        number = o.text(ID)
        wrong = number[:14] + f"{(int(number[14:17]) + 20) % 1000:03d}" + number[17]
        _set(p, "C01", o, ID, wrong if check_digit(wrong[:17]) != wrong[17] else number[:17] + "3", "抄错一位,校验位不符")
    o = p.member(lambda r: r[ID] is not None)
    number = o.text(ID)
    _set(p, "C01", o, ID, number[:17] + ("5" if number[17] != "5" else "6"), "家庭成员证件号码末位录错")
    o = p.sole()
    _set(p, "C02", o, ID, o.text(ID)[:8] + o.text(ID)[9:], "少录一位")
    o = p.sole()
    _set(p, "C02", o, ID, o.text(ID)[:10] + o.text(ID)[9:], "多录一位")
    o = p.sole()
    number = o.text(ID)
    _set(p, "C02a", o, ID, number[:13] + "O" + number[14:], "数字 0 录成了字母 O")
    o = p.sole(lambda r: r.text(ID)[8] != "9")
    number = o.text(ID)
    _set(p, "C03", o, ID, _with_check(number[:10] + "0231" + number[14:17]), "2 月 31 日不存在")
    o = p.sole()
    number = o.text(ID)
    _set(p, "C03", o, ID, _with_check(number[:6] + "2068" + number[10:17]), "出生年份录成了将来")
    for letter, note in (("x", "末位小写 x"), ("Х", "末位是西里尔字母"), ("×", "末位是乘号")):
        o = p.sole()
        born = date(int(o.text(ID)[6:10]), int(o.text(ID)[10:12]), int(o.text(ID)[12:14]))
        _set(p, "C04", o, ID, p.people.resident_id(born, True, end="X")[:17] + letter, note)
    o = p.sole(lambda r: r.text(ID)[6:8] == "19")
    _set(p, "C05", o, ID, o.text(ID)[:6] + o.text(ID)[8:17], "仍是 15 位旧号")
    o = p.sole()
    _set(p, "C06", o, ID, _with_check("16" + o.text(ID)[2:17]), "省级代码不存在")
    o = p.sole()
    _set(p, "C07", o, ID, _with_check("132199" + o.text(ID)[6:17]), "县级代码不在历年代码表中")
    hk = p.period(lambda q: q.owners[0]["证件类型"] == "港澳居民来往内地通行证", any_kind=True).owners[0]
    _set(p, "C08", hk, "证件类型", "居民身份证", "证件类型没有改,号码是通行证")
    o = p.sole()
    o["业主类型"] = "法人"
    p.tell("R13", o, "证件类型", "业主类型误选为法人,证件却是身份证")
    firm = p.period(lambda q: q.owners[0]["业主类型"] == "法人", any_kind=True).owners[0]
    code = firm.text(ID)
    _set(p, "C13", firm, ID, code[:-1] + ("7" if code[-1] != "7" else "8"), "信用代码末位录错")
    firm = p.period(lambda q: q.owners[0]["业主类型"] == "法人", any_kind=True).owners[0]
    _set(p, "C14", firm, ID, "132101001234567", "仍登记旧营业执照号")
    for days, note in ((130, "证件已过期"), (411, "证件已过期"), (35, "证件已过期(已豁免)")):
        o = p.sole()
        _set(p, "C15", o, "证件有效期至", plus(AS_OF, -days), note)
    p.c.add(
        "豁免", 豁免编号="HM001", 规则="C15", 对象表="业主", 对象编号=o["业主编号"], 理由="业主在外地就医,新证已受理,约定年底前补交", 批准人="G006",
        截止日期=date(2026, 12, 31),
    )  # fmt: skip
    o = p.sole()
    _set(p, "C17", o, ID, f"{o[ID]}/{p.people.person().id_no}", "夫妻两人的号码挤在一格")
    o = p.sole()
    _set(p, "C18", o, ID, o.text(ID)[:6] + "********" + o.text(ID)[-4:], "打码后的值被贴了回来")
    m = p.member()
    m.cells |= {"证件类型": None, ID: "MA0001234"}
    p.tell("C19", m, "证件类型", "号码像护照也像通行证,证件类型空着")


def _names(p: Planter) -> None:
    for name, code, note in (
        ("阿依古丽•艾山", "D01", "间隔号用了圆点符号"), ("热合曼.买买提", "D01", "间隔号用了句点"),
        ("业主", "D04", "只写了「业主」"), ("宋?钊", "D05", "生僻字成了问号"),
        ("陈**", "C18a", "打码后的姓名被贴了回来"),
    ):  # fmt: skip
        _set(p, code, p.sole(), NAME, name, note)
    o = p.sole(lambda r: len(r.text(NAME)) == 2)
    _set(p, "D02", o, NAME, " ".join(o.text(NAME)), "两字姓名中间加了空格")
    o = p.sole(lambda r: len(r.text(NAME)) == 2)
    _set(p, "D02", o, NAME, "　".join(o.text(NAME)), "两字姓名中间加了全角空格")
    for remark in ("（已故）", "(代)"):
        o = p.sole()
        _set(p, "D03", o, NAME, o.text(NAME) + remark, "姓名里夹了备注")
    o = p.sole()
    _set(p, "D07", o, NAME, f"{o[NAME]}、{p.people.name(False)}", "夫妻两人写在一格")
    for word, relation in (("老公", "配偶"), ("女儿", "子女"), ("妈妈", "父母")):
        m = p.member(lambda r, relation=relation: r["与业主关系"] == relation)  # type: ignore[misc]
        _set(p, "D09", m, "与业主关系", word, "关系写成了口语")


def _phones(p: Planter) -> None:
    for cut in (10, 9):
        o = p.sole()
        _set(p, "E01", o, PHONE, o.text(PHONE)[:cut], "手机号码少录")
    o = p.sole()
    _set(p, "E01", o, PHONE, o.text(PHONE) + "3", "手机号码多录一位")
    o = p.sole()
    _set(p, "E01a", o, PHONE, "154" + o.text(PHONE)[3:], "号段不存在于分配表")
    _set(p, "E01b", p.sole(), PHONE, "见备注", "电话栏写了「见备注」")
    for mark in ("/", "、"):
        o = p.sole()
        _set(p, "E02", o, PHONE, f"{o[PHONE]}{mark}{p.people.phone()}", "一格两个号码")
    o = p.sole()
    _set(p, "E03", o, PHONE, f"{o[PHONE]} 张师傅", "号码带了姓名")
    o = p.sole()
    _set(p, "E03", o, PHONE, f"儿子:{o[PHONE]}", "号码带了说明")
    _set(p, "E05", p.sole(), PHONE, "17400001234", "卫星号段")
    for filler in ("13000000000", "13800138000"):
        _set(p, "E06", p.sole(), PHONE, filler, "占位号码")
    _set(p, "E07", p.sole(), PHONE, "82345678", "固话没写区号")
    for address in ("lin@@example.com", "zhou@example。com"):
        _set(p, "E10", p.sole(), "电子邮箱", address, "邮箱格式错误")
    o = p.sole()
    o["备用电话"], o["电子邮箱"] = None, None
    _set(p, "E08", o, PHONE, None, "电话、备用电话、邮箱都没有填")
    o = p.sole()
    o["电子邮箱"] = "yz9001@example.com"
    _set(p, "R01", o, PHONE, None, "联系电话漏填,只有邮箱")
    group = tuple(p.sole() for _ in range(4))
    agent = p.people.phone()
    for o in group:
        o[PHONE] = agent
    p.tell("E04", group, PHONE, "四户都填了中介的手机")


def _damage(p: Planter) -> None:
    for _ in range(2):
        o = p.sole()
        _set(p, "B01", o, ID, Raw("number", float(int(o.text(ID)[:15]) * 1000)), "身份证号按数字录入,末三位丢失")
    _set(p, "B01a", p.sole(), PHONE, "1.38E+10", "电话被存成科学计数的文字")
    _set(p, "B02", p.sole(), PHONE, Raw("number", 75582345678.0), "固话按数字录入,丢了前面的 0")
    for _ in range(3):
        o = p.sole()
        _set(p, "R05", o, PHONE, Raw("number", float(o.text(PHONE))), "手机号码是数字格式")
    for _ in range(2):
        o = p.sole()
        _set(p, "B06", o, PHONE, f"{o[PHONE]}.0", "从收费系统导出,带 .0")
    o = p.sole()
    _set(p, "B07", o, ID, f"'{o[ID]}", "撇号成了内容")
    o = p.sole(lambda r: len(r.text(NAME)) == 3)
    _set(p, "B08", o, NAME, o.text(NAME)[0] + "\u200b" + o.text(NAME)[1:], "从微信复制,带零宽字符")
    o = p.sole()
    _set(p, "B08", o, PHONE, o.text(PHONE)[:3] + "\u00a0" + o.text(PHONE)[3:], "从网页复制,带不间断空格")
    o = p.sole()
    _set(p, "B09", o, PHONE, "".join(chr(ord(d) + 0xFEE0) for d in o.text(PHONE)), "全角数字")
    m = p.member()
    _set(p, "B09", m, "房号", "".join(chr(ord(d) + 0xFEE0) for d in m.text("房号")), "房号用了全角字符")
    _set(p, "B10", p.house(), "套内面积", Raw("error", "#REF!"), "公式引用的测绘表已删")
    _set(p, "B10", p.house(), "建筑面积", Raw("error", "#N/A"), "VLOOKUP 没有查到")
    h = p.house()
    _set(p, "A09", h, "套内面积", Raw("formula", "=ROUND(F2*0.81,2)", result=""), "公式没有保存结果")
    h = p.house()
    _set(p, "A10", h, "套内面积", Raw("formula", "='[测绘成果.xlsx]面积'!$D$9", result=float(str(h["套内面积"]))), "面积链接到别的工作簿")
    _set(p, "B13", p.sole(), "备注", '=HYPERLINK("http://example.com","点此核对")', "备注是可执行的公式文字")
    _set(p, "B13", p.house(), "备注", "@王工 待核实", "备注以 @ 开头")
    for code, header, word in (("B14", "隐私告知书", "√"), ("B14", "隐私告知书", "有"), ("B14", "主联系人", "Y"), ("R06", "证件类型", "身份证")):
        _set(p, code, p.sole(), header, word, f"「{header}」用了别的写法")


def _dates(p: Planter) -> None:
    for form in ("{0.year}年{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}"):
        h = p.house()
        _set(p, "B11", h, "签约日期", Raw("text", form.format(h.day("签约日期"))), "日期写成了文字")
    o = p.sole()
    _set(p, "B11", o, "登记日期", Raw("text", f"{o['登记日期']}"), "日期是文字格式")
    h = p.house()
    _set(p, "B11a", h, "签约日期", Raw("number", float((h.day("签约日期") - date(1899, 12, 30)).days)), "日期显示成了序列号")
    _set(p, "G02", p.house(), "签约日期", Raw("text", "2012-02-30"), "不存在的日子")
    h = p.house(lambda r: r["入住日期"] is not None)
    _set(p, "G02", h, "入住日期", Raw("text", f"{h.day('入住日期').year}年{h.day('入住日期').month}月"), "只有年月")
    h = p.house()
    _set(p, "G03", h, "签约日期", Raw("text", f"{h.day('签约日期').year % 100}-{h.day('签约日期').month}-{h.day('签约日期').day}"), "两位年份")
    o = p.sole()
    _set(p, "G04", o, "告知日期", date(2202, o.day("告知日期").month, 8), "年份录错,成了将来")
    m = p.member(lambda r: r.day("登记日期") > date(2016, 1, 1))
    _set(p, "G04", m, "登记日期", m.day("登记日期").replace(year=2062, day=9), "年份录错,成了将来")


def _values(p: Planter) -> None:
    _set(p, "N07", p.sole(), "告知日期", None, "告知书已签,没有告知日期")
    o = p.sole()
    o["个性化服务需求"] = "行动不便,请送件上门"
    p.tell("N08", o, "需求同意日期", "记了服务需求,没有征得同意的日期")
    _set(p, "R02", p.sole(), "业主类型", "个人户", "可选值之外的写法")
    _set(p, "R02", p.house(), "房屋用途", "别墅", "可选值之外的用途")
    _set(p, "R03", p.house(), "建筑面积", Raw("text", "待核实"), "面积写了文字")
    papers = [r for r in p.c.tables["材料"] if r.house not in p.used and r.house not in p.work.named and r["材料类型"] == "钥匙交接单"]
    row = p.c.rng.choice(papers)
    p.used.add(row.house)
    _set(p, "R03a", row, "页数", 0, "页数填了 0")
