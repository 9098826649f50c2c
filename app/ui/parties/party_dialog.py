"""Adding one person to a case, or putting right who they are."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.cases import PRINCIPALS, CaseView, Consent, PartyInput, PartyRole, PartyView
from app.domain.errors import Refused
from app.domain.intake import PartyLeave
from app.domain.intake_draft import PartyDraft
from app.domain.people import Capacity, PersonKind
from app.services.parties.changing import add_party, change_party, party_left
from app.ui.clock import office_today
from app.ui.kit.buttons import Segments
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import choice, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.parties.party_block import PartyBlock
from app.ui.room import Scrolled
from app.ui.tasks import Tasks
from app.ui.theme import px
from app.ui.words.labels import choices, label

NEW = "new"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a party said about mediation, and whether it can act for itself."""

    consent: Consent = Consent.UNASKED
    consent_on: date | None = None
    capacity: Capacity = Capacity.FULL


class PartyChange(Dialog):
    """A form that changes the people of a case; tells the case as it is then."""

    saved = Signal(object)


class PartyDialog(PartyChange):
    """One person: part in the case, particulars, consent; a new one, or one of the case."""

    def __init__(
        self, tasks: Tasks, case: CaseView, party: PartyInput | None = None, parent: QWidget | None = None
    ) -> None:
        title = self.tr("增加人员") if party is None or party.key == NEW else self.tr("变更人员")
        super().__init__(title, self.tr("保存"), tasks=tasks, parent=parent)
        self._case, self._tasks = case, tasks
        self._party = party or PartyInput(key=NEW, role=PartyRole.RESPONDENT)
        self.roles = Segments(choices(PartyRole))
        self.roles.set_value(self._party.role)
        self.roles.chosen.connect(self._turn_role)
        self._room = QVBoxLayout()
        self.standing = self._standing_form()
        self.block = self._block(self._draft(), self._party)
        self._build()
        self._suit()

    def _build(self) -> None:
        self.setMinimumSize(px(760), px(420))
        self.resize(px(800), px(620))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(words(self.tr("在本案中是"), "fieldLabel"))
        head.addWidget(self.roles)
        head.addStretch(1)
        self.add(head)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        self._room.addWidget(self.block)
        column.addLayout(self._room)
        column.addWidget(self.standing)
        column.addStretch(1)
        self.add(Scrolled(inner), 1)
        self.block.form.focus_first()

    @override
    def submit(self) -> None:
        """Save the person; what is wrong is written at its field."""
        party, unreadable = self.block.read()
        standing = self.standing.value()
        if unreadable or standing is None:
            self.block.show_problems(unreadable)
            return
        party = replace(party, key=self._party.key, **_said(standing))
        if party.role in PRINCIPALS:  # whom a representative speaks for is chosen elsewhere
            party = replace(party, represents=self._party.represents, agent_powers=self._party.agent_powers)
        if party.key == NEW:
            self.act(add_party, self._case.id, party, ok=self.saved.emit)
        else:
            who = (self._case.id, party.key, party, self._version())
            self.act(change_party, *who, ok=self.saved.emit)

    @override
    def show_refused(self, refused: Refused) -> None:
        self.block.show_problems(refused.details.get("problems", ()))
        self.forms = [self.block.form, self.standing]
        super().show_refused(refused)

    def _version(self) -> int:
        return next(one.row_version for one in self._case.parties if one.id == self._party.key)

    def _draft(self) -> PartyDraft:
        party = self._party
        return PartyDraft(party.key, party.role, party.kind, party.person_id, party.represents)

    def _block(self, draft: PartyDraft, party: PartyInput | None = None) -> PartyBlock:
        block = PartyBlock(self._tasks, draft)
        block.may_look = False
        block.set_title(label(draft.role), removable=False, last=False)
        block.represented.offer(
            [
                (one.id, f"{one.name}（{label(one.role)}）")
                for one in self._case.parties
                if one.role in PRINCIPALS and one.id != draft.key
            ]
        )
        if party is not None and party.name:
            names = [name for name in block.form.snapshot() if hasattr(party, name)]
            block.form.set_values({name: getattr(party, name) for name in names})
            block.form.check_all()
        block.rebuilt.connect(self._suit)
        return block

    def _standing_form(self) -> Form[Standing]:
        form: Form[Standing] = Form(
            Standing,
            [
                Field("consent", self.tr("同意调解"), choice(Consent)),
                Field("consent_on", self.tr("表态日期"), DateEditor),
                Field("capacity", self.tr("行为能力"), choice(Capacity)),
            ],
            columns=3,
        )
        party = self._party
        form.fill(Standing(party.consent, party.consent_on, party.capacity))
        form.prefix = f"parties.{party.key}."
        form.submitted.connect(self.submit)
        return form

    def _turn_role(self, role: PartyRole) -> None:
        """The same person in another part; the fields of that part appear."""
        kept = self.block.snapshot()
        kind = kept.kind if role in PRINCIPALS else PersonKind.NATURAL
        old, self.block = self.block, self._block(replace(kept, role=role, kind=kind))
        self._room.replaceWidget(old, self.block)
        old.hide()
        old.deleteLater()
        self.block.show()
        self._suit()
        self.block.form.focus_first()

    def _suit(self) -> None:
        """Agents are not asked for consent; only natural persons may lack capacity."""
        principal = self.block.role in PRINCIPALS
        self.standing.setVisible(principal)
        natural = self.block.form.kind is PersonKind.NATURAL
        names = ("consent", "consent_on", "capacity") if natural else ("consent", "consent_on")
        self.standing.show_fields(names)


def _said(standing: Standing) -> dict[str, Any]:
    on = standing.consent_on
    if standing.consent is Consent.UNASKED:
        on = None
    elif on is None:
        on = office_today()
    return {"consent": standing.consent, "consent_on": on, "capacity": standing.capacity}


class LeaveDialog(PartyChange):
    """Somebody is no longer in the case: since when, and why."""

    def __init__(self, tasks: Tasks, case: CaseView, party: PartyView, parent: QWidget | None = None) -> None:
        title = self.tr("{name}退出本案").format(name=party.name)
        super().__init__(title, self.tr("退出"), tasks=tasks, danger=True, parent=parent)
        self._case, self._party = case, party
        self.form: Form[PartyLeave] = Form(
            PartyLeave,
            [
                Field("on", self.tr("日期"), DateEditor, required=True),
                Field(
                    "reason",
                    self.tr("原因"),
                    text(3, self.tr("如：撤回请求、已死亡由继承人参加、误列")),
                    required=True,
                    span=FULL_ROW,
                ),
            ],
            columns=1,
        )
        self.form.fill(PartyLeave(office_today()))
        note = words(
            self.tr("以前的签字和记录不变；只代理此人的代理人一并退出，以后的调解会不再请他们。"), "sub"
        )
        note.setWordWrap(True)
        self.add(self.form)
        self.add(note)

    @override
    def submit(self) -> None:
        """Write it down."""
        leave = self.form.value()
        if leave is not None:
            who = (self._case.id, self._party.id, leave, self._party.row_version)
            self.act(party_left, *who, ok=self.saved.emit)
