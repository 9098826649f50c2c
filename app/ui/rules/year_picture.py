"""A year on one picture: twelve months, days off and worked weekends told by colour and by a word."""

from calendar import Calendar
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.values.calendar import DayKind, HolidayYear, WorkCalendar
from app.ui.theme import Tone, colour, font, ground, ink, px

MONTHS = 12
WEEKS = 6
DAYS = 7
CELL = 30  # least width of a day
LINE = 24
HEAD = 26
NAMES = 18
GAP = 18
_TONES = {DayKind.STATUTORY: Tone.INFO, DayKind.HOLIDAY: Tone.GOOD, DayKind.ADJUSTED_WORKDAY: Tone.WARN}
"""The word beside the number tells the same without colour; red is kept for what is late."""


class YearPicture(QWidget):
    """Shows one notice; as many months side by side as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = 0
        self._calendar = WorkCalendar({})
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_year(self, notice: HolidayYear) -> None:
        """Show the year of a notice, its days off and the weekends worked."""
        self._year = notice.year
        self._calendar = WorkCalendar({notice.year: notice})
        self.setAccessibleName(self.tr("{year}年工作日历").format(year=notice.year))
        self.setAccessibleDescription(self._in_words(notice))
        self.updateGeometry()
        self.update()

    def _in_words(self, notice: HolidayYear) -> str:
        def days(found: frozenset[date]) -> str:
            return "、".join(f"{day.month}月{day.day}日" for day in sorted(found))

        text = self.tr("放假：{off}。调休上班：{worked}。")
        return text.format(off=days(notice.off), worked=days(notice.working))

    def _across(self, width: int) -> int:
        month = px(CELL) * DAYS + px(GAP)
        return max(1, min(4, (width + px(GAP)) // month))

    @override
    def sizeHint(self) -> QSize:
        width = 4 * (px(CELL) * DAYS + px(GAP))
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(CELL) * DAYS, self.heightForWidth(max(self.width(), px(CELL) * DAYS)))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        rows = -(-MONTHS // self._across(width))
        return rows * self._month_height()

    def _month_height(self) -> int:
        return px(HEAD) + px(NAMES) + WEEKS * px(LINE) + px(GAP)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._year:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        across = self._across(self.width())
        wide = (self.width() - (across - 1) * px(GAP)) / across
        high = self._month_height()
        for month in range(1, MONTHS + 1):
            row, column = divmod(month - 1, across)
            self._paint_month(painter, month, QRectF(column * (wide + px(GAP)), row * high, wide, high))
        painter.end()

    def _paint_month(self, painter: QPainter, month: int, box: QRectF) -> None:
        painter.setFont(font(13, bold=True))
        painter.setPen(colour("text"))
        head = QRectF(box.left(), box.top(), box.width(), px(HEAD))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, self.tr("{month}月").format(month=month))
        cell = box.width() / DAYS
        painter.setFont(font(11))
        painter.setPen(colour("sub"))
        for weekday, name in enumerate(self.tr("一二三四五六日")):
            place = QRectF(box.left() + weekday * cell, head.bottom(), cell, px(NAMES))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)
        weeks = Calendar().monthdatescalendar(self._year, month)
        for at, week in enumerate(weeks):
            for weekday, day in enumerate(week):
                if day.month == month:
                    top = head.bottom() + px(NAMES) + at * px(LINE)
                    self._paint_day(painter, day, QRectF(box.left() + weekday * cell, top, cell, px(LINE)))

    def _paint_day(self, painter: QPainter, day: date, box: QRectF) -> None:
        kind = self._calendar.kind_of(day)
        tone = _TONES.get(kind)
        pen: QColor = colour("faint") if kind is DayKind.WEEKEND else colour("text")
        if tone is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground(tone))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
            pen = ink(tone)
        mark = self._mark(kind)
        painter.setPen(pen)
        painter.setFont(font(12, bold=tone is not None))
        number = QFontMetrics(painter.font()).horizontalAdvance(str(day.day))
        painter.setFont(font(9))
        word = QFontMetrics(painter.font()).horizontalAdvance(mark)
        left = box.left() + (box.width() - number - word) / 2
        painter.setFont(font(12, bold=tone is not None))
        upright = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, box.top(), number + 2, box.height()), upright, str(day.day))
        painter.setFont(font(9))
        painter.drawText(QRectF(left + number + 1, box.top(), word + 2, box.height() - 4), upright, mark)

    def _mark(self, kind: DayKind) -> str:
        if kind in (DayKind.STATUTORY, DayKind.HOLIDAY):
            return self.tr("休")
        return self.tr("班") if kind is DayKind.ADJUSTED_WORKDAY else ""
