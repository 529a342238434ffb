"""Layouts of staff's own ledgers that they have confirmed, kept in the workspace as small files; and numbers proposed for their people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ownerbook.storage.atomic import private_folder, write_atomically

FOLDER = ".ownerbook"
LAYOUTS = "layouts"
NUMBERS = "proposed-numbers.json"


def save(root: Path, name: str, data: Mapping[str, Any]) -> Path:
    """Keep a layout under the name of its workbook; an older one of that name is replaced. Raises OSError."""
    folder = private_folder(private_folder(root / FOLDER) / LAYOUTS)
    path = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.json"
    write_atomically(path, json.dumps(data, ensure_ascii=False, indent=1).encode(), private=True)
    return path


def keep_numbers(root: Path, numbers: Mapping[str, str]) -> Path:
    """Keep the numbers proposed for people, by fingerprint. Raises OSError."""
    path = private_folder(root / FOLDER) / NUMBERS
    write_atomically(path, json.dumps(dict(sorted(numbers.items())), ensure_ascii=False, indent=1).encode(), private=True)
    return path


def numbers(root: Path) -> dict[str, str]:
    """The numbers proposed before; none where nothing can be read."""
    try:
        data = json.loads((root / FOLDER / NUMBERS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in data.items() if isinstance(v, str)} if isinstance(data, dict) else {}


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
