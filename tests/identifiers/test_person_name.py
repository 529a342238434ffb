"""Names of persons and companies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import company_name, person_name
from ownerbook.identifiers.verdict import Status, Verdict

GOOD = [
    ("张伟", "张伟"),
    ("欧阳锋", "欧阳锋"),
    ("欧阳 锋", "欧阳锋"),
    ("张 三 丰", "张三丰"),
    ("买买提·艾力", "买买提·艾力"),
    ("阿卜杜拉·买买提·吐尔逊", "阿卜杜拉·买买提·吐尔逊"),
    ("John Smith", "JOHN SMITH"),
    ("JOHN  SMITH", "JOHN SMITH"),
    ("J. Smith", "J. SMITH"),
    ("Smith, John", "SMITH, JOHN"),
    ("ZHANG/SAN", "ZHANG/SAN"),
    ("O'Brien", "O'BRIEN"),
    ("约翰（John）", "约翰（JOHN）"),
    ("𠮷田", "𠮷田"),
    ("㐂明", "㐂明"),
    ("\uf9dc明", "\uf9dc明"),
    ("李代", "李代"),
    ("李万代", "李万代"),
    ("张三1", "张三1"),
    ("张伟\u200b", "张伟"),
    ("甲", "甲"),
    ("王和平", "王和平"),
    ("李与", "李与"),
]
TOLD = [
    ("买买提•艾力", Status.VALID, "dot", "买买提·艾力", "买买提·艾力"),
    ("买买提・艾力", Status.VALID, "dot", "买买提·艾力", "买买提·艾力"),
    ("买买提‧艾力", Status.VALID, "dot", "买买提·艾力", "买买提·艾力"),
    ("买买提．艾力", Status.VALID, "dot", "买买提·艾力", "买买提·艾力"),
    ("买买提.艾力", Status.VALID, "dot", "买买提·艾力", "买买提·艾力"),
    ("买买提 · 艾力", Status.VALID, "dot", "买买提·艾力", "买买提·艾力"),
    ("张　伟", Status.VALID, "inner-space", "张伟", "张伟"),
    ("张 伟", Status.VALID, "inner-space", "张伟", "张伟"),
    ("张\u00a0 伟", Status.VALID, "inner-space", "张伟", "张伟"),
    ("张三（已故）", Status.SUSPECT, "remark", "张三", "张三"),
    ("张三(已故)", Status.SUSPECT, "remark", "张三", "张三"),
    ("李四(代)", Status.SUSPECT, "remark", "李四", "李四"),
    ("张三（租户）", Status.SUSPECT, "remark", "张三", "张三"),
    ("张三【原业主】", Status.SUSPECT, "remark", "张三", "张三"),
    ("（租户）张三", Status.SUSPECT, "remark", "张三", "张三"),
    ("张三(138)", Status.SUSPECT, "remark", "张三", "张三"),
    ("张三（）", Status.SUSPECT, "remark", "张三", "张三"),
    ("张三已故", Status.SUSPECT, "remark", "张三", "张三"),
    ("张三-租客", Status.SUSPECT, "remark", "张三", "张三"),
    ("张三 代", Status.SUSPECT, "remark", "张三", "张三"),
    ("业主张三", Status.SUSPECT, "remark", "张三", "张三"),
    ("业主：张三", Status.SUSPECT, "remark", "张三", "张三"),
    ("李四（代张三）", Status.SUSPECT, "remark", "李四（代张三）", None),
    ("张三（李四代）", Status.SUSPECT, "remark", "张三（李四代）", None),
    ("业主", Status.INVALID, "placeholder", "", None),
    ("业主1", Status.INVALID, "placeholder", "", None),
    ("测试", Status.INVALID, "placeholder", "", None),
    ("（测试）", Status.INVALID, "placeholder", "", None),
    ("test", Status.INVALID, "placeholder", "", None),
    ("XXX", Status.INVALID, "placeholder", "", None),
    ("xx", Status.INVALID, "placeholder", "", None),
    ("无", Status.INVALID, "placeholder", "", None),
    ("不详", Status.INVALID, "placeholder", "", None),
    ("未知", Status.INVALID, "placeholder", "", None),
    ("n/a", Status.INVALID, "placeholder", "", None),
    ("***", Status.INVALID, "placeholder", "", None),
    ("123", Status.INVALID, "placeholder", "", None),
    ("", Status.INVALID, "placeholder", "", None),
    ("张?明", Status.INVALID, "lost-character", "", None),
    ("张？明", Status.INVALID, "lost-character", "", None),
    ("张□明", Status.INVALID, "lost-character", "", None),
    ("张\ue123明", Status.INVALID, "lost-character", "", None),
    ("张\ufffd明", Status.INVALID, "lost-character", "", None),
    ("张\ud800明", Status.INVALID, "lost-character", "", None),
    ("???", Status.INVALID, "lost-character", "", None),
    ("张三、李四", Status.INVALID, "several", "", None),
    ("张三，李四", Status.INVALID, "several", "", None),
    ("张三,李四", Status.INVALID, "several", "", None),
    ("张三；李四", Status.INVALID, "several", "", None),
    ("张三/李四", Status.INVALID, "several", "", None),
    ("张三\n李四", Status.INVALID, "several", "", None),
    ("张三/John", Status.INVALID, "several", "", None),
    ("张三、李四、王五", Status.INVALID, "several", "", None),
    ("张*", Status.INVALID, "masked", "", None),
]
COMPANIES = [
    ("深圳市某某商贸有限公司", Status.VALID, "", "深圳市某某商贸有限公司"),
    ("某某（中国）有限公司", Status.VALID, "", "某某(中国)有限公司"),
    ("某某(中国)有限公司", Status.VALID, "", "某某(中国)有限公司"),
    ("某某 有限公司", Status.VALID, "", "某某有限公司"),
    ("ABC Trading Ltd", Status.VALID, "", "ABC TRADING LTD"),
    ("ＡＢＣ公司", Status.VALID, "", "ABC公司"),
    ("甲、乙合伙企业", Status.VALID, "", "甲、乙合伙企业"),
    ("7-11便利店", Status.VALID, "", "7-11便利店"),
    ("XX公司", Status.INVALID, "placeholder", ""),
    ("某公司", Status.INVALID, "placeholder", ""),
    ("测试", Status.INVALID, "placeholder", ""),
    ("", Status.INVALID, "placeholder", ""),
    ("深圳市?远公司", Status.INVALID, "lost-character", ""),
    ("深圳****公司", Status.INVALID, "masked", ""),
]


@pytest.mark.parametrize(("text", "canonical"), GOOD)
def test_names_as_people_bear_them_are_good(text: str, canonical: str) -> None:
    assert person_name.check(text) == Verdict(Status.VALID, "", canonical)


@pytest.mark.parametrize(("text", "status", "reason", "canonical", "suggestion"), TOLD)
def test_what_is_odd_about_a_name_is_told(text: str, status: Status, reason: str, canonical: str, suggestion: str | None) -> None:
    assert person_name.check(text) == Verdict(status, reason, canonical, suggestion)


@pytest.mark.parametrize(("text", "status", "reason", "canonical"), COMPANIES)
def test_companies_are_judged_lightly(text: str, status: Status, reason: str, canonical: str) -> None:
    assert company_name.check(text) == Verdict(status, reason, canonical)
    assert company_name.parse(text) == (canonical or None)


def test_names_in_one_cell_are_told_apart() -> None:
    assert person_name.names("张三、李四；王五/赵六\n孙七，周八") == ("张三", "李四", "王五", "赵六", "孙七", "周八")
    assert person_name.names("Smith, John") == ("Smith, John",)
    assert person_name.names("张三、") == ("张三",)
    assert person_name.names("") == ()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("张伟", "张玮", True), ("张伟", "张伟明", True), ("王小明", "王明", True), ("张伟", "李伟", True), ("张伟", "张伟", False),
        ("张 伟", "张伟", False), ("张伟", "李玮", False), ("张伟明", "张明伟", False), ("张三", "张三丰年", False), ("", "张", True),
    ],
)  # fmt: skip
def test_names_that_differ_in_one_character(a: str, b: str, same: bool) -> None:
    assert person_name.same_but_one(a, b) is same
    assert person_name.same_but_one(b, a) is same


@pytest.mark.parametrize(
    ("text", "surname", "given"),
    [("张伟", "张", "伟"), ("欧阳锋", "欧阳", "锋"), ("欧阳", "欧", "阳"), ("买买提·艾力", "", "买买提·艾力"), ("John Smith", "", "JOHN SMITH")],
)
def test_a_name_has_its_parts(text: str, surname: str, given: str) -> None:
    assert person_name.parse(text) == (surname, given)
    assert person_name.parse("测试") is None


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("张伟", "张*"),
        ("欧阳锋", "欧阳*"),
        ("买买提·艾力", "买*"),
        ("John Smith", "J*"),
        ("张三、李四", "张*、李*"),
        ("（张三）", "张*"),
        ("", ""),
        ("𠮷田", "𠮷*"),
    ],
)
def test_a_mask_leaves_the_surname(text: str, masked: str) -> None:
    assert person_name.mask(text) == masked


def test_a_companys_mask_leaves_two_characters() -> None:
    assert company_name.mask("深圳市某某商贸有限公司") == "深圳***"
    assert company_name.mask("某") == "某*"
    assert company_name.mask("") == ""


def test_companies_are_known_by_their_words() -> None:
    assert all(company_name.looks_like_company(t) for t in ["某某有限公司", "某某幼儿园", "某某银行", "ABC Ltd", "某市某局"])
    assert not any(company_name.looks_like_company(t) for t in ["张伟", "李公司", "王店", "张行"])


def test_a_column_says_the_same_as_its_cells() -> None:
    texts = [row[0] for row in GOOD] + [row[0] for row in TOLD] * 2 + sorted(person_name.PLACEHOLDERS) + [row[0] for row in COMPANIES]
    for scheme in (person_name, company_name):
        statuses, codes, canonicals = scheme.check_column(texts)
        verdicts = [scheme.check(t) for t in texts]
        assert statuses.tolist() == [v.status for v in verdicts]
        assert [scheme.REASONS[c] for c in codes.tolist()] == [v.reason for v in verdicts]
        assert canonicals == [v.canonical for v in verdicts]


@given(st.text(max_size=20) | st.text(alphabet="张三李四代业主·.（）() 、/xX?", max_size=12))
def test_no_text_troubles_the_reader(text: str) -> None:
    verdict = person_name.check(text)
    assert verdict.reason in person_name.REASONS
    assert (verdict.status is Status.INVALID) == (verdict.canonical == "")
    if verdict.canonical:
        assert person_name.normal(verdict.canonical) == verdict.canonical
    if verdict.reason in ("dot", "inner-space") and verdict.suggestion:
        assert person_name.canonical(verdict.suggestion) == verdict.canonical
    person_name.mask(text)
    company_name.mask(text)
    company_name.looks_like_company(text)
    assert company_name.check(text).reason in company_name.REASONS
    assert person_name.same_but_one(text, text) is False


@given(st.text(alphabet=[chr(c) for c in (*range(0x3400, 0x3420), *range(0x20000, 0x20020), *range(0xF900, 0xF910))], min_size=2, max_size=4))
def test_rare_characters_stay_as_they_are(text: str) -> None:
    assert person_name.check(text) == Verdict(Status.VALID, "", text)
