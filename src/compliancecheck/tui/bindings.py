"""Keys in the language of the screen: Textual shows what BINDINGS say; here they are translated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.screen import Screen
from textual.widgets import Footer, Input
from textual.widgets._footer import FooterKey

from compliancecheck.model.safe import cell_width
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
            if name in WORDS and (binding.action, binding.description) not in told:
                told.add((binding.action, binding.description))
                yield self.app.get_key_display(binding), binding.description


def _is_typed(key: str) -> bool:
    """Whether a text field would take a key as a letter."""
    return len(key) == 1 or key in ("colon", "question_mark", "slash", "space", "equals_sign")


LEAST = ("why", "exact", "choose", "skip", "leave", "back", "help")
"""What leaves the footer first where there is no room, by action; the help shows all keys."""


MOST = ("side", "select", "accept")
"""What leaves the footer last."""


class Keys(Footer):
    """The keys that work here; where not all have room, whole ones are left out, none is cut."""

    def __init__(self, *, palette: bool = True) -> None:
        super().__init__(compact=True, show_command_palette=palette)

    def compose(self) -> ComposeResult:
        """As many keys as have room."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        dropped = [key for name in LEAST for key in keys if _action(key) == name]
        rest = [key for key in reversed(keys) if key not in dropped]
        dropped += sorted(rest, key=lambda key: _action(key) in MOST)
        room = self.app.size.width
        for key in dropped:
            if sum(_width(k) for k in keys) <= room:
                break
            keys.remove(key)
        yield from keys

    def on_resize(self) -> None:
        """Another width has room for other keys."""
        self.bindings_changed(self.screen)


def _action(key: FooterKey) -> str:
    return key.action.split(".")[-1].split("(")[0]


def _width(key: FooterKey) -> int:
    border = 2 if key.has_class("-command-palette") else 1
    return cell_width(key.key_display) + 1 + cell_width(key.description) + border
