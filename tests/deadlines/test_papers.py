"""Which papers a file must hold, and which it lacks."""

from datetime import date

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.papers import missing_papers
from ownerbook.rules.pictures import draw

TODAY = date(2026, 10, 31).toordinal() - EPOCH
POLICY = "制度: 参数 | 值\n必备材料.住宅 | 业主登记表、购房合同\n必备材料.车位 | 购房合同\n"


def missing(
    papers: str,
    *,
    owner: str = "自然人 | ",
    use: str = "住宅",
    more: str = "",
    status: str = "在库",
    registered: str = "2026-01-01",
    late: bool = True,
) -> list[str]:
    document = "统一社会信用代码" if owner.startswith("法人") else "居民身份证"
    text = (
        f"房屋: 房号 | 房屋用途\n1-1-101 | {use}\n\n业主: 业主编号 | 房号 | 业主类型 | 证件类型 | 证件号码 | 业主状态 | 登记日期\n"
        f"Y1 | 1-1-101 | {owner.replace('|', f'| {document} |')} | 现业主 | {registered}\n\n档案: 档号 | 房号 | 业主编号 | 档案状态\nA | 1-1-101 | Y1 | {status}\n\n"
        f"材料: 材料编号 | 档号 | 材料类型 | 材料状态\n{papers}\n\n{POLICY}{more}"
    )
    found = missing_papers(Whole(draw(text).register()), TODAY, late=late)
    return [found.names[p] for p in found.paper]


def test_a_file_lacks_what_policy_lists_for_the_use_of_its_house():
    assert missing("") == ["业主登记表", "购房合同"]
    assert missing("", use="车位") == ["购房合同"]


def test_a_paper_to_come_is_not_held_and_an_incomplete_one_is():
    assert missing("C1 | A | 业主登记表 | 待补\nC2 | A | 购房合同 | 缺页") == ["业主登记表"]


def test_a_licence_does_for_the_identity_papers_of_a_company_only():
    papers, more = "C1 | A | 营业执照 | 齐全", "必备材料.储藏室 | 身份证件复印件"
    assert missing(papers, owner="法人 | ", use="储藏室", more=more) == []
    assert missing(papers, owner="自然人 | ", use="储藏室", more=more) == ["身份证件复印件"]


def test_companies_and_minors_have_their_own_lists_once_policy_sets_them():
    more = "必备材料.法人 | 营业执照\n必备材料.未成年人 | 业主登记表、变更证明"
    assert missing("", owner="法人 | ", more=more) == ["营业执照"]
    assert missing("", owner="自然人 | 13210120081101001" + check("13210120081101001"), more=more) == ["业主登记表", "变更证明"]
    assert missing("", owner="自然人 | 13210120081031001" + check("13210120081031001"), more=more) == ["业主登记表", "购房合同"]


def check(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


def test_papers_are_asked_for_once_the_filing_term_has_passed():
    assert missing("", registered="2026-10-16") == []
    assert missing("", registered="2026-10-15") == ["业主登记表", "购房合同"]
    assert missing("", registered="2026-10-16", late=False) == ["业主登记表", "购房合同"]


def test_files_that_are_closed_or_gone_ask_for_nothing():
    for status in ("遗失", "已归档", "已移交", "已销毁", "不明"):
        assert missing("", status=status) == []


def test_a_paper_whose_kind_cannot_be_read_may_be_the_one_that_lacks():
    assert missing("C1 | A | 业主登记表 | 齐全\nC2 | A | 合同书 | 齐全") == []
    assert missing("C2 | A | 合同书 | 齐全") == ["业主登记表", "购房合同"]


def test_a_paper_that_names_no_file_counts_for_the_papers_beside_it():
    assert missing("C1 | A | 业主登记表 | 齐全\nC2 | B | 购房合同 | 齐全") == []


def test_a_file_whose_number_is_wrong_does_not_lack_all_its_papers_too():
    assert missing("C1 | B | 装修申请 | 齐全") == []
    assert missing("") == ["业主登记表", "购房合同"]
