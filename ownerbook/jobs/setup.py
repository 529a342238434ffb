"""A new workspace, and what stands with an old one: init and doctor."""

from __future__ import annotations

import importlib.metadata
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ownerbook import settings as options
from ownerbook.jobs.workspace import NOT_READ, Unusable, open_workspace
from ownerbook.schema.cells import Pool, Styles
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import private_folder, write_atomically

FOLDERS = ("收件箱", "检查结果", "备份", "扫描件")


def init(folder: Path, name: str) -> tuple[list[str], list[str]]:
    """Make what a workspace needs and lacks. Gives the names made and the names that were there.

    Raises Unusable where the folder is a file, or lies inside another workspace.
    """
    from ownerbook.jobs.desk import install
    from ownerbook.reports.templates import write_templates

    if folder.exists() and not folder.is_dir():
        raise Unusable(Text(f"{folder} 是一个文件，请换一个文件夹", f"{folder} is a file; name a folder"))
    for parent in folder.resolve().parents:  # not of the words: ../another lies beside, not within
        if (parent / options.FILE).is_file():
            raise Unusable(Text(f"{folder} 已在工作区 {parent.name} 里，工作区不能套工作区", f"{folder} lies in the workspace {parent.name} already"))
    folder.mkdir(parents=True, exist_ok=True)
    made, kept = [], []
    if (folder / options.FILE).exists():
        kept.append(options.FILE)
    else:
        write_atomically(folder / options.FILE, options.template({"workspace.name": name} if name else None).encode())
        made.append(options.FILE)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".init-") as draft:
        for book in write_templates(Path(draft)):
            if (folder / book.name).exists():
                kept.append(book.name)
            else:
                book.replace(folder / book.name)
                made.append(book.name)
    for sub in FOLDERS:
        if not (folder / sub).exists():
            (folder / sub).mkdir()
            made.append(f"{sub}/")
    private_folder(folder / ".ownerbook")
    launchers = install(folder)
    return [*made, *launchers[0]], [*kept, *launchers[1]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that doctor looked at."""

    level: Literal["ok", "note", "bad"]
    message: Text


def doctor(cwd: Path) -> Iterator[Finding]:
    """Look at the installation, and at the workspace where there is one."""
    yield Finding("ok" if sys.version_info >= (3, 11) else "bad", Text(f"Python {sys.version.split()[0]}", f"Python {sys.version.split()[0]}"))
    for package in ("numpy", "XlsxWriter", "python-calamine", "chinesecalendar", "msoffcrypto-tool", "xlrd"):
        try:
            yield Finding("ok", Text(f"{package} {importlib.metadata.version(package)}", f"{package} {importlib.metadata.version(package)}"))
        except importlib.metadata.PackageNotFoundError:
            yield Finding("bad", Text(f"没有安装 {package}，请重新安装 ownerbook", f"{package} is not installed; install ownerbook again"))
    yield from _calendar()
    try:
        space = open_workspace([], cwd)
    except Unusable as e:
        yield Finding("note", e.message)
        return
    except options.SettingsError as e:
        for m in e.mistakes:
            yield Finding("bad", Text(f"{options.FILE} 第 {m.line} 行：{m.message.zh}", f"{options.FILE} line {m.line}: {m.message.en}"))
        return
    yield Finding("ok", Text(f"工作区 {space.root.name}，{len(space.files)} 个工作簿", f"workspace {space.root.name}, {len(space.files)} workbooks"))
    for folder, zh, en in (
        (space.root, "工作区", "the workspace"),
        (space.root / ".ownerbook", "状态文件夹（.ownerbook）", "the state folder .ownerbook"),
        (space.root / space.settings["reports.folder"], "结果文件夹", "the results folder"),
    ):
        yield (
            Finding("ok", Text(f"{zh}可以写入", f"{en} can be written"))
            if _writable(folder)
            else Finding("bad", Text(f"{zh}不能写入，请开通权限", f"{en} cannot be written; ask for permission"))
        )
    state = space.root / ".ownerbook"
    if os.name != "nt" and state.exists() and state.stat().st_mode & 0o077:
        yield Finding("bad", Text(".ownerbook 别人也能读，请改为仅本人可读（chmod 700）", ".ownerbook can be read by others; chmod 700 it"))
    if space.settings["reports.folder"] not in NOT_READ:
        yield Finding(
            "bad",
            Text("reports.folder 应为 检查结果，否则结果会被当成登记簿读取", "reports.folder should be 检查结果, or results are read as register"),
        )
    yield from _nights(space.root)
    yield _backups(space)
    from ownerbook.jobs.mail_doctor import mail_findings

    for level, text in mail_findings(space.root, space.settings):
        yield Finding(level, text)
    yield from _workbooks(space)


def _nights(root: Path) -> Iterator[Finding]:
    """Whether nights are set up on this machine and whether they happen."""
    import platform

    from ownerbook import clock
    from ownerbook.jobs.running import Station
    from ownerbook.jobs.standing import stand
    from ownerbook.storage.identity import IdentityDamaged
    from ownerbook.storage.journal import JournalDamaged
    from ownerbook.storage.ledger_file import LedgerTrouble

    try:
        station = Station.at(root)
        rules = station.rules()
        if rules.host and rules.host.lower() != platform.node().lower():
            there = Text(f"夜间检查由 {rules.host} 运行，这台是 {platform.node()}", f"nights run on {rules.host}; this is {platform.node()}")
            yield Finding("note", there)
            return
        ledger = station.existing_ledger()
        if ledger is None:
            yield Finding(
                "note", Text("这台电脑没有安排夜间检查（ownerbook schedule install）", "no nights are set up here (ownerbook schedule install)")
            )
            return
        with ledger:
            standing = stand(ledger, rules, clock.now(rules.timing.zone))
    except (IdentityDamaged, JournalDamaged, LedgerTrouble) as e:
        yield Finding("bad", e.message)
        return
    except OSError as e:
        yield Finding("bad", Text(f"运行台账用不了：{e.strerror}", f"the ledger cannot be used: {e.strerror}"))
        return
    if standing.light == "red":
        yield Finding("bad", Text("夜间检查或月报逾期没有完成，见 ownerbook status", "a night or a month is overdue; see ownerbook status"))
    else:
        yield Finding("ok", Text("夜间检查没有逾期", "no night is overdue"))


def _backups(space) -> Finding:  # type: ignore[no-untyped-def]
    from ownerbook import clock
    from ownerbook.jobs.backup_standing import backup_standing

    return Finding(*backup_standing(space.root, space.settings, clock.now(space.settings["workspace.zone"])))


def _calendar() -> Iterator[Finding]:
    from ownerbook import clock
    from ownerbook.calendar.workdays import WorkCalendar

    until = WorkCalendar({}).known_until
    left = (until - clock.today()).days
    words = Text(f"工作日历已知到 {until.isoformat()}", f"the working-day calendar is known until {until.isoformat()}")
    if left < 62:
        words = Text(
            words.zh + "，此后的应还日期为暂定；请更新 chinesecalendar 或填写「日历」表",
            words.en + "; later due dates are provisional: update chinesecalendar or fill the sheet 日历",
        )
    yield Finding("ok" if left >= 62 else "note", words)


def _workbooks(space) -> Iterator[Finding]:  # type: ignore[no-untyped-def]
    from ownerbook.jobs.check import password_from
    from ownerbook.workbook.book import Unreadable
    from ownerbook.workbook.reading import REASONS, read_book

    try:
        password = password_from(space, None)
    except OSError as e:
        yield Finding("bad", Text(f"密码文件读不了：{e.strerror}", f"the password file cannot be read: {e.strerror}"))
        password = None
    for name, path in space.files:
        try:
            book = read_book(path, pool=Pool(), styles=Styles(), password=password)
        except Unreadable as e:
            yield Finding("bad", Text(f"{name}：{REASONS[e.reason][0]}", f"{name}: {REASONS[e.reason][1]}"))
            continue
        yield Finding("ok", Text(f"{name}：{book.format}，{len(book.tabs)} 张表", f"{name}: {book.format}, {len(book.tabs)} sheets"))
    for name, original in space.copies:
        yield Finding("note", Text(f"{name}：可能是 {original} 的副本，不读取", f"{name}: may be a copy of {original}; not read"))
    for name, who in space.busy:
        yield Finding("note", Text(f"{name}：正在被打开{f'({who})' if who else ''}", f"{name}: is open{f' ({who})' if who else ''}"))


def _writable(folder: Path) -> bool:
    """Whether a file can be made there; a folder that is not there yet counts by its parent."""
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
