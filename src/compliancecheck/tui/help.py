"""What the help says of the widget that has the focus, and the symbols."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Tabs

from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import Texts
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.tui.legend import legend
from compliancecheck.tui.paper import Draw, heading, lines_of, plain
from compliancecheck.tui.words import say

_HELP: Mapping[str, Texts] = {
    "options": Texts(
        "A digit or the arrows choose, Enter accepts. Nothing is an answer before Enter. "
        "`u` answers that it is not known, `s` leaves it for later, `w` says why it is asked. "
        "After Esc a digit goes to a tab.",
        "用数字或方向键选择，回车确认；回车之前不算作答。"
        "`u` 表示未知，`s` 以后再答，`w` 说明为何询问。按 Esc 后，数字键切换标签。",
    ),
    "field": Texts(
        "Type a value or a range: `1.2 million`, `100000..999999`, `at least 5`. Below it stands "
        "how it is read. `?` and Enter: not known. Enter with nothing: later. Esc leaves.",
        "填写数值或范围：`120万`、`100000..999999`、`at least 5`，下方显示如何理解。"
        "`?` 加回车表示未知，空白回车为以后再答，Esc 离开。",
    ),
    "gates": Texts(
        "Space marks, Enter goes on. What stays unmarked is answered no.",
        "空格勾选，回车继续。未勾选的记为“否”。",
    ),
    "set": Texts(
        "Space marks what applies, Enter accepts. Mark “none of these” where nothing does. "
        "`u` answers that it is not known, `s` leaves it for later, `w` says why it is asked.",
        "空格勾选适用的各项，回车确认；都不适用时勾选“以上均无”。"
        "`u` 表示未知，`s` 以后再答，`w` 说明为何询问。",
    ),
    "names": Texts(
        "`a` adds, Enter or `e` goes through the questions of one, `c` copies it, `n` renames it, "
        "Del removes it (`^z` brings it back). Below each stands how much of it is answered.",
        "`a` 添加，回车或 `e` 逐项回答，`c` 复制，`n` 改名，Del 删除（`^z` 恢复）。"
        "每项下方显示作答进度。",
    ),
    "review": Texts(
        "Every question with its answer, or why it is not needed. Enter answers it anew and comes "
        "back here. `f` shows all, what is open, unknown or answered; `/` filters by words; `m` "
        "says who says so, `w` shows all of it, `o` opens the file at the answer, Esc leaves.",
        "全部问题及其答案，或无需回答的原因。回车重新作答后返回此处。`f` 依次显示全部、待答、未知、"
        "已答；`/` 按字词筛选；`m` 填写证明材料，`w` 显示全文，`o` 在答案处打开档案，Esc 离开。",
    ),
    "text": Texts(
        "Type a text. `?` and Enter: not known. Enter with nothing: later. Esc leaves.",
        "填写文字。`?` 加回车表示未知，空白回车为以后再答，Esc 离开。",
    ),
    "words": Texts(
        "Only rows with all these words stay. Enter and Esc go to the list, the words stay; Esc "
        "there shows all again.",
        "仅保留含全部字词的行。回车或 Esc 转到列表，字词保留；在列表中再按 Esc 恢复全部。",
    ),
    "file": Texts(
        "The name of the file, with a folder if it stands elsewhere. Enter opens it, Esc leaves.",
        "文件名，可含文件夹。回车打开，Esc 离开。",
    ),
    "add_name": Texts(
        "A short name that no other item of the list has. Enter adds it, Enter with nothing goes "
        "on, Esc leaves.",
        "列表中其他项未使用的简称。回车添加，空白回车继续，Esc 离开。",
    ),
    "item_name": Texts(
        "A short name that no other item of the list has. Enter takes it, Esc leaves.",
        "列表中其他项未使用的简称。回车采用，Esc 离开。",
    ),
    "evidence": Texts(
        "Who says so: a document, a page, a person, and as of which day. All may stay empty.",
        "证明材料：文件、页码、提供人及截至日期，均可留空。",
    ),
    "findings": Texts(
        "Enter goes into the proof, `f` shows one status after the other, `s` brings the findings "
        "of an instrument together, `/` filters by words, "
        "`o` opens the profile at the deciding figure, `w` shows the whole proof.",
        "回车进入理由，`f` 按状态筛选，`s` 按文件归并，`/` 按字词筛选，"
        "`o` 在决定性数值处打开档案，`w` 显示全文。",
    ),
    "why": Texts(
        "The reasoning, decisive branches open. Space opens a branch, Enter shows the page of "
        "the rule, `o` opens the profile at the line, Esc goes back to the list.",
        "推理过程，决定性分支已展开。空格展开分支，回车显示规则全文，`o` 在该行打开档案，"
        "Esc 返回列表。",
    ),
    "what_if": Texts(
        "The nearest changes that turn the finding, fewest answers first. Up and down go through "
        "them, Enter goes to the question, left and right move ○ along the strip, `w` shows all "
        "of it, Esc goes back. Nothing is written.",
        "使结论改变的最近改动，回答最少者在前。上下键浏览，回车转到该问题，左右键沿轴移动○，"
        "`w` 显示全文，Esc 返回。不写入任何内容。",
    ),
    "settle": Texts(
        "Facts that would settle the finding. Enter goes to the question.",
        "可使结论确定的事实。回车转到该问题。",
    ),
    "problems": Texts(
        "`o` opens the editor at the line. The file is read again as soon as it is saved.",
        "`o` 在该行打开编辑器；保存后自动重新读取。",
    ),
    "menu": Texts("Enter opens.", "回车打开。"),
    "find": Texts(
        "Type words of what you look for, in English or Chinese, or a part of an id or article; "
        "letters may be left out. Up and down choose, Enter goes there, Esc leaves.",
        "填写所找内容中的字词（中英文均可），或编号、条款的一部分，字母可省略。"
        "上下键选择，回车前往，Esc 离开。",
    ),
    "name": Texts(
        "The name of the file, with a folder if it shall stand elsewhere. Enter writes it, Esc "
        "leaves. No file is replaced unasked.",
        "文件名，可含文件夹。回车写入，Esc 离开。不会未经询问而替换文件。",
    ),
    "tabs": Texts("Left and right choose a tab, as its digit does.", "左右键或数字键选择标签。"),
    "list": Texts(
        "Up and down choose, Enter takes it, Esc leaves.", "上下键选择，回车采用，Esc 离开。"
    ),
    "line": Texts("Type it; Enter takes it, Esc leaves.", "填写后回车采用，Esc 离开。"),
    "compare": Texts(
        "Enter shows both proofs side by side. `e` changes sides: a day of law, today, another "
        "profile, a draft. Left and right move side A along the editions. Space shows what does "
        "not differ, `w` all of it with every edition, `d` adds drafts. On the ladder ● is the "
        "day of a side; ┊ stands where editions are left out.",
        "回车并列显示两侧推理。`e` 更换两侧：某日的法律、今日、另一档案或草案。"
        "左右键使A侧沿各版本移动。空格显示无变化项，`w` 显示全文与各版本，`d` 纳入草案。"
        "阶梯上 ● 为两侧之日；┊ 表示其前省略了若干版本。",
    ),
    "dates": Texts(
        "Enter shows the days that were counted; of a day that is not known it asks what is "
        "missing, and comes back. `a` says when an act was done, `w` shows all that is known. "
        "`+` and `-` bring the time line nearer or farther, left and right move it; Space shows "
        "what is past or done; `o` opens the file at the day that is counted from.",
        "回车显示所计算的日期；日期未知的，转到所缺的问题，作答后返回。`a` 填写办理日期，"
        "`w` 显示全部内容。`+`、`-` 缩放时间线，左右键移动；空格展开已过或已完成的事项；"
        "`o` 在起算日处打开档案。",
    ),
    "day": Texts(
        "Type a day as 2026-11-24, or choose it with up and down, a month at a time with PgUp "
        "and PgDn. A range is an answer too; `n` and Enter: not yet. Enter accepts, Esc leaves.",
        "按 2026-11-24 的格式填写，或用上下键选择，PgUp、PgDn 以月移动。也可填写范围；"
        "`n` 加回车表示尚未。回车确认，Esc 离开。",
    ),
    "matrix": Texts(
        "A row a company, a column a rule; what is under the cursor stands below in words. Enter "
        "opens the company at that finding, `0` comes back. `f` keeps the rules that have one "
        "status somewhere, `s` brings the worst first, `/` filters by name; an empty cell: "
        "nothing of that pack is answered, or the rule was not judged.",
        "每行一家企业，每列一条规则；光标处的内容在下方以文字说明。回车打开该企业并定位到该结论，"
        "`0` 返回。`f` 仅保留有某一状态的规则，`s` 使最差者在前，`/` 按名称筛选。"
        "空格子表示该规则包尚无答案，或未评估该规则。",
    ),
    "rules": Texts(
        "Space opens and folds packs and instruments, Enter shows the page of a rule with its "
        "YAML and its examples, `w` that of an instrument too. n/m: so many of its rules surely "
        "apply. `/` filters by words, `o` opens the file at the rule, `d` adds drafts.",
        "空格展开或折叠规则包与文件，回车显示规则全文（含文件原文与示例），`w` 亦可显示文件全文。"
        "n/m 表示确定适用的规则数。`/` 按字词筛选，`o` 在该规则处打开文件，`d` 纳入草案。",
    ),
}


_PLAIN = ((Tabs, "tabs"), (OptionList, "list"), (Input, "line"))
"""The help of Textual's own widgets."""


