"""Several workbooks are written together or not at all, wherever the program is stopped."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stopping_disk import FullDisk, PowerCut, StoppingDisk

from ownerbook.storage.disk import Disk
from ownerbook.storage.lease import Held, Lease, writing
from ownerbook.storage.proving import examine
from ownerbook.storage.transaction import NotWritten, Replacement, Transaction

AT = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
NAMES = ("业主.xlsx", "档案.xlsx", "材料.xlsx")


def nobody(_: Path) -> list[object]:
    return []


def print_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def workspace(root: Path) -> list[Replacement]:
    root.mkdir(parents=True, exist_ok=True)
    out = []
    for name in NAMES:
        old = f"old {name}".encode()
        (root / name).write_bytes(old)
        out.append(Replacement(name, root / name, print_of(old), f"new {name}".encode()))
    return out


def stand(root: Path) -> str:
    return "".join((root / n).read_bytes()[:1].decode() for n in NAMES)


def drafts(root: Path) -> list[str]:
    return [p.name for p in root.iterdir() if p.name.endswith(".part")]


def write(root: Path, disk: Disk | None = None, files: list[Replacement] | None = None) -> None:
    Transaction(root, nobody, disk or Disk()).write(files or workspace(root), {"plan": "p"}, {"changes": []}, at=AT)


def test_all_are_written_the_journal_says_so_and_both_versions_are_kept(tmp_path: Path) -> None:
    write(tmp_path)
    assert stand(tmp_path) == "nnn" and not drafts(tmp_path)
    kinds = [e.kind for e in Transaction(tmp_path, nobody).journal.entries()]
    assert kinds == ["applying", "applied"]
    found = examine(tmp_path)
    assert not found.troubles and found.versions == 6


def test_stopped_at_any_step_and_recovered_all_are_old_or_all_are_new(tmp_path: Path) -> None:
    counting = StoppingDisk()
    write(tmp_path / "count", counting)
    seen = set()
    for at in range(1, len(counting.steps) + 1):
        for late in (False, True):
            root = tmp_path / f"{at}-{late}"
            files = workspace(root)
            with pytest.raises(PowerCut):
                write(root, StoppingDisk(at, late=late), files)
            Transaction(root, nobody).recover(at=AT)
            assert stand(root) in ("ooo", "nnn"), (at, late, counting.steps[at - 1])
            seen.add(stand(root))
            assert Transaction(root, nobody).unfinished() is None
            if stand(root) == "ooo":
                write(root, files=files)
            assert stand(root) == "nnn" and not drafts(root)
            assert not examine(root).troubles
    assert seen == {"ooo", "nnn"}


class OnceBrokenFolder(Disk):
    """A folder whose nth flush fails, and no other."""

    def __init__(self, at: int) -> None:
        self.left = at

    def flush_folder(self, folder: Path) -> None:
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.EIO, "Input/output error")
        Disk.flush_folder(self, folder)


def test_a_folder_that_cannot_be_flushed_once_leaves_all_old_or_all_new(tmp_path: Path) -> None:
    refused = 0
    for at in range(1, 20):
        root = tmp_path / str(at)
        files = workspace(root)
        try:
            write(root, OnceBrokenFolder(at), files)
        except (NotWritten, OSError):
            refused += 1
        Transaction(root, nobody).recover(at=AT)
        assert stand(root) in ("ooo", "nnn") and not drafts(root), at
        assert not examine(root).troubles
    assert refused > 5


def test_a_workbook_that_is_saved_while_it_is_looked_at_for_the_last_time_stays_as_saved(tmp_path: Path) -> None:
    class Saving(Disk):
        """A clerk saves the second workbook just after it is read, once the first is written."""

        begun = False

        def replace(self, source: Path, target: Path) -> None:
            self.begun |= target.name == NAMES[0]
            Disk.replace(self, source, target)

        def read(self, path: Path) -> bytes:
            data = Disk.read(self, path)
            if self.begun and path.name == NAMES[1] and data.startswith(b"old"):
                saved = path.with_name("saved")
                saved.write_bytes(b"hers")
                saved.replace(path)
            return data

    root = tmp_path / "a"
    files = workspace(root)
    with pytest.raises(NotWritten):
        write(root, Saving(), files)
    assert stand(root) == "oho" and not drafts(root) and not examine(root).troubles


def test_a_share_that_knows_no_flushing_of_folders_is_written_all_the_same(tmp_path: Path) -> None:
    class Share(Disk):
        def flush(self, handle: int) -> None:
            if stat.S_ISDIR(os.fstat(handle).st_mode):
                raise OSError(errno.EINVAL, "Invalid argument")
            Disk.flush(self, handle)

    root = tmp_path / "a"
    write(root, Share(), workspace(root))
    assert stand(root) == "nnn" and not examine(root).troubles


def test_stopped_again_while_recovering_it_still_recovers(tmp_path: Path) -> None:
    counting = StoppingDisk()
    write(tmp_path / "count", counting)
    middle = next(i for i, s in enumerate(counting.steps, 1) if s == f"replace {NAMES[1]}")
    for at in range(1, 40):
        root = tmp_path / str(at)
        with pytest.raises(PowerCut):
            write(root, StoppingDisk(middle))
        assert stand(root) == "noo"
        try:
            Transaction(root, nobody, StoppingDisk(at)).recover(at=AT)
        except PowerCut:
            Transaction(root, nobody).recover(at=AT)
        assert stand(root) == "nnn" and not examine(root).troubles


def cut_between(root: Path) -> None:
    """Stop when the first of three has been replaced."""
    counting = StoppingDisk()
    write(root.with_name(root.name + "-count"), counting)
    middle = next(i for i, s in enumerate(counting.steps, 1) if s == f"replace {NAMES[1]}")
    with pytest.raises(PowerCut):
        write(root, StoppingDisk(middle))


def test_one_not_yet_written_that_staff_changed_meanwhile_takes_the_others_back(tmp_path: Path) -> None:
    root = tmp_path / "a"
    cut_between(root)
    (root / NAMES[2]).write_bytes(b"hand")
    found = Transaction(root, nobody).recover(at=AT)
    assert found.taken_back and stand(root) == "ooh"
    assert not drafts(root) and Transaction(root, nobody).unfinished() is None


def test_one_already_written_that_staff_changed_meanwhile_has_the_others_finished(tmp_path: Path) -> None:
    root = tmp_path / "a"
    cut_between(root)
    (root / NAMES[0]).write_bytes(b"hand")
    found = Transaction(root, nobody).recover(at=AT)
    assert found.finished and stand(root) == "hnn"


def test_where_nobody_can_tell_nothing_is_touched_and_it_is_said(tmp_path: Path) -> None:
    root = tmp_path / "a"
    cut_between(root)
    (root / NAMES[0]).write_bytes(b"hand")
    (root / NAMES[2]).write_bytes(b"hand")
    found = Transaction(root, nobody).recover(at=AT)
    assert stand(root) == "hoh" and NAMES[0] in found.open_[0].zh and NAMES[2] in found.open_[0].zh


def test_one_open_elsewhere_stops_all_and_names_who_has_it(tmp_path: Path) -> None:
    files = workspace(tmp_path)
    with pytest.raises(NotWritten, match="赵"):
        Transaction(tmp_path, lambda p: ["赵"] if p.name == NAMES[2] else []).write(files, {}, {}, at=AT)
    assert stand(tmp_path) == "ooo" and not drafts(tmp_path) and not (tmp_path / ".ownerbook").exists()


def test_one_opened_in_the_middle_takes_back_what_was_written(tmp_path: Path) -> None:
    files = workspace(tmp_path)

    def opened_late(path: Path) -> list[object]:
        return ["赵"] if path.name == NAMES[2] and files[1].path.read_bytes() == files[1].data else []

    with pytest.raises(NotWritten, match="赵"):
        Transaction(tmp_path, opened_late).write(files, {}, {}, at=AT)
    assert stand(tmp_path) == "ooo" and not drafts(tmp_path)
    assert Transaction(tmp_path, nobody).unfinished() is None and not examine(tmp_path).troubles


def test_one_that_changed_since_the_plan_stops_all(tmp_path: Path) -> None:
    files = workspace(tmp_path)
    (tmp_path / NAMES[1]).write_bytes(b"hand")
    with pytest.raises(NotWritten, match=NAMES[1]):
        write(tmp_path, files=files)
    assert stand(tmp_path) == "oho"


def test_a_disk_full_at_any_moment_leaves_all_old_or_all_new(tmp_path: Path) -> None:
    counting = FullDisk(10_000)
    write(tmp_path / "count", counting)
    for at in range(len(counting.steps)):
        root = tmp_path / str(at)
        with pytest.raises((NotWritten, OSError)):
            write(root, FullDisk(at))
        assert stand(root) in ("ooo", "nnn"), at
        Transaction(root, nobody).recover(at=AT)
        assert stand(root) in ("ooo", "nnn") and not examine(root).troubles
        assert Transaction(root, nobody).unfinished() is None


def test_permissions_and_time_of_change_stay(tmp_path: Path) -> None:
    files = workspace(tmp_path)
    files[0].path.chmod(0o640)
    before = files[0].path.stat()
    write(tmp_path, files=files)
    after = files[0].path.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


def test_there_is_one_writer_at_a_time_and_a_dead_one_is_taken_over(tmp_path: Path) -> None:
    with writing(tmp_path) as lease:
        with pytest.raises(Held), writing(tmp_path):
            pass
        assert lease.renew()
    with writing(tmp_path):
        pass
    left = tmp_path / ".ownerbook" / "writing.lease"
    left.write_text('{"token": "x", "host": "another", "pid": 1}', "utf-8")
    with pytest.raises(Held, match="another"), writing(tmp_path):
        pass
    with writing(tmp_path, seconds=-1.0):
        assert "another" not in left.read_text("utf-8")


def test_a_lease_taken_over_is_not_renewed_nor_given_back_by_the_first(tmp_path: Path) -> None:
    first, second = Lease(tmp_path / "l"), Lease(tmp_path / "l", seconds=-1.0)
    first.take()
    second.take()
    assert not first.renew() and second.renew()
    first.give_back()
    assert (tmp_path / "l").exists()


def test_a_new_workbook_is_made_with_the_others_or_not_at_all(tmp_path: Path) -> None:
    def files(root: Path) -> list[Replacement]:
        return [*workspace(root), Replacement("新.xlsx", root / "新.xlsx", "", b"fresh")]

    counting = StoppingDisk()
    write(tmp_path / "count", counting, files(tmp_path / "count"))
    assert (tmp_path / "count" / "新.xlsx").read_bytes() == b"fresh"
    for at in range(1, len(counting.steps) + 1):
        root = tmp_path / str(at)
        mine = files(root)
        with pytest.raises(PowerCut):
            write(root, StoppingDisk(at), mine)
        Transaction(root, nobody).recover(at=AT)
        assert (stand(root), (root / "新.xlsx").exists()) in (("ooo", False), ("nnn", True)), at
        assert not examine(root).troubles
    with pytest.raises(NotWritten, match="已经存在"):
        write(tmp_path / "count", files=[Replacement("新.xlsx", tmp_path / "count" / "新.xlsx", "", b"other")])


def test_a_lease_that_cannot_be_removed_is_over_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, writing(tmp_path):
        patch.setattr(Path, "unlink", lambda *_: (_ for _ in ()).throw(PermissionError(13, "in use")))
        left = Lease(tmp_path / ".ownerbook" / "writing.lease")
        held = tmp_path / ".ownerbook" / "writing.lease"
        left.token = __import__("json").loads(held.read_text("utf-8"))["token"]
        left.give_back()
    with writing(tmp_path):
        pass


def test_who_finds_the_lease_held_is_told_by_whom_and_what_to_do(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(Held) as told, writing(tmp_path):
        pass
    assert str(os.getpid()) in told.value.message.zh and "再试" in told.value.message.zh
