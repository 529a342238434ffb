"""A backup and its drill: made, proved, listed, aged out; brought to an empty machine, where everything is as it was."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import registers  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs import backing_up  # noqa: E402
from ownerbook.jobs.backing_up import back_up, contents_of, listed, password_of, place_of, verified  # noqa: E402
from ownerbook.jobs.backup_restoring import bring_back_from  # noqa: E402
from ownerbook.jobs.backup_standing import backup_standing  # noqa: E402
from ownerbook.jobs.check import check  # noqa: E402
from ownerbook.jobs.nightly import run_night  # noqa: E402
from ownerbook.jobs.noting import note  # noqa: E402
from ownerbook.jobs.verifying import verify  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402
from ownerbook.storage import backup_cipher  # noqa: E402
from ownerbook.storage.backup_cipher import BackupTrouble  # noqa: E402
from ownerbook.storage.identity import identity  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402
from ownerbook.storage.lease import writing  # noqa: E402

NOW = datetime(2026, 11, 25, 2, 3, tzinfo=timezone(timedelta(hours=8)))
PASSWORD = "a made-up password"
SETTINGS = '[workspace]\nname = "试验"\n[backup]\nto = "{to}"\nsame_disk = true\npassword_file = "密码.txt"\n'


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A workspace with a journal, a scan, a form that came in and a place for backups."""
    monkeypatch.setattr(backup_cipher, "_COST", {"n": 2, "r": 1, "p": 1})
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("OWNERBOOK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("OWNERBOOK_BACKUP_PASSWORD", raising=False)
    (tmp_path / "备").mkdir()
    root = registers.workspace(tmp_path / "小区", registers.sheets())
    (root / "ownerbook.toml").write_text(SETTINGS.format(to=(tmp_path / "备").as_posix()), "utf-8")
    (root / "密码.txt").write_text(PASSWORD + "\n", "utf-8")
    for name in ("扫描件/一.pdf", "收件箱/表.xlsx", "检查结果/月报.xlsx", "备份/旧.xlsx"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(name.encode())
    note(open_workspace([], root), NOW.date(), at=NOW)
    return root


def made(root, at=NOW):
    space = open_workspace([], root)
    return back_up(space, place_of(space), password_of(space), root.parent / "scratch", at=at, same_disk=True)


def files(root, *, but=("密码.txt", "备份/旧.xlsx")):
    return {n: p.read_bytes() for p in root.rglob("*") if p.is_file() and (n := p.relative_to(root).as_posix()) not in but}


def problems(root):
    return [(f.code, f.place.cell, f.place.workbook) for f in check(open_workspace([], root), NOW.date(), ignore=[]).findings]


def test_restored_onto_an_empty_machine_everything_is_equal_to_the_byte_and_the_next_night_runs(root, tmp_path, monkeypatch):
    before, judged = files(root), problems(root)
    before = files(root)
    done = made(root)
    for name in ("STATE", "CACHE"):
        monkeypatch.setenv(f"OWNERBOOK_{name}_DIR", str(tmp_path / "new" / name))
    into = tmp_path / "新机器" / "小区"
    brought = bring_back_from(done.path, into, PASSWORD)
    back = files(into)
    back.pop(".ownerbook/backup.lease", None)
    assert {n: b for n, b in back.items() if n != ".ownerbook/secret"} == {n: b for n, b in before.items() if n != ".ownerbook/secret"}
    assert brought.troubles == [] and brought.entries == len(Journal(into).numbers()) > 0
    assert verify(into).troubles == [] and problems(into) == judged
    if os.name != "nt":
        assert {p.stat().st_mode & 0o077 for p in into.rglob("*")} == {0}
    (into / "密码.txt").write_text(PASSWORD, "utf-8")
    night = run_night(into, "2026-11-26", NOW + timedelta(days=1), tmp_path / "scratch2")
    assert night.state == "ok" and night.data["figures"]["backups"] == 1


def test_times_of_change_come_back(root, tmp_path):
    book = next(root.glob("*.xlsx"))
    os.utime(book, ns=(1_700_000_000_123_000_000, 1_700_000_000_123_000_000))
    bring_back_from(made(root).path, tmp_path / "neu", PASSWORD)
    assert (tmp_path / "neu" / book.name).stat().st_mtime_ns == 1_700_000_000_123_000_000


def test_no_name_or_number_and_no_password_can_be_read_in_the_file(root):
    raw = made(root).path.read_bytes()
    for secret in ("赵", "登记簿", "试验", PASSWORD, "1390000", "ownerbook.toml"):
        assert secret.encode() not in raw
    assert not any(PASSWORD.encode() in p.read_bytes() for p in root.rglob("*") if p.is_file() and p.name != "密码.txt")


def test_password_files_links_drafts_and_older_copies_stay_out(root, tmp_path):
    (tmp_path / "fremd").mkdir()
    (tmp_path / "fremd" / "geheim.xlsx").write_bytes(b"x")
    (root / "verweis").symlink_to(tmp_path / "fremd")
    (root / "verweis.xlsx").symlink_to(tmp_path / "fremd" / "geheim.xlsx")
    (root / "~$登记簿.xlsx").write_bytes(b"x")
    (root / ".x.0123456789ab.part").write_bytes(b"x")
    done = made(root)
    assert not [n for n in done.contents.files if "密码" in n or "verweis" in n or "~$" in n or ".part" in n or "备份/" in n or ".lease" in n]
    assert any("密码.txt" in t.zh for t in done.left_out)


def test_scans_stay_out_where_the_settings_say_so(root):
    assert "扫描件/一.pdf" in made(root).contents.files
    with (root / "ownerbook.toml").open("a", encoding="utf-8") as file:
        file.write("scans = false\n")
    assert "扫描件/一.pdf" not in made(root).contents.files


def test_an_entry_that_is_written_meanwhile_is_not_half_in_the_backup(root, tmp_path, monkeypatch):
    real, held = shutil.copyfile, len(Journal(root).numbers())

    def and_somebody_writes(source, target):
        if Path(source).name == "head.json":
            Journal(root).append("seen", {"workbooks": {}}, at=NOW)  # before and after the head is copied
            real(source, target)
            Journal(root).append("seen", {"workbooks": {}}, at=NOW)
            return target
        return real(source, target)

    monkeypatch.setattr(backing_up.shutil, "copyfile", and_somebody_writes)
    done = made(root)
    monkeypatch.setattr(backing_up.shutil, "copyfile", real)
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "anders"))
    brought = bring_back_from(done.path, tmp_path / "neu", PASSWORD)
    assert brought.troubles == [] and brought.entries == held + 1


