"""New passphrases in forms: the editor, and a sentence about strength and agreement."""

import unicodedata
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from typing_extensions import override

from app.services.office.passphrases import weakness
from app.ui.kit.editors import Editor
from app.ui.kit.form import Form
from app.ui.passphrase_field import PassphraseField


class PassphraseEditor(PassphraseField, Editor):
    """The passphrase in a form; it counts to the last space."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.textChanged.connect(self.edited)

    @override
    def value(self) -> Any:
        return self.text()

    @override
    def set_value(self, value: Any) -> None:
        self.setText(value or "")

    @override
    def raw(self) -> str:
        return ""  # no draft keeps a passphrase

    @override
    def set_raw(self, raw: Any) -> None:
        self.clear()


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
