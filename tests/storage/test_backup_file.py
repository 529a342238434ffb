"""The file of a backup: every byte proved, nothing believed that was not, no name that leads out of the folder."""

import io
import json
import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownerbook.storage import backup_cipher
from ownerbook.storage.backup_archive import PIECE, Source, pack, unpack
from ownerbook.storage.backup_cipher import CHANGED, CHUNK, CUT, NO_BACKUP, WRONG_PASSWORD, BackupTrouble, Sealer, opened, read_about
from ownerbook.storage.backup_place import Place, newest_in
from ownerbook.storage.disk import Disk
from ownerbook.storage.within import unsafe

PASSWORD = "a made-up password"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """The cost of guessing passwords is no part of these laws."""
    monkeypatch.setattr(backup_cipher, "_COST", {"n": 2, "r": 1, "p": 1})


def sealed(data, about=None):
    out = io.BytesIO()
    sealer = Sealer(out, PASSWORD, about or {"made": "2026-11-25T02:00:00+08:00"})
    sealer.write(data)
    sealer.end()
    return out.getvalue()


def plain(raw, password=PASSWORD):
    return b"".join(opened(io.BytesIO(raw), password))


def archive(records):
    """A stream of records, sealed by somebody who has the password."""
    return sealed(b"".join(letter + struct.pack(">I", len(body)) + body for letter, body in records))


def why(raw, password=PASSWORD):
    with pytest.raises(BackupTrouble) as told:
        unpack(opened(io.BytesIO(raw), password), lambda name, changed: io.BytesIO())
    return told.value.message


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_what_goes_in_comes_out_at_every_length_around_a_chunk(size):
    data = bytes(i * 31 % 251 for i in range(size))
    raw = sealed(data)
    assert plain(raw) == data
    assert data[:64] not in raw or size < 2


@settings(max_examples=60)
@given(st.data())
def test_a_flipped_bit_anywhere_is_found(data):
    raw = bytearray(sealed(b"x" * (CHUNK + 100)))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BackupTrouble):
        plain(bytes(raw))


@settings(max_examples=60)
@given(st.data())
def test_a_file_cut_off_anywhere_is_found(data):
    raw = sealed(b"x" * (2 * CHUNK + 100))
    with pytest.raises(BackupTrouble):
        plain(raw[: data.draw(st.integers(0, len(raw) - 1))])


def test_a_file_cut_off_at_a_chunk_is_called_cut_off_and_one_with_chunks_exchanged_changed():
    raw = sealed(b"x" * (3 * CHUNK))
    size, head = CHUNK + 16, len(raw) - 3 * (CHUNK + 16)
    a, b, c = (raw[head + n * size : head + (n + 1) * size] for n in range(3))
    for spoilt, words in ((raw[:head] + a + b, CUT), (raw[:head] + a + c, CUT), (raw[:head] + a + b + c + c, CHANGED)):
        with pytest.raises(BackupTrouble) as told:
            plain(spoilt)
        assert told.value.message == words


def test_a_wrong_password_and_a_file_of_another_kind_are_told_apart():
    raw = sealed(b"x")
    assert why(raw, "another password") == WRONG_PASSWORD
    assert why(b"PK\x03\x04" + b"0" * 500) == NO_BACKUP
    assert why(b"") == NO_BACKUP


def test_a_head_that_was_made_up_does_not_eat_the_machine():
    for cost in ({"n": 2**30, "r": 8, "p": 1}, {"n": 3, "r": 8, "p": 1}, {"n": 2, "r": 2**40, "p": 1}, {"n": "2", "r": 1, "p": 1}):
        head = json.dumps({"about": {}, "chunk": CHUNK, "cost": cost, "salt": "00" * 16, "prefix": "00" * 7}).encode()
        assert why(backup_cipher.MAGIC + struct.pack(">I", len(head)) + head + b"x" * 100) == CHANGED
    assert why(backup_cipher.MAGIC + struct.pack(">I", 2**31) + b"{}") == CUT


def test_what_may_be_known_without_the_password_is_bound_to_it():
    raw = sealed(b"x", {"made": "2026-11-25T02:00:00+08:00", "workspace": "0123abcd"})
    assert read_about(io.BytesIO(raw))["workspace"] == "0123abcd"
    assert why(raw.replace(b"0123abcd", b"0123abce")) == WRONG_PASSWORD


