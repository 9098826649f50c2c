"""The window before the office is open: one card in the middle of it."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import NodeKind
from app.domain.office.offices import NewOffice
from app.ui.icons import icon
from app.ui.room import Scrolled
from app.ui.session.doors import Doors, NewSheet, SampleSignIn
from app.ui.session.panel import Panel
from app.ui.session.sign_in_card import SignInCard
from app.ui.tasks import Tasks
from app.ui.theme import Tone


class Entrance(QWidget):
    """Shows the sign-in card, or the first-start cards; tells `entered` when an office is open."""

    painted = Signal()  # once, after the first painting
    entered = Signal(object)

    def __init__(self, doors: Doors, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("乡和"))
        self.setWindowIcon(icon("scale", "primary", 32))
        self.resize(QSize(1000, 640).boundedTo(self.screen().availableSize()))
        self._doors = doors
        self._tasks = tasks
        self._told = False
        self.card: Any = None
        content = QWidget()
        self._middle = QHBoxLayout(content)
        self._middle.setContentsMargins(24, 24, 24, 24)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scrolled(content))

    def start(self) -> None:
        """Show the right card: sign-in where an office is, else the first start."""
        if self._doors.has_office(self._doors.office_file):
            self.show_sign_in(self._doors.office_file)
        elif self._doors.has_office(self._doors.sample_file):
            self.show_sign_in(self._doors.sample_file)
        else:
            self.show_begin()

    def show_sign_in(self, data_file: Path, said: str = "") -> SignInCard:
        """Ask for account and passphrase of this file."""
        card = SignInCard(self._doors, self._tasks, data_file)
        card.entered.connect(self.entered)
        card.recover_asked.connect(self.show_recover)
        card.sample_asked.connect(self._make_sample)
        card.wizard_asked.connect(self.show_begin)
        self._put(card)
        if said:
            card.banner.say(said, Tone.GOOD)
        return card

    def show_begin(self) -> None:
        """Ask how to begin."""
        from app.ui.session.first_run import BeginCard

        card = BeginCard(self._doors, self._tasks, may_leave=self._doors.has_office(self._doors.sample_file))
        card.office_chosen.connect(self._show_wizard)
        card.sample_made.connect(self._sample_made)
        card.left.connect(self.start)
        self._put(card)

    def show_recover(self, data_file: Path) -> None:
        """Ask for the recovery key."""
        from app.ui.session.recover_card import RecoverCard

        card = RecoverCard(self._doors, self._tasks, data_file)
        said = self.tr("已换上新口令，请登录。恢复单用过以后要换发新的。")
        card.recovered.connect(lambda _: self.show_sign_in(data_file, said))
        card.left.connect(lambda: self.show_sign_in(data_file))
        self._put(card)

    def _show_wizard(self, kind: NodeKind) -> None:
        from app.ui.session.first_run import FirstRun

        card = FirstRun(kind, self._doors, self._tasks)
        card.made.connect(self._office_made)
        card.left.connect(self.show_begin)
        self._put(card)

    def _make_sample(self) -> None:
        self.show_begin()
        self.card.make_sample()

    def _sample_made(self, sample: SampleSignIn) -> None:
        self._enter(sample.data_file, sample.login, sample.passphrase)

    def _office_made(self, new: NewSheet, office: NewOffice) -> None:
        self._enter(new.data_file, office.admin_login, office.passphrase)

    def _enter(self, data_file: Path, login: str, passphrase: str) -> None:
        card = self.show_sign_in(data_file)
        card.account.setCurrentText(login)
        card.passphrase.setText(passphrase)
        card.submit()

    def _put(self, card: Panel) -> None:
        if self.card is not None:
            self._middle.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
        self.card = card
        self._middle.addWidget(card)
        card.show()
        card.begin()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._tasks.drain()
        super().closeEvent(event)
