"""N06: columns of staff's own that collect what no owner file needs, and those that only look like it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
TOO_MUCH = (
    "宗教信仰", "宗 教", "月收入", "家庭收入人均", "收入数额", "收入证明", "指纹", "人脸", "人脸照片", "民族", "政治面貌", "党员", "婚姻", "婚否", "病史", "健康情况",
    "车辆轨迹", "行踪", "ＤＮＡ", "血型", "信用卡号", "Religion",
)  # fmt: skip
HARMLESS = (
    "政府收入证明", "政府非税收入票据号", "收入库日期", "收入册数", "文件指纹", "扫描件指纹", "指纹锁", "民族路门牌", "车位收入", "修改轨迹", "党员活动室", "宗教活动场所",
    "工作单位", "籍贯", "开户行所在地", "信用代码证",
)  # fmt: skip


def test_each_column_that_asks_too_much_is_named_and_no_other(tmp_path, capsys):
    root = workspace(tmp_path / "小区", sheets(2))
    book = openpyxl.load_workbook(root / "登记簿.xlsx")
    tab = book["业主"]
    for n, header in enumerate((*TOO_MUCH, *HARMLESS), tab.max_column + 1):
        tab.cell(1, n).value = header
    book.save(root / "登记簿.xlsx")
    main(["check", str(root), "--format", "json", "--as-of", "2026-10-31", "--select", "N06"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    named = [p["message"].partition("「")[2].partition("」")[0] for p in problems]
    assert sorted(named) == sorted(TOO_MUCH)