def test_nothing_is_backed_up_while_somebody_writes(root):
    from ownerbook.storage.lease import Held

    with writing(root), pytest.raises(Held):
        made(root)
    assert list((root.parent / "备").iterdir()) == []


def test_the_list_says_date_size_state_and_why_each_is_kept(root, capsys):
    for n in (3, 2, 1):
        made(root, NOW - timedelta(days=n))
    space = open_workspace([], root)
    found = listed(space, place_of(space))
    assert [b.state for b in found] == ["good"] * 3 and [b.kept[0] for b in found] == ["day"] * 3
    assert main(["backup", "--in", str(root), "--list"]) == 0
    out = capsys.readouterr().out
    assert "2026-11-24 02:03" in out and "已验证" in out and "保留：日、周、月" in out and out.count("\n") == 3


def test_a_backup_that_was_changed_is_found_listed_and_never_aged_out(root):
    old = made(root, NOW - timedelta(days=400)).path
    raw = bytearray(old.read_bytes())
    raw[len(raw) // 2] ^= 1
    old.write_bytes(raw)
    space = open_workspace([], root)
    ((_, trouble),) = verified(space, place_of(space), PASSWORD, at=NOW)
    assert trouble is not None and listed(space, place_of(space))[0].state == "damaged"
    assert main(["backup", "--in", str(root), "--list"]) == 1
    for n in range(3):
        made(root, NOW + timedelta(days=n))
    assert old.exists()


def test_what_policy_no_longer_keeps_goes_and_the_journal_says_so(root):
    with (root / "ownerbook.toml").open("a", encoding="utf-8") as file:
        file.write("daily = 2\nweekly = 0\nmonthly = 0\n")
    names = [made(root, NOW + timedelta(days=n)).path.name for n in range(4)]
    assert sorted(p.name for p in (root.parent / "备").iterdir()) == names[2:]
    aged = [n for e in Journal(root).entries("backup") if e.data["act"] == "aged" for n in e.data["names"]]
    assert aged == names[:2]


def test_backups_that_the_journal_does_not_know_are_opened_before_they_may_age(root):
    first = made(root)
    shutil.rmtree(root / ".ownerbook" / "journal")
    space = open_workspace([], root)
    assert [b.state for b in listed(space, place_of(space))] == ["unknown"]
    made(root, NOW + timedelta(days=1))
    assert [b.state for b in listed(space, place_of(space))] == ["good", "good"] and first.path.exists()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda root: shutil.rmtree(root.parent / "备"), "不在"),
        (lambda root: (root / "密码.txt").write_text("", "utf-8"), "没有备份密码"),
        (lambda root: (root / "密码.txt").write_text("short", "utf-8"), "太短"),
        (lambda root: (root / "密码.txt").unlink(), "读不了"),
        (lambda root: (root / "ownerbook.toml").write_text(SETTINGS.format(to="检查结果"), "utf-8"), "工作区里面"),
        (lambda root: (root / "ownerbook.toml").write_text(SETTINGS.format(to="../备").replace("same_disk = true", ""), "utf-8"), "同一块磁盘"),
    ],
)
def test_a_night_without_a_backup_has_failed_and_says_why(root, tmp_path, spoil, words, capsys):
    spoil(root)
    night = run_night(root, "2026-11-25", NOW, tmp_path / "scratch")
    assert night.state == "failed" and words in night.error.zh and "没有备份" in night.error.zh + "没有备份" * ("读不了" in words)
    assert main(["backup", "--in", str(root)]) == 2
    assert words in capsys.readouterr().err


