"""The words of the review, and of evidence."""

from compliancecheck.model.texts import Texts

WORDS = {
    "review_title": Texts("Review: all questions", "复核：全部问题"),
    "review_all": Texts("all", "全部"),
    "review_open": Texts("open {n}", "待答 {n}"),
    "review_unknown": Texts("unknown {n}", "未知 {n}"),
    "review_answered": Texts("answered {n}", "已答 {n}"),
    "review_words": Texts("words in question, item or fact", "问题、项目或事实中的字词"),
    "review_cut": Texts(
        "the first {n} rows; / and f narrow the list", "仅显示前{n}行；/ 与 f 可筛选"
    ),
    "nothing_to_review": Texts(
        "No question in this filter. Esc clears it.", "此筛选下没有问题。按 Esc 清除。"
    ),
    "review_readings": Texts("Unsettled points of law", "未定的法律要点"),
    "is_open": Texts("open", "待答"),
    "one_item": Texts("1 in the list", "列表中有1项"),
    "many_items": Texts("{n} in the list", "列表中有{n}项"),
    "not_needed_short": Texts("not needed ({why})", "无需回答（{why}）"),
    "not_needed_since": Texts("Not needed: {why}", "无需回答：{why}"),
    "closed_by": Texts("follows from “{what}”", "由“{what}”得出"),
    "no_rule_uses": Texts("no verdict rests on it", "没有结论以此为据"),
    "rule_applies_not": Texts("the rule that uses it does not apply", "使用它的规则不适用"),
    "rules_apply_not": Texts("the {n} rules that use it do not apply", "使用它的{n}条规则均不适用"),
    "turns_on_reading": Texts("an unsettled point of law decides", "取决于未定的法律要点"),
    "settled_without": Texts("its rules are settled without it", "无此答案，相关规则已有定论"),
    "review_open_says": Texts("Not answered; it still matters.", "尚未回答，仍有影响。"),
    "review_skipped_says": Texts("Skipped; it still matters.", "已跳过，仍有影响。"),
    "as_written": Texts("as written: {text}", "原文写法：{text}"),
    "used_by": Texts("USED BY {n} RULES", "{n}条规则使用"),
    "reading_open": Texts(
        "Open: each reading is shown with its verdict.", "未定：分别显示各读法的结论。"
    ),
    "reading_idle": Texts("nothing turns on it now", "目前没有结论取决于它"),
    "reading_adopted": Texts("Adopted: {choice}", "已采用：{choice}"),
    "has_evidence": Texts(" (evidence)", "（有证明材料）"),
    "evidence_head": Texts("EVIDENCE", "证明材料"),
    "no_evidence": Texts("no evidence; m adds it", "无证明材料；m 添加"),
    "evidence_source": Texts("Source: document, page, system", "来源：文件、页码、系统"),
    "evidence_who": Texts("By: who says so", "提供人：由谁说明"),
    "evidence_dated": Texts(
        "Dated: as of which day, as 2026-11-24", "日期：截至哪一日，如 2026-11-24"
    ),
    "evidence_line": Texts("evidence: {text}", "证明材料：{text}"),
    "evidence_help": Texts(
        "Enter goes to the next field, after the last one it is written. "
        "All empty takes the evidence out. Esc changes nothing.",
        "回车到下一栏，最后一栏回车后写入。全部留空即删除证明材料。Esc 不作更改。",
    ),
    "evidence_to_come": Texts("That day is still to come", "该日期尚未到来"),
    "evidence_needs_answer": Texts(
        "Evidence is for an answer; give the answer first", "证明材料针对答案；请先作答"
    ),
}
