"""Where a case stands on its way, drawn as a strip of stages."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.ui.cases.stages import Mark, Stage, stages_of
from app.ui.theme import colour, font, px
from app.ui.words.labels import label

_INKS = {
    Mark.DONE: "green",
    Mark.NOW: "primary",
    Mark.LATER: "edge",
    Mark.STOPPED: "sub",
    Mark.ASIDE: "amber",
}
_SIGNS = {Mark.STOPPED: "×", Mark.ASIDE: "…"}
GAP = 12  # pixels a name keeps free beside it


class StageStrip(QWidget):
    """登记 → 甄别 → … → 归档: green behind, blue now, grey to come; what was left or rests is named.

    Where the names do not fit, the first stages behind are drawn as one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_case(self, case: CaseView) -> None:
        """Draw the strip of a case."""
        self._stages = stages_of(case)
        now = self.tr("现在：{status}").format(status=label(case.status))
        behind = "、".join(name for name, mark in self._stages if mark is Mark.DONE)
        coming = "、".join(name for name, mark in self._stages if mark in (Mark.NOW, Mark.LATER))
        parts = [now, self.tr("已完成：{names}").format(names=behind) if behind else ""]
        parts.append(self.tr("还有：{names}").format(names=coming) if coming else "")
        said = "。".join(part for part in parts if part)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def stages(self) -> tuple[Stage, ...]:
        """Each stage with what it is."""
        return self._stages

    def drawn(self, width: int) -> list[tuple[str, Mark, int]]:
        """What is drawn in so much room: name, mark and number; the first stages behind may be one."""
        whole = [(name, mark, at) for at, (name, mark) in enumerate(self._stages, 1)]
        behind = next((at for at, stage in enumerate(whole) if stage[1] is not Mark.DONE), len(whole))
        shown = whole
        for folded in range(2, behind + 1):
            if sum(_needed(shown)) <= width:
                break
            shown = [(self.tr("前{n}步").format(n=folded), Mark.DONE, 1), *whole[folded:]]
        return shown

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(560), px(54))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stages = self.drawn(self.width())
        middle, radius = px(16), px(10)
        before = 0.0
        left = 0.0
        for at, (stage, room) in enumerate(zip(stages, self._rooms(stages), strict=True)):
            name, mark, number = stage
            centre = QPointF(left + room / 2, middle)
            if at:
                reached = mark is not Mark.LATER
                painter.setPen(QPen(colour("green" if reached else "line"), 2))
                painter.drawLine(
                    QPointF(before + radius + 4, middle), QPointF(centre.x() - radius - 4, middle)
                )
            self._dot(painter, centre, radius, mark)
            self._sign(painter, centre, radius, mark, number)
            painter.setFont(font(14, bold=mark not in (Mark.DONE, Mark.LATER)))
            painter.setPen(colour("sub" if mark is Mark.LATER else "text"))
            under = QRectF(left, middle + radius + 3, room, px(24))
            painter.drawText(under, int(Qt.AlignmentFlag.AlignCenter), name)
            before, left = centre.x(), left + room
        painter.end()

    def _rooms(self, stages: Sequence[tuple[str, Mark, int]]) -> list[float]:
        """How wide each stage is drawn: all alike where the names allow it."""
        needed = _needed(stages)
        if not needed:
            return []
        if max(needed) * len(needed) <= self.width():
            return [self.width() / len(needed)] * len(needed)
        spare = (self.width() - sum(needed)) / len(needed)
        return [room + spare for room in needed]

    def _dot(self, painter: QPainter, centre: QPointF, radius: int, mark: Mark) -> None:
        ink = _INKS[mark]
        painter.setPen(QPen(colour(ink), 2))
        painter.setBrush(colour("card") if mark is Mark.LATER else colour(ink))
        painter.drawEllipse(centre, radius, radius)

    def _sign(self, painter: QPainter, centre: QPointF, radius: int, mark: Mark, number: int) -> None:
        if mark is Mark.DONE:
            painter.setPen(QPen(colour("card"), 2))
            tick = [(-0.45, 0.0), (-0.1, 0.35), (0.5, -0.35)]
            points = [QPointF(centre.x() + x * radius, centre.y() + y * radius) for x, y in tick]
            painter.drawPolyline(points)
            return
        painter.setFont(font(12, bold=True))
        painter.setPen(colour("sub" if mark is Mark.LATER else "card"))
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _SIGNS.get(mark, str(number)))


def _needed(stages: Sequence[tuple[str, Mark, int]]) -> list[int]:
    """The least width of each stage: its name in bold, and room beside it."""
    metrics = QFontMetrics(font(14, bold=True))
    return [max(metrics.horizontalAdvance(name) + px(GAP), px(34)) for name, _, _ in stages]
