"""The app's themes: dark, light, and ansi, which takes the terminal's own colours or none."""

from __future__ import annotations

from textual.theme import Theme

from compliancecheck.reports.status import LOOKS, DisplayStatus


def _status_variables(kind: str) -> dict[str, str]:
    """``status-fail`` and the like; a status without a colour of its own takes the text's."""
    plain = {"dark": "#E4E4E4", "light": "#1A1A1A"}[kind]
    dim = {"dark": "#A0A0A0", "light": "#464646"}[kind]
    found = {}
    for status in DisplayStatus:
        look = LOOKS[status]
        color = look.dark if kind == "dark" else look.light
        found[variable(status)] = color or (dim if look.dim else plain)
    return found


def variable(status: DisplayStatus) -> str:
    """The name of the theme's variable for a status."""
    return "status-" + status.value.replace("_", "-")


DARK = Theme(
    name="dark",
    primary="#6CC4FF",
    secondary="#9FB8C8",
    accent="#FFD24D",
    warning="#FFD24D",
    error="#FF7A3D",
    success="#4ADE80",
    foreground="#E4E4E4",
    background="#14171A",
    surface="#14171A",
    panel="#22272C",
    boost="#22272C",
    dark=True,
    variables={
        **_status_variables("dark"),
        "block-cursor-background": "#20384A",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#262D33",
        "block-cursor-blurred-foreground": "#E4E4E4",
        "footer-key-foreground": "#FFD24D",
        "footer-background": "#22272C",
        "quiet": "#A9B4BC",
    },
)

LIGHT = Theme(
    name="light",
    primary="#005C99",
    secondary="#3E5566",
    accent="#806000",
    warning="#806000",
    error="#8F1D1D",
    success="#006B4F",
    foreground="#1A1A1A",
    background="#FAFAF7",
    surface="#FAFAF7",
    panel="#E9E9E4",
    boost="#E9E9E4",
    dark=False,
    variables={
        **_status_variables("light"),
        "block-cursor-background": "#CFE3F2",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#E9E9E4",
        "block-cursor-blurred-foreground": "#1A1A1A",
        "footer-key-foreground": "#005C99",
        "footer-background": "#E9E9E4",
        "quiet": "#4F5960",
    },
)

_ANSI_COLORS = {
    DisplayStatus.FAIL: "ansi_red",
    DisplayStatus.NEEDS_PROOF: "ansi_yellow",
    DisplayStatus.NOT_YET_DUE: "ansi_yellow",
    DisplayStatus.CONTESTED: "ansi_magenta",
    DisplayStatus.MAY_APPLY: "ansi_cyan",
    DisplayStatus.PASS: "ansi_green",
}


def _ansi_style(status: DisplayStatus) -> str:
    """A colour, or what takes its place where there is none."""
    return _ANSI_COLORS.get(status, "ansi_default") + (" dim" if LOOKS[status].dim else "")


ANSI = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        **{variable(s): _ansi_style(s) for s in DisplayStatus},
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-background": "ansi_default",
        "block-cursor-blurred-foreground": "ansi_default",
        "block-cursor-blurred-text-style": "bold",
        "footer-key-foreground": "ansi_default",
        "footer-background": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "quiet": "ansi_default",
    },
)

THEMES = (DARK, LIGHT, ANSI)
_OWN = {
    True: {**_status_variables("dark"), "quiet": DARK.variables["quiet"]},
    False: {**_status_variables("light"), "quiet": LIGHT.variables["quiet"]},
}


def variables_for(theme: Theme) -> dict[str, str]:
    """Our variables for a theme that has none of them: one of Textual's own."""
    if theme.ansi:
        return {name: ANSI.variables[name] for name in _OWN[True]}
    return dict(_OWN[theme.dark])