def test_files_come_back_with_their_names_bytes_and_times(tmp_path):
    held = {"登记簿.xlsx": b"PK" + bytes(PIECE + 5), ".ownerbook/journal/000001.json": b"{}" * PIECE, "空.csv": b""}
    sources = []
    for n, (name, body) in enumerate(sorted(held.items())):
        (tmp_path / str(n)).write_bytes(body)
        sources.append(Source(name, tmp_path / str(n), 1_700_000_000_000_000_000 + n))
    out = io.BytesIO()
    kept = pack(sources, out.write)

    class Held(io.BytesIO):
        def close(self):
            back[self.name] = self.getvalue()

    back, times = {}, {}

    def create(name, changed):
        file = Held()
        file.name = name
        times[name] = changed
        return file

    assert unpack(iter([out.getvalue()]), create).files == kept.files
    assert back == held and times["登记簿.xlsx"] == 1_700_000_000_000_000_001


def test_a_file_that_went_away_is_noted_and_the_others_are_kept(tmp_path):
    (tmp_path / "a").write_bytes(b"a")
    out = io.BytesIO()
    kept = pack([Source("a", tmp_path / "a", 0), Source("b", tmp_path / "b", 0)], out.write)
    assert list(kept.files) == ["a"] and kept.gone == ["b"]
    unpack(iter([out.getvalue()]), lambda name, changed: None)


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "", ".", "a//b", "a/./b", "a\0b", "a\nb", "x/" * 600])
def test_a_name_that_leads_out_of_the_folder_is_refused_before_a_byte_is_written(name):
    assert unsafe(name)
    made = []
    raw = archive([(b"F", json.dumps({"path": name, "changed": 0, "packed": False}).encode())])
    with pytest.raises(BackupTrouble):
        unpack(opened(io.BytesIO(raw), PASSWORD), lambda n, changed: made.append(n))
    assert made == []


def test_hostile_records_are_refused():
    start = (b"F", json.dumps({"path": "a", "changed": 0, "packed": True}).encode())
    import zlib

    bomb = zlib.compress(bytes(PIECE * 40))
    for records in (
        [start, (b"D", bomb)],
        [start, (b"D", b"no zlib")],
        [start, start],
        [(b"D", b"x")],
        [(b"F", b"[]")],
        [(b"F", b"{")],
        [(b"F", json.dumps({"path": "a", "changed": "0", "packed": 1}).encode())],
        [(b"Z", json.dumps({"files": 1, "bytes": 0, "sha256": ""}).encode())],
    ):
        assert why(archive(records)) == CHANGED
    assert why(archive([start])) == CUT
    assert why(sealed(b"F" + struct.pack(">I", 2**31))) == CHANGED


def test_the_same_name_twice_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"a")
    out = io.BytesIO()
    pack([Source("a", tmp_path / "a", 0), Source("a", tmp_path / "a", 0)], out.write)
    with pytest.raises(BackupTrouble):
        unpack(iter([out.getvalue()]), lambda name, changed: None)


def place(folder):
    return Place(folder, "0123abcd", Disk())


def test_a_backup_that_proves_bad_leaves_nothing_behind(tmp_path):
    def prove(path):
        raise BackupTrouble(CHANGED)

    with pytest.raises(BackupTrouble):
        place(tmp_path).write("ownerbook-0123abcd_20261125T020000.obk", lambda f: f.write(b"x"), prove)
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_backup_left_is_taken_away_and_what_is_not_ours_stays(tmp_path):
    mine = tmp_path / ".ownerbook-0123abcd_20261125T020000.obk.00ff00ff.part"
    others = tmp_path / ".ownerbook-99999999_20261125T020000.obk.00ff00ff.part"
    for path in (mine, others, tmp_path / "相片.jpg"):
        path.write_bytes(b"x")
    assert place(tmp_path).clear() == [mine.name]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([others.name, "相片.jpg"])


def test_two_backups_of_one_second_have_two_names(tmp_path):
    moment = datetime(2026, 11, 25, 2, tzinfo=UTC)
    first = place(tmp_path).name(moment)
    (tmp_path / first).write_bytes(b"")
    assert place(tmp_path).name(moment) == first.replace(".obk", "-2.obk")


def test_of_a_folder_the_newest_backup_is_meant_and_with_two_workspaces_none(tmp_path):
    for n, day in enumerate(("24", "25", "23")):
        raw = sealed(b"", {"made": f"2026-11-{day}T02:00:00+08:00"})
        (tmp_path / f"ownerbook-0123abcd_2026112{n}T020000.obk").write_bytes(raw)
    assert newest_in(tmp_path).name == "ownerbook-0123abcd_20261121T020000.obk"
    (tmp_path / "ownerbook-99999999_20261125T020000.obk").write_bytes(raw)
    with pytest.raises(BackupTrouble):
        newest_in(tmp_path)