def help_of(focused: Widget | None) -> str:
    """The name of the help of a widget; empty if there is none."""
    if isinstance(focused, Helped) and focused.help_name in _HELP:
        return focused.help_name
    return next((name for kind, name in _PLAIN if isinstance(focused, kind)), "")


def help_lines(
    focused: Widget | None,
    keys: Sequence[tuple[str, str]],
    lang: str,
    renamed: Mapping[str, str] | None = None,
) -> Draw:
    """The help of what has the focus, the keys that work there, and the symbols.

    *renamed* has the keys that the user has changed: the usual ones, and what they are now.
    """

    def draw(width: int) -> Iterator[Content]:
        name = help_of(focused)
        if name:
            text = help_text(focused, {key for key, _ in keys}, lang, renamed or {})
            text = re.sub("`([^`]*)`", lambda m: (renamed or {}).get(m[1], m[1]), text)
            yield from lines_of(text, width)
            yield Content("")
        column = max((cell_width(key) for key, _ in keys), default=0)
        for key, words in keys:
            yield plain(f"{key}{' ' * (column - cell_width(key))}  {words}")
        yield Content("")
        yield heading(say("legend_symbols", lang))
        looks = (LOOKS[status] for status in DisplayStatus)
        symbols = "   ".join(f"{look.symbol}\u00a0{look.word.get(lang)}" for look in looks)
        yield from lines_of(symbols, width)
        yield from legend(width, lang)

    return draw


