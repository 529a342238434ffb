"""Make the sample communities again: sheets/示例小区 with its list of mistakes, and sheets/干净小区 without any.

    python sheets/make_sample.py [--seed N] [--into DIR]

The same seed gives the same bytes. Everything in them is made up.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # the maker lies beside this script, whoever runs it

from maker.community import Building, Plan, settle  # noqa: E402
from maker.faults_cells import plant_cells  # noqa: E402
from maker.faults_houses import plant_houses  # noqa: E402
from maker.faults_ledgers import plant_ledgers  # noqa: E402
from maker.faults_office import plant_office  # noqa: E402
from maker.layout import Layout  # noqa: E402
from maker.model import AS_OF, Community  # noqa: E402
from maker.office import CORRECTIONS, Office, office_records, places, standing_rules  # noqa: E402
from maker.people import People  # noqa: E402
from maker.planting import Planter  # noqa: E402
from maker.spread import spread_large, spread_small, wear  # noqa: E402
from maker.work import number_ledgers, work  # noqa: E402

from ownerbook import settings  # noqa: E402
from ownerbook.calendar.workdays import WorkCalendar  # noqa: E402

SEED = 20261031
FAULTY, CLEAN = "示例小区", "干净小区"
LIST = f"{FAULTY}.错误清单.csv"
GRAVITY = {"error": "错误", "warning": "警告", "notice": "提示"}
LARGE = Plan(
    [*(Building(n, 2, 15, 2) for n in (1, 2, 3, 4)), Building(5, 2, 18, 2), Building(6, 1, 24, 4), Building(7, 4, 6, 2), Building(8, 2, 0, 10)],
    shops=30, parking=60, storage=16, offices=12, unsold=7, waiting=4, destroyed=9, handed_over=5, archived=18, recent=20, abroad=9, minors=3,
)  # fmt: skip
SMALL = Plan(
    [Building(1, 2, 9, 2), Building(2, 2, 9, 2), Building(3, 1, 12, 2)],
    shops=8, parking=10, storage=3, offices=3, unsold=2, waiting=1, destroyed=2, handed_over=1, archived=4, recent=4, abroad=3, minors=1,
)  # fmt: skip


def make(seed: int, into: Path) -> None:
    """Write both communities and the list of mistakes into a folder."""
    _clean(seed, into / CLEAN)
    problems = _faulty(seed, into / FAULTY)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["规则", "级别", "工作簿", "表", "单元格", "说明"])
    writer.writerows((code, GRAVITY[gravity], *rest) for code, gravity, *rest in problems)
    (into / LIST).write_bytes(out.getvalue().encode("utf-8-sig"))


def _clean(seed: int, folder: Path) -> None:
    c, *_ = _community(CLEAN, "GJ", seed + 1, SMALL, loans=30, changes=24)
    number_ledgers(c)
    _write(spread_small(c), folder, CLEAN, {})


def _faulty(seed: int, folder: Path) -> list[tuple[str, str, str, str, str, str]]:
    c, planter = _community(FAULTY, "SL", seed, LARGE, loans=100, changes=56)
    extras: dict[str, bytes] = {}
    plant_houses(planter)
    plant_ledgers(planter)
    plant_office(planter, extras)
    plant_cells(planter)
    number_ledgers(c)
    layout = spread_large(c)
    wear(c, layout, extras, planter.used)
    _write(layout, folder, FAULTY, extras)
    shutil.copyfile(folder / "台账/库房与服务.xlsx", folder / "台账/库房与服务 - 副本.xlsx")
    return layout.problems(planter.expected)


def _community(name: str, code: str, seed: int, plan: Plan, *, loans: int, changes: int) -> tuple[Community, Planter]:
    c = Community(name, code, random.Random(seed), WorkCalendar(CORRECTIONS))
    people = People(c.rng, AS_OF)
    office = Office(c, people)
    homes = sum(len(list(b.houses())) for b in plan.buildings)
    places(c, homes + plan.shops + plan.offices + plan.parking)
    standing_rules(c)
    settled = settle(c, people, office, plan)
    done = work(c, people, office, settled, loans, changes)
    office_records(c, office)
    return c, Planter(c, people, office, settled, done)


def _write(layout: Layout, folder: Path, name: str, extras: dict[str, bytes]) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / settings.FILE).write_text(settings.template({"workspace.name": name}), "utf-8")
    layout.write(folder)
    for path, content in extras.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--into", type=Path, default=Path(__file__).resolve().parent)
    options = parser.parse_args()
    make(options.seed, options.into)


if __name__ == "__main__":
    main()
