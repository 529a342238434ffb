"""What the disk answers is told in words, on Windows too, where a workbook that Excel holds looks like a lack of permission."""

from __future__ import annotations

import errno

import pytest

from ownerbook.cli.main import main
from ownerbook.schema.disk_words import why


class FromWindows(PermissionError):
    """An error as Windows gives it: its own number beside that of C."""

    def __init__(self, winerror: int, number: int = errno.EACCES, filename: str = "登记簿.xlsx") -> None:
        super().__init__(number, "The process cannot access the file", filename)
        self.winerror = winerror


@pytest.mark.parametrize(
    ("error", "zh"),
    [
        (FromWindows(32), "正被别的程序打开"),
        (FromWindows(33), "正被别的程序打开"),
        (FromWindows(5), "没有权限"),
        (FromWindows(112, errno.ENOSPC), "磁盘已满"),
        (FromWindows(53, errno.ENOENT), "共享文件夹连不上"),
        (FromWindows(3, errno.ENOENT), "没有这个文件或文件夹"),
        (FromWindows(3, errno.ENOENT, "D:\\" + "很长\\" * 100 + "登记簿.xlsx"), "路径太长"),
        (OSError(errno.EROFS, "Read-only file system"), "只读"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(9999, "something of its own"), "something of its own"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_the_reason_is_one_that_somebody_can_act_on(error, zh):
    assert zh in why(error).zh and why(error).en


def test_a_file_that_cannot_be_written_is_told_in_the_language_of_the_command(tmp_path, capsys):
    (tmp_path / "文件").write_text("x", "utf-8")
    assert main(["data-dictionary", "-o", str(tmp_path / "文件" / "字典.xlsx")]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1 and "directory" not in err and ("不是文件夹" in err or "已经有" in err)
