"""Everybody's own passphrase: the old one, then a new one twice."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import Refused
from app.services.office.opening import give_slot
from app.services.office.passphrases import own_login, prove_presence
from app.services.office.sign_in import Unlocked
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, heading
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.passphrase import PassphraseEditor, judge, may_stand
from app.ui.signed_in import SignedIn
from app.ui.theme import Tone, px
from app.ui.words.messages import sentence


@dataclass(frozen=True, slots=True)
class OwnPassphrase:
    """What is typed to change it."""

    old: str
    passphrase: str
    again: str


class OwnPassphraseTab(QWidget):
    """Changes the passphrase of whoever is signed in."""

    def __init__(self, context: SignedIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.banner = Banner()
        self.form = Form(
            OwnPassphrase,
            [
                Field("old", self.tr("现在的口令"), PassphraseEditor, required=True, span=FULL_ROW),
                Field("passphrase", self.tr("新口令"), PassphraseEditor, required=True, span=FULL_ROW),
                Field("again", self.tr("再输一次"), PassphraseEditor, required=True, span=FULL_ROW),
            ],
            columns=1,
        )
        self.form.edited.connect(lambda: judge(self.form, "passphrase", "again"))
        self.form.submitted.connect(self.submit)
        self.save = button(self.tr("更换口令"), self.submit, weight=Weight.PRIMARY)
        card = Card(self.tr("更换我的口令"))
        card.setMaximumWidth(px(620))
        card.add(self.banner)
        card.add(self.form)
        card.add(heading("", self.save))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

    def submit(self) -> None:
        """Prove the old passphrase and put the new one in its place."""
        typed = self.form.value()
        if typed is None or not self.save.isEnabled() or not may_stand(self.form, "passphrase", "again"):
            return
        self.banner.hide()
        self.save.setEnabled(False)
        self._context.tasks.call(_change, self._context.unlocked, typed.old, typed.passphrase).then(
            self._changed, done=lambda: self.save.setEnabled(True), owner=self
        )

    def show_refused(self, refused: Refused) -> None:
        """Say why the old one stays."""
        self.banner.say(sentence(refused), Tone.BAD)

    def _changed(self, _: None) -> None:
        self.form.fill(OwnPassphrase("", "", ""))
        self.banner.say(self.tr("已更换。下次登录用新口令。"), Tone.GOOD)


def _change(unlocked: Unlocked, old: str, new: str) -> None:
    prove_presence(unlocked, old)
    give_slot(unlocked, unlocked.actor.user_id, own_login(unlocked), new)
