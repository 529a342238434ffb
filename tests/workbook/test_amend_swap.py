"""The swap: stopped anywhere, the file on disk is the old one or the new one, whole."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from amend_builders import ID_NEW, book, by_calamine, sheet

from ownerbook.storage.disk import Disk
from ownerbook.workbook.amend import Refused, SetCell, amend_file
from ownerbook.workbook.amend.owner_files import copies_of, holders, original_of

OLD = book(sheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
EDITS = [SetCell("表", "A1", 2, 1)]


class PowerCut(BaseException):
    """The machine stops here."""


class Stopping(Disk):
    """A disk that stops before or after its nth step."""

    def __init__(self, at: int, late: bool) -> None:
        self.left, self.late = at, late
        self.steps: list[str] = []

    def _step(self, name: str, act: object) -> object:
        self.steps.append(name)
        self.left -= 1
        here = self.left == 0
        if here and not self.late:
            raise PowerCut
        done = act()  # type: ignore[operator]
        if here:
            raise PowerCut
        return done

    def create(self, path: Path, data: bytes) -> None:
        if self.left == 1 and self.late:
            path.write_bytes(data[: len(data) // 2])  # torn
        self._step("create", lambda: super(Stopping, self).create(path, data))

    def flush(self, handle: int) -> None:
        self._step("flush", lambda: super(Stopping, self).flush(handle))

    def replace(self, source: Path, target: Path) -> None:
        self._step("replace", lambda: super(Stopping, self).replace(source, target))

    def flush_folder(self, folder: Path) -> None:
        self._step("folder", lambda: super(Stopping, self).flush_folder(folder))


def register(folder: Path, name: str = "登记簿.xlsx") -> Path:
    path = folder / name
    path.write_bytes(OLD)
    return path


def steps(folder: Path) -> int:
    disk = Stopping(-1, False)
    amend_file(register(folder, "试.xlsx"), EDITS, backup_dir=folder / "试", disk=disk)
    assert disk.steps.count("replace") == 2 and disk.steps.count("flush") == 4
    return len(disk.steps)


def test_stopped_at_any_step_the_file_is_old_or_new_and_the_next_run_succeeds(tmp_path: Path) -> None:
    for at in range(1, steps(tmp_path) + 1):
        for late in (False, True):
            folder = tmp_path / f"{at}-{late}"
            folder.mkdir()
            path = register(folder)
            with pytest.raises(PowerCut):
                amend_file(path, EDITS, backup_dir=folder / "kept", disk=Stopping(at, late))
            assert by_calamine(path.read_bytes()) in ([[1]], [[2]])
            for kept in (folder / "kept").glob("*.xlsx") if (folder / "kept").exists() else ():
                assert kept.read_bytes() == OLD
            if by_calamine(path.read_bytes()) == [[1]]:
                amend_file(path, EDITS, backup_dir=folder / "kept")
            assert by_calamine(path.read_bytes()) == [[2]]
            assert [p.read_bytes() for p in (folder / "kept").glob("*.xlsx")] == [OLD]


class Full(Disk):
    """A disk with no room for what is written beside the register."""

    def flush(self, handle: int) -> None:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_a_refusal_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = register(tmp_path)
    with pytest.raises(Refused) as caught:
        amend_file(path, EDITS, backup_dir=tmp_path / "kept", disk=Full())
    assert [r.reason for r in caught.value.refusals] == ["disk"]
    assert path.read_bytes() == OLD


class Meddling(Disk):
    """Somebody saves the workbook just before it is replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self, path: Path, data: bytes) -> None:
        super().create(path, data)
        if path.parent == self.path.parent:
            self.path.write_bytes(book(sheet("")))


def test_a_change_between_reading_and_replacing_is_noticed(tmp_path: Path) -> None:
    path = register(tmp_path)
    with pytest.raises(Refused) as caught:
        amend_file(path, EDITS, backup_dir=tmp_path / "kept", disk=Meddling(path))
    assert [r.reason for r in caught.value.refusals] == ["changed"]
    assert path.read_bytes() == book(sheet(""))
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == [path.name]


