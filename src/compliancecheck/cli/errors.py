"""What ends a command early: a wrong command line, or one that cannot be carried out."""

from __future__ import annotations

from compliancecheck.model.texts import Texts

OK = 0
FINDINGS = 1
WRONG_INPUT = 2
OUR_FAULT = 70


class UsageError(Exception):
    """The command line is wrong; *advice* says what to write instead."""

    def __init__(self, says: Texts, advice: Texts | None = None) -> None:
        super().__init__(says.en)
        self.says = says
        self.advice = advice


class Stop(Exception):
    """The command cannot go on; what is wrong was already said. *code* is the exit code."""

    def __init__(self, code: int = WRONG_INPUT) -> None:
        super().__init__(code)
        self.code = code
