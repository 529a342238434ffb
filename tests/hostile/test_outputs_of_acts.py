"""What is really written, undone, sealed, answered, backed up, mailed and served tells of nobody in full, on no screen, in no file name, log or journal.

The workspace of `test_outputs` is taken through what a year brings; then all that appeared is searched: screens in both languages, reports, the
journal, logs and the outbox, names of files everywhere, what is left in the folder of temporary files.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "jobs")]
import registers  # noqa: E402
from test_outputs import AS_OF, FORMS, ID, MASKED_FORMS, NAME, PHONE, TELLING, made, planted, run_all, texts_of  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
NEXT = "13900006158"  # a phone that comes in later
SECRET = re.compile("|".join((NAME, PHONE, "82346157", ID, NEXT, "13[89] ?0000 ?615[78]")))
BOOK = "登记簿.xlsx"


def year():
    """The planted register, with a request, an incident and an owner who left long ago."""
    out = planted()
    out["权利请求"] = [
        {"请求编号": "QQ001", "业主编号": "Y001", "类型": "查阅", "提出日期": date(2026, 10, 20), "答复期限": date(2026, 11, 10)},
        {"请求编号": "QQ002", "业主编号": "Y001", "类型": "复制", "提出日期": date(2026, 10, 21), "答复期限": date(2026, 11, 11)},
    ]  # fmt: skip
    out["事件"] = [
        {"事件编号": "SJ001", "发现日期": date(2026, 10, 25), "类型": "遗失", "涉及档案": "YG-1-1-101-01", "原因": f"{NAME}的袋遗失", "可能危害": f"涉及姓名、电话：{PHONE} 可能被打扰",
         "补救措施": "已报告；个人可：留意来电", "责任人": "G002"},
    ]  # fmt: skip
    left = out["业主"][2]
    left |= {
        "姓名": NAME,
        "证件类型": "居民身份证",
        "证件号码": ID,
        "联系电话": PHONE,
        "业主状态": "原业主",
        "迁入日期": date(2010, 1, 5),
        "登记日期": date(2010, 1, 5),
    }
    left |= {"迁出日期": date(2015, 6, 1), "告知日期": date(2010, 1, 5), "个性化服务需求": f"给{NAME}送件", "需求同意日期": date(2010, 1, 5)}
    out["档案"][2] |= {"保管期限": "10年"}
    for staff in out["人员"]:
        staff |= {"入职日期": date(2009, 1, 2), "保密协议签订日期": date(2009, 1, 2)}
    out["业主"].append(
        dict(out["业主"][1])
        | {"业主编号": "Y009", "房号": "1-1-301", "姓名": "钱九", "证件号码": "E12349999", "联系电话": "13900009009", "通讯地址": None}
    )
    return out


@pytest.fixture
def space(tmp_path, monkeypatch):
    for name in ("CACHE", "STATE"):
        monkeypatch.setenv(f"OWNERBOOK_{name}_DIR", str(tmp_path / name.lower()))
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    root = registers.workspace(tmp_path / "小区", year())
    mail = 'host = "127.0.0.1"\nport = 9\nsecurity = "none"\nsender = "a@example.com"\nrecipients = ["b@example.com"]\nencrypt = false\n'
    backup = f'to = "{(tmp_path / "备").as_posix()}"\nsame_disk = true\npassword_file = "密码.txt"\n'
    (root / "ownerbook.toml").write_text(
        f'[workspace]\nname = "试验"\n[mail]\n{mail}[backup]\n{backup}[reconcile]\nby = "G002"\nauto = ["联系电话"]\n', "utf-8"
    )
    (root / "密码.txt").write_text("a made-up password\n", "utf-8")
    (root / "密码.txt").chmod(0o600)
    (tmp_path / "备").mkdir()
    return root


def searched(*folders: Path, but: set[Path]) -> list[str]:
    """Where somebody stands in full under these folders: in a file, or in a name."""
    bad = []
    for folder in folders:
        for path in folder.rglob("*"):
            bad += [f"name {path}"] if SECRET.search(path.name) else []
            if path.is_file() and path not in but:
                bad += [f"{path.parent.name}/{part}: {m[0]}" for part, text in texts_of(path) if (m := SECRET.search(text))]
    return bad


def changed_copy(space: Path, *, header: str, value: str) -> None:
    """A working copy goes out, comes back with another value for the first owner, and lies in the inbox."""
    path = space.parent / "副件.xlsx"
    path.unlink(missing_ok=True)
    assert main(["copy", BOOK, "--to", "孙二", "-o", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    tab = book["业主"]
    tab.cell(2, [c.value for c in tab[1]].index(header) + 1).value = value
    book.save(path)
    (space / "收件箱").mkdir(exist_ok=True)
    shutil.move(path, space / "收件箱" / f"副件{len(list((space / '收件箱').rglob('*.xlsx')))}.xlsx")


def test_acts_that_are_written_undone_sealed_answered_and_served_tell_of_nobody_in_full(space, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(space)
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-10-31T09:00")
    said: list[str] = []

    def run(*words: str, wants: tuple[int, ...] = (0,)) -> None:
        status = main([*words])
        out, err = capsys.readouterr()
        said.append(f"{' '.join(words)}\n{out}{err}")
        assert status in wants, said[-1]

    before = {p for p in space.rglob("*") if p.is_file()}
    changed_copy(space, header="联系电话", value=NEXT)
    run("reconcile", "--auto", wants=(0, 1))  # written by itself
    assert NEXT in str(list(openpyxl.load_workbook(BOOK)["业主"].iter_rows(values_only=True)))
    number = Journal(space).newest("applied").number
    for lang in ("zh", "en"):
        run("undo", f"{number}", "--dry-run", "--lang", lang)
    run("undo", f"{number}")
    changed_copy(space, header="姓名", value=f"{NAME}华")
    run("reconcile", wants=(1,))
    run("reconcile", "--lang", "en", "--format", "json", wants=(1,))
    run("history", "1-1-101", "--all", wants=(0, 1))
    run(
        "lend",
        "YG-1-1-201-01",
        "--borrower",
        NAME,
        "--phone",
        PHONE,
        "--purpose",
        f"{NAME} 买房",
        "--reviewer",
        "G002",
        "--clerk",
        "G001",
        "--write",
        wants=(0, 1),
    )
    run("return", "JY1", "--receiver", "G001", "--write", wants=(0, 1))
    run(
        "lend",
        "YG-1-1-101-01",
        "--borrower",
        NAME,
        "--phone",
        NEXT,
        "--purpose",
        ID,
        "--reviewer",
        "G002",
        "--clerk",
        "G001",
        "--lang",
        "en",
        wants=(0, 1),
    )
    run("request", "answer", "QQ001", "--yes", "--by", "G002", wants=(0, 1))
    run("request", "extract", "QQ002", "--reason", f"给{PHONE}", "-o", str(tmp_path / "本人.xlsx"), wants=(0, 1))
    for form in ("incident-letter",):
        run("form", form, "--file", "SJ001", *AS_OF, wants=(0, 1))
    month = str(year()["业主"][0]["登记日期"])[:7]
    run("form", "handover-receipt", "--month", month, "-o", "交房登记清单.xlsx", *AS_OF)
    assert openpyxl.load_workbook("交房登记清单.xlsx").worksheets[0].max_row > 5
    run("form", "审核清单", "--count", "3", "--auditor", "G002", "-o", "审核清单.xlsx", *AS_OF)
    registers.ticked(Path("审核清单.xlsx"))
    run("filled", "审核清单.xlsx", "--by", "G002", *AS_OF, wants=(0, 1))
    run("filled", "审核清单.xlsx", "--by", "G002", "--write", *AS_OF, wants=(0, 1))
    letters = set(made(space, before)) if (space / "检查结果").is_dir() else set()
    letters = {p for p in letters if "通知书" in p.name}
    run("seal", "--make-key", str(tmp_path / "key"))
    run("seal", *AS_OF, wants=(0, 1))
    run("seal", "--yes", "--by", "G002", *AS_OF, wants=(0, 1, 2))
    run("backup", wants=(0, 1))
    run("backup", "--verify", wants=(0, 1))
    run("verify")
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-11-02T09:00")
    run("tick", wants=(0, 1))
    run("mail", "list", wants=(0, 1))
    run("status", wants=(0, 1))
    run("log", wants=(0, 1))
    served = serve(space)
    bad = [f"{text.splitlines()[0]}: {m[0]}" for text in [*said, served] if (m := SECRET.search(text.partition(chr(10))[2]))]
    theirs = {p for p in space.rglob("*") if p.is_file() and (p in before or "收件箱" in p.parts)}
    private = {p for name in ("details", "versions", "plans") for p in (space / ".ownerbook" / name).rglob("*")}
    private |= {*(space / ".ownerbook").rglob("*.xlsx"), *(space / ".ownerbook").glob("state*")}
    bad += searched(space, tmp_path / "state", tmp_path / "备", tmp_path / "temp", but=theirs | private | letters)
    bad += [f"name {p}" for p in (tmp_path / "cache").rglob("*") if SECRET.search(p.name)]
    assert bad == []
    open_ = [
        str(p)
        for p in (*(space / ".ownerbook").rglob("*"), *(tmp_path / "state").rglob("*"), *(tmp_path / "cache").rglob("*"))
        if stat.S_IMODE(p.stat().st_mode) & 0o077
    ]
    assert open_ == []
    assert not [p for p in (tmp_path / "temp").rglob("*") if p.is_file()]


def serve(space: Path) -> str:
    """What `serve` says in one pass, and what `ps` shows of it."""
    env = {**os.environ, "OWNERBOOK_NOW": "2026-11-03T09:00", "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "ownerbook.cli.main", "serve", str(space)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, cwd=space, text=True) as running:
        assert running.stdout is not None
        lines = [running.stdout.readline() for _ in range(2)]  # that it begins, and what the first pass did
        seen = Path(f"/proc/{running.pid}/cmdline").read_bytes().decode("utf-8", "replace") if Path("/proc").is_dir() else ""
        running.send_signal(signal.SIGTERM)
        rest, _ = running.communicate(timeout=120)
    assert running.returncode == 0
    return "serve\n" + "".join(lines) + rest + seen


def test_the_english_words_tell_of_nobody_in_full_either(space, capsys, monkeypatch):
    for name in ("备份", "扫描件/1-1-101"):
        (space / name).mkdir(parents=True)
    shutil.copy(space / BOOK, space / ".另一份.xlsx")
    before = {p for p in space.rglob("*") if p.is_file()}
    commands = [c for c in TELLING if c[0] not in FORMS or (c[0] == "form" and c[1] in MASKED_FORMS)]
    english = [("--lang", "en", *c) for c in commands if c[0] not in ("amend", "nightly", "monthly", "tick")]
    said = run_all(space, capsys, monkeypatch, english)
    assert [w for w, (status, _) in said.items() if status == 2] == []
    bad = [f"{words}: {found[0]}" for words, (_, out) in said.items() if (found := SECRET.search(out))]
    for path in made(space, before):
        bad += [f"name {path.name}"] if SECRET.search(path.name) else []
        bad += [f"{part}: {m[0]}" for part, text in texts_of(path) if (m := SECRET.search(text))]
    assert bad == []
