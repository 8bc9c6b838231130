"""`compare`, `--law` and `--drafts` as a user types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from compliancecheck.model.safe import cell_width
from tests.cli.command import DAY, Command

Golden = Callable[[str, str], None]
RETAILER = "profiles/exporter-by-range.yaml"
HOTEL = "profiles/hotel-group.yaml"
DRAFT = "cn.cac.2021-draft-assessment"
LAW_2024 = ("--from", "2024-03-21", "--to", "2024-03-22")
NARROW = """
data_export:
  exports_data: true
  transfers:
    - {name: one, access: sent_abroad, has_personal_information: true}
"""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("profile", ["exporter-by-range", "hotel-group"])
def test_the_change_of_2024(command: Command, golden: Golden, profile: str, lang: str) -> None:
    done = command("compare", f"profiles/{profile}.yaml", *LAW_2024, *DAY, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert all(cell_width(line) <= 80 for line in done.out.splitlines())
    golden(f"compare/{profile}.2024.{lang}.txt", done.out)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_speaks_in_words(command: Command, lang: str) -> None:
    """No reading, choice, fact or horizon of the file format, but the names and ids of rules."""
    for given in (
        ("profiles/result-of-2023.yaml", "--from", "2022-08-31", "--to", "2026-11-24"),
        (RETAILER, HOTEL),
    ):
        out = command("compare", *given, "--no-editions", *DAY, "--lang", lang).out
        assert not [word for word in INTERNAL if word in out]
    proofs = command("compare", "profiles/platform-listing.yaml", "--from", "2022-08-31", *DAY,
                     "--proofs", "--no-editions", "--lang", lang).out  # fmt: skip
    assert "2100-12-31" not in proofs


INTERNAL = ("before_paths_open", "=dormant", "three_years", "data_export.", "2100-12-31", "..")


def test_a_draft_beside_the_law(command: Command, golden: Golden) -> None:
    done = command("compare", RETAILER, "--draft", DRAFT, *DAY, "--no-editions")
    assert (done.code, done.err) == (0, "")
    golden("compare/exporter-by-range.draft.en.txt", done.out)


def test_both_citations_stand_at_a_difference(command: Command) -> None:
    out = command("compare", RETAILER, *LAW_2024, *DAY, "--no-editions").out
    assert "A Assessment 2022, art. 4(2): MAY APPLY; in force since 2022-09-01" in out
    assert "B Assessment 2022, art. 4(2): N/A; displaced by Data Flows 2024, art. 13" in out
    assert "in its place: Data Flows 2024, art. 8:" in out
    assert "EDITIONS" not in out


def test_proofs_stand_under_each_other_at_80_cells(command: Command) -> None:
    out = command("compare", RETAILER, *LAW_2024, *DAY, "--proofs", "--no-editions").out
    assert "cite: Measures for Security Assessment of Data Exports" in out
    assert all(cell_width(line) <= 80 for line in out.splitlines())


def test_days_that_hang_on_a_reading_say_on_which(command: Command) -> None:
    given = ("compare", "profiles/result-of-2023.yaml", "--from", "2024-03-21", *DAY)
    out = " ".join(command(*given, "--no-editions").out.split())
    lapses = "the result of the assessment lapses (if"
    assert f"{lapses} “three years”): none → 2026-12-29 (ahead)" in out
    assert f"{lapses} “two years”): none → 2025-12-29 (ended)" in out
    found = json.loads(command(*given, "--format", "json").out)["dates"]
    after = [row["after"] for row in found if row["after"] and row["id"] == "expiry"]
    read = {act["reading"][0]["choice"]: act["due"] for act in after if "reading" in act}
    assert read == {"three_years": "2026-12-29", "two_years": "2025-12-29"}


def test_json_has_both_sides_and_the_ladder(command: Command) -> None:
    done = command("compare", RETAILER, *LAW_2024, *DAY, "--format", "json", "--proofs")
    data = json.loads(done.out)
    assert (data["kind"], data["as_of"], data["exit"]) == ("law", "2026-11-24", 0)
    assert (data["before"]["law"], data["after"]["law"]) == ("2024-03-21", "2024-03-22")
    changes = {c["rule"]: c for c in data["changes"]}
    old = changes["cn.cac.2022-11/million-handler"]
    assert old["after"]["reason"] == {"kind": "displaced", "by": "cn.cac.2024-16", "article": "13"}
    assert old["successors"] == [{"rule": "cn.cac.2024-16/contract-or-certification", "why": "way"}]
    assert old["before"]["finding"]["trace"]["children"]
    (ladder,) = data["ladders"]
    first = [s["from"] for s in ladder["segments"]]
    assert first == sorted(first)
    assert "2024-03-22" in first


def test_two_profiles(command: Command) -> None:
    data = json.loads(command("compare", RETAILER, HOTEL, *DAY, "--format", "json").out)
    assert data["kind"] == "profiles"
    assert [data[side]["path"] for side in ("before", "after")] == [RETAILER, HOTEL]
    assert any(row["fact"] == "data_export.transfers" for row in data["facts"])


def test_a_profile_beside_itself_does_not_differ(command: Command) -> None:
    done = command("compare", RETAILER, RETAILER, *DAY, "--fail-on-change")
    assert done.code == 0
    assert "nothing differs" in done.out


def test_a_count_of_another_year_makes_it_shaky(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "this-year-only.yaml"
    lines = Path(RETAILER).read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "since_last_year:" not in line), "utf-8")
    out = command("compare", str(path), *LAW_2024, *DAY, "--no-editions").out
    assert "the comparison is shaky" in out
    assert "shaky" not in command("compare", RETAILER, *LAW_2024, *DAY, "--no-editions").out


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (LAW_2024, 0, ""),
        ((*LAW_2024, "--fail-on-change"), 1, ""),
        ((), 2, "what is to be compared?"),
        ((HOTEL, "--from", "2024-03-21"), 2, "two profiles are compared on one day"),
        (("--from", "2024-03-21", "--to", "2024-03-21"), 2, "both days of law are the same"),
        (("--from", "yesterday"), 2, "is not a day"),
        ((*LAW_2024, "--law", "2024-03-21"), 2, "two days of law"),
        (("--draft", "cn.cac.2024-16"), 2, "is law, not a draft"),
        (("--draft", "cn.cac.2021-draft"), 2, "there is no draft"),
        (("--draft", DRAFT, "--from", "2024-03-21"), 2, "do not apply"),
    ],
)
def test_exit_codes(command: Command, argv: tuple[str, ...], code: int, says: str) -> None:
    done = command("compare", RETAILER, *argv, *DAY)
    assert done.code == code
    assert says in done.err


# -- --law and --drafts ---------------------------------------------------------------------------


def test_the_head_and_the_json_name_the_day_of_law(command: Command) -> None:
    argv = (RETAILER, *DAY, "--law", "2024-03-21")
    assert "law of 2024-03-21" in command("check", *argv).out
    assert "law of 2024-03-21" in command("explain", *argv).out
    data = json.loads(command("check", *argv, "--format", "json").out)
    assert (data["as_of"], data["law"]) == ("2026-11-24", "2024-03-21")
    rules = {f["rule"] for f in data["profiles"][0]["findings"]}
    assert not any(rule.startswith("cn.cac.2024-16/") for rule in rules)


def test_drafts_are_tagged_and_never_count(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "narrow.yaml"
    path.write_text(NARROW, "utf-8")
    argv = (str(path), *DAY, "--fail-on", "undetermined", "--select", f"{DRAFT}/*")
    assert command("check", *argv).code == 2
    assert "add --drafts" in command("check", *argv).err
    done = command("check", *argv, "--drafts")
    assert done.code == 0
    assert "(draft)" in done.out
    assert "replaced by Assessment 2022" in " ".join(done.out.split())
    data = json.loads(command("check", *argv, "--drafts", "--format", "json").out)
    (profile,) = data["profiles"]
    assert data["drafts"] is True
    assert {f["draft"] for f in profile["findings"]} == {True}
    assert set(profile["counts"].values()) == {0}
    (draft,) = profile["drafts"]
    assert (draft["instrument"], draft["replaced_by"]) == (DRAFT, ["cn.cac.2022-11"])
    assert sum(draft["counts"].values()) == len(profile["findings"])


def test_the_json_with_drafts_meets_its_schema(command: Command, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    command("check", RETAILER, *DAY, "--drafts", "--format", f"json:{report}")
    assert command("schema", "findings", "--check", str(report)).code == 0


def test_a_rule_out_of_force_is_told_where_it_is_named(command: Command) -> None:
    argv = (RETAILER, *DAY, "--law", "2021-12-01")
    out = command("explain", RETAILER, "cn.cac.2022-11/validity", *argv[1:]).out
    assert "not in force that day" in out
    assert "Assessment 2022: in force since 2022-09-01" in out
    done = command("check", *argv, "--select", "cn.cac.2022-11/*")
    assert done.code == 2
    assert "no chosen rule is in force that day" in done.out
