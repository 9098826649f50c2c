"""What the check says of the settlement while it is written: red keeps it from being made, amber warns."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.agreements import Finding
from app.domain.errors import Problem
from app.ui.kit.card import Card, remark
from app.ui.theme import Tone
from app.ui.words.messages import problem_sentence


class FindingsPanel(Card):
    """A list of sentences with their signs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("协议检查"), margin=12, parent=parent)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._said: list[tuple[str, Tone]] = []
        self.add(self._column)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say the blocking ones first."""
        ordered = sorted(findings, key=lambda finding: not finding.block)
        said = [
            (problem_sentence(Problem("", one.code, one.details)), Tone.BAD if one.block else Tone.WARN)
            for one in ordered
        ]
        self._say(said or [(self.tr("没有发现问题。"), Tone.GOOD)])

    def said(self) -> list[tuple[str, Tone]]:
        """The sentences shown, with their weight."""
        return list(self._said)

    def _say(self, said: list[tuple[str, Tone]]) -> None:
        self._said = said
        self.setAccessibleDescription("\n".join(text for text, _ in said))
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for text, tone in said:
            self._column.addWidget(remark(text, tone))
