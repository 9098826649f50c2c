"""Where a case stands on its way, drawn as a strip of stages."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.flow import CaseStatus
from app.ui.theme import colour, font, px
from app.ui.words.labels import label

DONE = {
    CaseStatus.REGISTERED: 1,
    CaseStatus.REJECTED: 1,
    CaseStatus.ACCEPTED: 2,
    CaseStatus.ASSIGNED: 3,
    CaseStatus.SCHEDULED: 4,
    CaseStatus.IN_SESSION: 5,
    CaseStatus.AGREED_WRITTEN: 6,
    CaseStatus.SIGNING: 6,
    CaseStatus.EFFECTIVE: 8,
}
"""How many stages are behind a case."""


class StageStrip(QWidget):
    """登记 → 受理 → 指派 → 排期 → 调解 → 协议 → 签署 → 生效: green behind, blue now, grey to come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = [
            self.tr("登记"),
            self.tr("受理"),
            self.tr("指派"),
            self.tr("排期"),
            self.tr("调解"),
            self.tr("协议"),
            self.tr("签署"),
            self.tr("生效"),
        ]
        self._status = CaseStatus.REGISTERED
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_status(self, status: CaseStatus) -> None:
        """Draw the strip of a case in this state."""
        self._status = status
        self.setAccessibleName(self.tr("现在：{status}").format(status=label(status)))
        self.update()

    def stages(self) -> list[tuple[str, str]]:
        """Each stage with what it is: done, now, later, or stopped."""
        done = DONE[self._status]
        found = []
        for at, name in enumerate(self._names):
            state = "done" if at < done else "now" if at == done else "later"
            if self._status is CaseStatus.REJECTED and at == done:
                name, state = label(CaseStatus.REJECTED), "stopped"
            found.append((name, state))
        return found

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(560), px(54))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inks = {"done": "green", "now": "primary", "later": "edge", "stopped": "sub"}
        stages = self.stages()
        step = self.width() / len(stages)
        middle, radius = px(16), px(10)
        for at, (name, state) in enumerate(stages):
            centre = QPointF(step * (at + 0.5), middle)
            if at:
                reached = state in ("done", "now", "stopped")
                painter.setPen(QPen(colour("green" if reached else "line"), 2))
                before = centre.x() - step
                painter.drawLine(
                    QPointF(before + radius + 4, middle), QPointF(centre.x() - radius - 4, middle)
                )
            self._dot(painter, centre, radius, inks[state], filled=state != "later")
            self._sign(painter, centre, radius, at, state)
            painter.setFont(font(14, bold=state in ("now", "stopped")))
            painter.setPen(colour("sub" if state == "later" else "text"))
            under = QRectF(step * at, middle + radius + 3, step, px(24))
            painter.drawText(under, int(Qt.AlignmentFlag.AlignCenter), name)
        painter.end()

    def _dot(self, painter: QPainter, centre: QPointF, radius: int, ink: str, *, filled: bool) -> None:
        painter.setPen(QPen(colour(ink), 2))
        painter.setBrush(colour(ink) if filled else colour("card"))
        painter.drawEllipse(centre, radius, radius)

    def _sign(self, painter: QPainter, centre: QPointF, radius: int, at: int, state: str) -> None:
        if state == "done":
            painter.setPen(QPen(colour("card"), 2))
            tick = [(-0.45, 0.0), (-0.1, 0.35), (0.5, -0.35)]
            points = [QPointF(centre.x() + x * radius, centre.y() + y * radius) for x, y in tick]
            painter.drawPolyline(points)
            return
        painter.setFont(font(12, bold=True))
        painter.setPen(colour("sub" if state == "later" else "card"))
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "×" if state == "stopped" else str(at + 1))
