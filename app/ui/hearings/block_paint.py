"""Draws blocked times into the calendar: a hatched ground over the hours, a line of words under the date."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from app.domain.schedule.blocked import BlockedDay
from app.ui.theme import colour, font, px
from app.ui.words.finding_words import blocked_words

LINE = 19
MOST = 2  # lines under the dates; the tool tip has all


def lines_height(counts: Sequence[int]) -> int:
    """The height the days need for their blocked times, given how many each has."""
    return min(max(counts, default=0), MOST) * px(LINE)


def hatch(painter: QPainter, box: QRectF) -> None:
    """The ground of hours that are blocked for everybody."""
    painter.fillRect(box, QBrush(colour("edge"), Qt.BrushStyle.BDiagPattern))


def paint_lines(painter: QPainter, box: QRectF, blocks: Sequence[BlockedDay]) -> None:
    """Write whose time it is and why, from the top of the box; how many there are when they are too many."""
    painter.setFont(font(12))
    for at, one in enumerate(blocks[:MOST]):
        words = f"{one.blocked.holder} {one.blocked.title}" if one.blocked.holder else one.blocked.title
        if at == MOST - 1 and len(blocks) > MOST:
            words = QCoreApplication.translate("hearings", "{words} 等{count}项").format(
                words=words, count=len(blocks)
            )
        line = QRectF(box.left() + 3, box.top() + at * px(LINE), box.width() - 5, px(LINE) - 2)
        painter.fillRect(line, colour("amber_bg"))
        painter.setPen(colour("amber"))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(line.width()) - 4)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, cut)


def tip(blocks: Sequence[BlockedDay]) -> str:
    """All blocked times of a day, a line each."""
    return "\n".join(blocked_words(one.blocked) for one in blocks)
