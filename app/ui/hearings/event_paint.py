"""Draws one hearing into its box of the calendar: whole lines of text only."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from app.domain.hearings import HearingRow, HearingStatus
from app.ui.hearings.placement import wrapped
from app.ui.hearings.wording import place_words
from app.ui.theme import Tone, colour, font, ground, ink
from app.ui.words.finding_words import span
from app.ui.words.labels import label

BAR = 4
PAD = 5
NARROW = 44


def tone_of(row: HearingRow) -> Tone:
    """Red: something is held twice; green: held; blue: fixed; grey: tentative."""
    if row.clashing:
        return Tone.BAD
    if row.status is HearingStatus.TENTATIVE:
        return Tone.PLAIN
    return Tone.GOOD if row.status is HearingStatus.HELD else Tone.INFO


def least_height() -> int:
    """The lowest box a line of text fits in."""
    return QFontMetrics(font(12)).height() + 2


def paint_event(painter: QPainter, box: QRectF, row: HearingRow, *, chosen: bool) -> None:
    """Draw the ground, the bar at the left, and as many whole lines as there is room for."""
    tone = tone_of(row)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("primary"), 2) if chosen else Qt.PenStyle.NoPen)
    if row.status is HearingStatus.TENTATIVE and not chosen:
        painter.setPen(QPen(colour("sub"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(ground(tone))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink(tone))
    painter.drawRect(QRectF(box.left(), box.top(), BAR, box.height()))
    metrics = QFontMetrics(font(12))
    step = metrics.height()
    room = int((box.height() - 2) // step)
    pad = min(PAD, (box.height() - room * step) / 2)
    left = BAR + (PAD if box.width() > NARROW + BAR + PAD else 1)
    width = int(box.width() - left - 2)
    top = box.top() + pad + metrics.ascent()
    for at, (line, bold, pen) in enumerate(_lines(row, width, room)):
        painter.setFont(font(12, bold=bold))
        painter.setPen(pen)
        painter.drawText(QPointF(box.left() + left, top + at * step), line)
    painter.restore()


def _lines(row: HearingRow, width: int, room: int) -> Iterator[tuple[str, bool, QColor]]:
    """The words worth having first: a clash, the parties, the place, the mediators, the time."""
    strong = QFontMetrics(font(12, bold=True))
    plain = QFontMetrics(font(12))
    if width < NARROW:  # several side by side: the name alone, down the lane
        lines = wrapped(row.title or row.parties, plain, width, room)
        yield from ((line, False, ink(Tone.BAD) if row.clashing else colour("text")) for line in lines)
        return
    if row.clashing and room > 1:
        words = QCoreApplication.translate("hearings", "时间冲突")
        yield from ((line, True, ink(Tone.BAD)) for line in wrapped(words, strong, width, 1))
        room -= 1
    if row.status is HearingStatus.TENTATIVE and room > 1:
        yield from ((line, True, colour("sub")) for line in wrapped(label(row.status), strong, width, 1))
        room -= 1
    below = [part for part in (place_words(row), "、".join(row.mediators), span(row.start, row.end)) if part]
    title = wrapped(row.title or row.parties, strong, width, max(1, min(room, max(2, room - len(below)))))
    yield from ((line, True, colour("text")) for line in title)
    for part in below[: max(0, room - len(title))]:
        yield from ((line, False, colour("sub")) for line in wrapped(part, plain, width, 1))
