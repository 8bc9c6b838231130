"""Colours as they are seen: contrast by WCAG 2, simulated colour blindness, distance in CIELAB."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Rgb = tuple[float, float, float]

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (2009), severity 1.0; on linear RGB.
SIGHTS: Mapping[str, Sequence[Rgb]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def rgb(text: str) -> Rgb:
    """`#RRGGBB` as three numbers from 0 to 255."""
    return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))


def linear(color: Rgb) -> Rgb:
    """sRGB without its gamma, from 0 to 1."""
    red, green, blue = (
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color
    )
    return (red, green, blue)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Rgb) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def seen(color: Rgb, sight: str) -> Rgb:
    """Lightness and the two colour axes (CIELAB) of a colour, as somebody with a sight sees it."""
    shown = [min(max(c, 0.0), 1.0) for c in _times(SIGHTS[sight], linear(color))]
    parts = (
        c / w for c, w in zip(_times(_TO_XYZ, (shown[0], shown[1], shown[2])), _WHITE, strict=True)
    )
    x, y, z = (c ** (1 / 3) if c > 216 / 24389 else (24389 / 27 * c + 16) / 116 for c in parts)
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def distance(one: Rgb, other: Rgb, sight: str) -> float:
    """How far two colours are apart (CIE 1976) for somebody with a sight; 2.3 is just visible."""
    pairs = zip(seen(one, sight), seen(other, sight), strict=True)
    return math.sqrt(sum((a - b) ** 2 for a, b in pairs))


def _times(matrix: Sequence[Rgb], vector: Rgb) -> Rgb:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return (one, two, three)
