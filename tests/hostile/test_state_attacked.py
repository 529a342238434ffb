"""Somebody who can write to `.ownerbook` changes what is kept there: `verify` names it, and nothing of it is obeyed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
import test_sealing  # noqa: E402
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.noting import note  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402
from ownerbook.storage.journal import Journal, JournalDamaged  # noqa: E402
from ownerbook.storage.versions import Versions  # noqa: E402
from ownerbook.storage.within import WORKBOOKS, within  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY, AT = date(2026, 10, 31), datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
BOOK = "登记簿.xlsx"


def lived(root: Path, by: str = "甲") -> Path:
    """A workspace in which some cells were typed in on some days."""
    workspace(root, sheets(3))
    for n in range(4):
        note(open_workspace([root], Path.cwd()), DAY, at=AT + timedelta(days=n), write=True)
        book = openpyxl.load_workbook(root / BOOK)
        book["业主"]["T2"] = f"{by}记{n}"
        book.save(root / BOOK)
        Journal(root).append("access", {"command": "check", "by": by, "reason": str(n)}, at=AT + timedelta(days=n))
    return root


@pytest.fixture
def root(tmp_path, monkeypatch):
    for name in ("CACHE", "STATE"):
        monkeypatch.setenv(f"OWNERBOOK_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-11-25T09:00:00")
    return lived(tmp_path / "小区")


def files(root: Path) -> list[Path]:
    return sorted((root / ".ownerbook" / "journal").glob("*.json"))


def exchanged(root, other):
    two, three = files(root)[1:3]
    raw = two.read_bytes()
    two.write_bytes(three.read_bytes())
    three.write_bytes(raw)


def doubled(root, other):
    last = files(root)[-1]
    (last.parent / f"{int(last.stem) + 1:06d}.json").write_bytes(last.read_bytes())


def from_another(root, other):
    shutil.copy(files(other)[2], files(root)[2])


def one_of_another_added(root, other):
    last = files(root)[-1]
    shutil.copy(files(other)[0], last.parent / f"{int(last.stem) + 1:06d}.json")


def taken_out(root, other):
    files(root)[2].unlink()


def end_cut(root, other):
    files(root)[-1].unlink()


def edited(root, other):
    path = files(root)[1]
    path.write_bytes(path.read_bytes().replace(b'"0"', b'"9"').replace("甲".encode(), "乙".encode()))


def number_edited(root, other):
    path = files(root)[1]
    body = json.loads(path.read_bytes())
    body["number"] = 1
    path.write_text(json.dumps(body), "utf-8")


def head_edited(root, other):
    (root / ".ownerbook" / "head.json").write_text('{"number": 1, "fingerprint": "00"}', "utf-8")


def head_gone(root, other):
    (root / ".ownerbook" / "head.json").unlink()


def detail_exchanged(root, other):
    one, two = sorted((root / ".ownerbook" / "details").glob("*.json"))[:2]
    one.write_bytes(two.read_bytes())


def detail_gone(root, other):
    next((root / ".ownerbook" / "details").glob("*.json")).unlink()


def version_exchanged(root, other):
    next((root / ".ownerbook" / "versions").glob("*.xlsx")).write_bytes((other / BOOK).read_bytes())


def version_gone(root, other):
    next((root / ".ownerbook" / "versions").glob("*.xlsx")).unlink()


def everything_gone(root, other):
    shutil.rmtree(root / ".ownerbook" / "journal")


def whole_of_another(root, other):
    """A whole and sound journal, of another community."""
    for name in ("journal", "details", "versions"):
        shutil.rmtree(root / ".ownerbook" / name)
        shutil.copytree(other / ".ownerbook" / name, root / ".ownerbook" / name)
    shutil.copy(other / ".ownerbook" / "head.json", root / ".ownerbook" / "head.json")


def rewritten(root, other):
    """A new chain that is right in itself."""
    entries = [(e.kind, dict(e.data), e.at) for e in Journal(root).entries()]
    shutil.rmtree(root / ".ownerbook" / "journal")
    (root / ".ownerbook" / "head.json").unlink()
    for kind, data, at in entries:
        Journal(root).append(kind, data | ({"by": "乙"} if "by" in data else {}), at=at)


def cut_and_pointed(root, other):
    """The end is cut off, and what names the newest entry is made to fit."""
    files(root)[-1].unlink()
    last = Journal(root).last()
    (root / ".ownerbook" / "head.json").write_text(json.dumps({"number": last.number, "fingerprint": last.fingerprint}), "utf-8")


HARMS = [exchanged, doubled, from_another, one_of_another_added, taken_out, end_cut, edited, number_edited, head_edited, head_gone, detail_exchanged,
         detail_gone, version_exchanged, version_gone, everything_gone, whole_of_another, rewritten, cut_and_pointed]  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_whatever_is_done_to_the_history_is_named(root, tmp_path, capsys, harm):
    other = lived(tmp_path / "别处", "丙")
    from ownerbook.storage.identity import identity

    identity(root, AT)  # as after the first night: this machine remembers the newest entry
    assert main(["verify", "--in", str(root)]) == 0, capsys.readouterr()
    capsys.readouterr()
    harm(root, other)
    assert main(["verify", "--in", str(root)]) in (1, 2)
    out, err = capsys.readouterr()
    assert len((out + err).splitlines()) >= 1 and "完好" not in out and "程序出错" not in err
    for words in (["reconcile"], ["history", "1-1-101"], ["status"], ["check"]):
        main([*words, *(["--in", str(root)] if words[0] in ("reconcile", "history") else [str(root)])])
        assert "程序出错" not in capsys.readouterr().err, words


class Bomb:
    """What is run when somebody unpickles it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def test_nothing_that_lies_in_a_cache_is_carried_out(root, tmp_path, capsys, monkeypatch):
    """Every file of this machine's caches, indexes and states becomes a bomb, its proof made to fit where it is one that anybody could make."""
    monkeypatch.chdir(root)
    for words in (["check", "--as-of", "2026-10-31"], ["find", "1-1-101"], ["status"]):
        main(words)
    boom = tmp_path / "boom"
    raw = pickle.dumps(Bomb(boom))
    from ownerbook.storage.shelf import DiskShelf

    monkeypatch.setattr(DiskShelf, "_proof", lambda self, key, head: b"\0" * 32)
    n = 0
    for path in [*(tmp_path / "cache").rglob("*"), *(root / ".ownerbook").glob("*.json")]:
        if path.is_file():
            path.write_bytes(b"\0" * 32 + len(raw).to_bytes(8, "little") + raw if n % 2 else raw)
            n += 1
    assert n > 3
    for words in (["check", "--as-of", "2026-10-31"], ["find", "1-1-101"], ["status"], ["verify"], ["reconcile"]):
        main(words)
        assert "程序出错" not in capsys.readouterr().err, words
    assert not boom.exists()
    pickle.loads(raw)  # noqa: S301  the bomb is one
    assert boom.exists()


