"""Opening the office with the printed recovery sheet when the passphrase is lost."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from typing_extensions import override

from app.domain.errors import Reason, Refused
from app.ui.kit.buttons import Weight, button
from app.ui.kit.editors import line, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.passphrase import PassphraseEditor, judge, may_stand
from app.ui.session.doors import Doors
from app.ui.session.panel import Panel, foot
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px


@dataclass(frozen=True, slots=True)
class Recovery:
    """What is typed from the sheet, and the new passphrase."""

    secret: str
    login: str
    passphrase: str
    again: str


class RecoverCard(Panel):
    """Gives an administrator a new passphrase by the key on the sheet."""

    recovered = Signal(str)  # account
    left = Signal()

    def __init__(self, doors: Doors, tasks: Tasks, data_file: Path) -> None:
        super().__init__("", width=620)
        self.set_heading(
            self.tr("用恢复单打开"),
            self.tr("从保险柜取出恢复单，把恢复密钥逐组输入，空格和换行不影响。只能给管理员换新口令。"),
        )
        self._doors = doors
        self._tasks = tasks
        self._data_file = data_file
        self.form = Form(
            Recovery,
            [
                Field(
                    "secret", self.tr("恢复密钥"), text(3, "AGE-SECRET-KEY-1…"), required=True, span=FULL_ROW
                ),
                Field("login", self.tr("管理员账号"), line(), required=True, span=FULL_ROW),
                Field("passphrase", self.tr("新口令"), PassphraseEditor, required=True, span=FULL_ROW),
                Field("again", self.tr("再输一次"), PassphraseEditor, required=True, span=FULL_ROW),
            ],
            columns=1,
        )
        self.form.field("secret").setMaximumHeight(px(86))
        self.form.edited.connect(lambda: judge(self.form, "passphrase", "again"))
        self.form.submitted.connect(self.submit)
        self.back = button(self.tr("返回登录"), self.left.emit)
        self.submit_button = button(self.tr("换上新口令"), self.submit, weight=Weight.PRIMARY)
        self.add(self.form)
        self.add(foot(self.back, right=(self.submit_button,)))

    @override
    def begin(self) -> None:
        self.form.focus_first()

    def submit(self) -> None:
        """Hand the key and the new passphrase over."""
        typed = self.form.value()
        if typed is None or not self.submit_button.isEnabled():
            return
        if not may_stand(self.form, "passphrase", "again"):
            return
        self.banner.hide()
        self._set_busy(True)
        request = self._tasks.call(
            self._doors.recover, self._data_file, typed.secret, typed.login, typed.passphrase
        )
        request.then(
            lambda _: self.recovered.emit(typed.login), done=lambda: self._set_busy(False), owner=self
        )

    @override
    def show_refused(self, refused: Refused) -> None:
        if refused.reason is Reason.NOT_PERMITTED:
            self.banner.say(self.tr("没有更换口令：这个账号不是在用的管理员账号。请核对账号。"), Tone.BAD)
        else:
            super().show_refused(refused)

    def _set_busy(self, busy: bool) -> None:
        for part in (self.form, self.back, self.submit_button):
            part.setDisabled(busy)