def help_text(
    focused: Widget | None,
    keys: Container[str],
    lang: str,
    renamed: Mapping[str, str] | None = None,
) -> str:
    """The help of what has the focus, without what it says of keys that do not work now.

    *keys* are those that do; empty where there is no help.
    """
    name = help_of(focused)
    return _working(_HELP[name].get(lang), keys, renamed or {}) if name else ""


_CLAUSE = re.compile(r".+?(?:[,.;](?:\s+|$)|[，。；]|$)")
_SOMETIMES = frozenset("uswmaodex")
"""Keys that work only on some questions and rows."""


def _working(text: str, keys: Container[str], renamed: Mapping[str, str]) -> str:
    kept: list[str] = []
    for clause in _CLAUSE.findall(text):
        named = re.match("(?:and )?`([^`])`", clause)
        key = named[1] if named else ""
        if key not in _SOMETIMES or renamed.get(key, key) in keys:
            kept.append(clause)
        elif kept and kept[-1].rstrip()[-1] not in ".。":  # what ends here ends with it
            kept[-1] = kept[-1].rstrip(" ,;，；") + clause[len(clause.rstrip(" .。,;，；")) :]
    return "".join(kept).rstrip()


class Helped(Widget):
    """A widget with help in the language of the app."""

    help_name = ""
