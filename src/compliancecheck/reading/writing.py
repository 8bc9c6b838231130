"""Answers back into a profile: pure functions from the old text to the new one.

Only the characters of a value change, or lines are put in or taken out.  The result is read
again: if anything but what was asked for is different, :class:`CannotSplice` is raised and the
old text stands.  Each takes the text with its byte order mark and line ends as they are on
disk; :func:`save` puts the new one there.
"""

from __future__ import annotations

from compliancecheck.reading.saving import ChangedOnDisk, read_for_change, remove, save
from compliancecheck.reading.splicing import CannotSplice
from compliancecheck.reading.writing_answers import (
    comment_answer,
    remove_answer,
    set_answer,
    set_dated,
    set_reading,
)
from compliancecheck.reading.writing_evidence import set_evidence
from compliancecheck.reading.writing_items import copy_item, rename_item
from compliancecheck.reading.writing_lists import add_item, remove_item, set_list, set_open
from compliancecheck.reading.writing_merge import merged

__all__ = [
    "CannotSplice",
    "ChangedOnDisk",
    "add_item",
    "comment_answer",
    "copy_item",
    "merged",
    "read_for_change",
    "remove",
    "remove_answer",
    "remove_item",
    "rename_item",
    "save",
    "set_answer",
    "set_dated",
    "set_evidence",
    "set_list",
    "set_open",
    "set_reading",
]
