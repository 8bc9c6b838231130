"""What the signs of strip, time line and ladders mean: the end of the help."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from compliancecheck.model.texts import Texts
from compliancecheck.tui.dates.time_line import LEGEND
from compliancecheck.tui.paper import heading, lines_of
from compliancecheck.tui.words import say

STRIP = (
    ("●", Texts("the company's figure", "企业的数值")),
    ("━", Texts("it lies in this range", "数值在此范围内")),
    ("○", Texts("what if it were here", "假设数值在此")),
    ("┃", Texts("a bound of the law", "法律的界限")),
    ("▸", Texts("goes on", "继续延伸")),
)
LADDER = (
    ("├", Texts("in force from here", "自此施行")),
    ("┤", Texts("until here", "至此失效")),
    ("┄", Texts("some of it displaced", "部分已被取代")),
    ("D", Texts("a draft", "草案")),
    ("×", Texts("another text took its place", "为其他文本取代")),
    ("▴", Texts("the day of law", "适用法律日")),
)


def legend(width: int, lang: str) -> Iterator[Content]:
    """A heading and its signs, three times."""
    line = [(sign.symbol, sign.words) for sign in LEGEND]
    for title, signs in (
        ("legend_strip", STRIP),
        ("legend_time_line", line),
        ("legend_ladder", LADDER),
    ):
        yield Content("")
        yield heading(say(title, lang))
        text = "   ".join(f"{sign}\u00a0{words.get(lang)}" for sign, words in signs)
        yield from lines_of(text, width)
