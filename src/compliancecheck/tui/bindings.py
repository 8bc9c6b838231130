"""Keys in the language of the screen: Textual shows what BINDINGS say; here they are translated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.binding import ActiveBinding, Binding
from textual.screen import Screen

from compliancecheck.tui.words import TEXTUAL_KEYS, WORDS

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
        found = {}
        for key, active in super().active_bindings.items():
            found[key] = active._replace(binding=self._translated(active.binding, lang))
        return found

    def _translated(self, binding: Binding, lang: str) -> Binding:
        name = "key." + (binding.id or "").split(".", 1)[0]
        if binding.action in ("command_palette", "app.command_palette") and not binding.id:
            name = "key.palette"
        if name in WORDS:
            binding = replace(binding, description=WORDS[name].get(lang))
        elif lang == "zh" and binding.description in TEXTUAL_KEYS:
            binding = replace(binding, description=TEXTUAL_KEYS[binding.description])
        choices = getattr(self.focused, "choices", None)
        if binding.id == "choose" and choices:
            last = min(len(choices), 9)
            binding = replace(binding, key_display=f"1-{last}" if last > 1 else "1")
        return binding
