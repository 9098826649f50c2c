"""The dialogs about one user: a new one, a changed one, a new passphrase for one."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.actor import NodeKind, Role
from app.domain.office.users import ROLES_OF, UserChange, UserInput, UserRow
from app.services.office.opening import give_slot, take_slot
from app.services.office.users import change_user, create_user
from app.ui.kit.card import words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import check, checks, line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.passphrase import PassphraseEditor, judge, may_stand
from app.ui.signed_in import SignedIn
from app.ui.words.labels import label


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user and the first passphrase."""

    login: str
    name: str
    roles: tuple[Any, ...]
    passphrase: str
    again: str


@dataclass(frozen=True, slots=True)
class UserParticulars:
    """What can be changed of a user."""

    name: str
    roles: tuple[Any, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """A passphrase, typed twice."""

    passphrase: str
    again: str


def _role_boxes(kind: NodeKind) -> list[tuple[Any, str]]:
    return [(role, label(role)) for role in Role if role in ROLES_OF[kind]]


class _UserDialog(Dialog):
    """Gives or takes the slot of the data file after the user was written down."""

    def __init__(self, context: SignedIn, heading: str, submit: str, parent: QWidget) -> None:
        super().__init__(heading, submit, tasks=context.tasks, parent=parent)
        self.context = context
        self.setMinimumWidth(520)

    def run(self, function: Any, *args: Any) -> None:
        """Do something outside the workspace with the dialog busy, then close with yes."""
        self.set_busy(True)
        self.context.tasks.call(function, self.context.unlocked, *args).then(
            lambda _: self.accept(), done=lambda: self.set_busy(False), owner=self
        )

    def passphrase_fields(self) -> list[Field]:
        """The two passphrase fields."""
        return [
            Field("passphrase", self.tr("口令"), PassphraseEditor, required=True, span=FULL_ROW),
            Field("again", self.tr("再输一次"), PassphraseEditor, required=True, span=FULL_ROW),
        ]


class NewUserDialog(_UserDialog):
    """Writes a new user down and gives the passphrase."""

    def __init__(self, context: SignedIn, parent: QWidget) -> None:
        super().__init__(context, "", "", parent)
        self.set_heading(self.tr("新增用户"))
        self.submit_button.setText(self.tr("新增"))
        self._made: UserRow | None = None
        self.form = Form(
            NewUser,
            [
                Field(
                    "login", self.tr("账号"), line("", 20), required=True, span=FULL_ROW,
                    hint=self.tr("2 至 20 位小写字母、数字或 . _ -，以后不能改"),
                ),
                Field("name", self.tr("姓名"), line("", 50), required=True, span=FULL_ROW),
                Field(
                    "roles", self.tr("岗位"), checks(_role_boxes(context.office.kind), columns=3),
                    required=True, span=FULL_ROW,
                ),
                *self.passphrase_fields(),
            ],
            columns=1,
        )  # fmt: skip
        self.form.edited.connect(lambda: judge(self.form, "passphrase", "again"))
        self.add(self.form)
        self.form.focus_first()

    @override
    def submit(self) -> None:
        typed = self.form.value()
        if typed is None:
            return
        wanted = UserInput(typed.login, typed.name, frozenset(typed.roles))
        problems = wanted.problems(self.context.office.kind)
        if problems:
            self.form.show_problems(problems)
            return
        if not may_stand(self.form, "passphrase", "again"):
            return
        if self._made is not None:  # written down already; only the slot could not be written
            self.run(give_slot, self._made.id, self._made.login, typed.passphrase)
            return
        self.banner.hide()
        self.set_busy(True)
        self.context.tasks.run(create_user, wanted).then(
            lambda row: self._give(row, typed.passphrase), done=lambda: self.set_busy(False), owner=self
        )

    def _give(self, row: UserRow, passphrase: str) -> None:
        self._made = row
        self.run(give_slot, row.id, row.login, passphrase)


class ChangeUserDialog(_UserDialog):
    """Changes name and duties, or bars a user; a barred user's passphrase opens nothing any more."""

    def __init__(self, context: SignedIn, row: UserRow, parent: QWidget) -> None:
        super().__init__(context, "", "", parent)
        self.set_heading(self.tr("修改用户 {login}").format(login=row.login))
        self.submit_button.setText(self.tr("保存"))
        self._row = row
        self.form = Form(
            UserParticulars,
            [
                Field("name", self.tr("姓名"), line("", 50), required=True, span=FULL_ROW),
                Field(
                    "roles", self.tr("岗位"), checks(_role_boxes(context.office.kind), columns=3),
                    required=True, span=FULL_ROW,
                ),
                Field(
                    "active", self.tr("登录"), check(self.tr("可以登录")), span=FULL_ROW,
                    hint=self.tr("停用后口令作废；以后恢复要重设口令"),
                ),
            ],
            columns=1,
        )  # fmt: skip
        self.form.fill(UserParticulars(row.name, tuple(row.roles), row.active))
        self.add(self.form)
        self.form.focus_first()

    @override
    def submit(self) -> None:
        typed = self.form.value()
        if typed is None:
            return
        row = self._row
        change = UserChange(
            row.row_version, typed.name, frozenset(typed.roles), typed.active, row.mediator_id
        )
        self.banner.hide()
        self.set_busy(True)
        self.context.tasks.run(change_user, row.id, change).then(
            self._changed, done=lambda: self.set_busy(False), owner=self
        )

    def _changed(self, row: UserRow) -> None:
        if self._row.active and not row.active:
            self.run(take_slot, row.id)
        else:
            self.accept()


class ResetDialog(_UserDialog):
    """Gives a user a new passphrase; the old one opens nothing from then on."""

    def __init__(self, context: SignedIn, row: UserRow, parent: QWidget) -> None:
        super().__init__(context, "", "", parent)
        self.set_heading(self.tr("重设 {name} 的口令").format(name=row.name))
        self.submit_button.setText(self.tr("重设"))
        self._row = row
        said = words(self.tr("原来的口令马上作废。请让本人当面输入新口令。"))
        said.setWordWrap(True)
        self.add(said)
        self.form = Form(NewPassphrase, self.passphrase_fields(), columns=1)
        self.form.edited.connect(lambda: judge(self.form, "passphrase", "again"))
        self.add(self.form)
        self.form.focus_first()

    @override
    def submit(self) -> None:
        typed = self.form.value()
        if typed is not None and may_stand(self.form, "passphrase", "again"):
            self.run(give_slot, self._row.id, self._row.login, typed.passphrase)
