"""The app's own words in English and Chinese: keys, headings, hints and messages."""

from __future__ import annotations

from collections.abc import Mapping

from compliancecheck.model.texts import Texts


def say(key: str, lang: str, **values: object) -> str:
    """The app's text *key* in *lang*, with *values* filled in."""
    text = WORDS[key].get(lang)
    return text.format(**values) if values else text


def count(n: int, lang: str, one: str, many: str) -> str:
    """One of two texts by number: English has a singular, Chinese has not."""
    return say(one if n == 1 and lang == "en" else many, lang, n=n)


WORDS: Mapping[str, Texts] = {
    # frame
    "answer_tab": Texts("Answer", "作答"),
    "findings_tab": Texts("Findings", "结论"),
    "rules_tab": Texts("Rules", "规则"),
    "dates_tab": Texts("Dates", "日期"),
    "compare_tab": Texts("Compare", "比较"),
    "no_company": Texts("(no name yet)", "（未填名称）"),
    "saved": Texts("saved", "已保存"),
    "new_file": Texts("new, nothing written yet", "新档案，尚未写入"),
    "file_gone": Texts("the file is gone", "文件已不存在"),
    "as_of": Texts("as of {day}", "评估日 {day}"),
    "law_of": Texts("law of {day}", "适用{day}的法律"),
    "with_drafts": Texts("drafts shown", "含草案"),
    "read_only": Texts("read-only", "只读"),
    "stale": Texts("stale", "旧结论"),
    "broken": Texts("file has problems", "文件有误"),
    "too_small": Texts("needs 40×10", "至少需要 40×10"),
    # side pane
    "now": Texts("NOW", "当前"),
    "stale_now": Texts("BEFORE THE PROBLEMS", "出错前的结论"),
    "this_answer": Texts("THIS ANSWER", "此答案"),
    "decides": Texts("DECIDES", "决定因素"),
    "route": Texts("ROUTE", "路径"),
    "no_change": Texts("changes no verdict yet", "尚不改变任何结论"),
    "gives_conflict": Texts("contradicts another answer", "与其他答案矛盾"),
    "more_w": Texts("… {n} more: w", "……另有{n}项：w"),
    "more_under_w": Texts(" …\u00a0w", "…\u00a0w"),
    "pick_to_see": Texts("choose, to see what it would lead to", "选择后显示后果"),
    "open_route": Texts("open", "未定"),
    # interview
    "gates_help": Texts(
        "Space marks what concerns you, Enter goes on. What stays unmarked is answered no.",
        "空格勾选，回车继续。未勾选的记为“否”。",
    ),
    "route_of": Texts("Route of “{item}”", "“{item}”的路径"),
    "item_heading": Texts("“{item}”", "“{item}”"),
    "rows_cut": Texts("the first {n}; / narrows the list", "仅显示前{n}项；/ 可筛选"),
    "day_to_come": Texts(
        "that day is still to come; n for not yet", "该日尚未到来；尚未完成请按 n"
    ),
    "goal_routes": Texts("Route", "路径"),
    "goal_duties": Texts("Duties", "义务"),
    "goal_dates": Texts("Dates", "日期"),
    "goal_others": Texts("What else may apply", "其他可能适用"),
    "progress": Texts("{n} of about {all}", "第{n}项，约{all}项"),
    "more_questions": Texts("{n} more to ask: {why}", "新增{n}个问题：{why}"),
    "one_more_question": Texts("1 more to ask: {why}", "新增1个问题：{why}"),
    "not_known": Texts("not known", "未知"),
    "not_yet": Texts("not yet", "尚未"),
    "yes": Texts("yes", "是"),
    "no": Texts("no", "否"),
    "exact_hint": Texts("= exact or a range: {example}", "= 填写确数或范围：{example}"),
    "exact_now": Texts("= exact or a range: {value}", "= 填写确数或范围：{value}"),
    "exact": Texts("exact value or range", "确数或范围"),
    "reads_as": Texts("reads as  {words}", "理解为  {words}"),
    "empty_skips": Texts(
        "Enter with nothing skips, ? is not known, Esc leaves the field",
        "空白回车跳过，? 表示未知，Esc 离开输入框",
    ),
    "empty_skips_day": Texts(
        "Enter with nothing skips, ↑↓ choose a day, n is not yet, ? is not known, Esc leaves",
        "空白回车跳过，↑↓ 选择日期，n 表示尚未，? 表示未知，Esc 离开",
    ),
    "empty_goes_on": Texts(
        "Type a name and Enter; Enter with nothing goes on",
        "输入名称后回车；空白回车继续",
    ),
    "name_or_none": Texts(
        "Type a name and Enter, or choose “There are none” with ↑ and Enter",
        "输入名称后回车，或用↑选择“没有”后回车",
    ),
    "choose_or_none": Texts(
        "Choose with ↑↓, Space or Enter adds; or choose “There are none”",
        "用↑↓选择，空格或回车添加；或选择“没有”",
    ),
    "choose_first": Texts(
        "choose with ↑↓ or a digit, then Enter; s skips", "用↑↓或数字选择，再按回车；s 跳过"
    ),
    "mark_first": Texts("mark with Space, then Enter; s skips", "先用空格勾选，再按回车；s 跳过"),
    "a_name": Texts("a short name", "简称"),
    "fall_away": Texts("{n} rules fall away", "{n}条规则不再适用"),
    "falls_away": Texts("1 rule falls away", "1条规则不再适用"),
    "none_of_the_above": Texts("none of these", "以上均无"),
    "perhaps_others": Texts("perhaps others, not known", "可能还有其他，未知"),
    "set_hint": Texts(
        "Space marks, Enter accepts. What stays unmarked is not in it.",
        "空格勾选，回车确认。未勾选的不计在内。",
    ),
    "none_of_these": Texts("There are none", "没有"),
    "not_needed": Texts("no longer matters", "已无影响"),
    "skipped_mark": Texts("skipped", "已跳过"),
    "search": Texts("search questions, findings, commands…", "搜索问题、结论、命令……"),
    "prevailing": Texts("prevailing", "通行读法"),
    "reading_help": Texts(
        "The law is read in several ways here. Adopt one, or leave it open with s: then "
        "verdicts are shown for each.",
        "此处法律有多种读法。可采用一种；按 s 保留未定，则分别显示各读法的结论。",
    ),
    "route_settled": Texts("Route: {way}.", "路径：{way}。"),
    "item_settled": Texts("{item}: {way}.", "{item}：{way}。"),
    "settled_by": Texts("✓ settled by {n} answers", "✓ 由{n}个答案确定"),
    "settled_by_one": Texts("✓ settled by 1 answer", "✓ 由1个答案确定"),
    "not_settled": Texts("? not settled", "? 未定"),
    "contested": Texts("~ contested", "~ 有歧义"),
    "no_route": Texts("No route to settle.", "没有需要确定的路径。"),
    "go_duties": Texts("Its duties: {n} questions", "相关义务：{n}个问题"),
    "go_duties_one": Texts("Its duties: 1 question", "相关义务：1个问题"),
    "go_routes": Texts("The routes: {n} questions", "出境路径：{n}个问题"),
    "go_routes_one": Texts("The routes: 1 question", "出境路径：1个问题"),
    "go_dates": Texts("Acts and dates: {n} questions", "事项与日期：{n}个问题"),
    "go_dates_one": Texts("Acts and dates: 1 question", "事项与日期：1个问题"),
    "go_others": Texts("What else may apply: {n} questions", "其他可能适用：{n}个问题"),
    "go_others_one": Texts("What else may apply: 1 question", "其他可能适用：1个问题"),
    "go_skipped": Texts("Ask what was skipped: {n}", "再问跳过的问题：{n}个"),
    "see_dates": Texts("The dates, with a time line", "查看日期与时间线"),
    "go_findings": Texts("Findings", "查看结论"),
    "go_stop": Texts("Stop here; everything is saved", "到此为止；均已保存"),
    "go_names": Texts("Change the list of {what}", "修改{what}列表"),
    "nothing_left": Texts("Nothing left to ask.", "没有需要再问的问题。"),
    "done_counts": Texts("{fail} {fails}, {open} undetermined.", "不符合{fail}项，未定{open}项。"),
    "fails_one": Texts("fails", "不符合"),
    "fails_many": Texts("fail", "不符合"),
    "held_open": Texts(
        "What is open now rests on answers given as not known or as a range, or on unsettled law.",
        "仍未定的，取决于答为未知或范围的事实，或未定的法律要点。",
    ),
    # findings
    "all": Texts("all", "全部"),
    "filter_prompt": Texts("words in title, id, article or fact", "标题、编号、条款或事实中的字词"),
    "nothing_in_filter": Texts(
        "No finding in this filter ({what}). Esc clears it.",
        "此筛选（{what}）下没有结论。按 Esc 清除。",
    ),
    "na_folded": Texts("{n} N/A; Enter opens them", "{n}项不适用；回车展开"),
    "na_open": Texts("{n} N/A; Enter folds them", "{n}项不适用；回车折叠"),
    "pack_empty": Texts("{pack}: nothing answered", "{pack}：尚未作答"),
    "no_findings": Texts("No findings yet: answer first.", "尚无结论：请先作答。"),
    "why": Texts("WHY (decisive first)", "理由（决定性在前）"),
    "would_settle": Texts("WOULD SETTLE IT", "可定论"),
    "matters_to": Texts("matters to {n} findings", "影响{n}项结论"),
    "matters_to_one": Texts("matters to 1 finding", "影响1项结论"),
    "readings": Texts("READINGS", "读法"),
    "do": Texts("DO", "应做"),
    "cite": Texts("CITE", "依据"),
    "note": Texts("NOTE", "注"),
    "cannot_fail": Texts("cannot fail", "不会不符合"),
    "cannot_pass": Texts("cannot pass", "不会符合"),
    "applies_not": Texts("Does not apply: {why}", "不适用：{why}"),
    "more_not_decisive": Texts("{n} more, not decisive", "另有{n}项，非决定性"),
    "in_time_until": Texts("in time until {day}", "不晚于{day}完成即为及时"),
    "held": Texts("held open by a point of law under review", "因法律要点待核对而未定"),
    "line": Texts("line {line}:{column}", "第{line}行{column}列"),
    # rules
    "no_rule_in_filter": Texts(
        "No rule has these words ({what}). Esc clears them.",
        "没有规则含有这些字词（{what}）。按 Esc 清除。",
    ),
    "rule_filter_prompt": Texts("words in title, id or article", "标题、编号或条款中的字词"),
    "examples_and_yaml": Texts(
        "Enter: with its YAML and {n} examples, run", "回车：含规则文件原文与{n}个示例的运行结果"
    ),
    "examples_running": Texts("running the examples …", "正在运行示例……"),
    "this_profile": Texts("THIS PROFILE", "本档案"),
    "and_more": Texts("and {n} more", "另有{n}项"),
    "no_finding_that_day": Texts(
        "no finding: not in force that day, a draft left out, or nothing to judge",
        "没有结论：该日未施行、草案未纳入，或没有可判断的事项",
    ),
    "years_help": Texts(
        "├ in force  ┄ partly displaced  ┤ ended  D draft published  × another text took its "
        "place  ▾ the day of law",
        "├ 施行  ┄ 部分被取代  ┤ 失效  D 草案公布  × 为其他文本取代  ▾ 适用法律之日",
    ),
    "drafts_shown": Texts("Drafts are judged too; they never count", "已纳入草案；草案不计入结果"),
    "drafts_left_out": Texts("Drafts are left out", "未纳入草案"),
    # dates
    "soon_days": Texts("soon = 30 days", "即将到期 = 30天"),
    "no_dates": Texts(
        "No dated acts: nothing that applies sets a day.",
        "没有有期限的事项：适用的规定未设定日期。",
    ),
    "past_folded": Texts("{n} past or done; Enter shows them", "{n}项已过或已完成；回车展开"),
    "past_open": Texts("{n} past or done; Enter folds them", "{n}项已过或已完成；回车折叠"),
    "more_in_view": Texts("… {n} more: ↑↓", "……另有{n}项：↑↓"),
    "earlier": Texts("◂ {n} earlier", "◂ 更早{n}项"),
    "later": Texts("{n} later ▸", "更晚{n}项 ▸"),
    "from_expected": Texts("from an expected day", "自预计日期起算"),
    "provisional_day": Texts("provisional", "暂定"),
    "no_calendar_year": Texts("no calendar for {year}", "没有{year}年的日历"),
    "if_reading": Texts("if: {reading}", "若：{reading}"),
    "of_a_draft": Texts("draft", "草案"),
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
    # compare
    "climbing": Texts("looking at each edition of the law …", "正在查看各版本的法律……"),
    "today_side": Texts("today, {day}", "今日（{day}）"),
    "draft_side": Texts("{name} (draft)", "{name}（草案）"),
    "more_editions": Texts("… {n} more: w", "……另有{n}段：w"),
    "nothing_applies": Texts("nothing applies", "无适用规定"),
    "cannot_compare": Texts(
        "Not compared: {why}. e changes sides.", "无法比较：{why}。按 e 更换。"
    ),
    "draft_with_law": Texts(
        "a draft is compared with a day of law over this profile",
        "草案只能与本档案在某日适用的法律比较",
    ),
    "draft_needs_d": Texts("drafts are left out; d shows them", "未纳入草案；按 d 纳入"),
    "proofs_help": Texts(
        "≠ marks lines that only one of the two proofs has", "≠ 标出仅一侧推理具有的行"
    ),
    "which_side": Texts("Which side?", "更换哪一侧？"),
    "what_side": Texts("What shall {side} be?", "{side}侧为何？"),
    "a_day_of_law": Texts("the law of a day …", "某日的法律……"),
    "another_profile": Texts("another profile …", "另一档案……"),
    "drafts_by_d": Texts("{n} drafts: Enter shows them, as d does", "{n}件草案：回车纳入（同 d）"),
    "before_edition": Texts("the day before {names}", "{names}之前一日"),
    "profile_prompt": Texts("Its file, as company.yaml", "档案文件，如 company.yaml"),
    "law_prompt": Texts("Day of law, as 2024-03-21", "适用哪一日的法律，如 2024-03-21"),
    "which_day": Texts("Which day?", "更改哪个日期？"),
    "choose_as_of": Texts("Day of evaluation: {day}", "评估日：{day}"),
    "choose_law": Texts("Day of law: {day}", "适用法律之日：{day}"),
    "choose_law_same": Texts("Day of law: that of evaluation again", "适用法律之日：恢复为评估日"),
    "law_follows": Texts("that of evaluation", "同评估日"),
    "compare_with": Texts("Compare with a day …", "与某日比较……"),
    # why
    "why_asked": Texts("Why is this asked?", "为何询问？"),
    "waiting": Texts("Waiting for it", "等待此答案的条款"),
    "what_each_does": Texts("What each answer leads to", "各答案的后果"),
    # problems and files
    "problems_title": Texts("{n} problems in {file}", "{file} 有{n}处错误"),
    "problems_title_one": Texts("1 problem in {file}", "{file} 有1处错误"),
    "problems_help": Texts(
        "o opens the file at the line; it is read again as soon as it is saved.",
        "o 在该行打开文件；保存后自动重新读取。",
    ),
    "still_shown": Texts(
        "Findings shown are those from before the problems.", "显示的结论为出错之前的结论。"
    ),
    "changed_outside": Texts(
        "The file was changed outside and read again", "文件已在外部更改并重新读取"
    ),
    "broken_outside": Texts(
        "The file was changed outside and has problems now", "文件已在外部更改，现有错误"
    ),
    "gone_outside": Texts(
        "The file is gone; answers will write it anew", "文件已不存在；作答将重新写入"
    ),
    "merged": Texts(
        "The file had changed outside; your answer was added to it", "文件已在外部更改；答案已并入"
    ),
    "clash_title": Texts("This answer was changed outside too", "此答案也已在外部更改"),
    "mine": Texts("Mine: {text}", "采用我的：{text}"),
    "theirs": Texts("Theirs: {text}", "采用外部的：{text}"),
    "undone": Texts("Undone", "已撤销"),
    "redone": Texts("Redone", "已重做"),
    "nothing_to_undo": Texts("Nothing to undo", "没有可撤销的操作"),
    "nothing_to_redo": Texts("Nothing to redo", "没有可重做的操作"),
    "undo_outside": Texts(
        "The file was changed outside since; nothing was undone",
        "文件此后已在外部更改；未撤销",
    ),
    "is_read_only": Texts(
        "The file may not be written: answers live until you quit",
        "文件不可写：答案仅保留至退出",
    ),
    "cannot_write": Texts(
        "Not written: {why}. o opens the file.", "未写入：{why}。按 o 打开文件。"
    ),
    "no_editor": Texts("No editor: set $EDITOR", "未找到编辑器：请设置 $EDITOR"),
    "editor_failed": Texts("The editor could not be started: {why}", "无法启动编辑器：{why}"),
    "no_place": Texts("This stands in no file", "此项不在文件中"),
    "already_saved": Texts(
        "Already saved: every answer is in the file", "均已保存：每个答案都已写入文件"
    ),
    # start
    "start_title": Texts("Which company?", "选择企业档案"),
    "start_new": Texts("A new profile", "新建档案"),
    "start_open": Texts("Open a profile", "打开档案"),
    "start_example": Texts(
        "An example, copied beside you: {name}", "示例（复制到当前目录）：{name}"
    ),
    "file_name": Texts("File name, as company.yaml", "文件名，如 company.yaml"),
    "file_exists": Texts(
        "{name} is there already; open it, or choose another name",
        "{name} 已存在；请打开它或另选名称",
    ),
    "no_such_file": Texts("there is no file {name}", "没有文件 {name}"),
    "as_of_prompt": Texts("Day of evaluation, as 2026-11-24", "评估日，如 2026-11-24"),
    "bad_day": Texts("write a day as 2026-11-24", "请按 2026-11-24 的格式填写"),
    "help_title": Texts("Help (Esc closes it)", "帮助（按 Esc 关闭）"),
    # keys, by the id of the binding
    "key.quit": Texts("Quit", "退出"),
    "key.palette": Texts("palette", "命令"),
    "key.help": Texts("help", "帮助"),
    "key.language": Texts("English/中文", "中文/English"),
    "key.undo": Texts("undo", "撤销"),
    "key.redo": Texts("redo", "重做"),
    "key.save": Texts("save", "保存"),
    "key.tab1": Texts("Answer", "作答"),
    "key.tab2": Texts("Findings", "结论"),
    "key.tab3": Texts("Rules", "规则"),
    "key.tab4": Texts("Dates", "日期"),
    "key.tab5": Texts("Compare", "比较"),
    "key.act": Texts("done on …", "办理日期"),
    "key.zoom": Texts("zoom", "缩放"),
    "key.timeline": Texts("time line", "时间线"),
    "key.step": Texts("day", "日期"),
    "key.notyet": Texts("not yet", "尚未"),
    "key.sides": Texts("change sides", "更换两侧"),
    "key.proofs": Texts("proofs", "两侧推理"),
    "key.edition": Texts("edition", "版本"),
    "key.drafts": Texts("drafts", "草案"),
    "key.unfold": Texts("unfold", "展开"),
    "key.rule": Texts("rule", "规则"),
    "key.side": Texts("side pane", "侧栏"),
    "key.source": Texts("source", "原文"),
    "key.day": Texts("day", "评估日"),
    "key.goto": Texts("go to", "跳转"),
    "key.back": Texts("back", "上一题"),
    "key.skip": Texts("skip", "跳过"),
    "key.unknown": Texts("unknown", "未知"),
    "key.why": Texts("why", "为何"),
    "key.full": Texts("in full", "全文"),
    "key.accept": Texts("next", "继续"),
    "key.choose": Texts("choose", "选择"),
    "key.exact": Texts("exact", "确数"),
    "key.leave": Texts("leave field", "离开"),
    "key.mark": Texts("mark", "勾选"),
    "key.yes": Texts("yes/no", "是/否"),
    "key.no": Texts("no", "否"),
    "key.add": Texts("add", "添加"),
    "key.edit": Texts("edit", "修改"),
    "key.remove": Texts("remove", "删除"),
    "key.status": Texts("status", "状态"),
    "key.filter": Texts("filter", "筛选"),
    "key.open": Texts("open", "打开"),
    "key.clear": Texts("clear", "清除"),
    "key.close": Texts("close", "关闭"),
    "key.theme": Texts("theme", "主题"),
    "key.screenshot": Texts("screenshot", "截图"),
    "help.question": Texts("Answer this question", "回答此问题"),
    "help.finding": Texts("Show this finding", "查看此结论"),
    "help.date": Texts("Show this date", "查看此日期"),
    "help.rule": Texts("Show this rule", "查看此规则"),
    "help.instrument": Texts("Show this instrument", "查看此文件"),
}

