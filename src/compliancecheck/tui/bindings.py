"""Keys in the language of the screen: Textual shows what BINDINGS say; here they are translated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.screen import Screen
from textual.widgets import Footer, Input
from textual.widgets._footer import FooterKey

from compliancecheck.model.safe import cell_width
from compliancecheck.tui.steady import Steady
from compliancecheck.tui.symbols import dotted
from compliancecheck.tui.words import WORDS
from compliancecheck.tui.words.keys import TEXTUAL_KEYS

if TYPE_CHECKING:
    _Base = Screen[object]
else:
    _Base = object


class Translated(_Base):
    """A screen whose Footer and HelpPanel speak the app's language."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The active keys with translated descriptions; none that a text field would swallow."""
        lang = getattr(self.app, "lang", "en")
        typing = isinstance(self.focused, Input)
        found = {}
        for key, active in super().active_bindings.items():
            if typing and _is_typed(key):
                continue
            found[key] = active._replace(binding=self._translated(active.binding, lang))
        return found

    def all_active(self) -> Iterator[ActiveBinding]:
        """What is bound and works now, translated, also what a text field would swallow."""
        lang = getattr(self.app, "lang", "en")
        for active in super().active_bindings.values():
            yield active._replace(binding=self._translated(active.binding, lang))

    def _translated(self, binding: Binding, lang: str) -> Binding:
        name = "key." + (binding.id or "").split(".", 1)[0]
        if binding.action in ("command_palette", "app.command_palette") and not binding.id:
            name = "key.palette"
        if name in WORDS:
            binding = replace(binding, description=WORDS[name].get(lang))
        elif lang == "zh" and binding.description in TEXTUAL_KEYS:
            binding = replace(binding, description=TEXTUAL_KEYS[binding.description])
        if isinstance(self.focused, Input) and binding.key.startswith(("ctrl+", "f1")):
            display = binding.key.replace("ctrl+", "^").replace("f1", "F1")
            binding = replace(binding, key_display=display)
        choices = getattr(self.focused, "choices", None)
        if binding.id == "choose" and choices:
            last = min(len(choices), 9)
            binding = replace(binding, key_display=f"1-{last}" if last > 1 else "1")
        if getattr(self.app, "ascii", False):  # here dots have room
            binding = replace(binding, description=dotted(binding.description))
        if binding.id == "choose" and choices and len(choices) > 9:
            binding = replace(binding, key_display="↑↓ 1-9")
        return binding

    def named_keys(self) -> Iterator[tuple[str, str]]:
        """The keys that work now and have words of ours: how they are shown, and the words."""
        told = set()
        for active in self.active_bindings.values():
            binding = active.binding
            name = "key." + (binding.id or "").split(".", 1)[0]
            said = binding.action.split("(")[0], binding.description  # one line for both ways
            if name in WORDS and said not in told:
                told.add(said)
                yield self.app.get_key_display(binding), binding.description


def _is_typed(key: str) -> bool:
    """Whether a text field would take a key as a letter."""
    return len(key) == 1 or key in ("colon", "question_mark", "slash", "space", "equals_sign")


LEAST = (
    "review", "evidence", "exact", "choose", "why", "unknown", "skip", "leave", "back", "help",
)  # fmt: skip
"""What leaves the footer first where there is no room, by action; the help shows all keys."""


MOST = ("side", "select", "accept")
"""What leaves the footer last."""


class Key(FooterKey, Steady):
    """One key of the last line, drawn."""


class _Shown(NamedTuple):
    """One key of the last line."""

    key: str
    display: str
    description: str
    action: str
    enabled: bool = True
    tooltip: str = ""
    palette: bool = False

    @property
    def name(self) -> str:
        """The name of its action."""
        return self.action.split(".")[-1].split("(")[0]

    @property
    def width(self) -> int:
        """The cells it takes, with what parts it from the next one."""
        edge = 2 if self.palette else 1
        return cell_width(self.display) + 1 + cell_width(self.description) + edge

    def drawn(self) -> Key:
        """A widget for it."""
        classes = "-compact -command-palette" if self.palette else "-compact"
        return Key(
            self.key, self.display, self.description, self.action,
            disabled=not self.enabled, tooltip=self.tooltip, classes=classes,
        )  # fmt: skip

    def draw_on(self, widget: Key) -> None:
        """Let a widget that is there already show it."""
        widget.key, widget.action = self.key, self.action
        widget.key_display, widget.description = self.display, self.description
        widget._disabled = not self.enabled
        widget.set_class(not self.enabled, "-disabled")
        widget.tooltip = self.tooltip or None
        widget.refresh(layout=True)


class Keys(Footer):
    """The keys that work here; where not all have room, whole ones are left out, none is cut.

    Textual would make all of them anew whenever the focus moves, several times an answer: here
    those that stay are kept.
    """

    def __init__(self, *, palette: bool = True) -> None:
        super().__init__(compact=True, show_command_palette=palette)
        self._shown: list[_Shown] = []
        self._due = False

    def compose(self) -> ComposeResult:
        """As many keys as have room."""
        self._shown = self._fitting() if self._bindings_ready else []
        yield from (key.drawn() for key in self._shown)

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Look at the keys again, once for all changes of a moment."""
        self._bindings_ready = True
        if screen.app.app_focus and self.is_attached and screen is self.screen and not self._due:
            self._due = True
            self.call_later(self._renew)

    async def _renew(self) -> None:
        self._due = False
        if not self.is_attached:
            return
        before, self._shown = self._shown, self._fitting()
        if self._shown == before:
            return
        drawn = list(self.query(Key))
        if len(drawn) != len(before) or before[-1:] != self._shown[-1:] or len(before) < 2:
            await self.recompose()
            return
        for key, was, widget in zip(self._shown[:-1], before[:-1], drawn[:-1], strict=False):
            if key != was:
                key.draw_on(widget)
        more = self._shown[len(drawn) - 1 : -1]
        if more:
            await self.mount(*(key.drawn() for key in more), before=drawn[-1])
        for widget in drawn[len(self._shown) - 1 : -1]:
            await widget.remove()

    def _fitting(self) -> list[_Shown]:
        keys = list(self._wanted())
        dropped = [key for name in LEAST for key in keys if key.name == name]
        rest = [key for key in reversed(keys) if key not in dropped]
        dropped += sorted(rest, key=lambda key: key.name in MOST)
        room = self.app.size.width
        for key in dropped:
            if sum(k.width for k in keys) <= room:
                break
            keys.remove(key)
        return keys

    def _wanted(self) -> Iterator[_Shown]:
        active = self.screen.active_bindings
        told = set()
        for _, binding, enabled, tooltip in active.values():
            if binding.show and binding.action not in told:
                told.add(binding.action)
                yield _Shown(
                    binding.key, self.app.get_key_display(binding), binding.description,
                    binding.action, enabled, tooltip,
                )  # fmt: skip
        palette = active.get(self.app.COMMAND_PALETTE_BINDING)
        if palette is not None and self.show_command_palette:
            _, binding, enabled, _ = palette
            yield _Shown(
                binding.key, self.app.get_key_display(binding), binding.description,
                binding.action, enabled, binding.tooltip or binding.description, palette=True,
            )  # fmt: skip

    def on_resize(self) -> None:
        """Another width has room for other keys."""
        self.bindings_changed(self.screen)
