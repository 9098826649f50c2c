"""How far long work is, with a button that stops it."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.ui.kit.buttons import button
from app.ui.tasks import Request


class WorkProgress(QWidget):
    """Hidden until it follows a request of the long lane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request: Request[Any] | None = None
        self._words = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count = QLabel()
        self._count.setObjectName("sub")
        self._stop = button(self.tr("停止"), self._cancel)
        top = QHBoxLayout()
        top.addWidget(self._words)
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._bar)
        self.hide()

    def follow(self, request: Request[Any], words: str) -> None:
        """Show the progress of a request; call `finish` from its `done`."""
        self._request = request
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, 0)
        self._count.clear()
        self._stop.setEnabled(True)
        request.stepping(self.step)
        self.show()

    def step(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done} / {total}")

    def finish(self) -> None:
        """The work has ended."""
        self._request = None
        self.hide()

    def _cancel(self) -> None:
        if self._request is not None:
            self._stop.setEnabled(False)
            self._words.setText(self.tr("正在停止…"))
            self._request.cancel()
