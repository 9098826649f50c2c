"""Python's garbage, collected where windows may be freed."""

import gc

from PySide6.QtCore import QObject, QTimer

COLLECT_MS = 1000


class Collector(QObject):
    """Collects garbage on the GUI thread only: a worker freeing what is left of a window would crash."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(COLLECT_MS)
        self._timer.timeout.connect(self._collect)

    def begin(self) -> None:
        """Take over from Python's own moments."""
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Collect what is left, and hand back."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    def _collect(self) -> None:
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
