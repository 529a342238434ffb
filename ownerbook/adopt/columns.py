"""What each column is: by its wording, by the shape of its cells, by its neighbours; with a confidence and the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ownerbook.adopt.fields import FAMILIES, UNKNOWN, column_of, family_of, is_register
from ownerbook.adopt.fits import VETO, by_shape, fit, shape_words
from ownerbook.adopt.guesses import Candidate, Guess, neighbours
from ownerbook.adopt.heads import Head
from ownerbook.adopt.layout import BlockLayout, ColumnLayout
from ownerbook.adopt.shapes import Profile
from ownerbook.adopt.wordings import PERSON, Match, hints, look_up, normal, wording

_CAP_BY_SHAPE = 0.84  # cells alone never make a column sure
_HOUSEHOLD_WORDS = ("租户", "配偶", "子女")


def recognise_block(
    first: int, last: int, heads: dict[int, Head], profiles: dict[int, Profile], tab: str = "", explained: Mapping[str, dict[str, str]] | None = None
) -> BlockLayout:
    """Say what the columns of one block are. explained: what notes beside the table say of the codes in a column, by its header."""
    columns = [Candidate(heads.get(c, Head(c, "")), profiles.get(c, Profile())) for c in range(first, last + 1)]
    matches = [look_up(c.head.own, c.head.group) for c in columns]
    family = _family(matches, tab)
    relation = any(m.field == "household.relation" and m.weight > 0.8 for ms in matches for m in ms[:1])
    for column, found in zip(columns, matches, strict=True):
        column.codes = hints(column.head.own) or (explained or {}).get(normal(column.head.own), {})
        _guess(column, found, family, relation)
    neighbours(columns)
    chosen = _choose(columns, family)
    layouts = []
    for column, guess in zip(columns, chosen, strict=True):
        layout = ColumnLayout(column.head.column, column.head.text, group=column.head.group, codes=column.codes if guess else {})
        if guess is not None:
            believed = guess.confidence >= 0.4 or not is_register(guess.field)  # what its cells gainsay is left alone
            layout.field, layout.slot = (guess.field if believed else UNKNOWN), guess.number
            layout.confidence, layout.reasons = round(min(guess.confidence, 0.99), 2), guess.reasons
            layout.relation = guess.role if guess.field.startswith("household.") and guess.role in _HOUSEHOLD_WORDS else ""
        layouts.append(layout)
    return BlockLayout(first, last, layouts, family)


def _family(matches: list[tuple[Match, ...]], tab: str) -> str:
    """The family of sheets that most headers speak for."""
    worth: dict[str, float] = defaultdict(float)
    fields: dict[str, set[str]] = defaultdict(set)
    for found in matches:
        best: dict[str, float] = {}
        for m in found:
            if m.role.startswith("own."):
                continue
            family = "property" if m.field.startswith("person.") else family_of(m.field)
            if family:
                best[family] = max(best.get(family, 0.0), m.weight)
                if m.weight >= 0.6:
                    fields[family].add(m.field)
        own = max((m.weight for m in found if m.field.startswith("own.")), default=0.0)
        for family, weight in best.items():
            if weight >= 0.6 and weight >= own - 0.1:
                worth[family] += weight / (1 if len(best) == 1 else 1.5)
    for name in FAMILIES:
        sheets = FAMILIES[name]
        if any(word in tab for word in _TAB_WORDS.get(name, ())):
            worth[name] += 1.5 if len(fields[name] & {f for f in fields[name] if f.partition(".")[0] in sheets}) >= 2 else 0.0
    ranked = sorted(worth.items(), key=lambda x: (-x[1], x[0] != "property"))
    for name, value in ranked:
        if name == "property" and (value >= 1.2 or fields[name] & {"houses.house_no", "person.name", "person.phone", "person.id_no"}):
            return name
        telling = sum(1 for found in matches if any(m.field.partition(".")[0] == name and m.weight >= 0.75 for m in found[:2]))
        if name != "property" and telling >= 3 and value >= worth.get("property", 0.0):
            return name
    return "property" if worth.get("property", 0.0) >= 1.2 else ""


_TAB_WORDS = {
    "loans": ("借阅", "借用", "查阅"), "files": ("档案",), "staff": ("员工", "人员花名册"), "training": ("培训",), "documents": ("材料", "资料清单"),
    "locations": ("位置", "柜"), "audits": ("审核", "检查"), "disposals": ("销毁", "移交"),
}  # fmt: skip


def _guess(column: Candidate, found: tuple[Match, ...], family: str, relation: bool) -> None:
    profile = column.profile
    judged: list[Guess] = []
    for match in found:
        for name, role, weight in _resolve(match, family, relation):
            score = fit(name, profile, column.codes)
            judged.append(Guess(name, role, match.number, _confidence(weight, score, profile), _reasons(column, match, score)))
    if any(g.field != "own.other" for g in judged):
        judged = [g for g in judged if g.field != "own.other"]  # another sheet's column of that name is no rival
    vetoed = bool(judged) and all(g.confidence < 0.4 for g in judged)
    if vetoed and profile.n == 1 and found[0].weight >= 0.9:
        best = max(judged, key=lambda g: g.confidence)
        best.confidence, vetoed = 0.5, False  # one row may be a slip; the header keeps its word, but is not believed
        judged = [best]
    role = next((m.role for m in found if m.role), "")
    if not judged or vetoed:
        name, sure = by_shape(profile)
        if column.head.text and not vetoed:  # a header that says something unknown: its cells alone do not make it ours
            name, sure = ("", 0.0) if name in ("person.name", "houses.layout") else (name, sure - 0.12)
        if name:
            why = f"内容像{shape_words(profile)}"
            reasons = [f"表头「{wording(column.head.own).text}」与内容不符，{why}"] if column.head.text else ["没有表头", why]
            sure = min(_CAP_BY_SHAPE, sure + (0.1 if vetoed and role else 0.0))
            for target, whose, _ in _resolve(Match(name, sure, role, "shape"), family, relation):
                judged.append(Guess(target, whose, 1, sure, reasons))
    judged.sort(key=lambda g: -g.confidence)
    if len(judged) > 1 and judged[0].confidence - judged[1].confidence < 0.05 and judged[0].confidence < 0.95:
        judged[0].confidence = min(judged[0].confidence, 0.82)
        judged[0].reasons.append("还可能是别的列")
    column.guesses = judged


def _resolve(match: Match, family: str, relation: bool) -> list[tuple[str, str, float]]:
    """The register's field that a person's attribute is in this ledger: (field, role, weight)."""
    name, weight = match.field, match.weight
    if not name.startswith("person."):
        home = family_of(name)
        if home and home != family:
            if home in ("owners", "property") and family in ("files", "loans", "documents"):
                return [
                    (
                        f"{family}.house_no"
                        if name == "houses.house_no" and family == "files"
                        else f"{family}.note"
                        if name == "houses.note"
                        else "own.other",
                        "",
                        weight,
                    )
                ]
            alternative = {"houses.note": f"{family}.note", "owners.registered_on": f"{family}.registered_on"}.get(name, "")
            if column_of(alternative) is not None:
                return [(alternative, "", weight)]
            return [("own.other", "", min(weight, 0.8))]
        return [(name, match.role, weight)]
    attribute = name.partition(".")[2]
    if match.role.startswith("own."):
        return [(match.role, "", weight)]
    if family == "property" or not family:
        if match.role in ("member", *_HOUSEHOLD_WORDS) or (relation and not match.role):
            target = f"household.{attribute}"
            return [(target if column_of(target) is not None else "own.other", match.role, weight)]
        factor = 0.95 if match.role == "resident" else 1.0
        return [(f"owners.{attribute}", match.role, weight * factor)]
    target = f"{family}.{attribute}"
    if column_of(target) is not None:
        return [(target, "", weight)]
    if family == "files" and match.role == "owner" and attribute == "name":
        return [("own.other", "", 0.8)]
    return [("own.other", "", min(weight, 0.7))]


def _confidence(weight: float, score: float, profile: Profile) -> float:
    if score <= VETO:
        return 0.3 * weight
    if not profile.n:
        return weight * 0.96
    if score < 0:
        return max(0.0, weight + 0.5 * score)
    few = 0.75 if profile.n < 2 else 1.0
    return weight + (1 - weight) * 0.6 * score * few - (0.03 if score < 0.15 else 0.0)


def _reasons(column: Candidate, match: Match, score: float) -> list[str]:
    text = column.head.text.replace("\n", " ")
    sure = match.weight >= 0.85
    said = {
        "exact": f"表头「{text}」认得" if sure else f"表头「{text}」有几种可能",
        "numbered": f"表头「{text}」去掉序号后{'认得' if sure else '相近'}",
        "role": f"表头「{text}」写明了是谁的什么" if sure else f"表头「{text}」说到谁，没说清是什么",
        "part": f"表头「{text}」里有认得的字",
    }
    out = [said.get(match.how, "按内容判断")]
    if not column.profile.n:
        out.append("没有内容可核对")
    elif score <= VETO:
        out.append(f"内容不符：{shape_words(column.profile)}")
    elif score >= 0.5:
        out.append(f"内容相符：{shape_words(column.profile)}")
    elif score < 0:
        out.append(f"内容不太像：{shape_words(column.profile)}")
    return out


def _choose(columns: list[Candidate], family: str) -> list[Guess | None]:
    """One column a field: a second one is the next person, the second phone, or the next best."""
    order = sorted(range(len(columns)), key=lambda i: -(columns[i].guesses[0].confidence if columns[i].guesses else 0))
    chosen: list[Guess | None] = [None] * len(columns)
    taken: dict[tuple[str, int], int] = {}
    for i in order:
        for guess in columns[i].guesses:
            if guess.confidence < 0.3 and guess is not columns[i].guesses[0]:
                continue
            if _is_person(guess.field) or guess.field.startswith("own.") or guess.field.endswith(".note") or (guess.field, 1) not in taken:
                chosen[i] = guess
                taken.setdefault((guess.field, 1), i)
                break
        else:
            if columns[i].guesses:
                first = columns[i].guesses[0]
                chosen[i] = Guess("own.other", "", 1, 0.6, [*first.reasons, "已有一列是同样的内容"])
    _numbered_phones(columns, chosen)
    _whose_relation(chosen)
    _slots(chosen)
    return chosen


def _whose_relation(chosen: list[Guess | None]) -> None:
    """与业主关系 and the like are of those whose names stand nearest: left of it, else right."""
    names = {i: g.role for i, g in enumerate(chosen) if g and g.field == "household.name"}
    for i, guess in enumerate(chosen):
        if guess and not guess.role and guess.field.startswith("household.") and i not in names and len(set(names.values())) > 1:
            guess.role = names[min(names, key=lambda j: (j > i, abs(j - i)))]


def _numbered_phones(columns: list[Candidate], chosen: list[Guess | None]) -> None:
    """业主1 电话1 业主2 电话2: the second phone is the second person's, not the first one's spare."""
    owners = [g for g in chosen if g and g.field == "owners.name" and _who(g.role) == "owner"]
    phones = [g for g in chosen if g and g.field == "owners.phone" and _who(g.role) == "owner"]
    for column, guess in zip(columns, chosen, strict=True):
        n = wording(column.head.own).number
        if guess and guess.field == "owners.phone2" and 2 <= n <= len(owners) and len(phones) < len(owners):
            guess.field, guess.reasons = "owners.phone", [*guess.reasons, f"第 {n} 个人的电话"]
            phones.append(guess)


def _is_person(name: str) -> bool:
    sheet, _, attribute = name.partition(".")
    return sheet in ("owners", "household") and attribute in (*PERSON, "relation")


def _slots(chosen: list[Guess | None]) -> None:
    """Number the people of a row. The n-th name is the n-th person; a further phone without a further name is the second phone."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    people: dict[tuple[str, str], int] = defaultdict(int)
    for guess in chosen:
        if guess and _is_person(guess.field) and guess.field.endswith(".name"):
            key = (guess.field.partition(".")[0], _who(guess.role))
            people[key] += 1
    owners = people["owners", "owner"]
    shift: dict[tuple[str, str], int] = {("owners", "owner"): 0, ("owners", "co-owner"): max(owners, 1)}
    nth = owners
    for key in people:
        if key[0] == "household":
            shift[key] = sum(n for k, n in people.items() if k[0] == "household" and list(people).index(k) < list(people).index(key))
    notes = 0
    for guess in chosen:
        if guess is None:
            continue
        if guess.field.endswith(".note"):
            notes += 1
            if notes > 1:
                guess.field, guess.confidence = "own.other", min(guess.confidence, 0.8)
                guess.reasons.append("已有一列备注")
            continue
        if not _is_person(guess.field):
            guess.number = 1
            continue
        sheet, _, attribute = guess.field.partition(".")
        who = _who(guess.role)
        key = (sheet, who)
        seen[sheet + "." + attribute, who] += 1
        turn = seen[sheet + "." + attribute, who]
        named = max(people[key], 1)
        if attribute in ("phone", "phone2") and turn > named and sheet == "owners":
            guess.field, turn = "owners.phone2", max(1, turn - named)
            guess.reasons.append("第二个电话")
            if turn > named:
                guess.field, guess.confidence = "own.other", 0.6
        elif turn > named and attribute != "name":
            guess.field, guess.confidence, turn = "own.other", min(guess.confidence, 0.6), 1
            guess.reasons.append("多出的一列")
        guess.number = turn + shift.get(key, 0)
    held: set[tuple[str, int]] = set()
    for guess in chosen:
        if guess is None or not _is_person(guess.field):
            continue
        if (guess.field, guess.number) in held:  # a third phone of one person
            guess.field, guess.confidence, guess.number = "own.other", min(guess.confidence, 0.6), 1
            guess.reasons.append("多出的一列")
        held.add((guess.field, guess.number))
    _ = nth


def _who(role: str) -> str:
    return "owner" if role in ("", "owner", "resident") else role
