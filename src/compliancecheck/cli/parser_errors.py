"""What argparse says of a wrong command line, in Chinese; in English it stands as it is."""

from __future__ import annotations

import re

_SAYS: tuple[tuple[str, str], ...] = (
    ("the following arguments are required: (.+)", "缺少参数：`{0}`"),
    ("argument (.+?): expected one argument", "`{0}` 后面要有一个值"),
    ("argument (.+?): expected at least one argument", "`{0}` 后面至少要有一个值"),
    ("argument (.+?): expected .+", "`{0}` 后面的值个数不对"),
    ("argument (.+?): ignored explicit argument (.+)", "`{0}` 后面不能写值 `{1}`"),
    ("argument (.+?): not allowed with argument (.+)", "`{0}` 不能与 `{1}` 同用"),
    (
        r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)",
        "`{0}` 没有取值 `{1}`，可用的有 `{2}`",
    ),
    ("argument (.+?): invalid .+ value: (.+)", "`{0}` 的值 `{1}` 无效"),
    ("one of the arguments (.+) is required", "以下参数要写一个：`{0}`"),
)


def explain(message: str) -> str:
    """The Chinese for a message of argparse; one that is not known stands as it is, as a quote."""
    for pattern, ours in _SAYS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return ours.format(*(part.replace("'", "") for part in found.groups()))
    return f"命令行有误：`{message}`"
