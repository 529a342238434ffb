"""Acts about owners, as data: what a form asks becomes one bundle, and what is told of it hides people where reports hide them."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "jobs"))
from registers import DAY, sheets, workspace  # noqa: E402

from ownerbook.jobs import reconciling  # noqa: E402
from ownerbook.jobs.reading import read_register  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402
from ownerbook.procedures.registering import register_owners  # noqa: E402
from ownerbook.procedures.registration import LEAVES, STAYS, Act, Line, Registration, said  # noqa: E402
from ownerbook.reconcile.change import Choice, Origin, Plan, spread  # noqa: E402
from ownerbook.register.register import Register  # noqa: E402
from ownerbook.reports.change_text import change_text  # noqa: E402

SINCE = date(2026, 10, 20)


def register(tmp_path: Path, **more: dict[str, object]) -> Register:
    """Three owned houses and one that nobody owns; more: of the second file and of 审核."""
    tables = sheets(3)
    tables["房屋"].append(tables["房屋"][0] | {"房号": "1-1-401", "室号": "401", "房屋状态": "空置", "入住日期": None})
    tables["档案"][1] |= more.get("file", {})
    if "audit" in more:
        tables["审核"].append(more["audit"])
    root = workspace(tmp_path / "小区", tables)
    return read_register(open_workspace([root], Path.cwd()), DAY).register


def person(name: str = "欧阳买", number: str = "E77770001", **more: object) -> Line:
    """Somebody who comes."""
    given = {"name": name, "id_type": "护照", "id_no": number, "phone": "13900001234", "consent": "已签"} | more
    return Line({f: said(v) for f, v in given.items()}, "表 第 9 行")  # type: ignore[arg-type]


def paper(kind: str) -> Line:
    return Line({"doc_type": said(kind), "form": said("原件"), "pages": said(2)}, "表 第 30 行")


def going(key: str, what: str, **more: object) -> Line:
    return Line({"owner_no": said(key), "going": said(what)} | {f: said(v) for f, v in more.items()}, f"现业主 {key}")  # type: ignore[arg-type]


def form(house: str, reason: str, *owners: Line, current: tuple[Line, ...] = (), name: str = "表.xlsx", print_: str = "a") -> Registration:
    origin = Origin("filled", name, "第一页", day=DAY, fingerprint=print_)
    papers = (paper("变更证明"), paper("业主登记表"))
    return Registration(house, origin, reason, owners=owners, current=current, papers=papers, day=DAY, since=SINCE, clerk="G001", appraiser="G002")


def told(act: Act, label: str) -> list[str]:
    story = next(iter(act.stories.values()))
    return [n.full.zh for n in story.lines if n.label.zh == label]


def test_one_form_is_one_bundle_but_for_what_is_asked_beside_it(tmp_path):
    act = register_owners(register(tmp_path), [form("1-1-201", "买卖", person(), current=(going("Y002", LEAVES),))])[0]
    assert not act.against and len({c.bundle for c in act.changes if c.bundle}) == 1
    assert {c.sheet for c in act.changes} == {"owners", "files", "documents", "disposals"}


@pytest.mark.parametrize(
    ("more", "label", "words"),
    [
        ({"file": {"暂缓处置至": date(2027, 1, 1), "暂缓原因": "诉讼"}}, "暂缓处置", "诉讼"),
        (
            {
                "audit": {
                    "审核单号": "SH001", "档号": "YG-1-1-201-01", "审核日期": date(2026, 10, 1), "审核人": "G002", "审核类型": "抽查",
                    "审核结果": "不合格", "问题描述": "缺页", "整改期限": date(2026, 10, 30), "整改责任人": "G001",
                }
            },
            "整改",
            "SH001",
        ),
    ],
)  # fmt: skip
def test_what_stands_against_archiving_the_old_file_is_told_and_no_disposal_is_proposed(tmp_path, more, label, words):
    act = register_owners(register(tmp_path, **more), [form("1-1-201", "买卖", person(), current=(going("Y002", LEAVES),))])[0]
    assert any(words in t for t in told(act, label))
    assert not [c for c in act.changes if c.sheet == "disposals"] and [c for c in act.changes if c.sheet == "files"]


def test_who_joins_an_owner_that_stays_shares_the_file(tmp_path):
    act = register_owners(register(tmp_path), [form("1-1-201", "赠与", person(share="50%"), current=(going("Y002", STAYS, share="50%"),))])[0]
    assert not [c for c in act.changes if c.kind == "new" and c.sheet in ("files", "disposals")]
    cells = {(c.record, c.field): c.theirs.text for c in act.changes if c.kind == "cell" and c.theirs}
    assert cells[("Y002", "primary")] == "否" and ("Y002", "share") in cells and ("Y002", "status") not in cells


def test_every_cell_of_a_change_of_ownership_names_its_paper(tmp_path):
    act = register_owners(register(tmp_path), [form("1-1-201", "继承", person(), current=(going("Y002", LEAVES),))])[0]
    proof = next(c.record for c in act.changes if c.sheet == "documents" and c.values["doc_type"].text == "变更证明")
    assert {c.evidence for c in act.changes if c.sheet in ("owners", "files")} == {proof}


def test_the_story_hides_names_and_numbers_where_reports_hide_them(tmp_path):
    act = register_owners(register(tmp_path), [form("1-1-401", "首次登记", person())])[0]
    story = next(iter(act.stories.values()))
    hidden = "".join(n.masked.zh + n.masked.en for n in story.lines)
    shown = "".join(n.full.zh for n in story.lines)
    assert "欧阳买" in shown and "E77770001" in shown
    assert "欧阳买" not in hidden and "E77770001" not in hidden and "13900001234" not in hidden


def test_braces_that_somebody_typed_break_nothing(tmp_path):
    odd = replace(form("1-1-401", "首次登记", person("欧{who}买")), clerk="{0}")
    act = register_owners(register(tmp_path), [odd])[0]
    assert act.stories and told(act, "登记人")


def test_places_and_numbers_are_given_once_over_several_forms(tmp_path):
    acts = register_owners(
        register(tmp_path),
        [form("1-1-401", "首次登记", person()), form("1-1-201", "买卖", person(number="E77770002"), current=(going("Y002", LEAVES),), print_="b")],
    )
    keys = [(c.sheet, c.record) for a in acts for c in a.changes if c.kind == "new"]
    assert len(keys) == len(set(keys))


def test_a_form_that_is_corrected_replaces_the_former_and_another_person_does_not(tmp_path):
    first = form("1-1-401", "首次登记", person())
    corrected = form("1-1-401", "首次登记", person(phone="13900009999"), print_="b")
    acts = register_owners(register(tmp_path), [first, corrected])
    assert not acts[0].changes and acts[1].changes
    other = form("1-1-401", "首次登记", person("司马乙", "E88880001"), name="另一份.xlsx", print_="c")
    acts = register_owners(register(tmp_path / "b"), [first, other])
    assert acts[0].changes and acts[1].against


def test_a_form_in_which_the_number_was_corrected_replaces_the_former_under_any_name(tmp_path):
    first = form("1-1-401", "首次登记", person(number="E12345670"))
    corrected = form("1-1-401", "首次登记", person(number="E12345671"), name="改好的.xlsx", print_="b")
    acts = register_owners(register(tmp_path), [first, corrected])
    assert not acts[0].changes and not acts[1].against
    assert any(c.sheet == "owners" for c in acts[1].changes)


def test_a_choice_for_the_act_holds_for_each_change_that_has_none_of_its_own(tmp_path):
    act = register_owners(register(tmp_path), [form("1-1-401", "首次登记", person())])[0]
    plan = Plan({}, act.changes)
    bundle, one = act.changes[0].bundle, act.changes[0].id
    choices = spread(plan, {bundle: Choice("采用", who="G002"), one: Choice("保留")})
    assert choices[one].choice == "保留" and {choices[c.id].choice for c in act.changes[1:]} == {"采用"}


def test_nobody_is_taken_for_an_owner_by_a_form_that_names_an_unknown_number(tmp_path):
    act = register_owners(register(tmp_path), [form("1-1-201", "离婚", current=(going("Y999", LEAVES),))])[0]
    assert act.against and not act.changes


def test_the_page_counts_an_act_once_whatever_it_writes(tmp_path):
    act = register_owners(register(tmp_path), [form("1-1-401", "首次登记", person())])[0]
    plan = Plan({}, act.changes, stories=dict(act.stories))
    assert len(act.changes) > 2
    assert change_text(plan, as_of=date(2026, 10, 31)).splitlines()[-1].startswith("共 1 项：")
    assert reconciling.said(plan).zh == "须选择 0 项，待证明 0 项，可采用 1 项"
    assert reconciling.said(Plan({}, act.changes)).zh == f"须选择 0 项，待证明 0 项，可采用 {len(act.changes)} 项"
