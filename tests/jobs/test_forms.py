"""Papers for the clerk: who gets one, what stands on it, and that it prints."""

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from deadline_registers import tables  # noqa: E402
from registers import workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.forms import FORMS  # noqa: E402

# openpyxl cannot read data bars of Excel 2010, which these workbooks have
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY = "2026-10-31"


@pytest.fixture
def space(tmp_path):
    t = tables()
    sound = dict.fromkeys(("门锁", "防潮", "虫霉"), "正常") | {"消防": "异常", "处理措施": "换灭火器"}
    t["库房检查"] = [{"检查编号": "KJ1", "检查日期": date(2026, 9, 20), "档案室": t["位置"][0]["档案室"], "检查人": "G001", **sound}]
    return workspace(tmp_path / "小区", t)


def form(space, tmp_path, kind, *more):
    path = tmp_path / f"{kind}.xlsx"
    assert main(["form", kind, str(space), "--as-of", DAY, "-o", str(path), *more]) == 0
    return openpyxl.load_workbook(path)


def words(sheet) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


def rows(sheet, header=4) -> list[dict]:
    heads = [c.value for c in sheet[header]]
    return [dict(zip(heads, (c.value for c in r), strict=True)) for r in sheet.iter_rows(min_row=header + 1) if isinstance(r[0].value, int)]


def test_each_borrower_has_a_page_and_who_cannot_be_reached_stands_on_a_list(space, tmp_path):
    book = form(space, tmp_path, "催还通知")
    assert [r["借阅人"] for r in rows(book["催还名单"])] == ["赵乙", "钱外"]
    assert [r["借阅人"] for r in rows(book["无联系方式"])] == ["钱外"]
    text = " ".join(words(book["催还通知"]))
    assert "赵乙（先生/女士）" in text and "JY001" in text and "逾期已满 30 天" in text
    assert len(book["催还通知"].row_breaks.brk) == 1


def test_a_notice_is_a_letter_too(space, capsys):
    assert main(["form", "overdue-notice", str(space), "--as-of", DAY, "--format", "text", "--person", "赵乙"]) == 0
    text = capsys.readouterr().out
    assert "赵乙（先生/女士）：" in text and "2026年9月30日应还，逾期 31 天" in text and "钱外" not in text


def test_an_owner_is_asked_for_exactly_what_is_missing(space, tmp_path):
    book = form(space, tmp_path, "补件通知")
    (line,) = rows(book["补件名单"])
    assert (line["房号"], line["缺件数"], line["缺少的材料"]) == ("1-1-301", 2, "购房发票、隐私告知书")
    assert "购房发票" in words(book["补件通知"])


def test_the_application_form_prints_the_terms_in_force(space, tmp_path):
    text = " ".join(words(form(space, tmp_path, "借阅申请表", "--file", "YG-1-1-301-01")["借阅申请表"]))
    assert "YG-1-1-301-01" in text and "借阅期限为 1个月" in text and "可续借 1 次" in text


def test_the_slip_has_two_copies_with_the_due_day(space, tmp_path):
    text = words(form(space, tmp_path, "借阅单", "--loan", "JY001")["借阅单"])
    assert text.count("2026年9月30日") == 2 and text.count("6 件 / 12 页") == 2


def test_the_audit_sheet_is_in_the_order_of_the_shelves_with_its_papers_frozen(space, tmp_path):
    book = form(space, tmp_path, "审核清单", "--count", "8", "--auditor", "G002")
    assert book.sheetnames[:3] == ["在库核对", "材料核对", "借出核对"]
    here, papers, out = (rows(book[n]) for n in book.sheetnames[:3])
    assert len(here) == 6 and len(out) == 2 and {r["借阅单号"] for r in out} == {"JY001", "JY002"}
    assert len(papers) == 6 * 6 - 2 and {r["档号"] for r in papers} == {r["档号"] for r in here}
    assert {p.name: p.value for p in book.custom_doc_props.props}["ownerbook.month"] == "2026-10"
    assert book["在库核对"].data_validations.dataValidation


def test_the_appraisal_list_leaves_out_what_is_blocked_or_under_way(space, tmp_path):
    book = form(space, tmp_path, "鉴定清单")
    assert [(r["档号"], r["已保管"], r["件数"], r["页数"]) for r in rows(book["鉴定清单"])] == [("YG-1-1-401-01", "10 年", 6, 12)]
    assert [(r["档号"], r["不能处置的原因"]) for r in rows(book["期满受阻"])] == [("YG-1-1-701-01", "暂缓处置至 未定")]


def test_the_destruction_register_holds_what_is_approved_and_its_scans(space, tmp_path):
    book = form(space, tmp_path, "销毁清册")
    (line,) = rows(book["销毁清册"])
    assert (line["档号"], line["应保管期限"], line["已保管"], line["页数"], line["销毁原因"]) == ("YG-1-1-501-01", "10年", "10 年", 12, "期满")
    assert [(r["电子件"], r["在工作区"]) for r in rows(book["待删电子件"])] == [("扫描件/a.pdf", "没有")]
    assert any("监销人二" in w for w in words(book["销毁清册"]))


def test_the_transfer_list_is_by_disposal_or_everything(space, tmp_path):
    assert [r["档号"] for r in rows(form(space, tmp_path, "移交清单")["移交清单"])] == ["YG-1-1-601-01"]
    book = form(space, tmp_path, "移交清单", "--everything", "--receiver", "新家园物业")
    assert len(rows(book["移交清单"])) == 8 and book["分楼栋汇总"]["B5"].value == 8
    assert any("三十八条" in w for w in words(book["移交清单"]))


