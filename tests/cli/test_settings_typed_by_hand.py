r"""Settings are typed in Notepad: a path with \ in double quotes is told, whatever TOML would make of it."""

from __future__ import annotations

import pytest

from ownerbook.settings import Settings, SettingsError


def read(tmp_path, line: str) -> Settings:
    path = tmp_path / "ownerbook.toml"
    path.write_bytes(b"\xef\xbb\xbf" + f"[backup]\r\n{line}\r\n".encode())
    return Settings.read(path)


@pytest.mark.parametrize("line", [r'to = "D:\备份"', r'to = "D:\backup"', r'to = "\\NAS\new"', r'password_file = "C:\temp\pw.txt"'])
def test_a_path_in_double_quotes_is_told_with_its_line_and_the_remedy(tmp_path, line):
    with pytest.raises(SettingsError) as raised:
        read(tmp_path, line)
    assert [m.line for m in raised.value.mistakes] == [2]
    assert "单引号" in raised.value.mistakes[0].message.zh


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (r"to = 'D:\backup'", r"D:\backup"),
        (r'to = "D:\\new\\backup"', r"D:\new\backup"),
        (r'to = "\\\\NAS\\备份"', r"\\NAS\备份"),
        ('to = "/mnt/备份"', "/mnt/备份"),
    ],
)
def test_paths_that_are_written_right_are_taken(tmp_path, line, value):
    assert read(tmp_path, line)["backup.to"] == value
