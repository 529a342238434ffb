"""Which files are the register: a workspace, a folder, or workbooks by themselves (judging.md §2)."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ownerbook.schema.words import Text
from ownerbook.settings import FILE, Settings
from ownerbook.storage.within import WORKBOOKS, really_within

SUFFIXES = WORKBOOKS
NOT_READ = {"检查结果", "收件箱", "备份"}
_COPY = re.compile(
    r"^(?P<base>.+?)(?:\s*[-_]?\s*副本(?:\s*[(\uff08]\d+[)\uff09])?|\s*[(\uff08]\d+[)\uff09]|\s*-\s*Copy(?:\s*\(\d+\))?"
    r"|\s*[(\uff08][^()\uff08\uff09]*(?:conflicted copy|冲突)[^()\uff08\uff09]*[)\uff09]"
    r"|\s*[-_]?(?:冲突副本|冲突|conflict|NSConflict)[^.]*)$",
    re.I,
)


_DRAFT = re.compile(r"\..+\.(?:[0-9a-f]{12}|new)\.part")  # as storage.transaction names them


class Unusable(Exception):
    """The command cannot be carried out: a wrong path, nothing to read. The sentence says the place and the remedy."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.zh)
        self.message = message


@dataclass(slots=True)
class Workspace:
    """What is to be read.

    root: the workspace or folder, for loose workbooks the folder that they share. files: (name for reports, path), in
    order. wanted: names whose problems are to be told, None for all. whole: a folder or workspace, so an absent sheet is
    an error. copies: (name, original). busy: (name, who has it open). declared: there is an ownerbook.toml.
    """

    root: Path
    settings: Settings
    files: list[tuple[str, Path]] = field(default_factory=list)
    wanted: set[str] | None = None
    whole: bool = True
    declared: bool = False
    copies: list[tuple[str, str]] = field(default_factory=list)
    busy: list[tuple[str, str]] = field(default_factory=list)
    drafts: list[Path] = field(default_factory=list)


def home(path: Path) -> Path | None:
    """The workspace in which a path lies."""
    here = path if path.is_dir() else path.parent
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    return None


OURS = (".ownerbook", *(f".ownerbook/{f}" for f in ("journal", "details", "versions", "plans", "sealed", "layouts")), "收件箱", "收件箱/已处理")
"""Folders that are written to, beside that of the reports."""


def contained(root: Path, settings: Settings) -> None:
    """What is written stays in the workspace: none of its folders may be a link, or a junction, that leads out. Raises Unusable.

    Whoever may write to a shared folder could else have the night, or a colleague with more rights, write where they may not.
    """
    folders = [root / name for name in (*OURS, str(settings["reports.folder"]))]
    linked = [f for f in folders if os.name == "nt" or any(p.is_symlink() for p in (f, *f.parents[: len(f.relative_to(root).parts) - 1]))]
    for folder in linked:
        if os.path.realpath(folder) != os.path.realpath(root) and not really_within(root, folder):
            name = folder.relative_to(root).as_posix()
            zh = f"{name} 是指向工作区以外的链接，没有照办；请删掉这个链接，改用真正的文件夹，并核对是谁放的"
            en = f"{name} is a link that leads out of the workspace and is not followed; put a folder there, and find out who made it"
            raise Unusable(Text(zh, en))