def test_a_night_without_a_place_for_backups_says_that_there_is_none(root, tmp_path):
    (root / "ownerbook.toml").write_text('[workspace]\nname = "试验"\n', "utf-8")
    night = run_night(root, "2026-11-25", NOW, tmp_path / "scratch")
    assert night.state == "ok" and "没有备份" in night.results["backup"].said.zh
    level, said = backup_standing(root, open_workspace([], root).settings, NOW)
    assert level == "note" and "没有备份" in said.zh


def test_how_backups_stand_is_told_by_age(root):
    settings = open_workspace([], root).settings
    assert backup_standing(root, settings, NOW)[0] == "bad"
    made(root)
    assert backup_standing(root, settings, NOW + timedelta(hours=30))[0] == "ok"
    level, said = backup_standing(root, settings, NOW + timedelta(days=3))
    assert level == "bad" and "2026-11-25 02:03" in said.zh


def test_nothing_is_restored_over_what_is_there(root, tmp_path):
    file = made(root).path
    (tmp_path / "voll").mkdir()
    (tmp_path / "voll" / "x").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "voll")
    for into, words in ((root, "已经有一个工作区"), (tmp_path / "voll", "不是空的"), (root / "neu", "在工作区"), (tmp_path / "link", "不是文件夹")):
        with pytest.raises(BackupTrouble) as told:
            bring_back_from(file, into, PASSWORD)
        assert words in told.value.message.zh
    assert not (root / "neu").exists() and sorted(p.name for p in (tmp_path / "voll").iterdir()) == ["x"]


