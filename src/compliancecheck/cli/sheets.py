"""The sheet that a text report is laid out on: as wide as the terminal, or plain in a file."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from compliancecheck.cli import options
from compliancecheck.cli.screen import screen

if TYPE_CHECKING:
    from compliancecheck.reports.sheet import Sheet


def sheet_for(to: options.Output, args: argparse.Namespace) -> Sheet:
    """The sheet for one output: in a file 80 columns without colour."""
    from compliancecheck.reports.sheet import Sheet

    lang = options.language(args)
    if to.file is not None:
        return Sheet(lang=lang)
    shown = screen(options.color(args))
    return Sheet(shown.width, lang, shown.ascii, shown.color)
