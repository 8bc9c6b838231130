"""What ends a command early: a wrong command line, or one that cannot be carried out."""

from __future__ import annotations

OK = 0
FINDINGS = 1
WRONG_INPUT = 2
OUR_FAULT = 70


class UsageError(Exception):
    """The command line is wrong; *hint* says what to write instead."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Stop(Exception):
    """The command cannot go on; what is wrong was already said. *code* is the exit code."""

    def __init__(self, code: int = WRONG_INPUT) -> None:
        super().__init__(code)
        self.code = code
