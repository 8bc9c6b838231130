"""The words of the search for a place, of the palette, of copying and of writing to files."""

from compliancecheck.model.texts import Texts

WORDS = {
    "goto_title": Texts("Go to", "跳转"),
    "palette_title": Texts("Commands and places", "命令与位置"),
    "theme_title": Texts("Theme", "主题"),
    "goto_prompt": Texts(
        "words of a question, finding, rule, article, id", "问题、结论、规则、条款或编号中的字词"
    ),
    "nothing_found": Texts(
        "Nothing has all of these words: “{words}”", "没有同时含有以下字词的内容：“{words}”"
    ),
    "found_cut": Texts("the first {n}; more words narrow it", "仅显示前{n}项；输入更多字词可缩小"),
    "looking": Texts("reading the places …", "正在读取……"),
    "kind.question": Texts("question", "问题"),
    "kind.item": Texts("item", "事项"),
    "kind.finding": Texts("finding", "结论"),
    "kind.date": Texts("date", "日期"),
    "kind.rule": Texts("rule", "规则"),
    "kind.instrument": Texts("instrument", "文件"),
    "kind.article": Texts("article", "条款"),
    "kind.reading": Texts("point of law", "法律要点"),
    "kind.problem": Texts("problem", "错误"),
    "kind.theme": Texts("theme", "主题"),
    "take_title": Texts("Copy", "复制"),
    "write_to_file": Texts("Write to file …", "写入文件……"),
    "copied": Texts("Copied: {what}", "已复制：{what}"),
    "nothing_to_copy": Texts("Nothing to copy here", "此处没有可复制的内容"),
    "piece.selected": Texts("the selected text", "所选文字"),
    "piece.cursor": Texts("the text under the cursor", "光标处的文字"),
    "piece.page": Texts("the whole text", "全文"),
    "piece.rule": Texts("rule id", "规则编号"),
    "piece.instrument": Texts("instrument id", "文件编号"),
    "piece.fact": Texts("path of the fact", "事实路径"),
    "piece.question": Texts("the question", "问题"),
    "piece.citation": Texts("citation", "依据"),
    "piece.yaml": Texts("line of the file", "文件中的该行"),
    "piece.entry": Texts("the rule as it stands in its file", "规则在文件中的原文"),
    "piece.markdown": Texts("the finding as Markdown", "结论（带格式文本）"),
    "piece.act": Texts("the act with its days", "事项与日期"),
    "file_to_write": Texts("Name of the file", "文件名"),
    "name_taken": Texts(
        "{name} is there already; choose another name", "{name} 已存在；请另选名称"
    ),
    "name_is_folder": Texts("{name} is a folder", "{name} 是文件夹"),
    "no_folder": Texts("there is no folder {name}", "没有文件夹 {name}"),
    "write_which": Texts("Write which to a file?", "将哪一项写入文件？"),
    "written": Texts("Written: {name}", "已写入：{name}"),
    "not_written": Texts("Not written: {why}", "未写入：{why}"),
    "overwrite_title": Texts("{name} is there already. Replace it?", "{name} 已存在。是否替换？"),
    "overwrite_yes": Texts("Replace it", "替换"),
    "overwrite_no": Texts("Leave it as it is", "保留原文件"),
    "export_title": Texts("Export the whole report", "导出完整报告"),
    "export.md": Texts("Markdown: findings with proofs", "带格式文本：结论与推理"),
    "export.txt": Texts("Text: report and proofs", "纯文本：报告与推理"),
    "export.json": Texts("JSON: for programs", "数据：供程序读取"),
    "export.ics": Texts("Calendar: the dates", "日历：各项日期"),
    "exporting": Texts("writing the report …", "正在写入报告……"),
    "nothing_to_export": Texts(
        "There is no report yet: the file has problems", "尚无报告：文件有误"
    ),
    "settings_title": Texts("Settings and where they come from", "各项设置及其来源"),
    "quit_hint": Texts("q quits; ^q in a field", "按 q 退出；在输入框中按 ^q"),
    "copy_hint": Texts(
        "^c copies selected text: Shift and the arrows select it. ^q quits",
        "^c 复制选中的文字：按住 Shift 用方向键选取。^q 退出",
    ),
    "legend_strip": Texts("STRIP", "数轴"),
    "legend_time_line": Texts("TIME LINE", "时间线"),
    "legend_ladder": Texts("LADDER OF EDITIONS", "版本阶梯"),
    "legend_symbols": Texts("SYMBOLS", "符号"),
}
