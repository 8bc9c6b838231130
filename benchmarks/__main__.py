"""Prints the table of ``docs/performance.md``: each line against its floor, in one run."""

from __future__ import annotations

import gc
import os
import platform
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.companies import company, exact_rows, profile_text, sparse
from benchmarks.measure import Ratio, command, compare, seconds
from benchmarks.plain import Plain
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.explain import explain
from compliancecheck.logic.questions import questions
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.reading.packs import load_rules

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 24).toordinal()
PYTHON = sys.executable


def main() -> None:
    """Measure and print."""
    gc.set_threshold(100_000, 20, 50)  # as the command does (cli/main.py)
    rules = load_rules()
    with tempfile.TemporaryDirectory() as folder:
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
        print("| what | floor | takes | floor takes | ratio | goal | kept |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for row in rows(rules, Path(folder)):
            print(row.row(), flush=True)
        for line in absolutes(rules, Path(folder)):
            print(line, flush=True)


def rows(rules: Rules, folder: Path) -> Iterator[Ratio]:
    """The rows that are ratios."""
    env = {**os.environ, "PYTHONPATH": str(wheel(folder)), "PYTHONDONTWRITEBYTECODE": ""}
    profile = str(ROOT / "profiles" / "exporter-by-range.yaml")
    check = [PYTHON, "-m", "compliancecheck", "check", profile, "--as-of", "2026-11-24"]
    bare = command([PYTHON, "-c", "pass"])
    yield compare("`check` of one profile, the wheel", command(check, env), bare, 7, "bare Python")
    usage = [PYTHON, "-m", "compliancecheck", "--help"]
    yield compare("`--help`", command(usage, env), bare, 4, "bare Python")
    schema = folder / "profile.schema.json"
    words = [PYTHON, "-m", "compliancecheck", "schema", "profile"]
    schema.write_bytes(subprocess.run(words, capture_output=True, env=env, check=True).stdout)
    peer = [PYTHON, "-m", "check_jsonschema", "--schemafile", str(schema), profile]
    yield compare(
        "`check` against a schema check", command(check, env), command(peer), 0.5,
        "check-jsonschema", 5,
    )  # fmt: skip
    yield from in_process(rules)
    yield from growth(rules)
    yield many(rules, folder, env)


def in_process(rules: Rules) -> Iterator[Ratio]:
    """All statuses of one profile, and all proofs, against plain interpretation."""
    one = company(3, rules)
    known, items = exact_rows(one, rules)
    readings = {name: next(iter(r.choices)) for name, r in rules.readings.items()}

    def plain() -> object:
        return [Plain(rules, known, items, readings, DAY).run() for _ in range(20)]

    def statuses() -> object:
        return [evaluate(one, rules, as_of=DAY) for _ in range(20)]

    def traced() -> object:
        evaluation = evaluate(one, rules, as_of=DAY)
        return [explain(evaluation, finding, proof=False).trace for finding in evaluation.findings]

    def plain_once() -> object:
        return Plain(rules, known, items, readings, DAY).run()

    floor = "the conditions once, exact facts"
    yield compare("all statuses of one profile", statuses, plain, 4, floor)
    yield compare("all findings explained", traced, plain_once, 12, floor)


def growth(rules: Rules) -> Iterator[Ratio]:
    """Twice the rules, twice the items."""
    one = company(3, rules)
    twice = doubled(rules)

    def run(which: Rules, times: int) -> object:
        return [evaluate(one, which, as_of=DAY) for _ in range(times)]

    yield compare(
        "rules doubled", lambda: run(twice, 20), lambda: run(rules, 20), 2.2, "half of them"
    )
    half, whole = company(5_000, rules), company(10_000, rules)
    yield compare(
        "items doubled, to 10,000",
        lambda: evaluate(whole, rules, as_of=DAY),
        lambda: evaluate(half, rules, as_of=DAY),
        2.2, "5,000 items", 3,
    )  # fmt: skip


def many(rules: Rules, folder: Path, env: dict[str, str]) -> Ratio:
    """A thousand profiles in one run, against evaluating them one after the other in process."""
    place = folder / "many"
    place.mkdir()
    for n in range(1_000):
        (place / f"{n:04}.yaml").write_text(profile_text(n % 4 + 1), encoding="utf-8")
    profiles = [company(n % 4 + 1, rules) for n in range(1_000)]
    words = [PYTHON, "-m", "compliancecheck", "check", str(place), "--as-of", "2026-11-24"]
    return compare(
        "1,000 profiles in one `check`",
        command(words, env),
        lambda: [evaluate(p, rules, as_of=DAY) for p in profiles],
        1.5, "evaluating them", 3,
    )  # fmt: skip


def absolutes(rules: Rules, folder: Path) -> Iterator[str]:
    """The lines that are times, and the memory of a long run."""
    large = company(10_000, rules)
    took = min(seconds(lambda: evaluate(large, rules, as_of=DAY)) for _ in range(3))
    yield f"\n10,000 transfers, all packs: {took:.2f} s (goal: under 2 s)"
    open_one = sparse(1_000, rules)
    took = min(seconds(lambda: evaluate(open_one, rules, as_of=DAY)) for _ in range(3))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield f"1,000 transfers of which little is known: {took:.2f} s"
    yield f"peak memory of all of this in one process: {peak} MB"
    evaluation = evaluate(company(3, rules), rules, as_of=DAY)
    took = min(seconds(lambda: answered(evaluation)) for _ in range(5))
    yield f"one answer changed, verdicts and questions again: {took * 1000:.0f} ms (under 100 ms)"
    first = seconds(lambda: evaluate(company(3, rules), replace(rules), as_of=DAY))
    yield f"the first evaluation of a day, diagrams included: {first * 1000:.0f} ms"
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    yield f"peak memory of any `check` above: {peak} MB"


def answered(evaluation: Evaluation) -> object:
    """What the app does after one answer."""
    ref = FactRef("data_export.ciio")
    profile = evaluation.profile.without(ref)
    changed = evaluate(profile, evaluation.rules, as_of=DAY)
    return questions(changed)


def doubled(rules: Rules) -> Rules:
    """Every instrument twice, under another id; the vocabulary and what is shared stay."""
    instruments = dict(rules.instruments)
    more = dict(rules.rules)
    for name, instrument in rules.instruments.items():
        instruments[f"{name}-twin"] = replace(instrument, id=f"{name}-twin")
    for name, rule in rules.rules.items():
        twin = f"{rule.instrument}-twin/{rule.slug}"
        more[twin] = replace(rule, id=twin, instrument=f"{rule.instrument}-twin", way=None,
                             exempts=() if rule.exempts is not None else None)  # fmt: skip
        del name
    return replace(rules, instruments=instruments, rules=more)


def wheel(folder: Path) -> Path:
    """The wheel, built and unpacked, with its bytecode written once."""
    from hatchling.builders.wheel import WheelBuilder

    target = folder / "wheel"
    path = next(
        WheelBuilder(str(ROOT)).build(directory=str(folder / "dist"), versions=["standard"])
    )
    with zipfile.ZipFile(path) as archive:
        archive.extractall(target)
    subprocess.run([PYTHON, "-m", "compileall", "-q", str(target)], check=False)
    return target


if __name__ == "__main__":
    main()
