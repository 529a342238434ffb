"""The sealed store: particulars taken out of the register, readable only with a key that does not lie here.

`.ownerbook/sealed/key.pub` is the public half of the workspace's key: sealing needs no secret. The private half is a file that the
manager keeps elsewhere. `.ownerbook/sealed/<id>.json` is one record; its content is encrypted to the key (X25519, HKDF-SHA256,
AES-256-GCM; what the record says in the clear is bound to it). Without the private half nobody can read it: losing it is deleting.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ownerbook.schema.words import Text
from ownerbook.storage.atomic import print_of, private_folder, write_atomically
from ownerbook.storage.journal import Entry

FOLDER: Final = ".ownerbook"
_HEAD: Final = "ownerbook-seal-key-1"
_INFO: Final = b"ownerbook sealed record 1"


class SealTrouble(Exception):
    """A key or a sealed record that cannot be used: what is wrong and the remedy."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.zh)
        self.message = message


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """What is known of a sealed record without opening it. fields: what was taken out; why: as `past_purpose` says; day: of sealing."""

    id: str
    sheet: str
    record: str
    fields: tuple[str, ...]
    why: str
    day: str
    key: str


def folder(root: Path) -> Path:
    """Where sealed records lie."""
    return root / FOLDER / "sealed"


def make_key(root: Path, path: Path) -> str:
    """Make the workspace's key: the private half into a file of its own, the public half into the workspace. Gives the key's fingerprint.

    Raises SealTrouble where there is a key already, or where the file would lie in the workspace or exists; OSError.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    if public_key(root) is not None:
        zh = "这个工作区已经有封存钥匙，不另造；旧封存只有原来的钥匙能打开"
        raise SealTrouble(Text(zh, "this workspace has a key already; what was sealed opens with that one only"))
    if path.resolve().is_relative_to(root.resolve()):
        zh = "封存钥匙不能放在工作区里，请放到别处（U 盘、保险柜里的电脑）"
        raise SealTrouble(Text(zh, "the key must not lie in the workspace; keep it elsewhere"))
    private = X25519PrivateKey.generate()
    raw, public = private.private_bytes_raw(), private.public_key().public_bytes_raw()
    body = f"{_HEAD}\n{raw.hex()}\n{hashlib.sha256(raw).hexdigest()[:16]}\n".encode()
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SealTrouble(Text(f"{path} 已经存在，不覆盖", f"{path} exists and is not overwritten")) from None
    with os.fdopen(fd, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    private_folder(root / FOLDER)
    write_atomically(private_folder(folder(root)) / "key.pub", public.hex().encode() + b"\n", private=True)
    return _print(public)


def public_key(root: Path) -> bytes | None:
    """The public half, None where no key was made or its file is no key."""
    try:
        raw = bytes.fromhex((folder(root) / "key.pub").read_text("ascii").strip())
    except (OSError, ValueError):
        return None
    return raw if len(raw) == 32 else None


def private_key(path: Path) -> bytes:
    """The private half out of its file. Raises SealTrouble."""
    wrong = Text(f"{path.name} 不是封存钥匙，或已损坏", f"{path.name} is no key, or it is damaged")
    try:
        head, body, check = path.read_text("ascii").split()
        raw = bytes.fromhex(body)
    except OSError as error:
        raise SealTrouble(Text(f"封存钥匙读不了：{error.strerror}", f"the key cannot be read: {error.strerror}")) from None
    except ValueError:
        raise SealTrouble(wrong) from None
    if head != _HEAD or len(raw) != 32 or hashlib.sha256(raw).hexdigest()[:16] != check:
        raise SealTrouble(wrong)
    return raw


def put(root: Path, sheet: str, record: str, values: Mapping[str, Any], *, why: str, day: str) -> SealedRecord:
    """Seal what was taken out of one row: field → value as JSON holds it. Raises SealTrouble without a key, OSError."""
    public = public_key(root)
    if public is None:
        zh = "还没有封存钥匙；先用 ownerbook seal --make-key 文件 造一把，存在工作区以外"
        raise SealTrouble(Text(zh, "there is no key yet; make one with ownerbook seal --make-key FILE, kept outside the workspace"))
    made = SealedRecord(secrets.token_hex(8), sheet, record, tuple(sorted(values)), why, day, _print(public))
    clear = _clear(made)
    body = json.dumps(dict(values), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    raw = json.dumps({"head": clear, "box": b64encode(_encrypted(public, body, _bound(clear))).decode()}, ensure_ascii=False, indent=1)
    write_atomically(private_folder(folder(root)) / f"{made.id}.json", raw.encode("utf-8", "surrogatepass"), private=True)
    return made


def records(root: Path) -> list[SealedRecord]:
    """Every sealed record, by sheet and number; a file that is none, or that lies under another's name, is left out."""
    out = []
    for path in sorted(folder(root).glob("*.json")):
        try:
            found = _record(json.loads(path.read_bytes())["head"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if found.id == path.stem:
            out.append(found)
    return sorted(out, key=lambda r: (r.sheet, r.record, r.day))


def opened(root: Path, record: SealedRecord, private: bytes) -> dict[str, Any]:
    """What a record holds. Raises SealTrouble where the key does not fit or the record was changed."""
    from cryptography.exceptions import InvalidTag

    try:
        data = json.loads((folder(root) / f"{record.id}.json").read_bytes())
        if _record(data["head"]) != record:  # whole in itself, and another's: what is opened would be told of the wrong person
            raise ValueError(record.id)
        found = json.loads(_decrypted(private, b64decode(data["box"]), _bound(data["head"])))
    except (OSError, ValueError, KeyError, TypeError, InvalidTag):
        zh = f"{record.record} 的封存打不开：钥匙不对，或文件被改过"
        raise SealTrouble(Text(zh, f"what is sealed of {record.record} cannot be opened: another key, or the file was changed")) from None
    return dict(found)


def fingerprints(root: Path, made: Iterable[SealedRecord]) -> dict[str, str]:
    """SHA-256 of records as they lie there, by id: anybody can encrypt to the key, so the journal names what was sealed here. Raises OSError."""
    return {r.id: print_of(folder(root) / f"{r.id}.json") for r in made}


def told(entries: Iterable[Entry]) -> tuple[dict[str, str], bool]:
    """What the journal's entries say is sealed now: id → fingerprint; and whether any sealing was of a time when that was not told."""
    out, older = dict[str, str](), False
    for entry in entries:
        store = entry.data.get("store")
        if entry.kind == "applied" and entry.data.get("act") == "seal" and not entry.data.get("delete"):
            out |= dict(store) if isinstance(store, Mapping) else {}
            older |= not isinstance(store, Mapping)
        elif entry.kind == "applied" and entry.data.get("act") == "unseal":
            out = {i: p for i, p in out.items() if isinstance(store, list) and i not in store}
        elif entry.kind == "sealed" and isinstance(store, list):
            out = {i: p for i, p in out.items() if i not in store}
    return out, older


def examined(root: Path, entries: Iterable[Entry]) -> Iterator[Text]:
    """Sealed records that are gone, or are not what the journal says was sealed."""
    for ident, print_ in told(entries)[0].items():
        path = folder(root) / f"{ident}.json"
        try:
            same = print_of(path) == print_
        except OSError:
            yield Text(f"封存的资料 {ident} 不见了，请从备份恢复", f"the sealed record {ident} is gone; restore it from a backup")
            continue
        if not same:
            zh = f"封存的资料 {ident} 被改过或换过，请从备份恢复"
            yield Text(zh, f"the sealed record {ident} was changed or exchanged; restore it from a backup")


def genuine(root: Path, record: SealedRecord, entries: Iterable[Entry]) -> None:
    """Raises SealTrouble for a record that was not sealed here, or is not what it was."""
    known, older = told(entries)
    if record.id not in known and older:
        return
    try:
        same = print_of(folder(root) / f"{record.id}.json") == known.get(record.id)
    except OSError:
        same = False
    if not same:
        zh = f"{record.record} 的封存 {record.id} 与日志不符（被换过，或不是这里封存的），没有打开；请运行 ownerbook verify"
        en = f"what is sealed of {record.record} ({record.id}) is not what the journal says and is not opened; run ownerbook verify"
        raise SealTrouble(Text(zh, en))


def destroy(root: Path, record: SealedRecord) -> None:
    """Delete a record for good. Raises OSError."""
    (folder(root) / f"{record.id}.json").unlink(missing_ok=True)


def _clear(r: SealedRecord) -> dict[str, Any]:
    return {"id": r.id, "sheet": r.sheet, "record": r.record, "fields": list(r.fields), "why": r.why, "day": r.day, "key": r.key}


def _record(head: Mapping[str, Any]) -> SealedRecord:
    return SealedRecord(head["id"], head["sheet"], head["record"], tuple(head["fields"]), head["why"], head["day"], head["key"])


def _bound(clear: Mapping[str, Any]) -> bytes:
    return json.dumps(clear, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def _print(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]


def _encrypted(public: bytes, body: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = X25519PrivateKey.generate()
    mine, nonce = once.public_key().public_bytes_raw(), secrets.token_bytes(12)
    key = _derived(once.exchange(X25519PublicKey.from_public_bytes(public)), mine, public)
    return mine + nonce + AESGCM(key).encrypt(nonce, body, bound)


def _decrypted(private: bytes, box: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    own, theirs = X25519PrivateKey.from_private_bytes(private), box[:32]
    key = _derived(own.exchange(X25519PublicKey.from_public_bytes(theirs)), theirs, own.public_key().public_bytes_raw())
    return AESGCM(key).decrypt(box[32:44], box[44:], bound)


def _derived(shared: bytes, once: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, once + public, _INFO).derive(shared)
