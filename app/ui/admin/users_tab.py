"""Users: who may sign in on this PC, with which duties; new ones, changed ones, barred ones."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.actor import Role
from app.domain.errors import Refused
from app.domain.office.users import UserRow
from app.services.office.users import list_users
from app.ui.admin.user_dialogs import ChangeUserDialog, NewUserDialog, ResetDialog
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, heading
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.signed_in import SignedIn
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import sentence


class UsersTab(QWidget):
    """The list, and what can be done with the chosen user."""

    def __init__(self, context: SignedIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.banner = Banner()
        self.table: SmallTable[UserRow] = SmallTable(
            [
                Column(self.tr("账号"), lambda row: row.login, width=150, sort_key="login"),
                Column(self.tr("姓名"), lambda row: row.name, width=140, sort_key="name", bold=True),
                Column(self.tr("岗位"), _roles, stretch=True),
                Column(self.tr("状态"), self._state, width=90, chip=True, tone=_tone),
            ],
            title=self.tr("用户"),
            empty=self.tr("还没有用户。"),
        )
        self.table.opened.connect(self._change)
        self.table.picked.connect(self._picked)
        self.add = button(self.tr("新增用户"), self._add, picture="user-plus", weight=Weight.PRIMARY)
        self.change = button(self.tr("修改"), lambda: self._change(self.table.current()), picture="pencil")
        self.reset = button(self.tr("重设口令"), self._reset, picture="key-round")
        self._build()
        self._picked(None)

    def _build(self) -> None:
        card = Card()
        card.add(heading(self.tr("用户"), self.reset, self.change, self.add))
        card.add(self.banner)
        card.add(self.table, 1)
        self.table.setMinimumHeight(px(230))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.addWidget(card, 1)

    def load(self) -> None:
        """Show everybody."""
        self._context.tasks.run(list_users).then(self.table.show_records, owner=self)

    def show_refused(self, refused: Refused) -> None:
        """Say why nothing was changed."""
        self.banner.say(sentence(refused), Tone.BAD)

    def _picked(self, row: UserRow | None) -> None:
        self.change.setEnabled(row is not None)
        self.reset.setEnabled(row is not None and row.active)

    def _add(self) -> None:
        self._open(NewUserDialog(self._context, self), self.tr("已新增用户，可以登录了。"))

    def _change(self, row: UserRow | None) -> None:
        if row is not None:
            self._open(ChangeUserDialog(self._context, row, self), self.tr("已修改。"))

    def _reset(self) -> None:
        row = self.table.current()
        if row is not None:
            self._open(ResetDialog(self._context, row, self), self.tr("已重设口令，请告知本人。"))

    def _open(self, dialog: NewUserDialog | ChangeUserDialog | ResetDialog, said: str) -> None:
        self.dialog = dialog
        dialog.accepted.connect(lambda: self.banner.say(said, Tone.GOOD))
        dialog.open()

    def _state(self, row: UserRow) -> str:
        return self.tr("在用") if row.active else self.tr("停用")


def _roles(row: UserRow) -> str:
    return "、".join(label(role) for role in Role if role in row.roles)


def _tone(row: UserRow) -> Tone:
    return Tone.GOOD if row.active else Tone.PLAIN
