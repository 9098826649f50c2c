"""Step one of the intake: everybody in the dispute, by role."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.cases import PRINCIPALS, PartyInput, PartyRole
from app.domain.errors import Problem
from app.domain.intake_draft import PartyDraft
from app.ui.kit.buttons import button
from app.ui.kit.card import rule, words
from app.ui.parties.party_block import PartyBlock
from app.ui.tasks import Tasks
from app.ui.words.labels import label

_ALWAYS = (PartyRole.APPLICANT, PartyRole.RESPONDENT)


class PartiesStep(QWidget):
    """Blocks in the order of the roles; tells `edited`, `finished`, and `removed(draft, place, words)`."""

    edited = Signal()
    finished = Signal()
    removed = Signal(object, int, str)
    look_asked = Signal(str)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.blocks: list[PartyBlock] = []
        self._rules: dict[PartyBlock, QFrame] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(12)
        self._more = self._more_row()
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        self.clear()

    def clear(self) -> None:
        """Begin anew with one applicant and one respondent; blank ones already there stay."""
        if [block.role for block in self.blocks] == list(_ALWAYS) and all(
            block.is_untouched() for block in self.blocks
        ):
            return
        self.restore([PartyDraft(_new_key(), role) for role in _ALWAYS])

    def restore(self, drafts: Sequence[PartyDraft]) -> None:
        """Show these people."""
        for block in list(self.blocks):
            self._drop(block)
        for draft in drafts:
            self._place(draft, len(self.blocks))
        self._retitle()

    def snapshot(self) -> tuple[PartyDraft, ...]:
        """What was typed of everybody."""
        return tuple(block.snapshot() for block in self.blocks)

    def add(self, role: PartyRole) -> PartyBlock:
        """Add somebody behind the others of the role, and go there."""
        order = list(PartyRole)
        at = sum(order.index(block.role) <= order.index(role) for block in self.blocks)
        block = self._place(PartyDraft(_new_key(), role), at)
        self._retitle()
        block.form.focus_first()
        self.edited.emit()
        return block

    def remove(self, block: PartyBlock) -> None:
        """Take somebody out; `removed` tells what brings them back."""
        at, draft, title = self.blocks.index(block), block.snapshot(), block.title()
        self._drop(block)
        if block.role in _ALWAYS and not any(other.role is block.role for other in self.blocks):
            self._place(PartyDraft(_new_key(), block.role), at)
        self._retitle()
        self.removed.emit(draft, at, draft.name or title)
        self.edited.emit()

    def bring_back(self, draft: PartyDraft, at: int) -> None:
        """Undo a removal."""
        there = self.blocks[at] if at < len(self.blocks) else None
        if there is not None and there.role is draft.role and there.is_blank():
            self._drop(there)
        self._place(draft, min(at, len(self.blocks)))
        self._retitle()
        self.edited.emit()

    def read(self, *, without_blank_applicant: bool) -> tuple[tuple[PartyInput, ...], tuple[Problem, ...]]:
        """Everybody as far as readable. A case the committee takes up itself may have no applicant."""
        parties: list[PartyInput] = []
        problems: list[Problem] = []
        for block in self.blocks:
            if without_blank_applicant and block.role is PartyRole.APPLICANT and block.is_blank():
                continue
            party, found = block.read()
            parties.append(party)
            problems.extend(found)
        return tuple(parties), tuple(problems)

    def block_of(self, key: str) -> PartyBlock | None:
        """The block of a key."""
        return next((block for block in self.blocks if block.key == key), None)

    def counts(self) -> str:
        """Who there is so far: 申请人1 被申请人1."""
        found = []
        for role in PartyRole:
            named = sum(block.role is role and not block.is_blank() for block in self.blocks)
            if named:
                found.append(f"{label(role)}{named}")
        return "　".join(found)

    def _more_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(words(self.tr("还有"), "sub"))
        for role in (PartyRole.THIRD, PartyRole.AGENT, PartyRole.GUARDIAN):
            row.addWidget(button(label(role), partial(self.add, role), picture="user-plus"))
        row.addStretch(1)
        return made

    def _place(self, draft: PartyDraft, at: int) -> PartyBlock:
        block = PartyBlock(self._tasks, draft)
        block.edited.connect(self._edited)
        block.finished.connect(lambda: self._go_on(block))
        block.left.connect(lambda: self.remove(block))
        block.more.connect(lambda: self.add(block.role))
        block.look_asked.connect(self.look_asked)
        block.rebuilt.connect(self._order)
        line = rule()
        self._rules[block] = line
        self._column.insertWidget(2 * at, block)
        self._column.insertWidget(2 * at + 1, line)
        self.blocks.insert(at, block)
        block.show()  # at once, not with the next event: it may be gone to now
        return block

    def _drop(self, block: PartyBlock) -> None:
        self.blocks.remove(block)
        for part in (block, self._rules.pop(block)):
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()

    def _edited(self) -> None:
        self._offer_principals()
        self.edited.emit()

    def _go_on(self, block: PartyBlock) -> None:
        after = self.blocks[self.blocks.index(block) + 1 :]
        if after:
            after[0].form.focus_first()
        else:
            self.finished.emit()

    def _retitle(self) -> None:
        for block in self.blocks:
            same = [other for other in self.blocks if other.role is block.role]
            number = str(same.index(block) + 1) if len(same) > 1 else ""
            removable = block.role not in _ALWAYS or len(same) > 1
            block.set_title(label(block.role) + number, removable=removable, last=block is same[-1])
        self._offer_principals()
        self._order()

    def _order(self) -> None:
        """Let Tab and Enter pass through the people in the order they stand on the screen."""
        chain = [part for block in self.blocks for part in block.inputs()]
        for before, after in pairwise([*chain, *self._more.findChildren(QPushButton)]):
            QWidget.setTabOrder(before, after)

    def _offer_principals(self) -> None:
        offered = [
            (block.key, block.name() or block.title()) for block in self.blocks if block.role in PRINCIPALS
        ]
        for block in self.blocks:
            if block.role not in PRINCIPALS:
                block.represented.offer(offered)


def _new_key() -> str:
    return uuid4().hex[:12]