@pytest.mark.parametrize("kind", [k for k in FORMS if k != "incident-letter"])  # it needs an incident: test_duties_to_owners.py
def test_every_form_is_ours_on_a4_and_the_same_twice(space, tmp_path, kind):
    more = {"loan-slip": ["--loan", "JY001"], "handover-receipt": ["--month", "2026-08"]}.get(kind, [])
    form(space, tmp_path, kind, *more)
    first = (tmp_path / f"{kind}.xlsx").read_bytes()
    book = form(space, tmp_path, kind, *more)
    assert (tmp_path / f"{kind}.xlsx").read_bytes() == first
    assert {p.name: p.value for p in book.custom_doc_props.props}["ownerbook.kind"] == kind
    assert all(str(s.page_setup.paperSize) == "9" for s in book.worksheets if s.sheet_state == "visible")


def test_what_cannot_be_made_is_said_in_one_line(space, capsys):
    for argv, words_ in (
        (["form", "没有这种", str(space)], "没有「没有这种」这种单"),
        (["form", "借阅单", str(space), "--loan", "JY999"], "「借阅」表里没有 JY999"),
        (["form", "审核清单", str(space), "--month", "2026-13"], "月份 2026-13 写法不对"),
        (["form", "销毁清册", str(space), "--format", "text"], "只有催还通知和补件通知"),
    ):
        assert main(argv) == 2
        assert words_ in capsys.readouterr().err


def test_day_of_the_register_is_the_one_asked_for(space, tmp_path):
    book = form(space, tmp_path, "催还通知")
    assert book.properties.created.date() == date(2026, 10, 31)


@pytest.mark.parametrize("kind", [k for k in FORMS if k not in ("loan-slip", "change", "incident-letter")])
def test_every_header_of_a_form_in_english_has_its_english_words(space, tmp_path, kind):
    more = ["--month", "2026-08"] if kind == "handover-receipt" else []
    book = form(space, tmp_path, kind, "--lang", "en", *more)
    navy, yellow, pale = "FF1B3A5C", "FFFFE699", "FFF3F6FA"
    heads = [
        str(c.value)
        for sheet in book
        for row in sheet.iter_rows()
        for c in row
        if c.value and c.font.b and c.fill.fgColor.rgb in (navy, yellow, pale)
    ]
    assert len(heads) > 5
    assert [h for h in heads if any("\u4e00" <= c <= "\u9fff" for c in h) and "\n" not in h] == []


def test_the_audit_sheet_masks_people_and_the_notice_does_not_unless_told_otherwise(space, tmp_path):
    more = ("--count", "8")
    masked, full = form(space, tmp_path, "audit-sheet", *more), form(space, tmp_path, "audit-sheet", *more, "--unmask")
    assert "赵乙" not in words(masked["借出核对"]) and "赵乙" in words(full["借出核对"])
    assert "题名" not in words(masked["在库核对"]) and "题名" in words(full["在库核对"])
    assert "赵*" in words(form(space, tmp_path, "催还通知", "--masked")["催还名单"])
    assert "赵乙" in words(form(space, tmp_path, "催还通知")["催还名单"])


def test_a_letter_to_a_body_is_not_addressed_to_a_person(space, capsys):
    assert main(["form", "overdue-notice", str(space), "--as-of", DAY, "--format", "text", "--person", "钱外"]) == 0
    text = capsys.readouterr().out
    assert "钱外：" in text and "贵单位借阅" in text and "先生" not in text


def test_a_letter_in_english_stands_below_the_chinese(space, capsys):
    assert main(["--lang", "en", "form", "supplement", str(space), "--as-of", DAY, "--format", "text"]) == 0
    text = capsys.readouterr().out
    assert "还缺下列 2 件材料" in text and "lacks 2 papers" in text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--building", "99"], "没有 99 栋"),
        (["--count", "0"], "--count 0"),
        (["--auditor", "无此人"], "「人员」里没有 无此人"),
        (["--month", "2026-13"], "2026-13"),
    ],
)
def test_a_form_asked_for_wrongly_is_not_made(space, tmp_path, capsys, more, words):
    path = tmp_path / "x.xlsx"
    assert main(["form", "审核清单", str(space), "--as-of", DAY, "-o", str(path), *more]) == 2
    assert words in capsys.readouterr().err and not path.exists()


@pytest.mark.parametrize("kind", ["transfer", "appraisal", "destruction", "archiving", "overdue-notice"])
def test_a_list_of_one_building_holds_no_other(tmp_path, kind):
    from deadline_registers import tables
    from registers import workspace

    t = tables()
    other = "2-1-101"
    t["房屋"].append(t["房屋"][0] | {"房号": other, "楼栋": "2", "签约日期": None, "交房日期": None, "入住日期": None, "房屋状态": "未售"})
    folder = workspace(tmp_path / "小区", t)
    more = ["--everything"] if kind == "transfer" else []
    held = [
        sum(
            isinstance(c.value, str) and "YG-" in c.value
            for s in form(folder, tmp_path, kind, *more, "--building", b)
            for r in s.iter_rows()
            for c in r
        )
        for b in ("1号楼", "2栋")
    ]
    assert held[1] == 0 and (held[0] > 0 or kind == "archiving")
