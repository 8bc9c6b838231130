"""`what-if` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliancecheck.model.safe import cell_width
from tests.cli.command import DAY, Command

MAKER = "profiles/battery-just-under.yaml"
HOTEL = "profiles/hotel-group.yaml"
SHORT = ("what-if", MAKER, "rd-share", "--item", "2025", *DAY)


def test_the_nearest_changes_of_a_failing_duty(command: Command) -> None:
    done = command(*SHORT, "--want", "met")
    assert (done.code, done.err) == (0, "")
    assert "To be met: one answer is enough" in done.out
    assert "if R&D expense (2025) were CNY 36.1 million (now CNY 36 million)" in done.out
    assert "then ✓ MET; nothing else turns" in done.out
    assert "nothing was written" in " ".join(done.out.split())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("rule", ["contract-or-certification", "officer", "mechanism"])
def test_no_line_is_wider_than_80_cells(command: Command, rule: str, lang: str) -> None:
    done = command("what-if", HOTEL, rule, *DAY, "--lang", lang)
    assert done.code == 0
    assert all(cell_width(line) <= 80 for line in done.out.splitlines())


def test_effects_and_routes_are_told(command: Command) -> None:
    out = command("what-if", HOTEL, "cn.npc.pipl/mechanism", "--item", "staff files", *DAY).out
    assert "what turns with it:" in out
    assert "~ CONTESTED → - N/A" in out
    assert "route staff files: contract or certification, or exempt (~) → exempt" in out
    assert "to be answered anew: " in out
    assert "If your figures or days were different:" in out


def test_in_chinese(command: Command) -> None:
    out = command(*SHORT, "--lang", "zh").out
    assert "欲使其符合或不适用：改动一项回答即可" in out
    assert "若研发费用（2025）为3610万元（现为3600万元）" in out


def test_why_there_is_none(command: Command) -> None:
    out = command("what-if", MAKER, "cn.cac.2022-11/million-handler", *DAY).out
    assert "no answer turns it" in " ".join(out.split()) or "no item" in out


def test_json_holds_all(command: Command) -> None:
    done = command(*SHORT, "--want", "met", "--format", "json")
    data = json.loads(done.out)
    assert data["schema"] == "urn:compliancecheck:schema/what-if/1"
    (one,) = data["what_ifs"]
    assert one["finding"]["status"] == "fail"
    assert one["want"] == ["met"]
    first = one["suggestions"][0]
    assert first["then"]["status"] == "pass"
    supposed = [s["if"][0] for s in one["suggestions"]]
    assert {"battery.years[2025].rd_expense": "CNY 36100000"}.items() <= {
        s["fact"]: s["is"] for s in supposed
    }.items()


def test_json_gives_a_range_as_it_could_stand_in_a_profile(command: Command) -> None:
    given = ("what-if", "profiles/exporter-by-range.yaml", "cn.npc.pipl/officer", *DAY)
    data = json.loads(command(*given, "--format", "json").out)
    supposed = [one for s in data["what_ifs"][0]["suggestions"] for one in s["if"]]
    total = next(s for s in supposed if s["fact"] == "data_export.people_handled_in_total")
    assert total["is"] == "1000000..1200000"


def test_nothing_is_written(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "maker.yaml"
    before = Path(MAKER).read_bytes()
    path.write_bytes(before)
    assert command("what-if", str(path), "rd-share", *DAY).code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("rd-shaer",), "perhaps `rd-share`"),
        (("rd-share", "--item", "2026"), "perhaps `2025`"),
        (("rd-share", "--want", "mett"), "perhaps `met`"),
        ((), "the following arguments are required: RULE"),
    ],
)
def test_what_is_wrong_is_said_with_a_hint(
    command: Command, more: tuple[str, ...], said: str
) -> None:
    done = command("what-if", MAKER, *more, *DAY)
    assert done.code == 2
    assert said in done.err