@pytest.mark.parametrize("name", ["say", "evil"])
def test_a_parcel_cannot_change_what_our_own_classes_do(name):
    """Of our plain classes instances may be made; what hangs on the class itself stays."""
    from ownerbook.schema.words import Text
    from ownerbook.storage.shelf import _Plain

    before = dict(vars(Text))
    text = b"X" + len(name).to_bytes(4, "little") + name.encode()
    raw = b"\x80\x02cownerbook.schema.words\nText\n(N}" + text + b"X\x04\x00\x00\x00evilstb."
    with pytest.raises(pickle.UnpicklingError):
        _Plain(io.BytesIO(raw)).load()
    assert dict(vars(Text)) == before and Text("好", "good").say("en") == "good"
    assert _Plain(io.BytesIO(pickle.dumps(Text("好", "good")))).load() == Text("好", "good")


@pytest.fixture
def sealed(tmp_path):
    """A workspace with sealed records, and its key."""
    root = workspace(tmp_path / "封", test_sealing.tables())
    assert main(["reconcile", "--in", str(root), "--as-of", "2026-10-31"]) in (0, 1)
    return root, test_sealing.sealed(root)


def records(root: Path) -> list[Path]:
    return sorted((root / ".ownerbook" / "sealed").glob("*.json"))


def opens(root: Path, key: Path) -> int:
    return main(["seal", "--in", str(root), "--as-of", "2026-10-31", "--open", "Y003", "--key", str(key), "--by", "G002", "--reason", "法院调取"])


def test_a_sealed_record_of_another_is_not_told_as_this_person_s(sealed, capsys):
    root, key = sealed
    assert opens(root, key) == 0 and test_sealing.OLD in capsys.readouterr().out
    by = {json.loads(p.read_bytes())["head"]["record"]: p for p in records(root) if "phone" in json.loads(p.read_bytes())["head"]["fields"]}
    one, two = by["Y003"], by["M001"]
    raw = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(raw)
    assert main(["verify", "--in", str(root)]) == 1
    assert capsys.readouterr().out.count("封存的资料") == 2
    opens(root, key)
    out = capsys.readouterr().out
    assert test_sealing.OLD not in out and "13900000088" not in out
    two.unlink()  # now the other's record alone lies under this person's
    opens(root, key)
    assert "13900000088" not in capsys.readouterr().out


