"""Signing in: account, passphrase, and in plain words why the file stays closed."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import Reason, Refused
from app.services.office.sign_in import logins
from app.ui.kit.buttons import Segments, Weight, button
from app.ui.kit.card import words
from app.ui.passphrase_field import PassphraseField
from app.ui.session.doors import Doors
from app.ui.session.panel import Panel, foot, labelled
from app.ui.tasks import Tasks
from app.ui.theme import Tone

SECOND_MS = 1000


class SignInCard(Panel):
    """Chooses between the office and the sample office, and signs in; whose office it is stays hidden."""

    entered = Signal(object)  # what the door `enter` answered
    recover_asked = Signal(object)  # data file
    sample_asked = Signal()
    wizard_asked = Signal()

    def __init__(self, doors: Doors, tasks: Tasks, data_file: Path) -> None:
        super().__init__("", width=420)
        self._doors = doors
        self._tasks = tasks
        self.data_file = data_file
        self._seconds = 0
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND_MS)
        self._clock.timeout.connect(self._tick)
        self.set_heading(self.tr("乡和"), self.tr("人民调解办案　本机离线，数据加密"))
        self._offices = Segments(
            [(doors.office_file, self.tr("本单位")), (doors.sample_file, self.tr("示例单位"))]
        )
        self._offices.chosen.connect(self.use)
        self.account = QComboBox()
        self.account.setAccessibleName(self.tr("账号"))
        self.passphrase = PassphraseField()
        self.passphrase.setAccessibleName(self.tr("口令"))
        self.passphrase.returnPressed.connect(self.submit)
        self.passphrase.capitals.connect(self._show_capitals)
        self._hint = words("", "caution")
        self._hint.setWordWrap(True)
        self._hint.hide()
        self.submit_button = button(self.tr("登录"), self.submit, weight=Weight.PRIMARY)
        self._build()
        self.use(data_file)

    def _build(self) -> None:
        self.add(self._offices)
        self._field(self.tr("账号"), self.account)
        self._field(self.tr("口令"), self.passphrase)
        self.add(self._hint)
        self.add(self.submit_button)
        self._recover = button(
            self.tr("忘记口令，用恢复单打开"),
            lambda: self.recover_asked.emit(self.data_file),
            weight=Weight.LINK,
        )
        self._other = button("", self._ask_other, weight=Weight.LINK)
        self.add(foot(self._recover, right=(self._other,)))

    def _field(self, text: str, editor: QWidget) -> None:
        label: QLabel = labelled(text)
        label.setBuddy(editor)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(editor)
        self.add(column)

    def use(self, data_file: Path) -> None:
        """Sign in to this file from now on."""
        self.data_file = data_file
        self.banner.hide()
        self._stop_clock()
        office, sample = (self._doors.has_office(path) for path in self._files())
        self._offices.setVisible(office and sample)
        self._offices.set_value(data_file)
        self._other.setText(self.tr("打开示例单位") if office else self.tr("建立本单位"))
        self._other.setVisible(not (office and sample))
        self.passphrase.clear()
        self._show_sample_hint()
        try:
            self._doors.hold(data_file)
            offered = logins(data_file)
        except Refused as refused:
            self.account.clear()
            self.show_refused(refused)
            self.submit_button.setEnabled(False)
            return
        self.submit_button.setEnabled(True)
        self.account.clear()
        self.account.addItems(list(offered))
        self.account.setCurrentText(self._last_login(offered))

    @override
    def begin(self) -> None:
        self.passphrase.setFocus()

    def submit(self) -> None:
        """Open the file with what was typed."""
        if not self.submit_button.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.setFocus()
            return
        login = self.account.currentText()
        self.banner.hide()
        self.set_busy(True)
        request = self._tasks.call(self._doors.enter, self.data_file, login, self.passphrase.text())
        request.then(self._entered, refused=self.show_refused, done=lambda: self.set_busy(False), owner=self)

    def set_busy(self, busy: bool) -> None:
        """Lock the fields while the file is being opened."""
        for part in (self._offices, self.account, self.passphrase, self.submit_button):
            part.setDisabled(busy)
        self.submit_button.setText(self.tr("正在打开…") if busy else self.tr("登录"))

    @override
    def show_refused(self, refused: Refused) -> None:
        from app.ui.words.messages import sentence  # loads every word there is: not before it is needed

        if refused.reason is Reason.THROTTLED:
            self._seconds = refused.details["seconds"]
            self._clock.start()
            self._say_wait()
            return
        said = sentence(refused)
        if refused.reason is Reason.NOT_PERMITTED:
            said = self.tr("没有登录：这个账号已停用。需要时请管理员恢复。")
        if refused.reason is Reason.WRONG_PASSPHRASE:
            said += self._tries_left(refused.details.get("left", 0))
        self.banner.say(said, Tone.BAD)
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def _tries_left(self, left: int) -> str:
        if left:
            return self.tr("再错 {left} 次将暂停登录。").format(left=left)
        return self.tr("下次登录前要等一会儿。")

    def _entered(self, value: Any) -> None:
        QSettings().setValue(self._setting(), self.account.currentText())
        self.passphrase.clear()
        self.entered.emit(value)

    def _tick(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._say_wait()
        else:
            self._stop_clock()
            self.banner.hide()
            self.submit_button.setEnabled(True)
            self.passphrase.setFocus()

    def _say_wait(self) -> None:
        self.submit_button.setEnabled(False)
        said = self.tr("口令连续输错，暂停登录。请等 {seconds} 秒后再试。").format(seconds=self._seconds)
        self.banner.say(said, Tone.WARN, lasting=True)

    def _stop_clock(self) -> None:
        self._seconds = 0
        self._clock.stop()

    def _show_capitals(self, on: bool) -> None:
        if on:
            self._hint.setText(self.tr("大写锁定（Caps Lock）好像开着。"))
            self._hint.show()
        else:
            self._show_sample_hint()

    def _show_sample_hint(self) -> None:
        known = self._doors.sample_sign_in() if self.data_file == self._doors.sample_file else None
        if known is not None:
            said = self.tr("示例单位的人和事都是虚构的。账号 {login}，口令 {passphrase}")
            self._hint.setText(said.format(login=known.login, passphrase=known.passphrase))
        self._hint.setVisible(known is not None)

    def _ask_other(self) -> None:
        if self._doors.has_office(self._doors.office_file):
            self.sample_asked.emit()
        else:
            self.wizard_asked.emit()

    def _files(self) -> tuple[Path, Path]:
        return self._doors.office_file, self._doors.sample_file

    def _last_login(self, offered: tuple[str, ...]) -> str:
        known = QSettings().value(self._setting())
        return str(known) if known in offered else next(iter(offered), "")

    def _setting(self) -> str:
        return f"sign_in/{self.data_file.parent.name}"
