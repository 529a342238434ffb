"""Acts of a plan as people read them: one entry for all changes of a bundle that has a story, with what it comes to and what it writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ownerbook.reconcile.change import Plan, Verdict, whole
from ownerbook.reconcile.story import Story
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.change_lines import VERDICTS, ChangeLine
from ownerbook.schema.words import Lang, Text

MOST_PROBLEMS = 12
OWED = ("H01", "H09")
"""What is still to come does not stop an act: its page and its receipt say it, and `check` goes on saying it."""
_PROVED = Text("有证明，待同意", "proved, to be agreed to")
_GRAVEST: tuple[Verdict, ...] = ("question", "evidence", "safe")


@dataclass(frozen=True, slots=True)
class ActEntry:
    """One act. bundle: its name in the plan; lines: its changes in the order of the plan. preset: 采用 where nothing speaks against it."""

    bundle: str
    story: Story
    lines: list[ChangeLine] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        """The gravest of its changes."""
        return next(v for v in _GRAVEST if any(n.change.verdict == v for n in self.lines))

    @property
    def proved(self) -> bool:
        """Whether it needs papers and has them: it waits for somebody who agrees, not for papers."""
        return self.verdict == "evidence" and all(n.evidence for n in self.lines if n.change.verdict == "evidence")

    @property
    def house(self) -> str:
        """The house it is about, or how many."""
        houses = dict.fromkeys(n.change.house for n in self.lines if n.change.house)
        return f"{len(houses)} 户" if self.story.table is not None and len(houses) > 1 else next(iter(houses), "")

    @property
    def problems(self) -> tuple[str, ...]:
        """What it would bring, each problem once."""
        told = list(dict.fromkeys(p for n in self.lines for p in n.problems))
        return tuple(told[:MOST_PROBLEMS])

    @property
    def preset(self) -> str:
        """采用 where every change of it would stand so by itself."""
        return "采用" if all(n.preset == "采用" for n in self.lines) else ""

    @property
    def evidence(self) -> str:
        """The paper on which it rests, '' for none."""
        return next((n.evidence for n in self.lines if n.evidence), "")

    def writes(self) -> Text:
        """How many rows and cells it writes, by sheet."""
        new = Counter(n.change.sheet for n in self.lines if n.change.kind == "new")
        cells = Counter(n.change.sheet for n in self.lines if n.change.kind != "new")
        zh = [f"{BY_FIELD[s].name} 新增 {k} 行" for s, k in new.items()] + [f"{BY_FIELD[s].name} 改 {k} 格" for s, k in cells.items()]
        en = [f"{BY_FIELD[s].title.en}: {k} new" for s, k in new.items()] + [f"{BY_FIELD[s].title.en}: {k} changed" for s, k in cells.items()]
        return Text("、".join(zh), ", ".join(en))


def folded(plan: Plan, lines: Sequence[ChangeLine]) -> tuple[list[ActEntry], list[ChangeLine]]:
    """The acts that have a story, what must be chosen first; and the changes that are told one by one."""
    acts: dict[str, ActEntry] = {}
    single: list[ChangeLine] = []
    place = {c.id: n for n, c in enumerate(plan.changes)}
    for n in sorted(lines, key=lambda n: place[n.change.id]):
        act = whole(n.change.bundle)
        if act in plan.stories:
            acts.setdefault(act, ActEntry(act, plan.stories[act])).lines.append(n)
    single = [n for n in lines if whole(n.change.bundle) not in plan.stories]
    return sorted(acts.values(), key=lambda a: (_GRAVEST.index(a.verdict), not a.problems)), single


def act_text(act: ActEntry, lang: Lang, *, masked: bool) -> list[str]:
    """An act for the terminal: its title, its lines, what it writes, what it would bring."""
    colon = Text("：", ": ").say(lang)
    but = Text("，会新增问题", ", brings problems").say(lang) if any(p.partition(" ")[0] not in OWED for p in act.problems) else ""
    word = _PROVED if act.proved else VERDICTS[act.verdict]
    out = [f"  {act.story.title.say(lang)}  [{word.say(lang)}{but}]"]
    for line in act.story.lines:
        mark = "! " if line.tone == "open" else "  "
        out.append(f"    {mark}{line.label.say(lang)}{colon}{line.say(lang, masked=masked)}")
    out.append(f"      {Text('写入', 'writes').say(lang)}{colon}{act.writes().say(lang)}")
    return out


def act_data(act: ActEntry, lang: Lang, *, masked: bool) -> dict[str, object]:
    """An act for JSON."""
    return {
        "act": act.bundle,
        "title": act.story.title.say(lang),
        "verdict": act.verdict,
        "house": act.house or None,
        "lines": [{"label": n.label.say(lang), "text": n.say(lang, masked=masked), "tone": n.tone or None} for n in act.story.lines],
        "changes": [n.change.id for n in act.lines],
        "preset": act.preset or None,
    }
