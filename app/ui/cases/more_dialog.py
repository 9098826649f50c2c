"""Everything else that can be done on a case, and why some of it cannot be done yet."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.casework.hindrances import Way
from app.domain.flow import Deed
from app.ui.cases.case_panels import said
from app.ui.cases.deeds import DeedGroup, group_of
from app.ui.cases.next_panel import deed_words
from app.ui.cases.next_step import blocks, hindrance_words
from app.ui.kit.buttons import button
from app.ui.kit.card import words
from app.ui.kit.dialog import Dialog
from app.ui.room import Scrolled
from app.ui.theme import px

KEYS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WIDTH, TALLEST = 760, 330


class MoreDialog(Dialog):
    """Tells `chosen(Deed)`. The key before a name chooses it, as a click does."""

    chosen = Signal(object)

    def __init__(self, case: CaseView, ways: Sequence[Way], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("更多办理事项"), "", parent=parent)
        self.setMinimumWidth(px(WIDTH))
        self.submit_button.hide()
        self.cancel_button.setText(self.tr("关闭"))
        self.buttons: dict[Deed, QPushButton] = {}
        self._keys: dict[str, Callable[[], object]] = {}
        titles = {
            DeedGroup.WORK: self.tr("办理"),
            DeedGroup.MATERIAL: self.tr("材料"),
            DeedGroup.SPECIAL: self.tr("特殊情况"),
        }
        content = QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(0, 0, 4, 0)
        across.setSpacing(18)
        for group, title in titles.items():
            mine = [way for way in ways if group_of(way.deed) is group]
            if mine:
                across.addLayout(self._column(title, mine, case), 1)
        scrolled = Scrolled(content)
        scrolled.setMinimumHeight(min(content.sizeHint().height() + 4, px(TALLEST)))
        self.add(scrolled, 1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self._keys.get(event.text().upper())
        if pressed is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            pressed()
        else:
            super().keyPressEvent(event)

    def _column(self, title: str, ways: Sequence[Way], case: CaseView) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(words(title, "sectionTitle"))
        for way in ways:
            made = self._button(way, deed_words(way.deed, case))
            column.addWidget(made)
            self.buttons[way.deed] = made
            if way.hindrances:
                column.addWidget(said("；".join(hindrance_words(way.hindrances)), "caution"))
        column.addStretch(1)
        return column

    def _button(self, way: Way, text: str) -> QPushButton:
        if blocks(way):
            made = button(text)
            made.setEnabled(False)
            made.setToolTip("；".join(hindrance_words(way.hindrances)))
            made.setAccessibleDescription(made.toolTip())
            return made
        key = KEYS[len(self._keys) % len(KEYS)]
        choose = partial(self._choose, way.deed)
        self._keys[key] = choose
        return button(f"{key}  {text}", choose, name=text)

    def _choose(self, deed: Deed) -> None:
        self.accept()
        self.chosen.emit(deed)
