"""Profiles in every form that people write them, made from a seed: what the writer must bear.

Comments are ``# c<number>``, and nothing else looks like one, so that they can be counted.
"""

from __future__ import annotations

from random import Random

from compliancecheck.model.facts import Fact, FactType
from tests.reading.vocab import RULES

TRANSFERS, YEARS = "data_export.transfers", "battery.years"
LISTS = (TRANSFERS, YEARS)
READINGS = {reading.name: tuple(reading.choices) for reading in RULES.readings.values()}

VALUES: dict[FactType, tuple[str, ...]] = {
    FactType.BOOLEAN: ("yes", "false", "unknown"),
    FactType.INTEGER: ("5", "1,200", "at least 1_000", "{over: 5, under: 9}", "unknown", "120万"),
    FactType.NUMBER: ("2/37", "250 Wh/kg", "under 5", "unknown"),
    FactType.PERCENT: ("3%", "at most 5%", "{at_least: 1%}"),
    FactType.MONEY: ("CNY 1,000.5", "CNY 12亿", "over CNY 5 million"),
    FactType.DATE: ("2024-03-22", "before 2024-01-01", "unknown"),
    FactType.TEXT: ("a", "a: b", "x #y", " z ", "unknown", "- q", "{", "it's", "伏特\u202e", "C#",
                    'say "hi"', "50 % of it", "!x", "null"),
    FactType.CHOICES: ("[ternary]", "[ternary, other]", "[]", "unknown",
                       "{includes: [other], rest: unknown}"),
}  # fmt: skip
NAMES = ("a", "b: c", "d, e", "]", "#1", "'q'", "-", "伏特", "x [y].z", "true")
NUMBERS = ("2024", "2025", "7", "1999")


def values_of(fact: Fact) -> tuple[str, ...]:
    """Answers that a person might give to a fact."""
    if fact.type is FactType.CHOICE:
        return (*fact.choices, "unknown")
    if fact.event:
        return (*VALUES[fact.type], "not yet")
    return VALUES[fact.type]


def any_profile(seed: int) -> str:
    """The text of a profile, the same for the same seed."""
    return _Maker(Random(seed)).text()


