"""The parts of the worklist, each with how many lines it has; the idle cases always tell their number."""

from collections.abc import Mapping

from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.today import WorkPart
from app.ui.kit.buttons import Segments
from app.ui.words.labels import label


class PartBar(Segments):
    """A row of segments; `chosen(part)` as all segments tell it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([(part, label(part)) for part in WorkPart], parent)
        self._buttons = dict(zip(WorkPart, self.findChildren(QPushButton), strict=True))
        self.show_counts({})

    def show_counts(self, counts: Mapping[WorkPart, int]) -> None:
        """Put the numbers beside the words."""
        for part, made in self._buttons.items():
            count = counts.get(part, 0)
            told = f" {count}" if count or part is WorkPart.IDLE else ""
            made.setText(f"{label(part)}{told}")
            made.setAccessibleName(f"{label(part)} {count}")

    def text(self, part: WorkPart) -> str:
        """What a segment says now."""
        return self._buttons[part].text()
