"""The journal: written once, chained, read back; what is taken out, changed or cut off is found and named."""

from __future__ import annotations

import json
import multiprocessing
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stopping_disk import PowerCut, StoppingDisk

from ownerbook.storage.journal import NOTHING_BEFORE, Journal, JournalDamaged
from ownerbook.storage.proving import examine
from ownerbook.storage.versions import Versions

AT = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)


def three(root: Path) -> Journal:
    journal = Journal(root)
    journal.append("seen", {"workbooks": {}}, at=AT)
    journal.append("applied", {"plan": "a"}, at=AT, detail={"changes": [{"old": "1", "new": "2"}]})
    journal.append("seen", {"workbooks": {}}, at=AT)
    return journal


def told(root: Path) -> list[str]:
    return [t.zh for t in examine(root).troubles]


def test_each_entry_names_the_one_before_and_is_read_back_as_written(tmp_path: Path) -> None:
    journal = three(tmp_path)
    first, second, third = journal.entries()
    assert (first.number, first.before) == (1, NOTHING_BEFORE)
    assert second.before == first.fingerprint and third.before == second.fingerprint
    assert second.at == AT and second.data == {"plan": "a"}
    assert journal.detail_of(second) == {"changes": [{"old": "1", "new": "2"}]} and journal.detail_of(first) == {}
    assert [e.number for e in journal.entries("seen")] == [1, 3]
    newest = journal.newest("applied")
    assert newest is not None and newest.number == 2 and journal.newest("none") is None


def test_an_untouched_journal_is_found_whole(tmp_path: Path) -> None:
    three(tmp_path)
    found = examine(tmp_path)
    assert not found.troubles and found.entries == 3 and found.head == Journal(tmp_path).entries()[-1].fingerprint


def test_no_journal_at_all_is_no_trouble(tmp_path: Path) -> None:
    found = examine(tmp_path)
    assert not found.troubles and found.entries == 0


def test_its_files_can_be_read_by_their_owner_only(tmp_path: Path) -> None:
    three(tmp_path)
    for path in (tmp_path / ".ownerbook").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_any_byte_changed_in_any_entry_is_found_and_the_entry_named(tmp_path: Path) -> None:
    journal = three(tmp_path)
    for number in (1, 2, 3):
        path = journal.folder / f"{number:06d}.json"
        whole = path.read_bytes()
        for at in range(len(whole)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert any(path.name in t for t in told(tmp_path)), (number, at)
        path.write_bytes(whole)
    assert not told(tmp_path)


def test_an_entry_taken_out_of_the_middle_or_off_the_end_is_found(tmp_path: Path) -> None:
    journal = three(tmp_path)
    for number in (1, 2, 3):
        path = journal.folder / f"{number:06d}.json"
        whole = path.read_bytes()
        path.unlink()
        assert any(path.name in t for t in told(tmp_path)), number
        path.write_bytes(whole)


def test_the_whole_journal_taken_away_is_found(tmp_path: Path) -> None:
    journal = three(tmp_path)
    for path in journal.folder.iterdir():
        path.unlink()
    assert told(tmp_path)


def test_a_history_written_anew_from_the_second_entry_on_is_found_by_a_head_kept_elsewhere(tmp_path: Path) -> None:
    journal = three(tmp_path)
    sealed = {3: journal.entries()[2].fingerprint}
    for number in (2, 3):
        (journal.folder / f"{number:06d}.json").unlink()
    journal.head_file.unlink()
    journal.append("applied", {"plan": "another"}, at=AT)
    journal.append("seen", {"workbooks": {}}, at=AT)
    assert not told(tmp_path)
    assert any("000003" in t.zh for t in examine(tmp_path, sealed=sealed).troubles)


def test_a_detail_that_was_changed_or_taken_away_is_found_unless_a_later_entry_says_that_it_was_deleted(tmp_path: Path) -> None:
    journal = three(tmp_path)
    path = next(journal.details.iterdir())
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"2"', b'"3"'))
    assert any(path.name in t for t in told(tmp_path))
    with pytest.raises(JournalDamaged):
        journal.detail_of(journal.entries()[1])
    path.unlink()
    assert any(path.stem[:12] in t for t in told(tmp_path))
    journal.append("sealed", {"details": [path.stem]}, at=AT)
    assert not told(tmp_path)


def test_a_kept_version_that_was_changed_or_taken_away_is_found(tmp_path: Path) -> None:
    kept = Versions(tmp_path).keep(b"workbook", ".xlsx")
    Journal(tmp_path).append("seen", {"workbooks": {"a.xlsx": kept}}, at=AT)
    assert not told(tmp_path)
    path = Versions(tmp_path).path(kept)
    assert path is not None
    path.write_bytes(b"Workbook")
    assert any(kept[:12] in t for t in told(tmp_path)) and Versions(tmp_path).read(kept) is None
    path.unlink()
    assert any(kept[:12] in t and "a.xlsx" in t for t in told(tmp_path))
    Journal(tmp_path).append("aged", {"versions": [kept]}, at=AT)
    assert not told(tmp_path)


def test_stopped_at_any_step_the_journal_is_whole_and_goes_on(tmp_path: Path) -> None:
    counting = StoppingDisk()
    three(tmp_path / "count")
    Journal(tmp_path / "count", counting).append("x", {}, at=AT, detail={"a": "b"})
    assert any(s.startswith("place") for s in counting.steps)
    for at in range(1, len(counting.steps) + 1):
        for late in (False, True):
            root = tmp_path / f"{at}-{late}"
            three(root)
            with pytest.raises(PowerCut):
                Journal(root, StoppingDisk(at, late=late)).append("x", {}, at=AT, detail={"a": "b"})
            assert not told(root), (at, late)
            Journal(root).append("y", {}, at=AT)
            assert not told(root) and Journal(root).entries()[-1].kind == "y"


def _writer(root: Path, name: str) -> None:
    for n in range(10):
        Journal(root).append("x", {"by": name, "n": n}, at=AT)


def test_several_processes_write_one_unbroken_chain(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_writer, args=(tmp_path, name)) for name in "abc"]
    for w in writers:
        w.start()
    for w in writers:
        w.join()
    assert [w.exitcode for w in writers] == [0, 0, 0]
    entries = Journal(tmp_path).entries()
    assert [e.number for e in entries] == list(range(1, 31))
    assert sorted((e.data["by"], e.data["n"]) for e in entries) == [(b, n) for b in "abc" for n in range(10)]
    assert not told(tmp_path)


def test_an_unreadable_last_entry_stops_writing_and_names_the_file(tmp_path: Path) -> None:
    journal = three(tmp_path)
    (journal.folder / "000003.json").write_bytes(json.dumps({"number": 3}).encode())
    with pytest.raises(JournalDamaged, match=r"000003\.json"):
        journal.append("x", {}, at=AT)
