"""The words of plain mode."""

from compliancecheck.model.texts import Texts

WORDS = {
    "plain_opened": Texts(
        "compliancecheck, plain mode: {file}, as of {day}.", "纯文本模式：{file}，评估日 {day}。"
    ),
    "plain_begin": Texts(
        "Each answer is in the file before the next question. Type help for the words, quit to "
        "leave.",
        "每个答案都在下一题之前写入文件。输入“帮助”查看可用的词，输入“退出”离开。",
    ),
    "plain_progress": Texts("{title}, {n} of about {all}", "{title}，第{n}题，约{all}题"),
    "plain_now": Texts("Answered: {value}. Enter keeps it.", "已答：{value}。回车保留。"),
    "plain_saved": Texts("Saved. {what}", "已保存。{what}"),
    "plain_as_of_evidence": Texts(
        "It counts as of {day}, the day of its evidence; `evidence` changes that.",
        "按其证明材料的日期 {day} 计；输入“证据”修改。",
    ),
    "plain_as_of_profile": Texts(
        "“Not yet” counts as of {day}, the day of the profile.",
        "“尚未”按档案日期 {day} 计。",
    ),
    "plain_noted": Texts("Noted, not in the file. {what}", "已记下，未写入文件。{what}"),
    "plain_unwritten": Texts(
        "The file could not be written ({why}): answers live until you leave; write NEW.yaml "
        "puts all of them into a new file.",
        "无法写入文件（{why}）：答案仅保留至退出；输入“另存 新文件.yaml”可全部写入新文件。",
    ),
    "plain_read_only": Texts(
        "The file may not be written: answers live until you leave; write NEW.yaml puts all of "
        "them into a new file.",
        "文件不可写：答案仅保留至退出；输入“另存 新文件.yaml”可全部写入新文件。",
    ),
    "plain_cannot_be_made": Texts(
        "{file} cannot be written ({why}): answers live until you leave; write NEW.yaml puts all "
        "of them into a file elsewhere.",
        "{file} 无法写入（{why}）：答案仅保留至退出；输入“另存 新文件.yaml”可写入别处。",
    ),
    "folder_denied": Texts("the folder {name} may not be written", "文件夹 {name} 不可写"),
    "plain_refused": Texts("Not written: {why}.", "未写入：{why}。"),
    "plain_to_read": Texts("{n} more rules to read", "另有{n}条规则须知"),
    "plain_one_to_read": Texts("1 more rule to read", "另有1条规则须知"),
    "plain_kept": Texts("Kept.", "保留不变。"),
    "plain_skipped": Texts("Skipped; asked once more at the end.", "已跳过；最后再问一次。"),
    "plain_more_changes": Texts("… and {n} more: findings", "……另有{n}项：输入“结论”"),
    "plain_gates": Texts(
        "Type the numbers that concern you, as 1, 2; none if none does; 2? if you do not know of "
        "2. What you leave out is answered no.",
        "输入与贵公司有关的编号，如 1，2；都无关请输入“没有”；不清楚第2项请输入 2?。"
        "未写的记为“否”。",
    ),
    "plain_choose": Texts(
        "Type a number from 1 to {n}, or ? if not known.", "请输入1至{n}的编号；未知请输入 ?。"
    ),
    "plain_yes_no": Texts(
        "Type y or n, or ? if not known.", "请输入 y（是）或 n（否）；未知请输入 ?。"
    ),
    "plain_band": Texts(
        "Type a number from 1 to {n}; or = and a value or a range, as ={example}; or ? if not "
        "known.",
        "请输入1至{n}的编号；或以 = 开头输入确数或范围，如 ={example}；未知请输入 ?。",
    ),
    "plain_value": Texts(
        "Type a value or a range, as {example}; or ? if not known.",
        "请输入确数或范围，如 {example}；未知请输入 ?。",
    ),
    "plain_day": Texts(
        "Type a day, as {example}; or ? if not known.", "请输入日期，如 {example}；未知请输入 ?。"
    ),
    "plain_event": Texts(
        "Type a day, as {example}; n if not yet; ? if not known.",
        "请输入日期，如 {example}；尚未请输入 n；未知请输入 ?。",
    ),
    "plain_or_not_yet": Texts("n if not yet.", "尚未请输入 n。"),
    "plain_set": Texts(
        "Type all numbers that are in it, as 1, 3; or ? if not known.",
        "请输入所有包含项的编号，如 1，3；未知请输入 ?。",
    ),
    "plain_text": Texts(
        "Type the text; = before it if it is one of the words of help.",
        "请输入文字；若与帮助中的词相同，请在前面加 =。",
    ),
    "plain_name": Texts("Type one: {what}; Enter goes on.", "请输入{what}；回车继续。"),
    "plain_first_name": Texts(
        "Type one: {what}; none if there are none; ? if not known.",
        "请输入{what}；没有请输入“没有”；未知请输入 ?。",
    ),
    "plain_first_choice": Texts(
        "Type a number to add it; none if there are none; ? if not known.",
        "请输入要添加的编号；没有请输入“没有”；未知请输入 ?。",
    ),
    "plain_next_choice": Texts(
        "Type a number to add it; Enter goes on.", "请输入要添加的编号；回车继续。"
    ),
    "plain_items": Texts("So far: {names}", "已有：{names}"),
    "plain_items_long": Texts(
        "So far {n}: {names} …; list names all", "已有{n}项：{names}……；输入“列表”查看全部"
    ),
    "plain_reading": Texts(
        "Type a number to adopt one, or s to leave it open.",
        "请输入编号采用一种读法，或输入“跳过”保留未定。",
    ),
    "plain_menu": Texts(
        "Type a number, or Enter to go back to the question.", "请输入编号，或按回车返回问题。"
    ),
    "plain_menu_more": Texts("{n} more: type more.", "还有{n}项：输入“更多”。"),
    "plain_end": Texts("Type a number.", "请输入编号。"),
    "plain_clash": Texts(
        "Another program answered the same. Type a number from 1 to {n}.",
        "其他程序也回答了此题。请输入1至{n}的编号。",
    ),
    "plain_no_choice": Texts("There is no {typed} here.", "没有编号{typed}。"),
    "plain_from_to": Texts("type a number from 1 to {n}", "请输入1至{n}的编号"),
    "plain_exact_so": Texts("for the value itself type ={typed}", "若指数值本身，请输入 ={typed}"),
    "plain_not_an_answer": Texts("That is no answer here: {typed}", "此处不能这样回答：{typed}"),
    "plain_perhaps": Texts("perhaps {word}?", "是否指“{word}”？"),
    "plain_nothing_typed": Texts(
        "Nothing was typed; s skips the question.", "未输入内容；输入“跳过”可跳过此题。"
    ),
    "plain_too_long": Texts("That line is too long and was not read.", "该行过长，未读取。"),
    "plain_cannot": Texts("That means nothing here.", "此处不适用。"),
    "plain_first": Texts("This is the first question.", "这是第一个问题。"),
    "plain_no_list": Texts(
        "No list of items is being asked here; `list` names the questions.",
        "此处没有项目列表；输入“列表”查看问题。",
    ),
    "plain_no_item": Texts("There is no item {name}.", "没有名为{name}的项目。"),
    "plain_name_it": Texts("Say which: {example}", "请说明是哪一项：{example}"),
    "plain_say_find": Texts("find WORDS", "查找 字词"),
    "plain_go_dates": Texts("The dates", "查看日期"),
    "plain_say_write": Texts("write FILE", "另存 文件名"),
    "plain_written": Texts("All answers are in {file} now.", "全部答案现已写入 {file}。"),
    "plain_say_add": Texts("add NAME", "添加 名称"),
    "plain_say_remove": Texts("remove NAME", "删除 名称"),
    "plain_say_copy": Texts("copy NAME = NEW", "复制 名称 = 新名称"),
    "plain_say_rename": Texts("rename NAME = NEW", "改名 名称 = 新名称"),
    "plain_removed": Texts(
        "Removed: {name}. undo brings it back.", "已删除：{name}。输入“撤销”可恢复。"
    ),
    "plain_added": Texts("Added: {name}.", "已添加：{name}。"),
    "plain_renamed": Texts("Now named: {name}.", "现名：{name}。"),
    "plain_still_asked": Texts(
        "Questions that still matter here: {n}", "此处仍有影响的问题：{n}个"
    ),
    "plain_nothing_asked": Texts("Nothing is asked here any more.", "此处没有需要再问的问题。"),
    "plain_found": Texts("Found: {n}", "找到{n}项"),
    "plain_found_nothing": Texts(
        "Nothing has these words: {words}", "没有内容含有这些字词：{words}"
    ),
    "plain_findings": Texts(
        "The worst first; type a number for the proof.",
        "最严重的在前；输入编号查看推理。",
    ),
    "plain_folded": Texts(
        "{n} may apply, of packs with no answer yet", "待定{n}项：所属规则包尚未作答"
    ),
    "plain_not_applicable": Texts(
        "{n} do not apply; findings all names them", "不适用{n}项；输入“结论 全部”列出"
    ),
    "plain_review": Texts(
        "All answers. Type a number to answer again.", "全部答案。输入编号可重新作答。"
    ),
    "plain_review_readings": Texts("Readings", "读法"),
    "plain_open_mark": Texts("open", "未答"),
    "plain_left_open": Texts("left open", "保留未定"),
    "plain_evidence": Texts("Evidence for: {what}", "证明材料：{what}"),
    "plain_evidence_source": Texts(
        "Source, as annual report 2025 p. 41", "来源，如 2025年年报第41页"
    ),
    "plain_evidence_by": Texts("Who says so", "由谁提供"),
    "plain_evidence_dated": Texts("Dated, as 2026-04-02", "日期，如 2026-04-02"),
    "plain_evidence_keep": Texts(
        "Enter keeps: {value}. - takes it out.", "回车保留：{value}。输入 - 删除。"
    ),
    "plain_evidence_none": Texts("Enter leaves it out.", "回车留空。"),
    "plain_no_evidence": Texts(
        "Evidence belongs to an answer: answer first.", "证明材料须针对答案：请先作答。"
    ),
    "plain_evidence_saved": Texts("Evidence saved.", "证明材料已保存。"),
    "plain_evidence_gone": Texts("Evidence taken out.", "证明材料已删除。"),
    "plain_evidence_noted": Texts("The evidence is another one now.", "证明材料已更改。"),
    "plain_no_evidence_given": Texts("No evidence was given.", "未填写证明材料。"),
    "plain_evidence_kept": Texts("The evidence stays as it was.", "证明材料保持不变。"),
    "plain_day_to_come": Texts("{day} is still to come", "{day} 尚未到来"),
    "plain_broken": Texts(
        "Mend the file, then press Enter; undo takes back the last answer given here.",
        "请修正文件后按回车；输入“撤销”可收回此处的上一个答案。",
    ),
    "plain_goodbye": Texts(
        "Everything is in {file}. To go on: {command}", "均已写入 {file}。继续作答：{command}"
    ),
    "plain_nothing_written": Texts(
        "Nothing was answered; {file} was not written.", "未作答；未写入 {file}。"
    ),
    "plain_not_saved": Texts(
        "{file} could not be written: answers given here are not in it.",
        "{file} 无法写入：此处有答案未能保存。",
    ),
    "plain_lang": Texts("English from here on.", "以下使用中文。"),
    "plain_help_title": Texts(
        "Words that you can type at any question:", "任何问题处都可输入以下词语："
    ),
    "plain_help_back": Texts("b, back: the question before", "返回：上一题"),
    "plain_help_skip": Texts("s, skip: leave it for later", "跳过：留待最后"),
    "plain_help_unknown": Texts("?, unknown: it is not known", "?、未知：不清楚"),
    "plain_help_why": Texts(
        "why: why this is asked, and what each answer leads to", "为何：为什么问，各答案的后果"
    ),
    "plain_help_list": Texts(
        "list: the questions that still matter, or the items of a list",
        "列表：仍有影响的问题，或列表中的项目",
    ),
    "plain_help_find": Texts(
        "find WORDS: a question, fact, rule, finding or date",
        "查找 字词：问题、事实、规则、结论或日期",
    ),
    "plain_help_findings": Texts(
        "findings, finding 3: what holds now, and the proof of one",
        "结论、结论 3：目前的结论，及其中一项的推理",
    ),
    "plain_help_dates": Texts("dates: what is to be done by when", "日期：何时之前应办何事"),
    "plain_help_review": Texts(
        "review: all answers, to answer one again", "复核：全部答案，可重新作答"
    ),
    "plain_help_evidence": Texts(
        "evidence: who says so, for the answer given last, or shown",
        "证据：上一个答案或当前答案的证明材料",
    ),
    "plain_help_undo": Texts(
        "undo, redo: take the last answer back, make it again",
        "撤销、重做：收回上一个答案，再次作出",
    ),
    "plain_help_items": Texts(
        "add NAME, remove NAME, copy NAME = NEW, rename NAME = NEW: items of a list",
        "添加 名称、删除 名称、复制 名称 = 新名称、改名 名称 = 新名称：列表中的项目",
    ),
    "plain_help_lang": Texts("lang: Chinese", "语言：英文"),
    "plain_help_literal": Texts(
        "=TEXT: TEXT as the answer, even if it is one of these words",
        "=文字：以该文字作答，即使与这些词相同",
    ),
    "plain_help_write": Texts(
        "write FILE: all answers into a new file", "另存 文件名：全部答案写入新文件"
    ),
    "plain_help_quit": Texts(
        "quit: leave; everything is in the file already", "退出：离开；均已写入文件"
    ),
}
