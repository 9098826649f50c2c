"""今日日程: the hearings of today drawn along the hours, with a line where the day has come to."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from app.domain.hearings import clock
from app.domain.lists import HearingSlot
from app.ui.theme import Tone, colour, font, ground, ink, px

FIRST_HOUR, LAST_HOUR = 8, 18
HOUR = 60
GUTTER, TOP = 46, 10
LEAST_HOUR_HEIGHT = 34
BAR, PAD = 4, 8


def side_by_side(slots: Sequence[HearingSlot]) -> list[tuple[HearingSlot, int, int]]:
    """Each hearing with its lane and the number of lanes; those that overlap share the width."""
    placed: list[tuple[HearingSlot, int, int]] = []
    group: list[tuple[HearingSlot, int]] = []
    ends: list[int] = []
    for slot in sorted(slots, key=lambda slot: (slot.start, slot.place, slot.hearing_id)):
        if ends and slot.start >= max(ends):
            placed += [(one, lane, len(ends)) for one, lane in group]
            group, ends = [], []
        lane = next((at for at, end in enumerate(ends) if end <= slot.start), len(ends))
        ends[lane : lane + 1] = [slot.end]
        group.append((slot, lane))
    return placed + [(one, lane, len(ends)) for one, lane in group]


def twice_held(slots: Sequence[HearingSlot]) -> set[str]:
    """The hearings that have one room at one time."""
    found: set[str] = set()
    for room in {slot.room_id for slot in slots} - {None}:
        held = sorted((slot for slot in slots if slot.room_id == room), key=lambda slot: slot.start)
        for before, after in pairwise(held):
            if after.start < before.end:
                found |= {before.hearing_id, after.hearing_id}
    return found


class DayStrip(QWidget):
    """Arrow keys go from hearing to hearing; Enter or double click tells `opened(case id)`."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("今日日程"))
        self._slots: list[HearingSlot] = []
        self._clashing: set[str] = set()
        self._now: int | None = None
        self._current = -1
        self._hours = (FIRST_HOUR, LAST_HOUR)
        self._boxes: list[tuple[QRectF, HearingSlot]] = []
        self._fit()

    def show_slots(self, slots: Sequence[HearingSlot]) -> None:
        """Show the hearings of today."""
        self._slots = sorted(slots, key=lambda slot: (slot.start, slot.place, slot.hearing_id))
        self._clashing = twice_held(slots)
        self._current = -1
        first = min((slot.start // HOUR for slot in slots), default=FIRST_HOUR)
        last = max((-(-slot.end // HOUR) for slot in slots), default=LAST_HOUR)
        self._hours = min(first, FIRST_HOUR), max(last, LAST_HOUR)
        said = "\n".join(map(self.words, self._slots)) or self.tr("今天没有安排调解会")
        self.setAccessibleDescription(said)
        self._fit()

    def show_now(self, minute: int | None) -> None:
        """Draw the line of now at this minute of the day, or none."""
        self._now = minute
        self.update()

    def slots(self) -> list[HearingSlot]:
        """What is drawn, by time."""
        return list(self._slots)

    def words(self, slot: HearingSlot) -> str:
        """A hearing in full, for tool tips and screen readers."""
        lines = [f"{clock(slot.start)}–{clock(slot.end)}　{slot.place}", slot.parties, slot.mediators]
        if slot.hearing_id in self._clashing:
            lines.append(self.tr("同一调解室排了两场"))
        elif slot.held:
            lines.append(self.tr("已召开"))
        return "\n".join(line for line in lines if line)

    def minute_top(self, minute: int) -> float:
        """Where a minute of the day stands."""
        first, last = self._hours
        room = self.height() - 2 * px(TOP)
        return px(TOP) + (minute - first * HOUR) * room / ((last - first) * HOUR)

    def _fit(self) -> None:
        first, last = self._hours
        self.setMinimumHeight((last - first) * px(LEAST_HOUR_HEIGHT) + 2 * px(TOP))
        self.update()

    def _place(self) -> None:
        left, right = px(GUTTER) + 6, self.width() - 4
        least = QFontMetrics(font(12, bold=True)).height() + 4
        self._boxes = []
        for slot, lane, lanes in side_by_side(self._slots):
            wide = (right - left) / lanes
            top, bottom = self.minute_top(slot.start), self.minute_top(slot.end)
            box = QRectF(left + lane * wide, top + 1, wide - (2 if lanes > 1 else 0), 0)
            box.setHeight(max(bottom - top - 2, least))
            self._boxes.append((box, slot))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._place()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_hours(painter)
        for box, slot in self._boxes:
            self._paint_ground(painter, box, slot)
        self._paint_now(painter)
        for box, slot in self._boxes:
            self._paint_words(painter, box, slot)
        painter.end()

    def _paint_hours(self, painter: QPainter) -> None:
        painter.setFont(font(12))
        first, last = self._hours
        for hour in range(first, last + 1):
            top = self.minute_top(hour * HOUR)
            painter.setPen(colour("line"))
            painter.drawLine(QPointF(px(GUTTER), top), QPointF(self.width() - 1, top))
            painter.setPen(colour("sub"))
            label = QRectF(0, top - px(9), px(GUTTER) - 8, px(18))
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{hour}:00")

    def _paint_ground(self, painter: QPainter, box: QRectF, slot: HearingSlot) -> None:
        tone = self._tone(slot)
        chosen = self.hasFocus() and 0 <= self._current < len(self._slots)
        lit = chosen and self._slots[self._current].hearing_id == slot.hearing_id
        painter.setPen(QPen(colour("primary"), 2) if lit else Qt.PenStyle.NoPen)
        painter.setBrush(ground(tone))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(tone))
        painter.drawRect(QRectF(box.left(), box.top(), BAR, box.height()))

    def _paint_words(self, painter: QPainter, box: QRectF, slot: HearingSlot) -> None:
        """As many whole lines as there is room for, cut with … at the right; the line of now runs below."""
        step = QFontMetrics(font(12)).height() + 1
        rows = max(1, int((box.height() - 2) // step))
        width = int(box.width()) - BAR - PAD - 4
        under = "　".join(part for part in (slot.place, slot.mediators) if part)
        hour, minute = divmod(slot.start, HOUR)
        for at, text in enumerate((f"{hour}:{minute:02} {slot.parties}", under)[:rows]):
            face = font(12, bold=at == 0)
            painter.setFont(face)
            painter.setPen(colour("sub" if at else "text"))
            shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, width)
            line = QRectF(box.left() + BAR + PAD, box.top() + 1 + at * step, width + 2, step)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_now(self, painter: QPainter) -> None:
        first, last = self._hours
        if self._now is None or not first * HOUR <= self._now <= last * HOUR:
            return
        top = self.minute_top(self._now)
        painter.setPen(QPen(colour("red"), 1.5))
        painter.drawLine(QPointF(px(GUTTER), top), QPointF(self.width() - 1, top))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("red"))
        painter.drawEllipse(QPointF(px(GUTTER), top), 4.5, 4.5)

    def _tone(self, slot: HearingSlot) -> Tone:
        if slot.hearing_id in self._clashing:
            return Tone.BAD
        return Tone.GOOD if slot.held else Tone.INFO

    def _at(self, point: QPointF) -> int:
        for box, slot in reversed(self._boxes):
            if box.contains(point):
                return self._slots.index(slot)
        return -1

    def _choose(self, at: int) -> None:
        self._current = at
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(self._at(event.position()))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at >= 0:
            self.opened.emit(self._slots[at].case_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._slots)
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and count:
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            self._choose(max(0, min(count - 1, self._current + by)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < count:
            self.opened.emit(self._slots[self._current].case_id)
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words(self._slots[at]) if at >= 0 else "", self)
            return True
        return super().event(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(270), self.minimumHeight())
