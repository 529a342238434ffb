"""The layouts of staff's own ledgers that they have confirmed, kept in the workspace as one small file each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ownerbook.storage.atomic import private_folder, write_atomically

FOLDER = ".ownerbook"
LAYOUTS = "layouts"


def save(root: Path, name: str, data: Mapping[str, Any]) -> Path:
    """Keep a layout under the name of its workbook; an older one of that name is replaced. Raises OSError."""
    folder = private_folder(private_folder(root / FOLDER) / LAYOUTS)
    path = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.json"
    write_atomically(path, json.dumps(data, ensure_ascii=False, indent=1).encode(), private=True)
    return path


def load(root: Path) -> list[dict[str, Any]]:
    """All layouts kept, in a steady order. A damaged file counts as none: its ledger is left alone until it is confirmed again."""
    out = []
    for path in sorted((root / FOLDER / LAYOUTS).glob("*.json")):
        try:
            data = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(data, dict):
            out.append(data)
    return out