def test_a_damaged_backup_or_a_wrong_password_leaves_nothing_under_the_name(root, tmp_path):
    file = made(root).path
    raw = file.read_bytes()
    for spoilt, password in ((raw, "another password"), (raw[:-1], PASSWORD), (raw[: len(raw) // 2] + b"\0" + raw[len(raw) // 2 + 1 :], PASSWORD)):
        file.write_bytes(spoilt)
        with pytest.raises(BackupTrouble):
            bring_back_from(file, tmp_path / "neu", password)
        assert not (tmp_path / "neu").exists() and not list(tmp_path.glob(".neu*"))


def test_a_machine_that_has_seen_more_than_the_backup_says_so_once(root, tmp_path):
    identity(root, NOW)
    file = made(root).path
    Journal(root).append("seen", {"workbooks": {}}, at=NOW)
    assert verify(root).troubles == []
    brought = bring_back_from(file, tmp_path / "neu", PASSWORD)
    assert brought.ahead == len(Journal(root).numbers()) and brought.troubles == [] and verify(tmp_path / "neu").troubles == []


@pytest.mark.parametrize(("more", "told"), [(0, "没有要补做的"), (1, "请按手头的材料补做")])
def test_the_entry_of_the_backup_itself_is_nothing_to_do_again(root, tmp_path, capsys, more, told):
    identity(root, NOW)
    file = made(root).path
    for _ in range(more):
        Journal(root).append("seen", {"workbooks": {}}, at=NOW)
    assert verify(root).troubles == []
    capsys.readouterr()
    assert main(["restore", "--from-backup", str(file), "--into", str(tmp_path / "neu"), "--backup-password-file", str(root / "密码.txt")]) == 0
    assert told in capsys.readouterr().out


def test_the_restoring_command_asks_for_both_ends_and_for_the_password(root, tmp_path, capsys, monkeypatch):
    file = made(root).path
    assert main(["restore", "--from-backup", str(file)]) == 2
    assert main(["restore", "--in", str(root)]) == 2
    monkeypatch.setattr("sys.stdin", None)
    assert main(["restore", "--from-backup", str(file), "--into", str(tmp_path / "neu")]) == 2
    assert "备份密码" in capsys.readouterr().err
    assert main(["restore", "--from-backup", str(file.parent), "--into", str(tmp_path / "neu"), "--backup-password-file", str(root / "密码.txt")]) == 0
    assert "核对指纹无误" in capsys.readouterr().out


def command(*words, **more):
    return subprocess.Popen([sys.executable, "-m", "ownerbook", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)


def test_killed_at_any_moment_there_is_a_whole_backup_or_none_and_the_next_one_clears_up(root):
    (root / "扫描件" / "gross.pdf").write_bytes(os.urandom(30_000_000))
    chance = random.Random(7)
    place = root.parent / "备"
    for _ in range(6):
        process = command("backup", "--in", str(root))
        try:
            process.wait(chance.uniform(0.2, 1.6))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        for path in place.glob("ownerbook-*.obk"):
            contents_of(path, PASSWORD)
    last = command("backup", "--in", str(root))
    last.communicate()
    assert last.returncode == 0
    assert not list(place.glob(".*")) and contents_of(max(place.glob("*.obk")), PASSWORD).files
    assert verify(root).troubles == []


def test_restoring_killed_at_any_moment_leaves_all_or_nothing(root, tmp_path):
    (root / "扫描件" / "gross.pdf").write_bytes(os.urandom(30_000_000))
    file, chance = made(root).path, random.Random(8)
    into = tmp_path / "neu"
    words = ("restore", "--from-backup", str(file), "--into", str(into), "--backup-password-file", str(root / "密码.txt"))
    for _ in range(6):
        process = command(*words)
        try:
            process.wait(chance.uniform(0.2, 1.2))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        if into.exists():
            assert (into / "扫描件" / "gross.pdf").stat().st_size == 30_000_000
            shutil.rmtree(into)
    last = command(*words)
    last.communicate()
    assert last.returncode == 0
    assert not list(tmp_path.glob(".neu*")) and verify(into).troubles == []


def test_a_place_that_is_full_leaves_no_piece_of_a_backup(root):
    (root / "扫描件" / "gross.pdf").write_bytes(os.urandom(3_000_000))

    def little():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    process = command("backup", "--in", str(root), preexec_fn=little)
    said = process.communicate()[1].decode()
    assert process.returncode == 2 and "已满" in said and list((root.parent / "备").iterdir()) == []


def test_a_restore_onto_a_full_disk_leaves_nothing_under_the_name(root, tmp_path):
    (root / "扫描件" / "gross.pdf").write_bytes(os.urandom(3_000_000))
    file = made(root).path

    def little():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    words = ("restore", "--from-backup", str(file), "--into", str(tmp_path / "neu"), "--backup-password-file", str(root / "密码.txt"))
    process = command(*words, preexec_fn=little)
    said = process.communicate()[1].decode()
    assert process.returncode == 2 and "Traceback" not in said and said.strip()
    assert not (tmp_path / "neu").exists() and not list(tmp_path.glob(".neu*"))
