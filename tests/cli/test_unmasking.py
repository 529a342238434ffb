"""What is shown in full is told in the journal; what commands write is for its owner only."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from ownerbook.cli.main import COMMANDS, build, main
from ownerbook.storage.journal import Journal

SAMPLE = Path(__file__).parents[2] / "sheets" / "示例小区"
DAY = ("--as-of", "2026-10-31")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")


@pytest.fixture
def space(tmp_path):
    shutil.copytree(SAMPLE, tmp_path / "小区", ignore=shutil.ignore_patterns(".ownerbook"))
    return tmp_path / "小区"


COMMANDS_IN_FULL = [
    ("check", lambda s: [str(s), "--format", "json", *DAY]),
    ("due", lambda s: [str(s), *DAY]),
    ("today", lambda s: [str(s), *DAY]),
    ("loans", lambda s: [str(s), *DAY]),
    ("reconcile", lambda s: ["--in", str(s), "--dry-run", *DAY]),
    ("history", lambda s: ["1-1-101", "--in", str(s), *DAY]),
    ("seal", lambda s: ["--in", str(s), *DAY]),
]


@pytest.mark.parametrize(("command", "words"), COMMANDS_IN_FULL, ids=[c for c, _ in COMMANDS_IN_FULL])
def test_unmask_of_a_command_is_journalled_with_its_reason_and_nobody_s_data(space, command, words, capsys):
    main([command, *words(space)])
    assert not Journal(space).entries("access")
    main([command, *words(space), "--unmask", "--reason", "核对 13900000001"])
    (entry,) = Journal(space).entries("access")
    assert entry.data["command"] == command and entry.data["by"] and entry.data["reason"] == "核对 139****0001"
    assert "13900000001" not in json.dumps(dict(entry.data), ensure_ascii=False)
    main([command, *words(space), "--unmask"])
    assert Journal(space).entries("access")[-1].data["reason"] == "未写原因"


def test_every_command_that_can_show_in_full_asks_for_a_reason():
    for command in COMMANDS:
        parser, _ = build([command], "zh")
        waiting = [parser._subparsers._group_actions[0].choices[command]]
        for one in waiting:
            options = set(one._option_string_actions)
            assert "--unmask" not in options or "--reason" in options, one.prog
            waiting += [p for a in one._actions if isinstance(a, argparse._SubParsersAction) for p in a.choices.values()]


def test_the_journal_names_the_workbooks_that_were_shown_wherever_they_were_named(space, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    book = next((space / "登记簿").glob("*.xlsx"))
    name = f"登记簿/{book.name}"
    main(["amend", str(book), "业主登记表!X5=试", "--unmask"])
    assert Journal(space).entries("access")[-1].data["files"] == [name]
    shutil.copytree(space, tmp_path / "另一处", ignore=shutil.ignore_patterns(".ownerbook"))
    other = tmp_path / "另一处" / "登记簿" / book.name
    main(["diff", str(book), str(other), "--unmask"])
    for root in (space, tmp_path / "另一处"):  # both are shown
        entry = Journal(root).entries("access")[-1]
        assert (entry.data["command"], entry.data["files"]) == ("diff", [name])
    (tmp_path / "链接.xlsx").symlink_to(book)
    main(["diff", "链接.xlsx", str(other), "--unmask"])
    assert len(Journal(space).entries("access")) == 3


def test_every_argument_that_names_what_is_shown_is_known():
    from ownerbook.cli.unmasking import PLACES

    no_place = {"output", "out", "password_file", "backup_dir", "report", "plan", "form", "key", "make_key", "from_backup", "into", "to",
                "backup_password_file"}  # fmt: skip
    for command in COMMANDS:
        parser, _ = build([command], "zh")
        waiting = [parser._subparsers._group_actions[0].choices[command]]
        for one in waiting:
            if "--unmask" in one._option_string_actions:
                assert {a.dest for a in one._actions if a.type is Path} <= {*PLACES, *no_place}, one.prog
            waiting += [p for a in one._actions if isinstance(a, argparse._SubParsersAction) for p in a.choices.values()]


def test_loose_workbooks_have_no_journal_and_are_shown(tmp_path, space, capsys):
    shutil.copy(next((space / "登记簿").glob("*.xlsx")), tmp_path / "散表.xlsx")
    assert main(["check", str(tmp_path / "散表.xlsx"), "--unmask", *DAY]) in (0, 1)
    assert not (tmp_path / ".ownerbook" / "journal").exists()


WRITERS = [
    ["check", "{s}", "--format", "xlsx", *DAY],
    ["check", "{s}", "--format", "xlsx", "-o", "{t}/问题.xlsx", *DAY],
    ["due", "{s}", "--format", "xlsx", *DAY],
    ["today", "{s}", "--format", "ics", *DAY],
    ["due", "{s}", "--format", "json", "-o", "{t}/到期.json", *DAY],
    ["form", "催还通知", "{s}", *DAY],
    ["form", "变更", "{s}"],
    ["template", "-o", "{t}/空白"],
    ["export", "--for", "客服", "--to", "前台", "--reason", "回访", "--in", "{s}", *DAY],
    ["reconcile", "--in", "{s}", *DAY],
    ["copy", "登记簿/1栋.xlsx", "--in", "{s}", "--to", "前台", *DAY],
    ["find", "王", "--in", "{s}", *DAY],
    ["seal", "--in", "{s}", "--format", "xlsx", *DAY],
    ["report", "2026-09", "--in", "{s}"],
    ["nightly", "{s}"],
    ["status", "{s}"],
    ["init", "{t}/新区"],
    ["data-dictionary", "-o", "{t}/字典.xlsx"],
]


def test_files_that_commands_make_are_for_their_owner_only(space, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(space)
    before = {p: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.rglob("*")}
    made = 0
    for words in WRITERS:
        main([w.format(s=space, t=tmp_path) for w in words])
        for path in tmp_path.rglob("*"):
            if path not in before:
                before[path] = stat.S_IMODE(path.stat().st_mode)
                made += path.is_file()
                assert not before[path] & 0o077, f"{words[0]} made {path.relative_to(tmp_path)} {before[path]:o}"
    assert made > 25


def test_a_workbook_of_the_register_keeps_the_rights_that_it_has(space, tmp_path):
    book = space / "登记簿" / "1栋.xlsx"
    book.chmod(0o664)
    before = book.read_bytes()
    assert main(["amend", str(book), "业主登记表!X5=试", "--write"]) == 0
    assert book.read_bytes() != before
    assert stat.S_IMODE(book.stat().st_mode) == 0o664
