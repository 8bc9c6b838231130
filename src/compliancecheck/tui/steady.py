"""Widgets that are laid out once: Textual lays each out again when it learns its own size."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget


class Steady(Widget):
    """The size of its content follows from the layout: it asks for no layout and no painting.

    Whoever gets another size is painted anyway, and a scroll bar that comes or goes asks for a
    layout itself. It stands behind the first base of a class: styles and queries follow that
    one only.
    """

    virtual_size = Reactive(Size(0, 0), repaint=False)