def test_a_change_while_it_is_read_for_the_last_time_is_noticed(tmp_path: Path) -> None:
    class Late(Disk):
        drafted = False

        def create(self, path: Path, data: bytes) -> None:
            self.drafted |= path.parent == tmp_path
            super().create(path, data)

        def read(self, path: Path) -> bytes:
            data = super().read(path)
            if self.drafted and data == OLD:
                path.write_bytes(book(sheet("")))
            return data

    path = register(tmp_path)
    with pytest.raises(Refused) as caught:
        amend_file(path, EDITS, backup_dir=tmp_path / "kept", disk=Late())
    assert [r.reason for r in caught.value.refusals] == ["changed"]
    assert path.read_bytes() == book(sheet(""))


def test_the_fingerprint_must_be_the_one_that_was_read(tmp_path: Path) -> None:
    path = register(tmp_path)
    receipt = amend_file(path, EDITS, backup_dir=tmp_path / "kept", dry_run=True)
    assert path.read_bytes() == OLD and not (tmp_path / "kept").exists()
    with pytest.raises(Refused):
        amend_file(path, EDITS, backup_dir=tmp_path / "kept", expect_fingerprint="0" * 64)
    done = amend_file(path, EDITS, backup_dir=tmp_path / "kept", expect_fingerprint=receipt.before)
    assert done.after == receipt.after
    assert Path(done.kept).read_bytes() == OLD


@pytest.mark.skipif(os.name == "nt", reason="permissions of this kind are not Windows'")
def test_permissions_and_time_stay(tmp_path: Path) -> None:
    path = register(tmp_path)
    path.chmod(0o640)
    os.utime(path, ns=(10**18, 10**18))
    receipt = amend_file(path, EDITS, backup_dir=tmp_path / "状态" / "kept")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "状态").stat().st_mode) == 0o700
    assert Path(receipt.kept).stat().st_mtime_ns == 10**18
    assert path.stat().st_mtime_ns == 10**18
    assert path.read_bytes() != OLD


def test_a_new_time_is_given_where_that_is_wanted(tmp_path: Path) -> None:
    path = register(tmp_path)
    os.utime(path, ns=(10**18, 10**18))
    receipt = amend_file(path, EDITS, backup_dir=tmp_path / "kept", keep_time=False)
    assert path.stat().st_mtime_ns != 10**18
    assert Path(receipt.kept).stat().st_mtime_ns == 10**18


def test_a_change_that_keeps_time_and_size_is_still_noticed(tmp_path: Path) -> None:
    path = register(tmp_path)
    seen = amend_file(path, EDITS, backup_dir=tmp_path / "kept", dry_run=True).before
    before = path.stat()
    meddled = bytearray(OLD)
    meddled[10] ^= 1  # the clock of the first member
    path.write_bytes(meddled)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(Refused) as caught:
        amend_file(path, EDITS, backup_dir=tmp_path / "kept", expect_fingerprint=seen)
    assert [r.reason for r in caught.value.refusals] == ["changed"]


def test_nothing_to_do_writes_nothing(tmp_path: Path) -> None:
    path = register(tmp_path)
    before = path.stat()
    assert not amend_file(path, [SetCell("表", "A1", 1)], backup_dir=tmp_path / "kept").changed
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert not (tmp_path / "kept").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "真").mkdir()
    path = register(tmp_path / "真")
    link = tmp_path / "登记簿.xlsx"
    link.symlink_to(path)
    amend_file(link, EDITS, backup_dir=tmp_path / "kept")
    assert link.is_symlink() and by_calamine(path.read_bytes()) == [[2]]


def excel_owner(name: str) -> bytes:
    narrow = name.encode("gb18030")
    wide = name.encode("utf-16-le")
    return bytes([len(narrow)]) + narrow.ljust(54, b" ") + len(name).to_bytes(2, "little") + wide.ljust(108, b" \0"[:1])


