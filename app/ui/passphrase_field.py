"""The passphrase field: dots, an eye that shows the text, a word about Caps Lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from app.ui.icons import icon


class PassphraseField(QLineEdit):
    """Light enough for the sign-in window; in forms it is a `PassphraseEditor`."""

    capitals = Signal(bool)  # Caps Lock seems to be on

    def __init__(self) -> None:
        super().__init__()
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye = self.addAction(icon("eye", "sub", 18), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_text)
        self._show_text(False)

    def _show_text(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-off" if shown else "eye", "sub", 18))
        self._eye.setToolTip(self.tr("隐藏口令") if shown else self.tr("显示口令"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if len(typed) == 1 and typed.isascii() and typed.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(typed.isupper() != shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.capitals.emit(False)
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # submitting moved the focus on: Enter must not press the button it came to

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.capitals.emit(False)
        super().focusOutEvent(event)
