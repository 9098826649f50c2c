"""Points of a start for the bench; without `XIANGHE_BENCH_MARK` nothing of this happens."""

import os
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from typing_extensions import override

from app.ui.session.sign_in_card import SignInCard


class Marks:
    """Points of the start for the bench: with `XIANGHE_BENCH_MARK` each is a line `name wall_ns cpu_s`."""

    def __init__(self) -> None:
        self.file = os.environ.get("XIANGHE_BENCH_MARK")

    def set(self, name: str) -> None:
        """Note that this point was reached now."""
        if self.file:
            with Path(self.file).open("a", encoding="utf-8") as marks:
                marks.write(f"{name} {time.perf_counter_ns()} {time.process_time()}\n")


class BenchDriver(QObject):
    """Signs in by itself and quits when the first list is painted, so that a start can be measured.

    It signs in when the heavy floors are loaded, as a person does who needs some seconds to type.
    """

    def __init__(self, marks: Marks, app: QApplication) -> None:
        super().__init__()
        self._marks = marks
        self._app = app
        app.installEventFilter(self)

    def sign_in(self, card: SignInCard) -> None:
        """Type account and passphrase of the environment."""
        card.account.setCurrentText(os.environ["XIANGHE_LOGIN"])
        card.passphrase.setText(os.environ["XIANGHE_PASSPHRASE"])
        card.submit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            table = watched.parent()
            if isinstance(table, QAbstractItemView) and self._filled(table):
                self._app.removeEventFilter(self)
                QTimer.singleShot(0, self._painted)
        return False

    def _filled(self, table: QAbstractItemView) -> bool:
        from app.ui.kit.table import WAITING

        model = table.model()
        return model is not None and model.rowCount() > 0 and model.index(0, 0).data() != WAITING

    def _painted(self) -> None:
        self._marks.set("list_painted")
        if os.environ.get("XIANGHE_BENCH_QUIT") == "1":
            self._app.quit()
