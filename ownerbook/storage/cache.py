"""What was worked out before, kept on this machine's own disk under the fingerprint of all that it was worked out from.

A cache is only ever a cache: an entry that is missing, torn or changed by a single bit counts as none. Its files are for their
owner only, as they hold what the register holds.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from ownerbook.storage.atomic import local_key, private_folder, write_atomically

KEPT = 12  # answers of a workspace: a few commands, of today and yesterday
_DIGEST = 32


@dataclass(slots=True)
class Cache:
    """The cache of a workspace."""

    folder: Path

    @classmethod
    def of(cls, root: Path) -> Cache | None:
        """The cache of the workspace at a path; None where this machine offers no place for one. OWNERBOOK_CACHE_DIR names one, empty for none."""
        said = os.environ.get("OWNERBOOK_CACHE_DIR")
        if said == "":
            return None
        base = Path(said) if said else _place()
        if base is None:
            return None
        return cls(base / local_key(root))

    def get(self, kind: str, key: str) -> bytes | None:
        """What was kept under a key; None where there is none or where it is no longer what it was."""
        try:
            raw = self._path(kind, key).read_bytes()
        except OSError:
            return None
        body = raw[_DIGEST:]
        return body if hashlib.sha256(key.encode() + body).digest() == raw[:_DIGEST] else None

    def put(self, kind: str, key: str, body: bytes) -> None:
        """Keep it; older ones of the kind go. Where it cannot be kept, nothing is said: it is only a cache."""
        with contextlib.suppress(OSError):
            private_folder(self.folder)
            write_atomically(self._path(kind, key), hashlib.sha256(key.encode() + body).digest() + body, private=True)
            mine = sorted(self.folder.glob(f"{kind}-*"), key=lambda p: p.stat().st_mtime_ns)
            for old in mine[:-KEPT]:
                old.unlink()

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def _place() -> Path | None:
    from platformdirs import user_cache_path

    try:
        return Path(user_cache_path("ownerbook", appauthor=False))
    except (OSError, RuntimeError):
        return None
