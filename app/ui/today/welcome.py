"""The first three steps of an office that has no case yet."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.actor import Actor, Permission
from app.ui.icons import pixmap
from app.ui.kit.buttons import button
from app.ui.kit.card import Card, rule, words
from app.ui.navigation import Place
from app.ui.room import Scrolled, set_shown


@dataclass(frozen=True, slots=True)
class Begun:
    """Which of the first steps are done."""

    roster: bool
    county: bool


class Welcome(Card):
    """Tells `went(place)` when a step is taken; steps the person may not take have no button."""

    went = Signal(object)

    def __init__(self, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(margin=0, parent=parent)
        self._actor = actor
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(24, 18, 24, 18)
        self._column.setSpacing(10)
        self.add(Scrolled(content), 1)

    def show_begun(self, begun: Begun) -> None:
        """Show the steps, those done with a tick."""
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        self._column.addWidget(words(self.tr("欢迎使用乡和"), "sectionTitle"))
        said = words(self.tr("还没有案件。按下面三步开始，做完一步会打上勾。"), "sub")
        said.setWordWrap(True)
        self._column.addWidget(said)
        for number, (done, title, hint, action, permission, place) in enumerate(self._steps(begun), 1):
            self._column.addWidget(rule())
            act = button(action, partial(self.went.emit, place))
            set_shown(act, self._actor.may(permission))
            self._column.addWidget(self._step(number, done, (title, hint), act))
        self._column.addStretch(1)

    def _steps(self, begun: Begun) -> list[tuple[bool, str, str, str, Permission, Place]]:
        return [
            (
                begun.roster, self.tr("建名册"), self.tr("录入调解员、调解室，补全调委会的任期和委员。"),
                self.tr("去建名册"), Permission.ROSTER_WRITE, Place.ROSTER,
            ),
            (
                False, self.tr("登记第一件"), self.tr("当事人到窗口，从“登记新案件”开始。快捷键 Ctrl+N。"),
                self.tr("登记新案件"), Permission.CASE_REGISTER, Place.INTAKE,
            ),
            (
                begun.county, self.tr("读取县中心名片"),
                self.tr("用优盘拷来县中心的名片文件，读取后才能向县中心报送案件包。"),
                self.tr("去读取"), Permission.NODE_ENROL, Place.SETTINGS,
            ),
        ]  # fmt: skip

    def _step(self, number: int, done: bool, said: tuple[str, str], act: QWidget) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(14)
        sign = QLabel()
        if done:
            sign.setPixmap(pixmap("circle-check", "green", 26))
            sign.setAccessibleName(self.tr("已完成"))
        else:
            sign.setText(str(number))
            sign.setObjectName("pageTitle")
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sign.setFixedWidth(32)
        row.addWidget(sign)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(words(said[0], "sectionTitle"))
        hint = words(said[1], "sub")
        hint.setWordWrap(True)
        texts.addWidget(hint)
        row.addLayout(texts, 1)
        row.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        return made
