"""What is wrong with what a person writes is said in English and in Chinese, from one place.

The Chinese holds no English word outside backticks, but names; values stay what they are.
"""

from __future__ import annotations

import ast
import errno
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliancecheck import reading
from compliancecheck.cli import main as cli
from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import Texts
from compliancecheck.reading.calendars import load_calendar_text
from compliancecheck.reading.files import decode
from compliancecheck.reading.numbers import Refused
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.periods import read_period
from compliancecheck.reading.problems import Problem, file_problem, pack_problem, render
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.scalars import read_text
from compliancecheck.reading.settings import PROJECT, USER, read_settings
from compliancecheck.reading.system_words import system_words
from compliancecheck.reading.writing import CannotSplice, add_item, set_list

_NAMES = re.compile(r"YAML|TOML|JSON|UTF-8|UTF-16|GB 18030|MiB|Textual|compliancecheck")
_ENGLISH = re.compile("[A-Za-z]{2,}")
_HALF_WIDTH = re.compile("[\u4e00-\u9fff][,:;?!()]|[,:;?!()][\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def bare(text: str) -> str:
    """A Chinese text without what stands in backticks, and without names."""
    return _NAMES.sub("", re.sub("`[^`]*`", "", text))


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters, no English word and no half-width sign."""
    rest = bare(text)
    found = re.search("[\u4e00-\u9fff]", rest) is not None
    return found and not _ENGLISH.search(rest) and not _HALF_WIDTH.search(rest)


PROFILES: tuple[tuple[str, str, str, str | None], ...] = (
    ("- a\n", "this is no profile", "这不是企业档案", "企业档案的开头如"),
    ("", "the file holds nothing", "文件是空的", "请写成 `名称: 值`"),
    ("dated: 2026/11/24\n", "`2026/11/24` is not a day", "`2026/11/24` 不是日期", "请写成"),
    (
        "dated: 2026-02-30\n",
        "is not a day of the calendar",
        "日历上没有 `2026-02-30` 这一天",
        "一个日期",
    ),
    ("dated: [a]\n", "`dated` is one day", "`dated` 是一个日期", "请写成 `2026-11-24`"),
    ("waivers: []\n", "not built yet", "尚未实现", "请删除"),
    ("nothing: 1\n", "no fact `nothing`", "没有事实 `nothing`", None),
    ("nothing:\n  a: 1\n", "no section `nothing`", "没有分组 `nothing`", None),
    ("data_exports:\n  a: 1\n", "perhaps `data_export`?", "是不是 `data_export`？", None),
    ("data_export: 5\n", "is a section of facts", "是事实的分组", "请在下面缩进"),
    (
        "data_export:\n  ciio: maybe\n",
        "neither true nor false",
        "既不是“是”也不是“否”",
        "`unknown`",
    ),
    ("data_export:\n  ciio: 'yes'\n", "in quotes is a text", "是文本", "请去掉引号"),
    ("data_export:\n  ciio: [a]\n", "a list is no value here", "此处不能写列表", "请写 `true`"),
    ("data_export:\n  ciio: {a: b}\n", "a mapping is no value here", "此处不能写花括号", "`true`"),
    ("data_export:\n  ciio:\n", "no value is written here", "此处没有写值", "请写 `unknown`"),
    ("data_export:\n  transfers: 1\n", "is a list", "是列表", "请在下面逐项写"),
    ("data_export:\n  transfers: {itms: []}\n", "no part `itms`", "没有 `itms` 这一部分", "逐项写"),
    ("data_export:\n  transfers: [1]\n", "an item of", "的每一项都要写事实", "逐项写"),
    ("data_export:\n  transfers: [{purpose: x}]\n", "this item of", "的这一项没有", "逐项写"),
    ("readings: 5\n", "readings have names", "每项解读都有名称", "每行一个"),
    ("readings:\n  no: a\n", "no reading `no`", "没有解读 `no`", None),
    ("evidence: 5\n", "evidence stands beside names", "依据写在各事实的名称后面", "请写 `{source"),
    ("evidence:\n  no: {by: x}\n", "no fact `no`", "没有事实 `no`", None),
    ("evidence:\n  data_export.ciio: {by: x}\n", "which is not answered", "却没有回答", None),
    ("evidence:\n  data_export.ciio: {b: x}\n", "no part `b` of evidence", "依据没有 `b`", "请写"),
    ("a: 1\na: 2\n", "`a` is given twice; first at line 1", "`a` 重复出现，第一次在第 1 行", None),
    ("a: b: c\n", "a second `: ` on the line", "这一行有第二个 `: `", "请给文本加引号"),
    ("a：1\nb: 2\n", "a full-width colon ends no name", "名称后面不能用全角冒号", "半角"),
    ('a: "b\n', "the quote that opens here is not closed", "此处的引号没有闭合", "后引号"),
    ("a: [1\n", "is not closed", "没有闭合", "`]`"),
    ("\ta: 1\n", "a tab in the indentation", "缩进中有制表符", "请用空格缩进"),
    ("a: &b 1\n", "an anchor (`&b`) is not accepted", "不接受锚点（`&b`）", "请删除"),
    ("a: *b\n", "an alias (`*b`) is not accepted", "不接受别名（`*b`）", "请把值写出来"),
    ("a: !!int 1\n", "a tag (`!!int`) is not accepted", "不接受标签（`!!int`）", "请删除"),
    ("a: 1\n---\nb: 1\n", "a second document begins here", "此处开始了第二个文档", "一个文件"),
    ("[a]: 1\n", "a key must be a name", "键必须是一个名称", "请加引号"),
    ("a: \x07\n", "a control character", "不接受控制字符", "请删除"),
)


def found_in(problems: tuple[Problem, ...], english: str) -> Problem:
    """The problem whose English has some words."""
    return next(p for p in problems if english in p.message)


@pytest.mark.parametrize(("text", "en", "zh", "hint"), PROFILES)
def test_a_broken_profile(text: str, en: str, zh: str, hint: str | None, rules: Rules) -> None:
    _, problems = load_profile_text(text, "a.yaml", rules)
    problem = found_in(problems, en)
    assert zh in problem.said("zh")
    assert hint is None or hint in (problem.advised("zh") or "")
    for each in problems:
        assert is_chinese(each.said("zh"))
        advice = each.advised("zh")
        assert (advice is None) == (each.hint is None)
        assert advice is None or is_chinese(advice)


CALENDARS = (
    ("a", "this is no calendar", "这不是日历文件"),
    ("1999: {}", "is no year of this century", "`1999` 不是本世纪的年份"),
    ("status: official", "stands below its year", "要写在年份下面"),
    ("2027: 5", "2027 has no table", "2027 年没有内容"),
    ("2027: {stat: a}", "no key `stat` of a year", "年份下没有 `stat` 这一项"),
    ("2027: {status: maybe}", "no status `maybe`", "没有状态 `maybe`"),
    ("2027: {status: official}", "names no `source`", "却没有 `source`"),
    ("2027: {status: official}", "has no `published`", "却没有 `published`"),
    ("2027: {published: x}", "`x` is not a day", "`x` 不是日期"),
    ("2027: {weekday_off: [01-02]}", "2027-01-02 is a Saturday", "2027-01-02 是周六"),
    ("2027: {weekday_off: [99]}", "`99` is not a day of 2027", "`99` 不是 2027 年的日期"),
)


@pytest.mark.parametrize(("text", "en", "zh"), CALENDARS)
def test_a_broken_calendar(text: str, en: str, zh: str) -> None:
    _, problems = load_calendar_text(text, "cn-2027.yaml")
    assert zh in found_in(problems, en).said("zh")
    assert all(is_chinese(p.said("zh")) for p in problems)
    assert all(is_chinese(p.advised("zh") or "无") for p in problems)


SETTINGS = (
    (PROJECT, 'lnag = "en"', "no setting `lnag`", "没有设置 `lnag`；是不是 `lang`？"),
    (PROJECT, 'lang = "de"', "`lang` is none of its values", "`lang` 没有这个值"),
    (PROJECT, "rules = 5", "`rules` is a list of texts", "`rules` 应是一列文本"),
    (PROJECT, "as-of = 5", "`as-of` is no setting", "`as-of` 不是设置"),
    (PROJECT, 'ui.theme = "dark"', "a setting of a person", "是个人设置，不是项目设置"),
    (USER, "select = []", "a setting of a project", "是项目设置，不是个人设置"),
    (USER, "ui.mouse = 5", "`ui.mouse` is true or false", "`ui.mouse` 只能是“是”或“否”"),
    (USER, "keys = 5", "`keys` is a table", "`keys` 应是一个表"),
    (USER, "[keys]\nwhy = []", "gives `why` no key", "没有给 `why` 按键"),
    (USER, "a = ", "this is not TOML", "这不是 TOML"),
)


@pytest.mark.parametrize(("level", "text", "en", "zh"), SETTINGS)
def test_broken_settings(level: str, text: str, en: str, zh: str) -> None:
    (problem,) = read_settings("settings.toml", text, level).problems
    assert en in problem.message
    assert zh in problem.said("zh")
    assert is_chinese(problem.said("zh"))
    assert is_chinese(problem.advised("zh") or "无")


TYPED = (
    ("about 5", "is not a whole number", "不是整数", "一定落入的范围"),
    ("1.5", "is not a whole number", "不是整数", "请写数字"),
    ("１２", "is not", "不是整数", "请用半角数字和符号：`12`"),
    ("more than 5", "is not", "不是整数", "`over 5`"),
    ("5..3", "nothing lies in `5..3`", "`5..3` 中没有任何值", "先写下限"),
    ("-5", "out of bounds", "超出界限：应不少于 `0`", "请写数字"),
    ("not yet", "is not", "不是整数", "只用于事件的日期"),
    ("1" * 31, "more than 30 digits", "超过 30 位数字", "减少位数"),
    ("1/0", "is not", "不是整数", "请写数字"),
    ("{most: 5}", "no side `most`", "没有 `most` 这一端", "`at_least`"),
)


@pytest.mark.parametrize(("text", "en", "zh", "hint"), TYPED)
def test_a_typed_value(text: str, en: str, zh: str, hint: str, rules: Rules) -> None:
    problem = read_text(rules.facts["data_export.people_handled_in_total"], text)
    assert isinstance(problem, Problem)
    assert en in problem.message
    assert zh in problem.said("zh")
    assert hint in (problem.advised("zh") or "")
    assert is_chinese(problem.said("zh"))
    assert is_chinese(problem.advised("zh") or "")


@pytest.mark.parametrize(
    ("text", "zh", "hint"),
    [
        (
            "60 working days before",
            "是指最晚的一天，还是一段时间？",
            "`at least 60 working days before`",
        ),
        ("5 hours", "小时不按天计算", "按钟表相加"),
        ("5 dayz", "没有单位 `dayz`", "工作日"),
        ("-5 days", "`-5` 小于 0", "`届满5日前`"),
        ("0 days", "不计算 0 日的期间", "1 至"),
        ("often", "`often` 不是期间", "请写成"),
    ],
)
def test_a_typed_period(text: str, zh: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        read_period(text)
    assert zh in refused.value.says.zh
    assert refused.value.advice is not None
    assert hint in refused.value.advice.zh
    assert is_chinese(refused.value.says.zh)
    assert is_chinese(refused.value.advice.zh)


def test_bytes_that_are_no_text() -> None:
    wrong = decode(b"a: \xff\n", "a.yaml")
    assert isinstance(wrong, Problem)
    assert "字节 `0xff`" in wrong.said("zh")
    assert "请另存为" in (wrong.advised("zh") or "")


def test_a_change_that_cannot_be_made(rules: Rules) -> None:
    text = "data_export:\n  transfers:\n    - name: a\n"
    with pytest.raises(CannotSplice) as there:
        add_item(text, rules, "data_export.transfers", "a")
    assert there.value.says == Texts("there is an item `a` already", "已有 `a` 这一项")
    with pytest.raises(CannotSplice, match="the list has items") as full:
        set_list(text, rules, "data_export.transfers", "[]")
    assert full.value.says.zh == "列表中还有项"


@pytest.mark.parametrize(
    ("error", "zh"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EACCES, "Permission denied"), "没有权限"),
        (OSError(9999, "strange"), "系统错误 9999"),
        (ValueError("embedded null byte"), "路径无效"),
        (CannotSplice(Texts("a", "甲")), "甲"),
    ],
)
def test_what_the_system_refuses(error: Exception, zh: str) -> None:
    assert system_words(error).zh == zh


def test_a_problem_is_rendered_in_a_language() -> None:
    problem = file_problem("a.yaml", Texts("wrong", "不对"), Texts("write x", "请写 `x`"))
    assert render(problem, "y\n") == "error: a.yaml:1:1: wrong\n1 | y\n  | ^\n  = write x"
    assert render(problem, "y\n", "zh") == "错误 a.yaml:1:1：不对\n1 | y\n  | ^\n  = 请写 `x`"


def test_a_long_chinese_hint_is_wrapped() -> None:
    hint = "请写一个其他项没有的名称，" * 6 + "如 `at least 60 working days before`。"
    lines = render(file_problem("a", Texts("x", "甲"), Texts("y", hint)), None, "zh").split("\n")
    assert len(lines) > 2
    assert "".join(line.strip(" =") for line in lines[1:]).replace(" ", "") == hint.replace(" ", "")
    assert not any(line.strip()[0] in "，。" for line in lines[1:])


def test_a_problem_of_a_pack_has_english_only() -> None:
    place = file_problem("p.yaml", Texts("a", "甲"))
    from compliancecheck.model.texts import Place

    problem = pack_problem(Place(place.file, 1, 1, 2), "no such key", "write `when`")
    assert problem.said("zh") == "no such key"
    assert problem.advised("zh") == "write `when`"


# -- every text of the modules that read what a person writes --------------------------------------


def _texts() -> Iterator[tuple[str, int, str]]:
    """File, line and Chinese of each bilingual text, with what is filled in left out."""
    folders = (Path(reading.__path__[0]), Path(cli.__file__).parent)
    for path in (path for folder in folders for path in sorted(folder.glob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Texts":
                text = _literal(node.args[1]) if len(node.args) == 2 else None
                if text:
                    yield path.name, node.lineno, text


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) for v in node.values if isinstance(v, ast.Constant))
    return None


def test_no_chinese_text_has_english_words() -> None:
    found = list(_texts())
    assert len(found) > 200
    wrong = [
        (file, line, text)
        for file, line, text in found
        if _ENGLISH.search(bare(text)) or _HALF_WIDTH.search(bare(text))
    ]
    assert wrong == []
