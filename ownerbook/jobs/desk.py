"""The clerk's desk: a file to double-click, and the workbook that it opens."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ownerbook.storage.atomic import write_atomically

BAT = "检查登记册.bat"
ENTRY = "检查登记册.desktop"


def batch_file(program: str) -> bytes:
    """The Windows file: CRLF, and GBK, which a Chinese console reads whatever the code page of the file system.

    program: path of ownerbook on this machine, '' where it is only on the search path. A folder on a share becomes a drive for the while
    (pushd): cd does not go there. A path that GBK cannot hold is left to the search path.
    """
    try:
        program.encode("gbk")
    except UnicodeEncodeError:
        program = ""
    named = program.replace("%", "%%")
    lines = [
        "@echo off",
        "rem ownerbook: double-click, or drop workbooks onto this file",
        "setlocal",
        'pushd "%~dp0"',
        f'set "OWNERBOOK={named}"',
        *(['if not exist "%OWNERBOOK%" set "OWNERBOOK="'] if program else []),
        "for %%I in (ownerbook.cmd ownerbook.exe) do if not defined OWNERBOOK set \"OWNERBOOK=%%~$PATH:I\"",
        "if not defined OWNERBOOK echo 这台电脑没有装 ownerbook，请联系安装的人。 ownerbook is not installed here.",
        'if defined OWNERBOOK call "%OWNERBOOK%" desk %*',
        "popd",
        "pause",
    ]
    return "".join(line + "\r\n" for line in lines).encode("gbk")


def desktop_entry(program: str, folder: Path) -> bytes:
    """The file for Linux desktops (UOS, Kylin among them); it names the folder, for such files do not know where they lie."""
    exec_, path = (_quoted(program or "ownerbook"), str(folder))
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=检查登记册",
        "Name[en]=Check the register",
        f"Exec={exec_} desk --wait %F",
        f"Path={path}",
        "Terminal=true",
    ]
    return ("\n".join(lines) + "\n").encode()


def _quoted(program: str) -> str:
    """As the desktop entry specification quotes an argument; a percent sign is doubled."""
    for sign in '\\"`$':
        program = program.replace(sign, "\\" + sign)
    return f'"{program}"'.replace("%", "%%")


def this_program() -> str:
    """Where ownerbook lies that runs now, '' where that is not known."""
    beside = Path(sys.executable).with_name("ownerbook.exe" if os.name == "nt" else "ownerbook")
    return str(beside) if beside.is_file() else shutil.which("ownerbook") or ""


def install(folder: Path, *, windows: bool = os.name == "nt") -> tuple[list[str], list[str]]:
    """Put the files to double-click into a workspace. Gives the names written and those that were as they are now. Raises OSError.

    windows: whether this machine's path is of use in the Windows file; made elsewhere, it looks on the search path. The entry for
    Linux is written there only.
    """
    wanted = {BAT: batch_file(this_program() if windows else "")}
    if not windows:
        wanted[ENTRY] = desktop_entry(this_program(), folder.absolute())
    made, kept = [], []
    for name, content in wanted.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            kept.append(name)
            continue
        write_atomically(path, content)
        if not windows:
            path.chmod(0o700)
        made.append(name)
    return made, kept


def show(path: Path) -> bool:
    """Open a workbook in the desk's own program; False where there is none, or no screen."""
    if os.name == "nt":
        os.startfile(path)  # type: ignore[attr-defined, unused-ignore]
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None or not (sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    subprocess.Popen([opener, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    return True
