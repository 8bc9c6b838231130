"""The words of the dates."""

from compliancecheck.model.texts import Texts

WORDS = {
    "soon_days": Texts("soon = 30 days", "即将到期 = 30天"),
    "no_dates": Texts(
        "No dated acts: nothing that applies sets a day.",
        "没有有期限的事项：适用的规定未设定日期。",
    ),
    "date_filter_prompt": Texts(
        "words in act, law, item or standing", "事项、法律、项目或状态中的字词"
    ),
    "no_date_in_filter": Texts(
        "No dated act has these words ({what}). Esc clears them.",
        "没有事项含有这些字词（{what}）。按 Esc 清除。",
    ),
    "past_folded": Texts("{n} past or done; Enter shows them", "{n}项已过或已完成；回车展开"),
    "past_open": Texts("{n} past or done; Enter folds them", "{n}项已过或已完成；回车折叠"),
    "more_in_view": Texts("… {n} more: ↑↓", "……另有{n}项：↑↓"),
    "earlier": Texts("{sign} {n} earlier", "{sign} 更早{n}项"),
    "later": Texts("{n} later {sign}", "更晚{n}项 {sign}"),
    "from_expected": Texts("from an expected day", "自预计日期起算"),
    "provisional_day": Texts("provisional", "暂定"),
    "no_calendar_year": Texts("no calendar for {year}", "没有{year}年的日历"),
    "if_reading": Texts("if: {reading}", "若：{reading}"),
    "of_a_draft": Texts("draft", "征求意见稿"),
    "may_apply_mark": Texts("may apply", "是否适用待定"),
    "needs_enter": Texts("needs: {what}. Enter answers it", "待答：{what}。回车作答"),
    "needs_answer": Texts("needs: {what}", "待答：{what}"),
    "done_on": Texts("When was it done? {what}", "何日办理？{what}"),
    "working_day": Texts("a working day", "工作日"),
    "no_calendar_day": Texts("no calendar for that year", "该年没有日历"),
    "a_range": Texts("a range of days", "一段日期"),
    "day_help": Texts(
        "↑↓ another day, n not yet, Enter accepts, Esc leaves",
        "↑↓ 换日期，n 尚未，回车确认，Esc 离开",
    ),
}
