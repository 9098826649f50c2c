"""Covers the window while nobody is there; open forms stay as they are behind it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, words
from app.ui.theme import Tone, px

_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}
MINUTE_MS = 60_000


class IdleWatch(QObject):
    """Tells `idle` when neither key nor mouse moved for some minutes."""

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)

    def set_minutes(self, minutes: int) -> None:
        """Wait this long from now on."""
        self._timer.setInterval(minutes * MINUTE_MS)
        self._timer.start()

    def _follow(self, window: QWindow | None) -> None:
        # the window, not the application: a filter there would run Python for every event of every widget
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._timer.start()
        return False


class LockPanel(QWidget):
    """Asks the signed-in person for the passphrase; another person may sign in instead."""

    unlock_asked = Signal(str)
    sign_out_asked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lockPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._banner = Banner()
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setPlaceholderText(self.tr("口令"))
        self._passphrase.setAccessibleName(self.tr("口令"))
        self._passphrase.returnPressed.connect(self._ask)
        self._unlock = button(self.tr("解锁"), self._ask, weight=Weight.PRIMARY)
        card = Card(margin=24)
        card.setFixedWidth(px(380))
        card.add(words(self.tr("已锁定"), "dialogTitle"))
        card.add(words(self.tr("{name}，请输入口令继续。没有保存的内容都还在。").format(name=name), "sub"))
        card.add(self._banner)
        card.add(self._passphrase)
        card.add(self._unlock)
        card.add(button(self.tr("换人登录"), self.sign_out_asked.emit, weight=Weight.LINK))
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    def begin(self) -> None:
        """Ask anew."""
        self._banner.hide()
        self._passphrase.clear()
        self._unlock.setEnabled(True)
        self._passphrase.setFocus()

    def say(self, text: str) -> None:
        """Say why it stays locked."""
        self._banner.say(text, Tone.BAD, lasting=True)
        self._unlock.setEnabled(True)
        self._passphrase.selectAll()
        self._passphrase.setFocus()

    def _ask(self) -> None:
        if self._passphrase.text() and self._unlock.isEnabled():
            self._unlock.setEnabled(False)
            self.unlock_asked.emit(self._passphrase.text())
