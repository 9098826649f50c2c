"""The intake forms somebody began and did not finish."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.cases import joined_parties
from app.domain.intake_draft import IntakeDraft
from app.domain.office.drafts import DraftRow
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, heading, rule, words
from app.ui.room import Scrolled
from app.ui.words.messages import shown


class DraftShelf(QWidget):
    """Tells `chosen(row)` to go on with one, `thrown(row)` to forget it, `new_asked` for an empty form."""

    chosen = Signal(object)
    thrown = Signal(object)
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.go_on_buttons: list[QPushButton] = []
        self.new_button = button(
            self.tr("另登一件"), self.new_asked.emit, picture="plus", weight=Weight.PRIMARY
        )
        self.new_button.setAutoDefault(True)
        card = Card()
        card.add(heading(self.tr("没有登记完的草稿"), self.new_button))
        self._rows = QWidget()
        self._scrolled = Scrolled(self._rows)
        card.add(self._scrolled, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def show_drafts(self, drafts: Sequence[DraftRow]) -> None:
        """Show these, the latest first."""
        self._rows = QWidget()
        self._rows.setObjectName("scrolled")
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        self.go_on_buttons = []
        for draft in drafts:
            column.addWidget(rule())
            column.addLayout(self._row(draft))
        column.addStretch(1)
        self._scrolled.setWidget(self._rows)

    def _row(self, draft: DraftRow) -> QHBoxLayout:
        applicants, respondents = IntakeDraft.from_body(draft.body).sides()
        who = joined_parties(list(applicants), list(respondents)) or self.tr("还没有写当事人")
        row = QHBoxLayout()
        row.setSpacing(10)
        name = words(who)
        name.setWordWrap(True)
        row.addWidget(name, 1)
        row.addWidget(words(self.tr("保存于 {when}").format(when=shown(draft.saved_at)), "sub"))
        go_on = button(self.tr("继续填写"), lambda: self.chosen.emit(draft), picture="pen-line")
        go_on.setAccessibleName(self.tr("继续填写 {who}").format(who=who))
        self.go_on_buttons.append(go_on)
        row.addWidget(go_on)
        throw = button(self.tr("删除"), lambda: self.thrown.emit(draft), picture="trash-2")
        throw.setAccessibleName(self.tr("删除 {who}").format(who=who))
        row.addWidget(throw)
        return row
