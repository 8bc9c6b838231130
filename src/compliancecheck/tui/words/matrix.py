"""The words of the matrix of several profiles."""

from compliancecheck.model.texts import Texts

WORDS = {
    "companies": Texts("Companies", "企业"),
    "matrix_count": Texts("{n} companies", "{n}家企业"),
    "matrix_one": Texts("1 company", "1家企业"),
    "matrix_of": Texts("{done} of {n} companies", "{n}家企业中的{done}家"),
    "matrix_rules": Texts("{n} rules shown", "显示{n}条规则"),
    "matrix_only": Texts("only rules with {status}", "仅显示有“{status}”的规则"),
    "matrix_skipped": Texts(
        "{n} files skipped: no profile's keys", "跳过{n}个文件：不含企业档案的键"
    ),
    "matrix_skipped_one": Texts(
        "1 file skipped: no profile's keys", "跳过1个文件：不含企业档案的键"
    ),
    "matrix_cut": Texts("the first {n}; / narrows the list", "仅显示前{n}家；/ 可筛选"),
    "matrix_none": Texts(
        "No profile here. A profile is a YAML file with the keys of one.",
        "此处没有企业档案。企业档案是含有相应键的 yaml 文件。",
    ),
    "matrix_no_match": Texts(
        "No company with “{words}”. Esc shows all.", "没有含“{words}”的企业。按 Esc 显示全部。"
    ),
    "cell_none": Texts("this rule was not judged", "未评估此规则"),
    "cell_unasked": Texts("nothing of “{pack}” is answered yet", "“{pack}”尚无任何答案"),
    "cell_items": Texts("{n} items", "{n}项"),
    "matrix_problems": Texts("{n} problems", "{n}个问题"),
    "matrix_problem": Texts("1 problem", "1个问题"),
    "matrix_problems_in": Texts("cannot be evaluated: {why}", "无法评估：{why}"),
    "matrix_worst": Texts("worst first", "最严重的在前"),
    "key.order": Texts("order", "排序"),
    "key.companies": Texts("companies", "企业"),
}
