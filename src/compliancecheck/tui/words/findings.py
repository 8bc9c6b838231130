"""The words of the findings and of their proofs."""

from compliancecheck.model.texts import Texts

WORDS = {
    "by_status": Texts("by: status", "按状态"),
    "by_instrument": Texts("by: instrument", "按文件"),
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
    "would_settle": Texts("WOULD SETTLE IT", "可使其定论"),
    "matters_to": Texts("matters to {n} findings", "影响{n}项结论"),
    "matters_to_one": Texts("matters to 1 finding", "影响1项结论"),
    "readings": Texts("READINGS", "读法"),
    "do": Texts("DO", "应做"),
    "find_out": Texts("Find out and answer: {what}", "查明并作答：{what}"),
    "if_not_met": Texts("IF NOT MET", "如不符合"),
    "cite": Texts("CITE", "依据"),
    "note": Texts("NOTE", "注"),
    "cannot_fail": Texts("cannot fail", "不会不符合"),
    "cannot_pass": Texts("cannot pass", "不会符合"),
    "applies_not": Texts("Does not apply: {why}", "不适用：{why}"),
    "more_not_decisive": Texts("{n} more, not decisive", "另有{n}项，非决定性"),
    "in_time_until": Texts("in time until {day}", "不晚于{day}完成即为及时"),
    "held": Texts("held open by a point of law under review", "因法律要点待核对而未定"),
    "line": Texts("line {line}:{column}", "第{line}行{column}列"),
}
