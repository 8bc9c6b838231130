"""The words of the rules and of the page of a rule."""

from compliancecheck.model.texts import Texts

WORDS = {
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
        "├ 施行  ┄ 部分被取代  ┤ 失效  D 征求意见稿公布  × 为其他文本取代  ▾ 适用法律之日",
    ),
    "drafts_shown": Texts("Drafts are judged too; they never count", "已纳入草案；草案不计入结果"),
    "drafts_left_out": Texts("Drafts are left out", "未纳入草案"),
}
