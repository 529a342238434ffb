"""Finding: every way of asking leads to the same house, nothing is shown in full unasked, and the index is only ever an index."""

import json
import os
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
import registers  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs import finding  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402
from ownerbook.storage.cache import Cache  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402

DAY = date(2026, 10, 31)
ID = "130125198001010018"  # of a county that no longer is one


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_CACHE_DIR", str(tmp_path / "cache"))


def tables():
    out = registers.sheets(houses=5)
    first = out["业主"][0]
    first |= {"姓名": "单乐", "证件类型": "居民身份证", "证件号码": ID, "联系电话": "13800004321", "备用电话": "0755-82345678"}
    out["变更"].append(
        {"变更单号": "BG1", "对象表": "业主", "对象编号": "Y001", "变更字段": "联系电话", "原值": "13700009876", "新值": "13800004321", "申请人": "单乐",
         "申请日期": date(2026, 9, 1), "审核人": "G002", "审核结果": "同意", "经办人": "G001", "更新日期": date(2026, 9, 2)}
    )  # fmt: skip
    out["变更"].append(
        {"变更单号": "BG2", "对象表": "房屋", "对象编号": "9-1-901", "变更字段": "房号", "原值": "9-1-901", "新值": "1-1-201", "申请人": "单乐",
         "申请日期": date(2026, 9, 1), "审核人": "G002", "审核结果": "同意", "经办人": "G001", "更新日期": date(2026, 9, 2)}
    )  # fmt: skip
    out["借阅"].append(
        {"借阅单号": "JY1", "档号": "YG-1-1-301-01", "借阅人": "欧阳晓明", "借阅人身份": "外部单位", "联系电话": "13600005555", "借阅事由": "核对",
         "申请日期": date(2026, 9, 1), "审核人": "G002", "审核结果": "同意", "审核日期": date(2026, 9, 1), "借出日期": date(2026, 9, 1), "经办人": "G001",
         "应还日期": date(2026, 10, 8), "续借次数": 0}
    )  # fmt: skip
    out["档案"][2]["档案状态"] = "借出"
    return out


@pytest.fixture
def space(tmp_path):
    return registers.workspace(tmp_path / "小区", tables())


def houses(space, *words, **options):
    return [c.house for c in finding.look(open_workspace([space], space), words, DAY, **options).cards]


@pytest.mark.parametrize(
    "words",
    ["单乐", "乐", "shanle", "shanyue", "danle", "sl", "SHAN LE", "shanl", "1-1-101", "1栋1单元101", "１栋１单元１０１室", "1号楼 1单元 101", "13800004321", "138 0000 4321", "+86 13800004321",
     "4321", "82345678", "0755-82345678", "13700009876", "9876", "0018", "010018", ID, "YG-1-1-101-01", "yg-1-1-101", "Y001"],
)  # fmt: skip
def test_every_way_of_asking_leads_to_the_house(space, words):
    assert houses(space, words)[0] == "1-1-101"
    assert houses(space, *words.split())[0] == "1-1-101"


def test_former_numbers_and_houses_are_found_and_told_as_such(space, capsys):
    assert houses(space, "9-1-901") == ["1-1-201"]
    assert main(["find", "13700009876", "--in", str(space)]) == 0
    assert "从前的" in capsys.readouterr().out


def test_a_former_phone_is_found_through_the_journal(space):
    change = {"kind": "cell", "sheet": "owners", "record": "Y002", "house": "1-1-201", "column": "phone", "old": "13500007777", "new": "13900000002"}
    at = datetime(2026, 10, 1, tzinfo=timezone(timedelta(hours=8)))
    assert houses(space, "13500007777") == []
    Journal(space).append("typed", {"by": ""}, at=at, detail={"changes": [change]})
    assert houses(space, "13500007777") == ["1-1-201"]
    Journal(space).append("night", {}, at=at)
    assert finding._holds(open_workspace([space], space), next(finding._kept(open_workspace([space], space), None)).stamp)


def test_a_file_that_is_out_is_told_with_who_has_it_and_how_late_it_is(space, capsys):
    assert main(["find", "oyxm", "--in", str(space), "--as-of", "2026-10-31"]) == 0
    out = capsys.readouterr().out
    assert "1-1-301" in out and "欧阳*" in out and "逾期 23 天" in out and "JY1" in out


def test_a_place_lists_its_files(space):
    assert set(houses(space, "A01-01-01-01")) == {f"1-1-{n}01" for n in range(1, 6)}


def test_two_words_must_both_be_answered(space):
    assert houses(space, "赵丙", "1栋") == ["1-1-201"]
    assert houses(space, "赵丙", "2栋") == []


def test_nothing_is_shown_in_full_unasked_in_either_form(space, capsys):
    for form in ("text", "json"):
        assert main(["find", "单乐", "--in", str(space), "--format", form]) == 0
        out = capsys.readouterr().out
        assert "单*" in out and not any(s in out for s in ("单乐", ID, "13800004321", "82345678"))


