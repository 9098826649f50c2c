"""Suggestions under a text field while one types (persons, mediators)."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem
from typing_extensions import override

from app.ui.kit.search_box import PAUSE_MS
from app.ui.theme import px

ROWS_SHOWN = 8
Answer = Callable[[Sequence[Any]], None]


class Suggestions(QObject):
    """Asks `ask(text, answer)` when typing pauses and offers the records it answers with.

    The field keeps the focus: Up and Down move, Enter takes the marked one (none is marked at first, so
    Enter goes on to the next field), Esc closes. Late answers to an older text are not shown.
    """

    taken = Signal(object)

    def __init__(
        self,
        field: QLineEdit,
        ask: Callable[[str, Answer], object],
        words: Callable[[Any], str],
        *,
        least: int = 1,
    ) -> None:
        super().__init__(field)
        self._field = field
        self._ask = ask
        self._words = words
        self._least = least
        self._records: list[Any] = []
        self._round = 0
        self._list = QListWidget(field)
        self._list.setObjectName("suggestions")
        self._list.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("候选"))
        self._list.itemClicked.connect(lambda _: self._take())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        field.textEdited.connect(lambda: self._pause.start())
        field.installEventFilter(self)

    def offered(self) -> list[Any]:
        """What is being offered now."""
        return [] if self._list.isHidden() else list(self._records)

    def close(self) -> None:
        """Offer nothing; an answer under way is forgotten."""
        self._round += 1
        self._pause.stop()
        self._list.hide()

    def _look(self) -> None:
        text = self._field.text().strip()
        if len(text) < self._least:
            self.close()
            return
        self._round += 1
        asked = self._round
        self._ask(text, lambda records: self._offer(asked, records))

    def _offer(self, asked: int, records: Sequence[Any]) -> None:
        if asked != self._round or not self._field.hasFocus():
            return
        self._records = list(records)
        self._list.clear()
        for record in self._records:
            self._list.addItem(QListWidgetItem(self._words(record)))
        self._list.setCurrentRow(-1)
        if not self._records:
            self._list.hide()
            return
        rows = min(len(self._records), ROWS_SHOWN)
        self._list.setGeometry(
            self._field.mapToGlobal(QPoint(0, self._field.height() + 2)).x(),
            self._field.mapToGlobal(QPoint(0, self._field.height() + 2)).y(),
            max(self._field.width(), px(320)),
            rows * px(34) + 8,
        )
        self._list.show()

    def _take(self) -> None:
        row = self._list.currentRow()
        self.close()
        if 0 <= row < len(self._records):
            self.taken.emit(self._records[row])

    def _move(self, by: int) -> None:
        count = self._list.count()
        row = self._list.currentRow()
        self._list.setCurrentRow((row + by) % count if row >= 0 else (0 if by > 0 else count - 1))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.close()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or self._list.isHidden():
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._list.currentRow() >= 0:
                self._take()
            case _:
                return False
        return True
