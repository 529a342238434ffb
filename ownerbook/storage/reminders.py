"""Which steps of the ladder were told: kept beside the register, replaced whole, readable by its owner only."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from ownerbook.storage.atomic import private_folder, write_atomically

FOLDER, FILE, VERSION = ".ownerbook", "reminders.json", 1
Key = tuple[str, int, int]
"""借阅单号, due day, days of the step after it (`deadlines.ladder.Key`)."""


class DamagedMemory(Exception):
    """The memory is there and cannot be read. What was told is unknown, so nothing should be told before somebody looks."""


def load(root: Path) -> set[Key]:
    """The steps told so far; none where there is no memory yet. Raises DamagedMemory, OSError."""
    try:
        text = (root / FOLDER / FILE).read_text("utf-8")
    except FileNotFoundError:
        return set()
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise DamagedMemory(FILE)
        return {(str(number), int(due), int(after)) for number, due, after in data["told"]}
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedMemory(FILE) from error


def save(root: Path, told: Collection[Key]) -> None:
    """Keep the steps told. Raises OSError; then the old memory stands."""
    folder = private_folder(root / FOLDER)
    data = {"version": VERSION, "told": sorted(told)}
    write_atomically(folder / FILE, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), private=True)
