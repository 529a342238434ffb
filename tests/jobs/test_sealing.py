"""Particulars past their purpose are sealed: gone from the register and from all that is kept, seen again only with key, right and reason."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402
from ownerbook.storage.versions import Versions  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY = "2026-10-31"
OLD, FORMER, NUMBER = "13900000077", "13900000078", "E77770001"


def tables():
    """The third owner left ten years ago and more; their phone was changed once by a registered change; a member moved out."""
    out = sheets(3)
    owner, file = out["业主"][2], out["档案"][2]
    owner |= {"业主状态": "原业主", "迁入日期": date(2010, 1, 5), "登记日期": date(2010, 1, 5), "迁出日期": date(2015, 6, 1), "证件号码": NUMBER}
    owner |= {"联系电话": OLD, "告知日期": date(2010, 1, 5), "个性化服务需求": "送件上门", "需求同意日期": date(2010, 1, 5), "登记人": "G001"}
    file |= {"保管期限": "10年", "档案状态": "在库"}
    for staff in out["人员"]:
        staff |= {"入职日期": date(2009, 1, 2), "保密协议签订日期": date(2009, 1, 2)}
    house = dict(out["业主"][0]) | {"业主编号": "Y009", "房号": "1-1-301", "姓名": "钱九", "证件号码": "E12349999", "联系电话": "13900009009"}
    out["业主"].append(house)
    out["变更"].append(
        {"变更单号": "BG001", "对象表": "业主", "对象编号": "Y003", "变更字段": "联系电话", "原值": FORMER, "新值": OLD, "申请人": "赵戊", "申请日期": date(2012, 3, 1), "审核人": "G002", "审核结果": "同意", "经办人": "G001", "更新日期": date(2012, 3, 2)}
    )
    out["家庭成员"] = [
        {"成员编号": "M001", "房号": "1-1-301", "姓名": "赵小", "与业主关系": "子女", "联系电话": "13900000088", "登记日期": date(2010, 1, 5), "居住状态": "迁出"}
    ]
    return out


@pytest.fixture
def root(tmp_path):
    root = workspace(tmp_path / "小区", tables())
    assert main(["reconcile", "--in", str(root), "--as-of", DAY]) in (0, 1)
    return root


def run(root, *words):
    return main(["seal", "--in", str(root), "--as-of", DAY, *words])


def sealed(root, *more):
    key = root.parent / "key"
    assert run(root, "--make-key", str(key)) == 0
    assert run(root, "--yes", "--by", "G002", *more) == 0
    return key


def held(root, sheet, record, header):
    tab = openpyxl.load_workbook(root / "登记簿.xlsx")[sheet]
    heads = [c.value for c in tab[1]]
    return next(r[heads.index(header)] for r in tab.iter_rows(min_row=2, values_only=True) if record in r)


def everything(folder):
    """All bytes under a folder, workbooks unpacked."""
    out = b""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as z:
                out += b"".join(z.read(n) for n in z.namelist())
        else:
            out += path.read_bytes()
    return out


def problems(root, capsys):
    capsys.readouterr()
    main(["check", str(root), "--as-of", DAY, "--format", "json"])
    return {(p["code"], p["record"], p["header"]) for p in json.loads(capsys.readouterr().out)["problems"]}


def test_what_outlived_its_purpose_is_listed_and_nothing_is_written(root, capsys):
    before = (root / "登记簿.xlsx").read_bytes()
    capsys.readouterr()
    assert run(root, "--format", "json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert OLD not in json.dumps(listed) and (root / "登记簿.xlsx").read_bytes() == before
    assert {(line["record"], line["fields"]) for line in listed["lists"]["proposed"]} == {("Y003", "证件号码、联系电话"), ("Y003", "个性化服务需求、需求同意日期"), ("M001", "联系电话")}


def test_sealing_leaves_no_byte_of_it_in_register_versions_journal_and_cache(root, tmp_path):
    kept = everything(root)
    assert all(v.encode() in kept for v in (OLD, FORMER, NUMBER, "13900000088"))
    sealed(root)
    kept = everything(root)
    assert not [v for v in (OLD, FORMER, NUMBER, "13900000088", "送件上门") if v.encode() in kept]
    assert held(root, "业主", "Y003", "联系电话") == held(root, "业主", "Y003", "证件号码") == "已封存"
    assert held(root, "业主", "Y003", "姓名") and held(root, "家庭成员", "M001", "联系电话") is None
    assert held(root, "变更", "BG001", "原值") == held(root, "变更", "BG001", "新值") == "已封存"


def test_the_check_has_nothing_new_to_say_after_sealing(root, capsys):
    before = problems(root, capsys)
    assert ("M08", "Y003", "证件号码") in before
    sealed(root)
    after = problems(root, capsys)
    assert after <= before and not [p for p in after if p[0] == "M08"]


def test_verify_tells_a_duty_done_from_damage_and_misses_nothing_that_comes_back(root, capsys, tmp_path):
    before = tmp_path / "versions"
    shutil.copytree(root / ".ownerbook" / "versions", before)
    sealed(root)
    capsys.readouterr()
    assert main(["verify", "--in", str(root), "--lang", "zh"]) == 0
    assert "依法封存" in capsys.readouterr().out
    old = next(p for p in before.iterdir() if not (root / ".ownerbook" / "versions" / p.name).exists())
    shutil.copy(old, root / ".ownerbook" / "versions" / old.name)
    assert main(["verify", "--in", str(root)]) == 1
    assert "又回来了" in capsys.readouterr().out
    assert run(root, "--finish") == 0
    assert main(["verify", "--in", str(root)]) == 0


def test_a_rewritten_version_that_is_taken_away_is_damage(root):
    sealed(root)
    entry = Journal(root).newest("sealed")
    new = next(n for n in entry.data["versions"].values() if n)
    Versions(root).path(new).unlink()
    assert main(["verify", "--in", str(root)]) == 1


def test_an_old_day_can_still_be_laid_out_without_what_was_sealed(root, tmp_path):
    first = Journal(root).read(1)
    old = next(iter(first.data["workbooks"].values()))
    sealed(root)
    data = Versions(root).read(old)
    assert data is not None
    (tmp_path / "old.xlsx").write_bytes(data)
    tab = openpyxl.load_workbook(tmp_path / "old.xlsx")["业主"]
    rows = [r for r in tab.iter_rows(values_only=True) if "Y003" in r]
    assert "已封存" in rows[0] and any("13900000001" in r for r in tab.iter_rows(values_only=True))


def test_only_with_key_right_and_reason_is_it_seen_and_each_look_is_journalled(root, capsys):
    key = sealed(root)
    capsys.readouterr()
    assert run(root, "--open", "Y003", "--key", str(key), "--by", "G002") == 2
    assert run(root, "--open", "Y003", "--key", str(key), "--by", "G001", "--reason", "核对") == 2
    other = root.parent / "other"
    other.write_text("ownerbook-seal-key-1\n" + "00" * 32 + "\n0\n")
    assert run(root, "--open", "Y003", "--key", str(other), "--by", "G002", "--reason", "核对") == 2
    assert OLD not in "".join(capsys.readouterr())
    assert not Journal(root).entries("access")
    assert run(root, "--open", "Y003", "--key", str(key), "--by", "G002", "--reason", "法院调取") == 0
    assert OLD in capsys.readouterr().out
    (entry,) = Journal(root).entries("access")
    assert entry.data["by"] == "G002" and entry.data["reason"] == "法院调取" and OLD not in json.dumps(dict(entry.data))


def test_what_is_sealed_can_be_put_back_and_the_sealed_copy_goes(root, capsys):
    key = sealed(root, "--only", "Y003")
    assert run(root, "--open", "Y003", "--key", str(key), "--by", "G002", "--reason", "误封", "--back") == 0
    assert held(root, "业主", "Y003", "联系电话") == OLD and held(root, "业主", "Y003", "个性化服务需求") == "送件上门"
    assert not list((root / ".ownerbook" / "sealed").glob("*.json"))


def test_deleting_leaves_nothing_to_open(root, capsys):
    key = sealed(root)
    assert run(root, "--delete", "--only", "Y003", "--yes", "--by", "G002") == 0
    assert held(root, "业主", "Y003", "联系电话") == "已删除"
    assert run(root, "--open", "Y003", "--key", str(key), "--by", "G002", "--reason", "核对") == 2
    assert main(["verify", "--in", str(root)]) == 0
    assert not [p for p in problems(root, capsys) if p[0] == "M08"]


def test_without_a_key_or_without_the_right_nothing_is_touched(root, capsys):
    before = everything(root)
    assert run(root, "--yes", "--by", "G002") == 2
    assert run(root, "--make-key", str(root / "key")) == 2
    assert everything(root) == before
    assert run(root, "--make-key", str(root.parent / "key")) == 0
    assert run(root, "--yes", "--by", "G001") == 2 and run(root, "--yes") == 2
    assert held(root, "业主", "Y003", "联系电话") == OLD


def test_a_number_that_somebody_else_still_has_stays_with_them(tmp_path, capsys):
    data = tables()
    data["业主"][3]["联系电话"] = OLD
    root = workspace(tmp_path / "小区", data)
    main(["reconcile", "--in", str(root), "--as-of", DAY])
    sealed(root)
    assert held(root, "业主", "Y009", "联系电话") == OLD and held(root, "业主", "Y003", "联系电话") == "已封存"
    assert "还有同样的号码" in capsys.readouterr().out


def test_forms_that_came_in_and_hold_it_are_named_for_staff_to_delete(root, capsys):
    folder = root / "收件箱" / "已处理"
    folder.mkdir(parents=True)
    book = openpyxl.Workbook()
    book.active["B2"] = f"旧电话 {OLD}"
    book.save(folder / "来件.xlsx")
    run(root, "--make-key", str(root.parent / "key"))
    capsys.readouterr()
    assert run(root, "--yes", "--by", "G002") == 1
    assert "收件箱/已处理/来件.xlsx" in capsys.readouterr().err


def test_undoing_a_sealing_brings_nothing_back(root, capsys):
    sealed(root)
    entry = next(e for e in Journal(root).entries("applied") if e.data.get("act") == "seal")
    main(["undo", str(entry.number), "--in", str(root), "--as-of", DAY])
    assert held(root, "业主", "Y003", "联系电话") == "已封存"
    assert OLD.encode() not in everything(root)


def test_a_sealed_copy_of_an_attempt_that_was_cut_off_is_replaced_not_doubled(root):
    from ownerbook.storage import sealed as store

    key = root.parent / "key"
    run(root, "--make-key", str(key))
    store.put(root, "owners", "Y003", {"phone": OLD}, why="expired", day=DAY)
    assert run(root, "--yes", "--by", "G002") == 0
    assert len([r for r in store.records(root) if r.record == "Y003" and "phone" in r.fields]) == 1


def test_the_retention_list_says_that_something_can_be_sealed(root, capsys):
    capsys.readouterr()
    main(["retention", str(root), "--as-of", DAY])
    assert "1 位原业主的资料已过目的" in capsys.readouterr().out


def test_a_kept_version_under_another_password_stays_and_is_told(root, capsys):
    import io

    from msoffcrypto.format.ooxml import OOXMLFile

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO((root / "登记簿.xlsx").read_bytes())).encrypt("从前的", locked)
    print_ = Versions(root).keep(locked.getvalue(), ".xlsx")
    run(root, "--make-key", str(root.parent / "key"))
    capsys.readouterr()
    assert run(root, "--yes", "--by", "G002") == 1
    assert print_[:12] in capsys.readouterr().err and Versions(root).path(print_) is not None


def test_an_interrupted_sealing_is_finished_by_whatever_command_comes_next(root, monkeypatch):
    """tests/faults stops the whole command at its system calls; here it stops between the journal and the old versions."""
    from ownerbook.jobs import purging
    from ownerbook.storage.proving import examine
    from ownerbook.storage.redacted import under_way

    real, calls = purging.finish, []

    def stopped(space):
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return real(space)

    monkeypatch.setattr(purging, "finish", stopped)
    assert run(root, "--make-key", str(root.parent / "key")) == 0
    assert run(root, "--yes", "--by", "G002") == 130
    monkeypatch.setattr(purging, "finish", real)
    assert under_way(root) and examine(root).troubles
    assert main(["check", str(root), "--as-of", DAY]) in (0, 1)
    assert not under_way(root) and not examine(root).troubles


def test_an_old_version_that_cannot_be_deleted_is_told_and_not_taken_for_gone(root, monkeypatch, capsys):
    from ownerbook.storage.disk import Disk
    from ownerbook.storage.redacted import under_way

    remove = Disk.remove
    monkeypatch.setattr(Disk, "remove", lambda self, path: None if path.parent.name == "versions" and path.suffix == ".xlsx" else remove(self, path))
    assert run(root, "--make-key", str(root.parent / "key")) == 0
    assert run(root, "--yes", "--by", "G002") == 2
    told = capsys.readouterr().err
    assert under_way(root) and "没有权限" in told and "versions" in told
