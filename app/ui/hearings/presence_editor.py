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
        self._excused: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Show these people, given as party id and words."""
        for part in [*(part for row in self._rows.values() for part in row), *self._excused.values()]:
            part.hide()
            part.deleteLater()
        self._rows, self._excused = {}, {}
        for at, (key, words) in enumerate(people):
            box = QCheckBox(self.tr("{who} 到场").format(who=words))
            box.setChecked(True)
            reason = QLineEdit()
            reason.setPlaceholderText(self.tr("未到场的原因"))
            reason.setAccessibleName(self.tr("{who}未到场的原因").format(who=words))
            reason.setVisible(False)
            excused = QCheckBox(self.tr("有正当理由"))
            excused.setAccessibleName(self.tr("{who}缺席有正当理由").format(who=words))
            excused.setChecked(True)
            excused.setVisible(False)
            excused.toggled.connect(self.edited)
            for field in (reason, excused):
                box.toggled.connect(field.setHidden)
            box.toggled.connect(self.edited)
            reason.textChanged.connect(self.edited)
            self._grid.addWidget(box, at, 0)
            self._grid.addWidget(reason, at, 1)
            self._grid.addWidget(excused, at, 2)
            self._excused[key] = excused
            self._rows[key] = (box, reason)
        settle_tab_order(self)
        for box, _ in self._rows.values():
            self.setFocusProxy(box)
            break

    def row(self, key: str) -> tuple[QCheckBox, QLineEdit]:
        """The box and the reason of one party."""
        return self._rows[key]

    def excused(self, key: str) -> QCheckBox:
        """Whether that party had good reason to stay away."""
        return self._excused[key]

    @override
    def value(self) -> tuple[Absence, ...]:
        return tuple(
            Absence(key, reason.text().strip(), self._excused[key].isChecked())
            for key, (box, reason) in self._rows.items()
            if not box.isChecked()
        )

    @override
    def set_value(self, value: Any) -> None:
        absent = {one.party_id: one for one in value or ()}
        for key, (box, reason) in self._rows.items():
            one = absent.get(key)
            box.setChecked(one is None)
            reason.setText(one.reason if one else "")
            self._excused[key].setChecked(one is None or one.excused)

    @override
    def raw(self) -> list[list[str]]:
        return [[one.party_id, one.reason, "1" if one.excused else ""] for one in self.value()]

    @override
    def set_raw(self, raw: Any) -> None:
        self.set_value(
            [Absence(str(key), str(reason), not rest or bool(rest[0])) for key, reason, *rest in raw]
        )