@pytest.mark.parametrize(
    ("file", "content", "holder"),
    [
        ("~$登记簿.xlsx", excel_owner("王芳"), "王芳"),
        ("~$登记簿.xlsx", b"", "~$登记簿.xlsx"),
        ("~$记簿.xlsx", excel_owner("Zhou Li"), None),
        (".~lock.登记簿.xlsx#", b",lihua,OFFICE-3,05.03.2024 09:12,file:///x;", "lihua (OFFICE-3)"),
        (".~lock.登记簿.xlsx#", "李华,lihua,OFFICE-3,05.03.2024 09:12,file:///x;".encode(), "李华 (OFFICE-3)"),
        ("~$别的.xlsx", excel_owner("王芳"), None),
    ],
)
def test_who_has_the_file_open_is_named(tmp_path: Path, file: str, content: bytes, holder: str | None) -> None:
    path = register(tmp_path)
    (tmp_path / file).write_bytes(content)
    if holder is None:
        assert holders(path) == []
        return
    assert [str(h) for h in holders(path)] == [holder]
    with pytest.raises(Refused) as caught:
        amend_file(path, EDITS, backup_dir=tmp_path / "kept")
    assert [r.reason for r in caught.value.refusals] == ["open"]
    assert holder in caught.value.refusals[0].zh
    assert path.read_bytes() == OLD


@pytest.mark.parametrize(
    "stem",
    [
        "登记簿 - 副本", "登记簿 - 副本 (2)", "登记簿-副本", "登记簿(1)", "登记簿 (1)", "登记簿 - Copy", "登记簿（2）",
        "登记簿 (王芳's conflicted copy 2024-03-05)", "登记簿(冲突)", "登记簿-冲突-王芳", "登记簿 [Repaired]", "登记簿_conflict-20240305",
    ],
)  # fmt: skip
def test_copies_of_sync_clients_are_noticed(tmp_path: Path, stem: str) -> None:
    path, copy = register(tmp_path), register(tmp_path, f"{stem}.xlsx")
    assert copies_of(path) == [copy]
    assert original_of(copy) == path
    with pytest.raises(Refused) as caught:
        amend_file(copy, EDITS, backup_dir=tmp_path / "kept")
    assert [r.reason for r in caught.value.refusals] == ["conflict-copy"]
    assert any(copy.name in n.zh for n in amend_file(path, EDITS, backup_dir=tmp_path / "kept").notes)


@pytest.mark.parametrize("stem", ["登记簿2", "登记簿-2024", "登记簿(A座)", "新登记簿", "登记簿 副表"])
def test_other_workbooks_are_no_copies(tmp_path: Path, stem: str) -> None:
    path, other = register(tmp_path), register(tmp_path, f"{stem}.xlsx")
    assert copies_of(path) == [] and original_of(other) is None


def test_a_copy_without_its_original_is_a_register_like_any_other(tmp_path: Path) -> None:
    path = register(tmp_path, "登记簿 (1).xlsx")
    assert amend_file(path, [SetCell("表", "B1", ID_NEW, identifier=True)], backup_dir=tmp_path / "kept").changed


class Cramped(Full):
    """A disk on which some of the bytes find room."""

    def create(self, path: Path, data: bytes) -> None:
        path.write_bytes(data[:9])
        super().create(path, data)


@pytest.mark.parametrize("kept", [True, False])
def test_a_full_disk_gets_its_room_back(tmp_path: Path, kept: bool) -> None:
    path = register(tmp_path)
    if kept:  # there is a copy already, so that it is the register itself that finds no room
        amend_file(path, EDITS, backup_dir=tmp_path / "kept")
        path.write_bytes(OLD)
    before = sorted(p.name for p in tmp_path.rglob("*") if p.is_file())
    with pytest.raises(Refused) as caught:
        amend_file(path, EDITS, backup_dir=tmp_path / "kept", disk=Cramped())
    assert "磁盘已满" in caught.value.refusals[0].zh and "the disk is full" in caught.value.refusals[0].en
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == before


def test_the_owner_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = register(tmp_path)
    (tmp_path / f".~lock.{path.name}#").write_text(",王五,pc7,25.11.2026 13:23,file:///home/w;", "utf-8")
    with pytest.raises(Refused) as caught:
        amend_file(path, EDITS, backup_dir=tmp_path / "kept")
    said = caught.value.refusals[0]
    assert "王五 (pc7)（占用文件 .~lock.登记簿.xlsx#）" in said.zh and "delete that file" in said.en
