"""The words of what-if."""

from compliancecheck.model.texts import Texts

WORDS = {
    "nearest": Texts("TO BE {what}: THE NEAREST CHANGES", "欲使其{what}：最接近的改动"),
    "what_if_looking": Texts("looking …", "正在查找……"),
    "nothing_written": Texts("what if: nothing is written", "假设：不写入任何内容"),
    "ghost_hint": Texts(
        "← → move a marker ○ along the strip: what would turn there",
        "← → 沿轴移动标记○：显示该处会有何改变",
    ),
    "ghost_now": Texts("The figure lies here now; nothing turns.", "数值现即在此处，无改变。"),
    "ghost_unreached": Texts(
        "No single answer moves the figure here.", "任何单独一项回答都不能使数值到此处。"
    ),
    "turns_with": Texts("{n} more turn with it", "另有{n}项随之改变"),
    "turns_nothing": Texts("nothing else turns", "其他结论不变"),
    "then_turns": Texts("WHAT TURNS WITH IT", "随之改变"),
    "then_turns_ghost": Texts("WHAT TURNS AT ○", "在○处随之改变"),
}
