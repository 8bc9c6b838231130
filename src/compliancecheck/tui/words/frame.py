"""The words of the frame, of files and their problems, and of the first screen."""

from compliancecheck.model.texts import Texts

WORDS = {
    "setting_not_kept": Texts(
        "This holds until you quit: {name} cannot be written",
        "仅本次有效：无法写入 {name}",
    ),
    "answer_tab": Texts("Answer", "作答"),
    "findings_tab": Texts("Findings", "结论"),
    "rules_tab": Texts("Rules", "规则"),
    "dates_tab": Texts("Dates", "日期"),
    "compare_tab": Texts("Compare", "比较"),
    "no_company": Texts("(no name yet)", "（未填名称）"),
    "saved": Texts("saved", "已保存"),
    "judging": Texts("judging …", "正在评估…"),
    "judging_entries": Texts("judging {n} entries …", "正在评估{n}个条目…"),
    "reading_file": Texts("reading {file} …", "正在读取 {file}…"),
    "answers_wait": Texts("answers not written", "答案未写入"),
    "new_file": Texts("new, nothing written yet", "新档案，尚未写入"),
    "file_gone": Texts("the file is gone", "文件已不存在"),
    "as_of": Texts("as of {day}", "评估日 {day}"),
    "law_of": Texts("law of {day}", "适用{day}的法律"),
    "with_drafts": Texts("drafts shown", "含草案"),
    "read_only": Texts("read-only", "只读"),
    "stale": Texts("stale", "旧结论"),
    "broken": Texts("file has problems", "文件有误"),
    "swap_panes": Texts("other pane", "换栏"),
    "too_small": Texts("needs 40×10", "至少需要 40×10"),
    "problems_title": Texts("{n} problems in {file}", "{file} 有{n}处错误"),
    "problems_title_one": Texts("1 problem in {file}", "{file} 有1处错误"),
    "problems_help": Texts(
        "o opens the file at the line; it is read again as soon as it is saved.",
        "o 在该行打开文件；保存后自动重新读取。",
    ),
    "problems_mend": Texts(
        "These answers contradict each other. Enter answers one anew, o opens the file, "
        "^z takes the last answer back.",
        "以下答案相互矛盾。回车可重新回答其中一项，o 打开文件，^z 撤销上一个答案。",
    ),
    "still_shown": Texts(
        "Findings shown are those from before the problems.", "显示的结论为出错之前的结论。"
    ),
    "changed_outside": Texts(
        "The file was changed outside and read again", "文件已在外部更改并重新读取"
    ),
    "broken_outside": Texts(
        "The file was changed outside and has problems now. {place}: {why}",
        "文件已在外部更改，现有错误。{place}：{why}",
    ),
    "gone_outside": Texts(
        "The file is gone; ^z brings it back, an answer begins it anew",
        "文件已不存在；^z 可恢复，作答则重新开始",
    ),
    "merged": Texts(
        "The file had changed outside; your answer was added to it", "文件已在外部更改；答案已并入"
    ),
    "as_of_evidence": Texts(
        "This answer counts as of {day}, the day of its evidence; m changes that",
        "此答案按其证明材料的日期 {day} 计；按 m 修改",
    ),
    "as_of_profile": Texts(
        "“Not yet” counts as of {day}, the day of the profile",
        "“尚未”按档案日期 {day} 计",
    ),
    "clash_title": Texts(
        "{what}: changed outside too. Esc keeps theirs.",
        "{what}：外部也已更改。Esc 保留外部的答案。",
    ),
    "mine": Texts("Mine: {text}", "采用我的：{text}"),
    "theirs": Texts("Theirs: {text}", "采用外部的：{text}"),
    "theirs_deleted": Texts("Theirs: deleted", "采用外部的：已删除"),
    "undone": Texts("Undone", "已撤销"),
    "redone": Texts("Redone", "已重做"),
    "undone_what": Texts("Undone: {what}", "已撤销：{what}"),
    "redone_what": Texts("Redone: {what}", "已重做：{what}"),
    "no_answer": Texts("no answer", "未作答"),
    "item_is_back": Texts("“{name}” is in the list", "“{name}”在列表中"),
    "item_is_out": Texts("“{name}” is not in the list", "“{name}”不在列表中"),
    "verdicts_turned": Texts("{n} verdicts turned", "{n}项结论有变"),
    "turned_outside": Texts(
        "The file was changed outside and read again: {what}", "文件已在外部更改并重新读取：{what}"
    ),
    "nothing_to_undo": Texts("Nothing to undo", "没有可撤销的操作"),
    "nothing_to_redo": Texts("Nothing to redo", "没有可重做的操作"),
    "undo_outside": Texts(
        "The same was changed outside since; nothing was undone",
        "同一处此后已在外部更改；未撤销",
    ),
    "turned_merged": Texts("Done; what was changed outside stays", "已完成；外部的更改予以保留"),
    "is_read_only": Texts(
        "The file or its folder may not be written: answers live until you quit; "
        "“Write as …” (^p) keeps them",
        "文件或其目录不可写：答案仅保留至退出；可用“另存为”（^p）保存",
    ),
    "disk_full": Texts(
        "The disk is full: answers live until you quit, and are written with the next one if "
        "there is room; “Write as …” (^p) keeps them elsewhere",
        "磁盘已满：答案仅保留至退出，有空间后随下一个答案一并写入；可用“另存为”（^p）存到别处",
    ),
    "unwritten_changed": Texts(
        "Another program changed the file while your answers waited: they are not in it; "
        "“Write as …” (^p) keeps them",
        "答案等待写入期间文件已在外部更改：答案未写入；可用“另存为”（^p）保存",
    ),
    "unwritten_failed": Texts(
        "Not written ({why}): answers live until you quit; “Write as …” (^p) keeps them",
        "未写入（{why}）：答案仅保留至退出；可用“另存为”（^p）保存",
    ),
    "write_as": Texts("Write as … (all answers to a new file)", "另存为……（全部答案写入新文件）"),
    "write_as_name": Texts("Name of the new file, as company.yaml", "新文件名，如 company.yaml"),
    "written_as": Texts(
        "All answers are in {name} now; the app goes on with it",
        "全部答案已写入 {name}，此后即用该文件",
    ),
    "compare_both": Texts("Compare: both lines in the file", "比较：文件中的两行"),
    "line_mine": Texts("Mine would be line {n}:", "我的将在第{n}行："),
    "line_theirs": Texts("Theirs is line {n}:", "外部的在第{n}行："),
    "line_deleted": Texts("Theirs is deleted; it was line {n}:", "外部已删除，原在第{n}行："),
    "leave_waiting": Texts("Some answers are not in the file", "有答案尚未写入文件"),
    "leave_stay": Texts("Stay", "留下"),
    "leave_lose": Texts("Quit and lose them", "退出并放弃这些答案"),
    "cannot_write": Texts(
        "Not written: {why}. o opens the file.", "未写入：{why}。按 o 打开文件。"
    ),
    "no_editor": Texts("No editor: set $EDITOR", "未找到编辑器：请设置 $EDITOR"),
    "editor_failed": Texts("The editor could not be started: {why}", "无法启动编辑器：{why}"),
    "no_place": Texts("This stands in no file", "此项不在文件中"),
    "already_saved": Texts(
        "Already saved: every answer is in the file", "均已保存：每个答案都已写入文件"
    ),
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
}
