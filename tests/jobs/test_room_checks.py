"""库房检查表 printed, filled in and read back, by the command and through the inbox; measures that are not done are on the agenda."""

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from deadline_registers import tables  # noqa: E402
from registers import workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY = "2026-10-31"
TAB, MEASURES = "库房检查表", "未完成措施"
SOUND = {"门锁": "√", "消防": "正常", "防潮": "正常", "虫霉": "正常"}
VISIT = {"检查日期": date(2026, 10, 30), "检查人": "G001", "温度": "21.5℃", "湿度": "52%", **SOUND}
OLD = {"检查编号": "KJ7", "检查日期": date(2026, 9, 20), "检查人": "G001", "门锁": "正常", "消防": "异常", "防潮": "正常", "虫霉": "正常"}


@pytest.fixture
def space(tmp_path):
    t = tables()
    room = t["位置"][0]["档案室"]
    t["库房检查"] = [{**OLD, "档案室": room, "处理措施": "换灭火器"}]
    return workspace(tmp_path / "小区", t), room


def sheet(root) -> list[dict]:
    rows = list(openpyxl.load_workbook(root / "登记簿.xlsx")["库房检查"].iter_rows(values_only=True))
    return [dict(zip(rows[0], r, strict=True)) for r in rows[1:] if r[0]]


def form(root, tmp_path, *more) -> Path:
    path = tmp_path / "检查.xlsx"
    assert main(["form", "库房检查表", str(root), "--as-of", DAY, "-o", str(path), *more]) == 0
    return path


def fill(path, tab, row, **cells) -> None:
    book = openpyxl.load_workbook(path)
    heads = {c.value.split("\n")[0]: c.column for c in book[tab][4]}
    for head, value in cells.items():
        book[tab].cell(row, heads[head]).value = value
    book.save(path)


def filled(root, path, *more) -> int:
    return main(["filled", str(path), "--in", str(root), "--on", DAY, *more])


def test_a_round_comes_back_as_rows_and_a_measure_that_is_done_as_its_day(space, tmp_path):
    root, room = space
    path = form(root, tmp_path, "--lang", "en")
    assert openpyxl.load_workbook(path)[TAB].cell(5, 2).value == room
    fill(path, TAB, 5, **VISIT)
    fill(path, MEASURES, 5, 完成日期=date(2026, 10, 1))
    assert filled(root, path, "--write") == 0
    old, new = sheet(root)
    assert old["完成日期"].date() == date(2026, 10, 1)
    assert (new["检查编号"], new["温度"], new["湿度"], new["门锁"], new["检查人"]) == ("KJ8", 21.5, 52, "正常", "G001")


def test_the_same_sheet_read_twice_adds_nothing(space, tmp_path):
    root, _ = space
    path = form(root, tmp_path)
    fill(path, TAB, 5, **VISIT)
    fill(path, MEASURES, 5, 完成日期=date(2026, 10, 1))
    assert filled(root, path, "--write") == 0
    assert filled(root, path, "--write") == 0
    assert len(sheet(root)) == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"防潮": "×"}, "没有写处理措施"),
        ({"门锁": None}, "没有填门锁"),
        ({"门锁": "还行"}, "应为 正常 或 异常"),
        ({"检查人": None}, "没有写检查人"),
        ({"检查日期": date(2026, 11, 9)}, "在今天之后"),
        ({"温度": "热"}, "应为 -40 到 60"),
        ({"湿度": "nan"}, "应为 0 到 100"),
        ({"档案室": "Z99"}, "「位置」表里没有档案室"),
        ({"完成日期": date(2026, 10, 1), "防潮": "异常", "处理措施": "除湿"}, "早于检查日期"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_nothing_is_written(space, tmp_path, capsys, wrong, told):
    root, _ = space
    path = form(root, tmp_path)
    fill(path, TAB, 5, **(VISIT | wrong))
    assert filled(root, path, "--write") == 1
    out = capsys.readouterr()
    assert told in out.out + out.err and "第 5 行" in out.out + out.err
    assert len(sheet(root)) == 1


def test_a_room_that_nobody_visited_stays_due(space, tmp_path, capsys):
    root, _ = space
    assert filled(root, form(root, tmp_path)) in (0, 1)
    out = capsys.readouterr()
    assert "1 间没有填写，仍算待查" in out.out + out.err


def test_a_measure_that_is_not_done_is_on_the_agenda_until_it_is(space, tmp_path, capsys):
    root, room = space
    assert main(["due", str(root), "--as-of", DAY, "--all"]) in (0, 1)
    assert f"档案室 {room} 消防异常，处理措施未完成" in capsys.readouterr().out
    path = form(root, tmp_path)
    fill(path, MEASURES, 5, 完成日期=date(2026, 10, 1))
    assert filled(root, path, "--write") == 0
    capsys.readouterr()
    assert main(["due", str(root), "--as-of", DAY, "--all"]) in (0, 1)
    assert "处理措施未完成" not in capsys.readouterr().out


def test_a_measure_that_the_register_lacks_is_written_with_its_day_or_not_at_all(tmp_path, capsys):
    t = tables()
    t["库房检查"] = [{**OLD, "档案室": t["位置"][0]["档案室"]}]
    root = workspace(tmp_path / "小区", t)
    path = form(root, tmp_path)
    fill(path, MEASURES, 5, 完成日期=date(2026, 10, 1))
    assert filled(root, path, "--write") == 1 and "没有写处理措施" in capsys.readouterr().err
    fill(path, MEASURES, 5, 处理措施="换灭火器")
    assert filled(root, path, "--write") == 0
    assert (sheet(root)[0]["处理措施"], sheet(root)[0]["完成日期"].date()) == ("换灭火器", date(2026, 10, 1))


def test_a_register_without_the_sheet_says_so(tmp_path, capsys):
    t = tables()
    t.pop("库房检查", None)
    root = workspace(tmp_path / "小区", t)
    assert main(["form", "库房检查表", str(root), "--as-of", DAY, "-o", str(tmp_path / "x.xlsx")]) == 2
    out = capsys.readouterr()
    assert "没有「库房检查」表" in out.out + out.err


def test_through_the_inbox_it_waits_in_the_plan(space, tmp_path, capsys):
    root, _ = space
    path = form(root, tmp_path)
    fill(path, TAB, 5, **VISIT)
    inbox = root / "收件箱"
    inbox.mkdir(exist_ok=True)
    (inbox / "检查.xlsx").write_bytes(path.read_bytes())
    assert main(["reconcile", "--in", str(root), "--as-of", DAY]) in (0, 1)
    assert "库房检查 KJ8 新增一行" in capsys.readouterr().out
    assert len(sheet(root)) == 1
