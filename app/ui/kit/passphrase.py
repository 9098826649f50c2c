"""The passphrase field: hidden text, a word about Caps Lock, and a sentence about strength."""

import unicodedata
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from app.services.passphrases import weakness
from app.ui.icons import icon
from app.ui.kit.editors import LineEditor
from app.ui.kit.form import Form


class PassphraseEditor(LineEditor):
    """Shows dots; the eye at its end shows the text. What is typed counts to the last space."""

    capitals = Signal(bool)  # Caps Lock seems to be on

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye = self.addAction(icon("eye", "sub", 18), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_text)
        self._show_text(False)

    @override
    def value(self) -> Any:
        return self.text()

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

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.capitals.emit(False)
        super().focusOutEvent(event)


def strength(passphrase: str) -> tuple[bool, str]:
    """Whether a new passphrase may stand, and a sentence about it."""
    problem = weakness(passphrase)
    if problem is None:
        said = QCoreApplication.translate("strength", "可以用。请记牢，不要写在电脑旁边。")
    elif problem == "too_short":
        said = QCoreApplication.translate("strength", "太短：至少 10 个字符，或者 4 个不同的词，用空格隔开。")
    else:
        said = QCoreApplication.translate("strength", "太常见，容易被猜到。请换几个不相干的词连在一起。")
    return problem is None, said


def judge(form: Form[Any], first: str, again: str) -> None:
    """Say under two passphrase fields of a form how strong the first is and whether the second agrees."""
    typed, repeated = form.field(first).text(), form.field(again).text()
    if typed:
        good, said = strength(typed)
        (form.praise if good else form.warn)(first, said)
    if repeated:
        if same(typed, repeated):
            form.praise(again, QCoreApplication.translate("strength", "两次输入一致。"))
        else:
            form.warn(again, QCoreApplication.translate("strength", "两次输入还不一致。"))


def same(first: str, again: str) -> bool:
    """Whether both were typed alike, as the key is made from them."""
    return unicodedata.normalize("NFKC", first) == unicodedata.normalize("NFKC", again)


def may_stand(form: Form[Any], first: str, again: str) -> bool:
    """Whether the new passphrase can be taken; otherwise the form says why and goes to the field."""
    judge(form, first, again)
    if not strength(form.field(first).text())[0]:
        form.field(first).setFocus()
        return False
    if not same(form.field(first).text(), form.field(again).text()):
        form.warn(again, QCoreApplication.translate("strength", "两次输入的口令不一致，请重新输入。"))
        form.field(again).setFocus()
        return False
    return True
