"""The barest window: Qt, a table of fifty rows, painted once; prints when that was, and ends."""

import sys
import time
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QTableView

ROWS, COLUMNS = 50, 7


class Rows(QAbstractTableModel):
    """Fifty rows of plain text."""

    def rowCount(self, *_: Any) -> int:  # noqa: N802
        """Fifty."""
        return ROWS

    def columnCount(self, *_: Any) -> int:  # noqa: N802
        """As many as the case list has."""
        return COLUMNS

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A text for each cell."""
        return f"row {index.row()} {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None


class FirstPaint(QObject):
    """Tells once when the table was painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Wait for the painting, then print the clock when it is done."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        sys.stdout.write(f"painted {time.perf_counter_ns()} {time.process_time()}\n")
        QApplication.quit()


app = QApplication(["bare"])
view = QTableView()
view.setModel(Rows())
view.resize(1366, 728)
watch = FirstPaint()
view.viewport().installEventFilter(watch)
view.show()
app.exec()
