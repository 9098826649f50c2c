"""The painted calendar: days across, hours down, hearings side by side; worked by mouse or keys."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget
from typing_extensions import override

from app.domain.clashes import LUNCH
from app.domain.hearings import HearingRow
from app.domain.schedule.blocked import BlockedDay
from app.domain.values.calendar import DayKind, OfficeDay
from app.ui.hearings.block_paint import hatch, lines_height, paint_lines, tip
from app.ui.hearings.event_paint import least_height, paint_event
from app.ui.hearings.placement import hours_shown, place
from app.ui.hearings.waiting_list import CASE_MIME
from app.ui.hearings.wording import hearing_words, weekday
from app.ui.theme import colour, font, px
from app.ui.words.finding_words import short_day

DATES, HOURS, TOP, LEAST_HOUR = 46, 54, 8, 40
SNAP = 30
_WORKED = (DayKind.WORKDAY, DayKind.ADJUSTED_WORKDAY)


class WeekView(QAbstractScrollArea):
    """Shows hearings of one to seven days; tells what is opened, asked for by double click, or dropped."""

    opened = Signal(object)  # HearingRow
    slot_asked = Signal(object, int)  # day, minutes since midnight
    dropped = Signal(str, object, int)  # case id, day, minutes since midnight

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.setAccessibleName(self.tr("日程表"))
        self._days: list[OfficeDay] = []
        self._rows: list[HearingRow] = []
        self._boxes: list[tuple[QRectF, HearingRow]] = []
        self._first, self._last = hours_shown(())
        self._chosen = ""
        self._ghost: tuple[int, int] | None = None
        self._blocked: dict[date, list[BlockedDay]] = {}
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)

    def show_days(
        self, days: Sequence[OfficeDay], rows: Sequence[HearingRow], blocked: Sequence[BlockedDay] = ()
    ) -> None:
        """Show these days with their hearings and blocked times; the chosen hearing stays chosen."""
        self._blocked = {day.day: [one for one in blocked if one.blocked.day == day.day] for day in days}
        self._days = list(days)
        shown = {day.day for day in days}
        self._rows = sorted(
            (row for row in rows if row.day in shown), key=lambda row: (row.day, row.start, row.id)
        )
        self._first, self._last = hours_shown(self._rows)
        self._lay()

    def _head(self) -> int:
        """The height above the hours: the dates, and the blocked times of the day that has most."""
        return px(DATES) + lines_height([len(self._blocked.get(day.day, ())) for day in self._days])

    def rows(self) -> list[HearingRow]:
        """What is shown, in the order of time."""
        return list(self._rows)

    def chosen(self) -> HearingRow | None:
        """The hearing the keys stand on."""
        return next((row for row in self._rows if row.id == self._chosen), None)

    def choose(self, row: HearingRow | None) -> None:
        """Stand on a hearing, scroll to it and read it out."""
        self._chosen = row.id if row else ""
        self.setAccessibleDescription(hearing_words(row) if row else "")
        for box, one in self._boxes:
            if row is not None and one.id == row.id:
                bar = self.verticalScrollBar()
                bottom = box.bottom() + px(TOP) - self._room()
                bar.setValue(int(min(max(bar.value(), bottom), max(0, box.top() - px(TOP)))))
        self.viewport().update()

    def point_of(self, day: date, minutes: int) -> QPointF:
        """Where a time of a day is drawn, on the viewport."""
        at = next(at for at, one in enumerate(self._days) if one.day == day)
        x = px(HOURS) + self._column() * (at + 0.5)
        return QPointF(x, self._head() + self._y(minutes) - self.verticalScrollBar().value())

    def box_of(self, hearing_id: str) -> QRectF:
        """The box of a hearing, in the coordinates of the whole day."""
        return next(box for box, row in self._boxes if row.id == hearing_id)

    def _room(self) -> int:
        return max(1, self.viewport().height() - self._head())

    def _column(self) -> float:
        return (self.viewport().width() - px(HOURS)) / max(1, len(self._days))

    def _hour(self) -> float:
        hours = self._last - self._first
        return max(px(LEAST_HOUR), (self._room() - 2 * px(TOP)) / hours)

    def _y(self, minutes: int) -> float:
        return px(TOP) + (minutes - self._first * 60) * self._hour() / 60

    def _lay(self) -> None:
        days = {day.day: at for at, day in enumerate(self._days)}
        column = self._column()
        self._boxes = []
        for one in place(self._rows):
            width = (column - 6) / one.lanes
            left = px(HOURS) + days[one.row.day] * column + 3 + one.lane * width
            top = self._y(one.row.start)
            high = max(self._y(one.row.end) - top - 1, least_height())
            self._boxes.append((QRectF(left, top, width - 2, high), one.row))
        content = int((self._last - self._first) * self._hour() + 2 * px(TOP))
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, content - self._room()))
        bar.setPageStep(self._room())
        bar.setSingleStep(int(self._hour() / 2))
        self.viewport().update()

    def _hit(self, point: QPointF) -> HearingRow | None:
        if point.y() < self._head():
            return None
        moved = QPointF(point.x(), point.y() - self._head() + self.verticalScrollBar().value())
        return next((row for box, row in self._boxes if box.contains(moved)), None)

    def _time_at(self, point: QPointF) -> tuple[int, int] | None:
        """The day's place and the half hour under a point."""
        at = int((point.x() - px(HOURS)) // self._column())
        if not 0 <= at < len(self._days) or point.y() < self._head():
            return None
        y = point.y() - self._head() + self.verticalScrollBar().value() - px(TOP)
        minutes = self._first * 60 + int(y / self._hour() * 60) // SNAP * SNAP
        return at, min(max(minutes, self._first * 60), self._last * 60 - SNAP)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("card"))
        painter.save()
        painter.setClipRect(0, self._head(), self.viewport().width(), self._room())
        painter.setTransform(QTransform.fromTranslate(0, self._head() - self.verticalScrollBar().value()))
        self._paint_grid(painter)
        for box, row in self._boxes:
            paint_event(painter, box, row, chosen=row.id == self._chosen and self.hasFocus())
        self._paint_ghost(painter)
        painter.restore()
        self._paint_heads(painter)
        if self.hasFocus():
            painter.setPen(colour("primary"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _paint_grid(self, painter: QPainter) -> None:
        column, left, right = self._column(), px(HOURS), self.viewport().width()
        top, bottom = self._y(self._first * 60), self._y(self._last * 60)
        for at, day in enumerate(self._days):
            if day.kind not in _WORKED:
                painter.fillRect(QRectF(left + at * column, 0, column, bottom + px(TOP)), colour("bg"))
        self._paint_blocked(painter)
        lunch = colour("grey_bg")
        lunch.setAlpha(120)
        painter.fillRect(
            QRectF(left, self._y(LUNCH[0]), right - left, self._y(LUNCH[1]) - self._y(LUNCH[0])), lunch
        )
        painter.setFont(font(12))
        for hour in range(self._first, self._last + 1):
            y = self._y(hour * 60)
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            painter.setPen(colour("sub"))
            words = QRectF(0, y - px(9), left - px(8), px(18))
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{hour}:00")
        painter.setPen(QPen(colour("line"), 1))
        for at in range(len(self._days)):
            x = left + at * column
            painter.drawLine(QPointF(x, top - px(TOP)), QPointF(x, bottom + px(TOP)))

    def _paint_blocked(self, painter: QPainter) -> None:
        """Hatch the hours that are blocked for everybody; whose leave it is stands under the date."""
        for at, day in enumerate(self._days):
            for one in self._blocked.get(day.day, ()):
                if one.ref is None:
                    top = self._y(max(one.blocked.start, self._first * 60))
                    high = max(0.0, self._y(min(one.blocked.end, self._last * 60)) - top)
                    hatch(painter, QRectF(px(HOURS) + at * self._column(), top, self._column(), high))

    def _paint_ghost(self, painter: QPainter) -> None:
        if self._ghost is None:
            return
        at, minutes = self._ghost
        top = self._y(minutes)
        painter.setPen(QPen(colour("primary"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(colour("select"))
        left = px(HOURS) + at * self._column() + 3
        painter.drawRect(QRectF(left, top, self._column() - 6, self._y(minutes + 60) - top))

    def _paint_heads(self, painter: QPainter) -> None:
        column, high = self._column(), self._head()
        for at, day in enumerate(self._days):
            box = QRectF(px(HOURS) + at * column, 0, column, high)
            if day.today:
                painter.fillRect(box, colour("select"))
            painter.setFont(font(14, bold=True))
            painter.setPen(colour("primary_dark" if day.today else "text"))
            upper = QRectF(box.left(), px(4), column, px(20))
            painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, weekday(day.day))
            painter.setFont(font(12))
            painter.setPen(colour("sub"))
            lower = QRectF(box.left(), px(24), column, px(18))
            said = self._day_words(day)
            if painter.fontMetrics().horizontalAdvance(said) > column:
                said = self._day_words(day, lit=True)
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, said)
            under = QRectF(box.left(), px(DATES), column, high - px(DATES))
            paint_lines(painter, under, self._blocked.get(day.day, ()))
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(box.topLeft(), box.bottomLeft())
        painter.drawLine(QPointF(0, high), QPointF(self.viewport().width(), high))

    def _day_words(self, day: OfficeDay, *, lit: bool = False) -> str:
        """The date and its kind; today only in words where its colour alone does not have to say it."""
        words = [short_day(day.day)]
        if day.today and not lit:
            words.append(self.tr("今天"))
        if day.kind not in _WORKED:
            words.append(self.tr("休"))
        elif day.kind is DayKind.ADJUSTED_WORKDAY:
            words.append(self.tr("班"))
        return " ".join(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(self._hit(event.position()))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._hit(event.position())
        found = self._time_at(event.position())
        if row is not None:
            self.opened.emit(row)
        elif found is not None:
            self.slot_asked.emit(self._days[found[0]].day, found[1])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.chosen()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self.opened.emit(chosen)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._other_day(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if not self._rows:
            return
        chosen = self.chosen()
        at = self._rows.index(chosen) + by if chosen else (0 if by > 0 else -1)
        self.choose(self._rows[min(at, len(self._rows) - 1) if at >= 0 or chosen is None else 0])

    def _other_day(self, by: int) -> None:
        chosen = self.chosen()
        if chosen is None:
            self._step(by)
            return
        days = sorted(
            {row.day for row in self._rows if (row.day > chosen.day) == (by > 0) and row.day != chosen.day}
        )
        if days:
            day = days[0] if by > 0 else days[-1]
            there = [row for row in self._rows if row.day == day]
            self.choose(min(there, key=lambda row: abs(row.start - chosen.start)))

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, point: QPointF) -> str:
        row = self._hit(point)
        if row is not None:
            return hearing_words(row)
        at = int((point.x() - px(HOURS)) // self._column())
        shown = self._days[at : at + 1] if at >= 0 else []
        return "".join(tip(self._blocked.get(day.day, ())) for day in shown)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CASE_MIME):
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._ghost = self._time_at(event.position())
        event.setAccepted(self._ghost is not None)
        self.viewport().update()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._ghost = None
        self.viewport().update()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        found, self._ghost = self._time_at(event.position()), None
        self.viewport().update()
        if found is not None and event.mimeData().hasFormat(CASE_MIME):
            event.acceptProposedAction()
            case_id = bytes(event.mimeData().data(CASE_MIME).data()).decode()
            self.dropped.emit(case_id, self._days[found[0]].day, found[1])
