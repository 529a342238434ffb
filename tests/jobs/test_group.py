"""A group of communities: checked side by side, compared without a number leaving its community, and never stopped by one of them."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs import group  # noqa: E402
from ownerbook.jobs.community import Asked, look_at  # noqa: E402
from ownerbook.jobs.crew import share_out  # noqa: E402
from ownerbook.jobs.workspace import Unusable  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # data bars, in openpyxl
DAY = date(2026, 10, 31)


def community(folder: Path, n: int, **changes: object) -> Path:
    tables = sheets(3)
    for i, owner in enumerate(tables["业主"]):
        owner |= {"证件号码": f"E{n:04d}{i:04d}", "联系电话": f"139{n:04d}{i:04d}", "姓名": "钱孙李周"[n % 4] + "东南西北"[i]}
    tables["业主"][0] |= changes
    return workspace(folder / f"小区{n}", tables)


@pytest.fixture
def four(tmp_path):
    for n in range(4):
        community(tmp_path / "集团", n)
    return tmp_path / "集团"


def double(n: int) -> int:
    return 2 * n


def dies_once(task: tuple[int, str]) -> int:
    n, marks = task
    mark = Path(marks) / str(n)
    if n == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def dies(n: int) -> int:
    if n == 2:
        os._exit(1)
    return n


def hangs(n: int) -> int:
    if n == 1:
        time.sleep(60)
    return n


def test_every_task_comes_back_once_whatever_the_number_of_workers():
    for workers in (1, 2, 3, 9):
        done = list(share_out(range(7), double, workers=workers))
        assert sorted((d.number, d.result) for d in done) == [(n, 2 * n) for n in range(7)]
    assert list(share_out([], double, workers=2)) == []


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
def test_a_worker_killed_in_the_middle_costs_a_second_try(tmp_path):
    done = {d.number: d for d in share_out([(n, str(tmp_path)) for n in range(6)], dies_once, workers=2)}
    assert {n: d.result for n, d in done.items()} == {n: n for n in range(6)}
    assert done[3].tries == 2 and all(d.tries == 1 for n, d in done.items() if n != 3)


def test_a_task_that_always_dies_or_hangs_is_told_and_the_others_come_back():
    done = {d.number: d for d in share_out(range(5), dies, workers=2)}
    assert (done[2].lost, done[2].tries, done[2].result) == ("died", 2, None)
    assert [done[n].result for n in (0, 1, 3, 4)] == [0, 1, 3, 4]
    done = {d.number: d for d in share_out(range(3), hangs, workers=2, tries=1, seconds=3.0)}
    assert done[1].lost == "hung" and done[0].result == 0 and done[2].result == 2


def test_workspaces_are_found_below_and_plain_folders_where_there_are_none(four, tmp_path):
    assert [p.name for p in group.communities([four])] == [f"小区{n}" for n in range(4)]
    for p in four.rglob("ownerbook.toml"):
        p.unlink()
    assert [p.name for p in group.communities([four])] == [f"小区{n}" for n in range(4)]
    (tmp_path / "空").mkdir()
    with pytest.raises(Unusable, match="空"):
        group.communities([tmp_path / "空"])
    with pytest.raises(Unusable, match="没有这个"):
        group.communities([tmp_path / "没有这个"])


def test_a_phone_of_many_people_and_a_document_under_two_names_show_across_communities(tmp_path):
    for n in range(5):
        community(tmp_path / "集团", n, 联系电话="13900007777")
    community(tmp_path / "集团", 8, 证件号码="E99990000", 姓名="周甲")
    community(tmp_path / "集团", 9, 证件号码="E99990000", 姓名="周乙")
    found = group.run(group.communities([tmp_path / "集团"]), DAY, workers=1)
    told = {(s.kind, s.people, len(s.communities)) for s in found.shared}
    assert told == {("phone", 5, 5), ("document", 2, 2)}
    assert {o for s in found.shared for _, o in s.owners} == {"Y001"}


def test_one_owner_of_houses_in_two_communities_is_no_duplicate(tmp_path):
    for n in (1, 2):
        community(tmp_path / "集团", n, 证件号码="E99990000", 姓名="周甲", 联系电话="13900007777")
    assert group.run(group.communities([tmp_path / "集团"]), DAY, workers=1).shared == []


def test_no_number_and_no_name_leaves_its_community(tmp_path):
    path = community(tmp_path / "集团", 1, 姓名="欧阳示例", 联系电话="13900007777", 证件号码="E99990000")
    for key in (b"a" * 32, b"b" * 32):
        left = repr(look_at(Asked(str(path), DAY, key)))
        for word in ("欧阳", "13900007777", "E99990000"):
            assert word not in left
    one, other = (look_at(Asked(str(path), DAY, k)).people for k in (b"a" * 32, b"b" * 32))
    assert one is not None and other is not None and not set(one.phone.tolist()) & set(other.phone.tolist())


def test_an_unreadable_workbook_and_wrong_settings_cost_their_community_only(four):
    (four / "小区1" / "登记簿.xlsx").write_bytes(b"PK\x03\x04 torn")
    (four / "小区2" / "ownerbook.toml").write_text("[workspace]\nname = 3\n", "utf-8")
    found = group.run(group.communities([four]), DAY, workers=2)
    by = {Path(c.path).name: c for c in found.communities}
    assert by["小区1"].unreadable == ["登记簿.xlsx"] and by["小区1"].trouble is None
    assert by["小区2"].trouble is not None and "name" in by["小区2"].trouble.zh
    assert by["小区0"].figures["houses"] == 3 and not by["小区0"].trouble


def test_a_community_keeps_its_own_memory_of_problems(four):
    group.run(group.communities([four]), DAY, workers=1)
    assert not list(four.rglob(".ownerbook"))


def test_the_command_tells_ranks_and_writes_a_workbook(four, tmp_path, capsys):
    bad = workspace(four / "小区7", sheets(3) | {"房屋": []})
    assert bad.is_dir()
    assert main(["group", "check", str(four), "--as-of", "2026-10-31", "--format", "json", "--workers", "2"]) == 1
    told = json.loads(capsys.readouterr().out)
    first = told["lists"]["communities"][0] if isinstance(told["lists"], dict) else told["lists"][0]["lines"][0]
    assert "小区7" in json.dumps(first, ensure_ascii=False)
    out = tmp_path / "报告.xlsx"
    assert main(["group", "report", str(four), "--as-of", "2026-10-31", "-o", str(out), "--workers", "1"]) == 1
    book = openpyxl.load_workbook(out)
    ranking, common = book["小区排名"], book["常见问题"]
    heads = [c.value for c in ranking[4]]
    assert heads[:2] == ["名次", "小区"] and str(ranking.cell(5, ranking.max_column).value).endswith("小区7")
    rates = [ranking.cell(row, heads.index("每百套错误") + 1).value for row in range(5, ranking.max_row + 1)]
    assert all(isinstance(r, int | float) or r is None for r in rates)
    assert [c.value for c in common[4]][1:4] == ["编号", "问题", "轻重"] and common.max_row > 4
    assert main(["group", "check", str(four), "--select", "Z99"]) == 2
    assert main(["group", "check", str(four), "--scheduler", "tcp://127.0.0.1:1"]) == 2


def test_on_a_cluster_a_worker_killed_in_the_middle_costs_nothing(four):
    distributed = pytest.importorskip("distributed", reason="ownerbook[cluster] is not installed")
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        places = group.communities([four]) * 3
        killed: list[int] = []

        def progress(done: int, of: int, name: str) -> None:
            if done == 2 and not killed:
                victim = next(iter(cluster.workers.values()))
                killed.append(victim.pid)
                os.kill(victim.pid, signal.SIGKILL)

        found = group.run(places, DAY, scheduler=cluster.scheduler_address, progress=progress)
    assert killed and len(found.communities) == 12 and all(c.trouble is None for c in found.communities)
