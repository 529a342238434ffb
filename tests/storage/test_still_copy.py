"""A copy of a workbook is one that was on disk, whole, at one moment."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ownerbook.storage.still_copy import still_copy

PAUSES = (0.0, 0.0, 0.0)


def package(path: Path, text: str = "x") -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("a.xml", text * 5000)
    return path.read_bytes()


def old(path):
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_quiet_workbook_is_copied_at_the_first_reading_for_its_owner_only(tmp_path):
    data = package(tmp_path / "甲.xlsx")
    copy = still_copy(tmp_path / "甲.xlsx", tmp_path / "1.xlsx", pauses=PAUSES)
    assert (copy.flaw, copy.readings, copy.fingerprint) == ("", 1, hashlib.sha256(data).hexdigest())
    assert copy.path.read_bytes() == data
    assert os.name == "nt" or copy.path.stat().st_mode & 0o077 == 0


def test_a_half_saved_workbook_is_read_again_until_it_is_whole(tmp_path):
    path = tmp_path / "甲.xlsx"
    data = package(path)
    path.write_bytes(data[: len(data) // 2])

    def save(_seconds):
        path.write_bytes(data)

    copy = still_copy(path, tmp_path / "1.xlsx", pauses=PAUSES, wait=save)
    assert (copy.flaw, copy.readings) == ("", 2) and copy.path.read_bytes() == data


def test_one_that_is_being_saved_all_the_while_is_told_torn(tmp_path):
    path = tmp_path / "甲.xlsx"
    data = package(path)
    path.write_bytes(data[:100])

    def grow(_seconds):
        path.write_bytes(data[: path.stat().st_size + 1])

    copy = still_copy(path, tmp_path / "1.xlsx", pauses=PAUSES, wait=grow)
    assert (copy.flaw, copy.readings) == ("torn", 4)


@pytest.mark.parametrize("harm", ["cut", "flipped", "blank", "empty"])
def test_a_damaged_workbook_that_nobody_touches_is_told_damaged_without_waiting(tmp_path, harm):
    path = tmp_path / "甲.xlsx"
    data = package(path)
    spoiled = {"cut": data[:-30], "flipped": data[:45] + bytes([data[45] ^ 255]) + data[46:], "blank": bytes(len(data)), "empty": b""}[harm]
    path.write_bytes(spoiled)
    old(path)
    copy = still_copy(path, tmp_path / "1.xlsx", pauses=PAUSES)
    assert (copy.flaw, copy.readings) == ("damaged", 1)


@pytest.mark.parametrize(
    ("name", "data"), [("甲.xls", b"\xd0\xcf\x11\xe0" + bytes(600)), ("甲.csv", "房号\n".encode()), ("空.csv", b""), ("甲.xlsx", b"<html>")]
)
def test_what_is_no_zip_is_left_to_the_reader(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    assert still_copy(tmp_path / name, tmp_path / "1", pauses=PAUSES).flaw == ""


def test_a_file_that_is_taken_away_is_an_error_of_the_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        still_copy(tmp_path / "没有.xlsx", tmp_path / "1.xlsx", pauses=PAUSES)


SAVER = """
import sys
path, versions = sys.argv[1], [open(p, 'rb').read() for p in sys.argv[2:]]
print('ready', flush=True)
n = 0
while True:
    n += 1
    with open(path, 'r+b', buffering=0) as file:
        data = versions[n % 2]
        for at in range(0, len(data), 2000):
            file.write(data[at : at + 2000])
        file.truncate()
"""


def test_while_somebody_saves_all_the_time_a_copy_is_one_version_or_told(tmp_path):
    versions = [tmp_path / "一", tmp_path / "二"]
    for path, size in zip(versions, (40_000, 60_000), strict=True):
        with zipfile.ZipFile(path, "w") as z:
            z.writestr("a.xml", os.urandom(size))
    whole = {hashlib.sha256(p.read_bytes()).hexdigest() for p in versions}
    book = tmp_path / "甲.xlsx"
    book.write_bytes(versions[0].read_bytes())
    saver = subprocess.Popen([sys.executable, "-c", SAVER, book, *versions], stdout=subprocess.PIPE, text=True)
    try:
        assert saver.stdout.readline() == "ready\n"
        copies = [still_copy(book, tmp_path / "1", pauses=PAUSES) for _ in range(200)]
    finally:
        saver.kill()
        saver.communicate()
    assert {c.fingerprint for c in copies if not c.flaw} <= whole
    assert any(c.readings > 1 for c in copies)
