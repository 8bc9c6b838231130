"""The words that are commands in plain mode, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BARE: Mapping[str, tuple[str, ...]] = {
    "back": ("b", "back", "返回", "上一题"),
    "skip": ("s", "skip", "跳过"),
    "unknown": ("?", "？", "u", "unknown", "not known", "未知", "不知道"),
    "why": ("w", "why", "为何", "为什么"),
    "list": ("list", "列表"),
    "findings": ("findings", "结论"),
    "dates": ("dates", "日期"),
    "undo": ("undo", "撤销"),
    "redo": ("redo", "重做"),
    "evidence": ("m", "evidence", "证据"),
    "review": ("r", "review", "复核"),
    "more": ("more", "更多"),
    "lang": ("l", "lang", "language", "语言", "english", "chinese", "中文", "英文"),
    "help": ("h", "help", "帮助"),
    "quit": ("q", "quit", "exit", "退出"),
}
"""Words that stand alone."""

WITH_REST: Mapping[str, tuple[str, ...]] = {
    "find": ("find", "g", "查找"),
    "finding": ("finding", "findings", "结论"),
    "add": ("add", "添加"),
    "remove": ("remove", "删除"),
    "copy": ("copy", "复制"),
    "write": ("write", "另存"),
    "rename": ("rename", "改名"),
}
"""Words after which something is named."""

_BARE = {word: name for name, words in BARE.items() for word in words}
_WITH_REST = {word: name for name, words in WITH_REST.items() for word in words}


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and what was named after it."""

    name: str
    rest: str = ""


def read(typed: str) -> Command | None:
    """The command that was typed; None: it is an answer."""
    words = typed.split(None, 1)
    if not words:
        return None
    whole = " ".join(typed.split()).casefold()
    if whole in _BARE:
        return Command(_BARE[whole], whole)
    name = _WITH_REST.get(words[0].casefold())
    if name is None:
        return None
    return Command(name, words[1].strip() if len(words) > 1 else "")


def language(word: str, now: str) -> str:
    """The language that a word asks for; one that names none asks for the other one."""
    named = {"english": "en", "英文": "en", "chinese": "zh", "中文": "zh"}.get(word)
    return named or ("en" if now == "zh" else "zh")
