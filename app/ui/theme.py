"""Colours, type and the style sheet: one dictionary, one template, one place to enlarge the print."""

import re
from enum import StrEnum
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.runtime import resource

FAMILY = "Noto Sans SC"
COMPACT_WIDTH = 1200  # logical pixels; narrower windows show rail icons only

COLOURS: dict[str, str] = {
    "bg": "#F3F5F8",
    "card": "#FFFFFF",
    "line": "#D9E0E8",
    "edge": "#B8C2CE",
    "text": "#1F2933",
    "sub": "#5F6C7B",
    "faint": "#7B8794",
    "primary": "#1D5B8F",
    "primary_dark": "#174A75",
    "rail": "#16344F",
    "rail_lit": "#24557F",
    "select": "#E2EDF6",
    "hover": "#EEF3F8",
    "stripe": "#FAFBFC",
    "red": "#B3261E",
    "red_bg": "#FBE9E7",
    "amber": "#9A5B00",
    "amber_bg": "#FFF3DC",
    "green": "#1E6B3A",
    "green_bg": "#E3F3E8",
    "blue_bg": "#E2EDF6",
    "grey_bg": "#E9EDF1",
}


class Tone(StrEnum):
    """What a colour means; red only for deadlines, conflicts and errors."""

    PLAIN = "plain"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


_INK = {Tone.PLAIN: "sub", Tone.INFO: "primary", Tone.GOOD: "green", Tone.WARN: "amber", Tone.BAD: "red"}
_GROUND = {
    Tone.PLAIN: "grey_bg",
    Tone.INFO: "blue_bg",
    Tone.GOOD: "green_bg",
    Tone.WARN: "amber_bg",
    Tone.BAD: "red_bg",
}


class _Print:
    factor = 1.0


def ink_name(tone: Tone) -> str:
    """The name of a tone's text colour, for icons."""
    return _INK[tone]


def ink(tone: Tone) -> QColor:
    """The text colour of a tone."""
    return QColor(COLOURS[_INK[tone]])


def ground(tone: Tone) -> QColor:
    """The background colour of a tone."""
    return QColor(COLOURS[_GROUND[tone]])


def colour(name: str) -> QColor:
    """A colour of the dictionary."""
    return QColor(COLOURS[name])


def px(size: int) -> int:
    """A size in logical pixels, enlarged with large print."""
    return round(size * _Print.factor)


def font(size: int = 14, *, bold: bool = False) -> QFont:
    """The screen font for painted text."""
    made = QFont(FAMILY)
    made.setPixelSize(px(size))
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return made


def apply(app: QApplication, large_print: float = 1.0) -> None:
    """Dress the application; `large_print` enlarges text, rows and fields (1.0 is 14 px text)."""
    _Print.factor = large_print
    for path in sorted(resource("fonts").glob("NotoSansSC-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet())


def style_sheet() -> str:
    """The style sheet: `$name` is a colour, `14u` a size that grows with large print."""
    template = Template(resource("style", "app.qss").read_text(encoding="utf-8"))
    text = template.substitute(COLOURS, pictures=resource("style").as_posix())
    return re.sub(r"\b(\d+)u\b", lambda size: f"{px(int(size[1]))}px", text)


def _palette() -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in {
        roles.Window: "bg",
        roles.WindowText: "text",
        roles.Base: "card",
        roles.AlternateBase: "stripe",
        roles.Text: "text",
        roles.Button: "card",
        roles.ButtonText: "text",
        roles.Highlight: "primary",
        roles.HighlightedText: "card",
        roles.PlaceholderText: "faint",
        roles.ToolTipBase: "card",
        roles.ToolTipText: "text",
        roles.Link: "primary",
        roles.Accent: "primary",
    }.items():
        palette.setColor(role, colour(name))
    disabled = QPalette.ColorGroup.Disabled
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(disabled, role, colour("faint"))
    return palette