def test_seeing_it_in_full_needs_a_reason_and_is_journalled_without_what_was_typed(space, capsys):
    assert main(["find", "单乐", "--in", str(space), "--reveal"]) == 2
    assert "--reason" in capsys.readouterr().err and Journal(space).numbers() == []
    assert main(["find", "单乐", "--in", str(space), "--reveal", "--reason", "业主 13800004321 来电核对", "--by", "G001"]) == 0
    out = capsys.readouterr().out
    assert all(s in out for s in ("单乐", ID, "13800004321"))
    (entry,) = Journal(space).entries("access")
    assert entry.data["records"] == ["Y001", "YG-1-1-101-01"] and entry.data["by"] == "G001"
    assert not any(s in json.dumps(dict(entry.data), ensure_ascii=False) for s in ("单乐", ID, "13800004321"))


def test_what_cannot_be_journalled_is_not_shown(space, capsys):
    (space / ".ownerbook").write_text("taken", "utf-8")
    assert main(["find", "单乐", "--in", str(space), "--reveal", "--reason", "核对"]) == 2
    said = capsys.readouterr()
    assert "13800004321" not in said.out and "日志" in said.err


def index_of(space):
    return Cache.of(space).folder / finding.FILE


def test_the_index_is_for_its_owner_only_and_holds_no_whole_document_number(space):
    houses(space, "单乐")
    raw = index_of(space).read_bytes()
    assert ID.encode() not in raw
    if os.name != "nt":
        assert index_of(space).stat().st_mode & 0o077 == 0 and index_of(space).parent.stat().st_mode & 0o077 == 0


def test_the_index_follows_the_register(space):
    assert houses(space, "赵新") == []
    changed = tables()
    changed["业主"][3]["姓名"] = "赵新"
    registers.workspace(space, changed)
    assert houses(space, "赵新") == ["1-1-401"]
    (space / "登记簿.xlsx").rename(space / "改名.xlsx")
    assert houses(space, "赵新") == ["1-1-401"]


def test_a_workbook_put_back_with_its_old_times_is_noticed(space):
    houses(space, "单乐")
    before = (space / "登记簿.xlsx").stat()
    changed = tables()
    changed["业主"][0]["姓名"] = "单音"
    registers.workspace(space, changed)
    os.utime(space / "登记簿.xlsx", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert houses(space, "单音") == ["1-1-101"]


def test_no_byte_of_the_index_can_change_an_answer(space):
    asked = ("单乐", "sl", "4321", "0018", "1-1-301", "A01", ID)
    told = [houses(space, words) for words in asked]
    whole = index_of(space).read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        index_of(space).write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        assert [houses(space, words) for words in asked] == told, at
    for length in (0, 5, 40, len(whole) // 2, len(whole) - 1):
        index_of(space).write_bytes(whole[:length])
        assert [houses(space, words) for words in asked] == told, length


def test_without_a_place_for_an_index_the_answer_is_the_same(space, monkeypatch):
    told = houses(space, "sl")
    monkeypatch.setenv("OWNERBOOK_CACHE_DIR", "")
    assert houses(space, "sl") == told


def test_no_index_is_kept_of_workbooks_with_a_password(space):
    assert houses(space, "单乐", password="secret") == ["1-1-101"]
    assert not index_of(space).exists()


def test_what_could_not_be_read_is_told_each_time(space, capsys):
    (space / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    for _ in range(2):
        assert main(["find", "单乐", "--in", str(space)]) == 0
        assert "坏.xlsx" in capsys.readouterr().err


def test_an_answer_out_of_the_index_loads_no_numpy(space):
    import subprocess

    houses(space, "sl")
    code = "import sys; from ownerbook.cli.main import main; s = main(['find', '1栋1单元101', '--in', sys.argv[1]]); assert s == 0; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code, str(space)], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize(
    "words", ["", "   ", "\t", "'", "((", "*", "\\", "\n1", "0", "🏠", "1" * 5000, "王" * 5000, "a'b", "\ud800", "-----", "（）"]
)
def test_odd_questions_are_answered_or_refused_in_a_sentence(space, words, capsys):
    assert main(["find", words, "--in", str(space)] if not words.startswith("-") else ["find", "--in", str(space), "--", words]) in (0, 1, 2)
    assert "程序出错" not in capsys.readouterr().err


def test_a_whole_house_number_is_no_part_of_another(tmp_path):
    told = registers.sheets(houses=2)
    told["房屋"].append(told["房屋"][0] | {"房号": "11-1-101", "楼栋": "11"})
    told["业主"].append(told["业主"][0] | {"业主编号": "Y901", "房号": "11-1-101"})
    told["档案"].append(told["档案"][0] | {"档号": "YG-11-1-101-01", "房号": "11-1-101", "业主编号": "Y901"})
    space = registers.workspace(tmp_path / "小区", told)
    assert houses(space, "1-1-101") == ["1-1-101"]
    assert houses(space, "11-1-101") == ["11-1-101"]


@pytest.mark.parametrize(("typed", "told"), [("138****4321", "带 * 的是打了码的样子"), ("单*", "带 * 的"), ("11", "至少写 4 位"), ("无此人", "可以换个写法")])
def test_where_nothing_is_found_it_says_what_to_try(space, capsys, typed, told):
    assert main(["find", typed, "--in", str(space)]) == 1
    assert told in capsys.readouterr().err