def open_workspace(arguments: Sequence[Path], cwd: Path) -> Workspace:
    """Find what a command's arguments mean. Raises Unusable and SettingsError."""
    paths = [Path(os.path.abspath(cwd / a)) for a in arguments]  # noqa: PTH100  links are not followed here
    for given, path in zip(arguments, paths, strict=True):
        if not path.exists():
            raise Unusable(Text(f"找不到 {given}，请检查路径", f"{given} does not exist; check the path"))
    if not paths:
        root = home(cwd)
        if root is None:
            raise Unusable(
                Text(
                    f"这里不是工作区（没有 {FILE}）；请指定工作簿或文件夹，或先运行 ownerbook init",
                    f"this is no workspace (no {FILE}); name workbooks or folders, or run ownerbook init first",
                )
            )
        return _gather(_declared(root), [root])
    homes = {home(p) for p in paths}
    if len(homes) > 1:
        raise Unusable(Text("这些文件属于不同的工作区，请分开检查", "these lie in different workspaces; check them one by one"))
    root = homes.pop()
    if root is not None:
        space = _gather(_declared(root), [root])
        if root not in paths:
            space.wanted = {name for name, path in space.files if any(path == p or p in path.parents for p in paths)}
            read = {path for _, path in space.files}
            for given, path in zip(arguments, paths, strict=True):
                if path.is_file() and path not in read:
                    name = path.relative_to(root).as_posix()
                    if name in {n for n, _ in space.copies}:
                        space.wanted.add(name)
                        continue
                    raise Unusable(
                        Text(
                            f"{given} 不是登记簿的一部分（在不读取的文件夹里，或不是表格）",
                            f"{given} is no part of the register: it lies in a folder that is not read, or is no spreadsheet",
                        )
                    )
            if not space.wanted:
                raise Unusable(Text("没有找到任何工作簿", "no workbook was found"))
        return space
    if len(paths) == 1 and paths[0].is_dir():
        return _gather(Workspace(paths[0], Settings()), paths)
    folders = [p if p.is_dir() else p.parent for p in paths]
    shared = Path(os.path.commonpath(folders))
    return _gather(Workspace(shared, Settings(), whole=any(p.is_dir() for p in paths)), paths)


def _declared(root: Path) -> Workspace:
    settings = Settings.read(root / FILE)
    contained(root, settings)
    return Workspace(root, settings, declared=True)


def _gather(space: Workspace, paths: Sequence[Path]) -> Workspace:
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_file():
            found.setdefault(path, path.name)
            continue
        for folder, folders, files in os.walk(path, followlinks=False):
            folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in NOT_READ and not Path(folder, f).is_symlink())
            for name in sorted(files):
                file = Path(folder, name)
                if name.startswith(("~$", ".~")):
                    if name.lower().endswith((*SUFFIXES, "#")):
                        space.busy.append((file.relative_to(path).as_posix(), holder(file)))
                elif _DRAFT.fullmatch(name):
                    space.drafts.append(file)
                elif name.startswith(".") or file.suffix.lower() not in SUFFIXES or not _plain_file(file):
                    continue
                else:
                    found.setdefault(file, file.relative_to(path).as_posix())
    names = list(found.values())
    for path, name in found.items():
        if names.count(name) > 1:  # two files of one name in two folders: tell them apart
            found[path] = path.relative_to(space.root).as_posix() if space.root in path.parents else str(path)
    for path, name in list(found.items()):
        original = original_of(path, set(found))
        if original is not None:
            space.copies.append((name, original.name))
            del found[path]
    if not found and not space.copies:
        raise Unusable(Text("没有找到任何工作簿", "no workbook was found"))
    space.files = sorted(((n, p) for p, n in found.items()), key=lambda x: x[0])
    return space


def _plain_file(path: Path) -> bool:
    """Whether it is a file itself: no link, and no pipe that would be waited for without end."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return True  # reading it says what is wrong


def original_of(path: Path, beside: set[Path]) -> Path | None:
    """The original of a conflict copy, where it lies beside it."""
    m = _COPY.match(path.stem)
    if not m:
        return None
    for suffix in (path.suffix, *SUFFIXES):
        original = path.with_name(m["base"].rstrip() + suffix)
        if original in beside and original != path:
            return original
    return None


def holder(file: Path) -> str:
    """Who has a workbook open, by the owner file that Excel, WPS or LibreOffice left beside it; '' where it does not say."""
    try:
        data = file.read_bytes()[:512]
    except OSError:
        return ""
    if file.name.startswith("~$"):
        if len(data) >= 57 and 0 < int.from_bytes(data[55:57], "little") <= 52:
            return data[57 : 57 + 2 * int.from_bytes(data[55:57], "little")].decode("utf-16-le", "replace").strip("\0 ")
        return data[1 : 1 + data[0]].decode("gb18030", "replace").strip() if data else ""
    fields = data.decode("utf-8", "replace").split(",")
    return next((f.strip() for f in fields[1:3] if f.strip()), "")