class _Maker:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.comments = 0
        self.step = rng.choice((1, 2, 2, 4, 5, 8))
        self.lines: list[str] = []

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    # --- a text --------------------------------------------------------------------------------

    def text(self) -> str:
        if self.chance(0.04):
            return self.rng.choice(("", "{}\n", "{# c1\n}\n", "# c1", "# c1\n\n", "---\n# c1\n"))
        if self.chance(0.1):
            return "{" + ", ".join(self.flow_section(name) for name in self.some_sections()) + "}\n"
        if self.chance(0.1):
            self.lines.append("---")
        self.between(0)
        if self.chance(0.5):
            self.lines.append("dated: 2026-11-24" + self.behind())
        for name in self.some_sections():
            self.section(name)
            self.between(0)
        if self.chance(0.4):
            self.readings()
            self.between(0)
        if self.chance(0.4):
            self.evidence()
        self.between(0)
        if self.chance(0.05):
            self.lines.append("...")
        return self.ended()

    def ended(self) -> str:
        end = self.rng.choice(("\n",) * 6 + ("\r\n",) * 3 + ("\r",))
        text = "\n".join(self.lines).replace("\n", end)
        text = text if self.chance(0.25) else text + end
        if self.chance(0.03):
            text = text.replace("\n", "\r\n", text.count("\n") // 2)
        return "\ufeff" + text if self.chance(0.2) else text

    def some_sections(self) -> list[str]:
        names = ["common", "data_export", "battery"]
        self.rng.shuffle(names)
        return names[: self.rng.randint(1, 3)]

    def comment(self) -> str:
        self.comments += 1
        tail = self.rng.choice(
            ("", " 说明", "\twith a tab", ": 'quoted'", " ciio: no", " - name: a")
        )
        return f"# c{self.comments}{tail}"

    def behind(self) -> str:
        """What stands behind a value on its line."""
        if self.chance(0.2):
            return self.rng.choice(("  ", " ", "\t ")) + self.comment()
        return self.rng.choice(("", "", "", "", "  "))

    def between(self, column: int) -> None:
        """Empty lines and comments, some of them indented oddly."""
        while self.chance(0.25):
            deep = max(0, column + self.rng.choice((0, 0, 0, 2, -1, 5)))
            self.lines.append(self.rng.choice(("", "   ", " " * deep + self.comment())))

    # --- values --------------------------------------------------------------------------------

    def scalar(self, value: str, flow: bool) -> str:
        """*value* in one of the forms that mean it."""
        from compliancecheck.reading.quoting import quoted

        if value.startswith(("{", "[")) and value != "{":
            return value
        if value in ("unknown", "not yet", "yes", "false"):
            return value
        return quoted(value, flow=flow, style=self.rng.choice(("", "", "'", '"')))

    def key(self, name: str, flow: bool = False) -> str:
        written = self.rng.choice((name, name, name, name, f"'{name}'", f'"{name}"'))
        return written + self.rng.choice((":", ":", ":", ":", " :"))

    def entry(self, column: int, name: str, fact: Fact | None, value: str) -> None:
        """The lines of a fact in a block."""
        pad, key = " " * column, self.key(name)
        if fact is not None and fact.type is FactType.TEXT and self.chance(0.3):
            self.long_text(pad, key)
        elif fact is not None and fact.type is FactType.CHOICES and self.chance(0.4):
            if self.chance(0.3):
                self.lines.extend((f"{pad}{key} [ternary,", f"{pad}   other, ]{self.behind()}"))
                return
            dash = pad + " " * self.rng.choice((0, self.step)) + "-" + " " * self.rng.randint(1, 3)
            self.lines.append(pad + key + self.behind())
            for option in ("ternary", "other"):
                self.lines.append(dash + option + self.behind())
                self.between(column + 2)
        elif self.chance(0.02):
            said = self.scalar(value, False) + self.behind()
            self.lines.extend((f"{pad}? {name}{self.behind()}", f"{pad}: {said}"))
        elif self.chance(0.05):
            self.lines.extend((pad + key, pad + "   " + self.scalar(value, False) + self.behind()))
        else:
            gap = " " * self.rng.choice((1, 1, 1, 4))
            self.lines.append(pad + key + gap + self.scalar(value, False) + self.behind())

    def long_text(self, pad: str, key: str) -> None:
        if self.chance(0.6):
            mark = self.rng.choice(("|", ">", "|-", ">-", "|+"))
            deeper = pad + " " * self.rng.randint(1, 4)
            self.lines.append(f"{pad}{key} {mark}")
            self.lines.extend(
                (f"{deeper}one # no comment", *self.rng.choice(((), ("",))), deeper + "two")
            )
            return
        first, last = self.rng.choice((("one", "two # no"), ('"one', 'two"'), ("'it''s", "two'")))
        self.lines.extend((f"{pad}{key} {first}", f"{pad}   {last}".replace(" # no", "")))

    # --- sections ------------------------------------------------------------------------------

    def facts(self, section: str) -> list[Fact]:
        own = [f for f in RULES.facts.values() if f.list is None and f.name.startswith(section)]
        return [fact for fact in own if self.chance(0.5)]

    def section(self, name: str) -> None:
        facts = self.facts(name)
        if self.chance(0.25):
            for fact in facts:
                self.fact(0, fact.name, fact)
                self.between(0)
        elif not facts or self.chance(0.1):
            self.lines.append(f"{name}:" + self.rng.choice(("", " {}")) + self.behind())
        elif self.chance(0.15):
            self.lines.append(self.flow_section(name) + self.behind())
        else:
            self.block_section(name, facts)

    def block_section(self, name: str, facts: list[Fact]) -> None:
        column = self.rng.choice((self.step, self.step, 3))
        self.lines.append(self.key(name) + self.behind())
        self.between(column)
        if self.chance(0.3):
            self.rng.shuffle(facts)
        for fact in facts:
            self.fact(column, fact.name.removeprefix(name + "."), fact)
            self.between(column)

    def fact(self, column: int, name: str, fact: Fact) -> None:
        if fact.type is FactType.LIST:
            self.list(column, name, fact)
        elif name == "two.deep" and self.chance(0.5):
            self.lines.append(" " * column + "two:" + self.behind())
            self.entry(column + self.step, "deep", fact, self.rng.choice(values_of(fact)))
        else:
            self.entry(column, name, fact, self.rng.choice(values_of(fact)))

    def flow_section(self, name: str) -> str:
        facts = self.facts(name)
        parts = [f"{f.name.removeprefix(name + '.')}: {self.flow_value(f)}" for f in facts]
        return f"{name}: {self.bracketed('{', parts, '}', 3)}"

    def bracketed(self, opens: str, parts: list[str], closes: str, column: int) -> str:
        """Parts in brackets, on one line or on several with comments between them."""
        if self.chance(0.6):
            inner = f" {self.comment()}\n{' ' * column}" if not parts and self.chance(0.3) else ""
            return opens + inner + ", ".join(parts) + closes
        pad = "\n" + " " * column
        lines = [opens, *(part + "," + self.behind() for part in parts)]
        if parts and self.chance(0.5):
            lines[-1] = parts[-1]
            if self.chance(0.3):
                lines[-1] += " " + self.comment()
        return pad.join((*lines, closes))

    def flow_value(self, fact: Fact) -> str:
        if fact.type is FactType.LIST:
            return self.rng.choice(("[]", "unknown", self.flow_list(fact)))
        return self.scalar(self.rng.choice(values_of(fact)), True)

    # --- lists ---------------------------------------------------------------------------------

    def item(self, fact: Fact, name: str) -> list[tuple[str, Fact | None, str]]:
        fields = [RULES.facts[one] for one in fact.fields]
        rows: list[tuple[str, Fact | None, str]] = [
            (f.field_name, f, self.rng.choice(values_of(f)))
            for f in fields
            if f.field_name != fact.key and self.chance(0.5)
        ]
        rows.insert(self.rng.choice((0, 0, len(rows))), (fact.key or "", None, name))
        return rows

    def names(self, fact: Fact) -> list[str]:
        names = list(NAMES if fact.name == TRANSFERS else NUMBERS)
        self.rng.shuffle(names)
        return names[: self.rng.randint(1, 3)]

    def flow_item(self, fact: Fact, name: str) -> str:
        rows = self.item(fact, name)
        parts = [f"{k}: {self.scalar(v, True)}" for k, _, v in rows]
        return self.bracketed("{", parts, "}", 24)

    def flow_list(self, fact: Fact) -> str:
        parts = [self.flow_item(fact, name) for name in self.names(fact)]
        items = self.bracketed("[", parts, "]", 20)
        return f"{{items: {items}, more: unknown}}" if self.chance(0.2) else items

    def list(self, column: int, name: str, fact: Fact) -> None:
        pad, key = " " * column, self.key(name)
        if self.chance(0.4):
            said = ("[]", "unknown", self.flow_list(fact), "{items: [], more: unknown}")
            self.lines.append(f"{pad}{key} {self.rng.choice(said)}{self.behind()}")
            return
        self.lines.append(pad + key + self.behind())
        if self.chance(0.2):
            deeper = " " * (column + self.step)
            more = self.chance(0.3)
            if more:
                self.lines.append(f"{deeper}more: unknown{self.behind()}")
            self.lines.append(f"{deeper}items:{self.behind()}")
            self.items(column + self.step + self.rng.choice((0, self.step)), fact)
            if not more:
                self.lines.append(f"{deeper}more: unknown{self.behind()}")
            return
        self.items(column + self.rng.choice((0, self.step, 1)), fact)

    def items(self, column: int, fact: Fact) -> None:
        for name in self.names(fact):
            self.between(column)
            if self.chance(0.2):
                self.lines.append(f"{' ' * column}- {self.flow_item(fact, name)}{self.behind()}")
                continue
            gap = self.rng.choice((1, 1, 3))
            first = len(self.lines)
            for field, known, value in self.item(fact, name):
                self.entry(column + 1 + gap, field, known, value)
                self.between(column + 1 + gap)
            line = self.lines[first]
            if self.chance(0.1):
                self.lines.insert(first, " " * column + "-" + self.behind())
            else:
                self.lines[first] = line[:column] + "-" + line[column + 1 :]

    # --- what is no answer ---------------------------------------------------------------------

    def readings(self) -> None:
        name = self.rng.choice(list(READINGS))
        choice = self.rng.choice(READINGS[name])
        head, tail = name.split(".")
        pad = " " * self.step
        self.lines.extend(
            self.rng.choice(
                (
                    ["readings:" + self.behind()],
                    ["readings: {}"],
                    ["readings:" + self.behind(), f"{pad}{name}: {choice}{self.behind()}"],
                    ["readings:", f"{pad}{head}:", f"{pad}{pad}{tail}: '{choice}'{self.behind()}"],
                    [f"readings: {{{name}: {choice}}}" + self.behind()],
                )
            )
        )

    def evidence(self) -> None:
        pad = " " * self.step
        said = "{source: 'report, p. 4', by: finance, dated: 2026-04-02}"
        self.lines.append("evidence:" + self.behind())
        for name in ("data_export.ciio", "battery.share", f"{YEARS}[2025].revenue"):
            if self.chance(0.3):
                self.lines.extend((f"{pad}{name}:", f"{pad}  by: x{self.behind()}"))
            else:
                self.lines.append(f"{pad}{name}: {said}{self.behind()}")
