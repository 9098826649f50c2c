"""Who came and who did not: one line per party asked, with the reason of those absent."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from app.domain.hearings import Absence
from app.ui.kit.editors import Editor
from app.ui.kit.focus import settle_tab_order


class PresenceEditor(QWidget, Editor):
    """Absences as a tuple of `Absence`; everybody is there until unticked."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tall", True)
        self.setObjectName("checks")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows: dict[str, tuple[QCheckBox, QLineEdit]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Show these people, given as party id and words."""
        for box, reason in self._rows.values():
            for part in (box, reason):
                part.hide()
                part.deleteLater()
        self._rows = {}
        for at, (key, words) in enumerate(people):
            box = QCheckBox(self.tr("{who} 到场").format(who=words))
            box.setChecked(True)
            reason = QLineEdit()
            reason.setPlaceholderText(self.tr("未到场的原因"))
            reason.setAccessibleName(self.tr("{who}未到场的原因").format(who=words))
            reason.setVisible(False)
            box.toggled.connect(lambda there, field=reason: field.setHidden(there))
            box.toggled.connect(self.edited)
            reason.textChanged.connect(self.edited)
            self._grid.addWidget(box, at, 0)
            self._grid.addWidget(reason, at, 1)
            self._rows[key] = (box, reason)
        settle_tab_order(self)
        for box, _ in self._rows.values():
            self.setFocusProxy(box)
            break

    def row(self, key: str) -> tuple[QCheckBox, QLineEdit]:
        """The box and the reason of one party."""
        return self._rows[key]

    @override
    def value(self) -> tuple[Absence, ...]:
        return tuple(
            Absence(key, reason.text().strip())
            for key, (box, reason) in self._rows.items()
            if not box.isChecked()
        )

    @override
    def set_value(self, value: Any) -> None:
        absent = {one.party_id: one.reason for one in value or ()}
        for key, (box, reason) in self._rows.items():
            box.setChecked(key not in absent)
            reason.setText(absent.get(key, ""))

    @override
    def raw(self) -> list[list[str]]:
        return [[one.party_id, one.reason] for one in self.value()]

    @override
    def set_raw(self, raw: Any) -> None:
        self.set_value([Absence(str(key), str(reason)) for key, reason in raw])
