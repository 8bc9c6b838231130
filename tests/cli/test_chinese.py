"""The command line in Chinese: what is refused, and what is wrong with a file, in that language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import DAY, Command

REFUSED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("check",), "错误：缺少参数：`PATH`\n  = 见 `compliancecheck check --help`\n"),
    (("check", "a.yaml", "--nope"), "错误：未知参数 `--nope`"),
    (("check", "a.yaml", "--baseline"), "错误：`--baseline` 尚未实现"),
    (
        ("check", "a.yaml", "--fail-on", "x"),
        "错误：`--fail-on` 没有取值 `x`，可用的有 `must, should",
    ),
    (("check", "a.yaml", "--as-of", "2026-13-01"), "错误：`2026-13-01` 不是日期：日历上没有这一天"),
    (("check", "a.yaml", "--as-of", "soon"), "`today`"),
    (("check", "a.yaml", "--format", "pdf"), "错误：没有格式 `pdf`\n  = 可用的有 `text`、`json`"),
    (("check", "a.yaml", "--select", "xx"), "错误：`--select xx` 不匹配任何规则"),
    (
        ("check", "nowhere.yaml"),
        "错误 nowhere.yaml:1:1：没有这个文件\n1个问题，该档案未评估；退出码 2\n",
    ),
    (
        ("check", "a.yaml", "--rules", "nowhere"),
        "没有这个规则文件夹\n1个问题，规则未加载；退出码 2\n",
    ),
    (("check", "a.yaml", "--calendar", "nowhere.yaml"), "日历未采用；退出码 2\n"),
    (("chek",), "错误：没有命令或文件 `chek`\n  = 是不是 `check`？见 `compliancecheck --help`\n"),
    (("compare", "a.yaml"), "错误：要比较什么？"),
    (("rules", "shw"), "错误：没有 `rules shw`\n  = 是不是 `show`？可用的有 `list`"),
    (("rules", "show", "no-such-rule"), "错误：没有规则或文件 `no-such-rule`"),
    (("days", "2026-11-24", "5", "hours"), "小时不按天计算"),
    (("days", "2026-11-24", "+5 days", "--roll", "x"), "错误：`--roll` 没有 `x` 这个取值"),
)


@pytest.fixture(autouse=True)
def here(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPLIANCECHECK_CONFIG", str(tmp_path / "settings.toml"))
    (tmp_path / "a.yaml").write_text("battery: {applies: perhaps}\n", encoding="utf-8")


@pytest.mark.parametrize(("argv", "says"), REFUSED)
def test_what_is_refused(command: Command, argv: tuple[str, ...], says: str) -> None:
    done = command(*argv, "--lang", "zh")
    assert done.code == 2
    assert says in done.err
    assert "error" not in done.err


def test_a_broken_profile(command: Command) -> None:
    done = command("check", "a.yaml", *DAY, "--lang=zh")
    assert done.err == (
        "错误 a.yaml:1:20：`perhaps` 既不是“是”也不是“否”\n"
        "1 | battery: {applies: perhaps}\n"
        "  |                    ^^^^^^^\n"
        "  = 请写 `true`、`false`、`yes`、`no` 或 `unknown`\n"
        "1个问题，该档案未评估；退出码 2\n"
    )


def test_the_language_of_problems_in_json_is_that_of_the_run(command: Command) -> None:
    texts: dict[str, str] = {}
    for lang in ("en", "zh"):
        done = command("check", "a.yaml", *DAY, "--lang", lang, "--format", "json")
        (problem,) = json.loads(done.out)["problems"]
        texts[lang] = problem["message"]
        assert (problem["line"], problem["severity"]) == (1, "error")
    assert texts["en"] == "`perhaps` is neither true nor false"
    assert texts["zh"] == "`perhaps` 既不是“是”也不是“否”"


def test_broken_settings_speak_the_language_they_name(command: Command, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('lang = "zh"\nthem = "dark"\n', encoding="utf-8")
    done = command("check", "a.yaml", *DAY)
    assert "没有设置 `them`" in done.err
    assert done.err.endswith("1个问题，设置未采用；退出码 2\n")
    assert "no setting `them`" in command("check", "a.yaml", *DAY, "--lang", "en").err


def test_the_language_of_the_environment(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert command("check", "--nope").err.startswith("错误：")
    assert command("check", "--nope", "--lang", "en").err.startswith("error: ")


def test_a_contradiction_names_the_other_places(command: Command, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(
        "data_export:\n  transfers:\n"
        "    - {name: one, people_nonsensitive_this_year: 2000}\n"
        "    - {name: two, people_nonsensitive_this_year: 3000}\n"
        "  people_nonsensitive_this_year: 6000\n",
        encoding="utf-8",
    )
    done = command("check", "b.yaml", *DAY, "--lang", "zh")
    assert "相矛盾" in done.err
    assert "error" not in done.err