# What Textual itself calls the keys of its widgets, for the help panel in Chinese.
TEXTUAL_KEYS: Mapping[str, str] = {
    "Focus Next": "下一个焦点",
    "Focus Previous": "上一个焦点",
    "Copy selected text": "复制所选文字",
    "Quit": "退出",
    "Next option": "下一选项",
    "Previous option": "上一选项",
    "Toggle": "选中",
    "Toggle option": "勾选",
    "Down": "向下",
    "Up": "向上",
    "First": "第一项",
    "Last": "最后一项",
    "Select": "选择",
    "Page Down": "下一页",
    "Page Up": "上一页",
    "Cursor Up": "向上",
    "Cursor Down": "向下",
    "Cursor to parent": "上一级",
    "Cursor to next ancestor": "下一个上级",
    "Cursor to previous sibling": "上一个同级",
    "Cursor to next sibling": "下一个同级",
    "Expand or collapse all": "全部展开或折叠",
    "Scroll Up": "向上滚动",
    "Scroll Down": "向下滚动",
    "Scroll Left": "向左滚动",
    "Scroll Right": "向右滚动",
    "Scroll Home": "到开头",
    "Scroll End": "到末尾",
    "Page Left": "左一页",
    "Page Right": "右一页",
    "Move cursor left": "光标左移",
    "Move cursor right or accept the completion suggestion": "光标右移",
    "Previous tab": "上一标签",
    "Next tab": "下一标签",
}