def test_a_record_that_somebody_else_sealed_with_the_public_key_is_not_opened(sealed, capsys):
    from ownerbook.storage import sealed as store

    root, key = sealed
    store.put(root, "owners", "Y003", {"phone": "13900006666"}, why="expired", day="2026-10-31")
    assert opens(root, key) == 2
    out, err = capsys.readouterr()
    assert "与日志不符" in err and "13900006666" not in out


def test_a_sealed_record_that_was_taken_away_or_comes_from_another_workspace_is_named(sealed, tmp_path, capsys):
    root, key = sealed
    other = workspace(tmp_path / "另" / "封", test_sealing.tables())
    assert main(["reconcile", "--in", str(other), "--as-of", "2026-10-31"]) in (0, 1)
    test_sealing.sealed(other)
    capsys.readouterr()
    one, two = records(root)[:2]
    one.write_bytes(records(other)[0].read_bytes())
    two.unlink()
    assert main(["verify", "--in", str(root)]) == 1
    said = capsys.readouterr().out
    assert "被改过或换过" in said and "不见了" in said


@pytest.mark.parametrize(
    "name",
    ["../外面.xlsx", "/etc/x.xlsx", "a/../../外面.xlsx", "..\\外面.xlsx", ".ownerbook/x.xlsx", "出去/外面.xlsx", "说明.txt", "ownerbook.toml", ""],
)
@pytest.mark.parametrize("there", [True, False])
def test_an_interrupted_write_that_somebody_made_up_writes_and_deletes_nothing_outside(root, tmp_path, capsys, name, there):
    """A journal entry that says that a workbook elsewhere was half replaced, with its version kept."""
    outside = tmp_path / "外面.xlsx"
    if there:
        outside.write_bytes(b"kept")
    (root / "出去").symlink_to(tmp_path)
    versions = Versions(root)
    before, after = (hashlib.sha256(b"kept").hexdigest() if there else ""), versions.keep(b"evil", ".xlsx")
    Journal(root).append("applying", {"act": "reconcile", "files": [[name, before, after]], "taken": []}, at=AT + timedelta(days=5))
    held = {
        p: p.read_bytes()
        for p in tmp_path.rglob("*")
        if p.is_file() and ".ownerbook" not in p.parts and p.parts[len(tmp_path.parts)] not in ("state", "cache")
    }
    for words in (["check", str(root)], ["reconcile", "--in", str(root)], ["restore", "--at", "2026-11-01", "--in", str(root)]):
        main(words)
        said = capsys.readouterr()
        assert "不是这个工作区的工作簿" in said.out + said.err and "程序出错" not in said.err, words
    now = {
        p: p.read_bytes()
        for p in tmp_path.rglob("*")
        if p.is_file() and ".ownerbook" not in p.parts and p.parts[len(tmp_path.parts)] not in ("state", "cache")
    }
    assert {p: d for p, d in now.items() if p in held} == held and not [p for p in now if now[p] == b"evil"]


@pytest.mark.parametrize("name", ["../外面.xlsx", "/etc/x.xlsx", "出去/外面.xlsx"])
def test_a_state_that_names_a_workbook_elsewhere_is_not_brought_back(root, tmp_path, capsys, name):
    (root / "出去").symlink_to(tmp_path)
    print_ = Versions(root).keep(b"evil", ".xlsx")
    Journal(root).append("seen", {"workbooks": {name: print_}}, at=AT + timedelta(days=5))
    for words in (["--to", str(tmp_path / "取出" / "里")], ["--write"]):
        assert main(["restore", "--at", "2026-11-10", "--in", str(root), *words]) == 2
        assert "不是这个工作区的工作簿" in capsys.readouterr().err
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and ".ownerbook" not in p.parts and p.read_bytes() == b"evil"]


def test_a_plan_s_workbook_that_lies_elsewhere_is_not_taken_away(root, tmp_path):
    from ownerbook.jobs.reconciling import take_away
    from ownerbook.reconcile.change import Plan
    from ownerbook.storage.plans import Kept

    outside = tmp_path / "外面.xlsx"
    outside.write_bytes(b"kept")
    take_away(open_workspace([root], Path.cwd()), Kept(Plan({}), workbook=("../外面.xlsx", hashlib.sha256(b"kept").hexdigest())))
    assert outside.read_bytes() == b"kept"


def test_every_kind_of_workbook_that_is_read_may_be_named(root):
    from ownerbook.jobs.workspace import SUFFIXES

    assert set(WORKBOOKS) == set(SUFFIXES)
    assert all(within(root, f"二期/一{suffix}") for suffix in SUFFIXES)


def test_a_journal_that_ends_in_another_s_entry_is_not_continued_in_silence(root, tmp_path):
    one_of_another_added(root, lived(tmp_path / "别处", "丙"))
    with pytest.raises(JournalDamaged):
        Journal(root).append("access", {}, at=AT)
