"""Days that are counted from others, in words: ``10 working days after the date of filing``."""

from __future__ import annotations

from compliancecheck.model.conditions import Before, Shift, Unit
from compliancecheck.model.texts import Texts

_UNITS = {
    "year": "年",
    "month": "个月",
    "day": "日",
    "working day": "个工作日",
}


def period_words(amount: int, unit: Unit) -> Texts:
    """A period: ``3 years and 6 months``, ``10 working days``."""
    if unit is Unit.MONTHS:
        years, months = divmod(amount, 12)
        parts = [(n, word) for n, word in ((years, "year"), (months, "month")) if n]
        parts = parts or [(0, "month")]
    else:
        parts = [(amount, "day" if unit is Unit.DAYS else "working day")]
    en = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts]
    return Texts(" and ".join(en), "".join(f"{n}{_UNITS[word]}" for n, word in parts))


def shift_words(value: Shift, base: Texts) -> Texts:
    """A moved day, from the words of the day that is moved."""
    period, back = period_words(abs(value.amount), value.unit), value.amount < 0
    if value.unit is Unit.MONTHS:
        sign = ("minus", "减") if back else ("plus", "加")
        en, zh = f"{base.en} {sign[0]} {period.en}", f"{base.zh}{sign[1]}{period.zh}"
    elif back:
        en, zh = f"{period.en} before {base.en}", f"{base.zh}前{period.zh}"
    else:
        en, zh = f"{period.en} after {base.en}", f"{base.zh}后{period.zh}"
    if value.roll:
        return Texts(f"{en}, or the next working day", f"{zh}（遇休息日顺延）")
    return Texts(en, zh)


def before_words(value: Before, end: Texts) -> Texts:
    """A day that is counted back from the end of a validity."""
    period = period_words(value.amount, value.unit)
    if value.window:
        return Texts(
            f"the first of the {period.en} before {end.en}", f"{end.zh}前{period.zh}的第一日"
        )
    return Texts(f"at least {period.en} before {end.en}", f"至少在{end.zh}前{period.zh}")


def due_words(counted: Texts) -> Texts:
    """The due day of a deadline, with how it is counted."""
    return Texts(f"the due day ({counted.en})", f"到期日（{counted.zh}）")
