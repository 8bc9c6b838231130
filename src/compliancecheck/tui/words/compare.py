"""The words of a comparison."""

from compliancecheck.model.texts import Texts

WORDS = {
    "climbing": Texts("looking at each edition of the law …", "正在查看各版本的法律……"),
    "compare_filter_prompt": Texts(
        "words in title, id, article or verdict", "标题、编号、条款或结论中的字词"
    ),
    "no_difference_in_filter": Texts(
        "No row has these words ({what}). Esc clears them.",
        "没有条目含有这些字词（{what}）。按 Esc 清除。",
    ),
    "today_side": Texts("today, {day}", "今日（{day}）"),
    "draft_side": Texts("{name} (draft)", "{name}（征求意见稿）"),
    "more_editions": Texts("… {n} more: w", "……另有{n}段：w"),
    "what_each_began": Texts("What began on each day: {pack}", "各日的变化：{pack}"),
    "same_sides": Texts(
        "A and B are the same law. ← takes A to earlier law, e chooses what is compared.",
        "A、B两侧为同一法律。按 ← 将A侧移至较早的法律，按 e 选择比较对象。",
    ),
    "problems_instead": Texts(
        "The file has problems: there is nothing to show. 1 lists them.",
        "文件有误，暂无内容。按 1 查看错误。",
    ),
    "nothing_applies": Texts("nothing applies", "无适用规定"),
    "cannot_compare": Texts(
        "Not compared: {why}. e changes sides.", "无法比较：{why}。按 e 更换。"
    ),
    "compare_too_many": Texts(
        "{n} findings are too many to be put side by side; above, what each edition asks",
        "共{n}条结论，数量过多，无法逐条对照；上方列出各版本的要求",
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
}
