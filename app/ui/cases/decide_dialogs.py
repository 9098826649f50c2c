"""The small forms of a case: consent, acceptance, refusal, telling the rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from app.domain.cases import PRINCIPALS, CaseView, Consent, PartyRole, PartyView, Refusal
from app.services.cases.decisions import accept_case, record_consent, record_rights_told, refuse_case
from app.ui.cases.next_step import consent_words
from app.ui.clock import office_today
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import check, choice, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.tasks import Tasks
from app.ui.words.labels import label


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """Which party said what, when."""

    party_id: str
    consent: Consent
    consent_on: date | None


@dataclass(frozen=True, slots=True)
class AcceptanceChecked:
    """The two conditions of acceptance."""

    competent: bool
    not_excluded: bool
    accepted_on: date | None = None


@dataclass(frozen=True, slots=True)
class RefusalGiven:
    """Why the case is not taken, and whether the other ways were told."""

    reason: Refusal
    note: str
    remedy_told: bool
    refused_on: date | None = None


@dataclass(frozen=True, slots=True)
class RightsTold:
    """The day the parties were told their rights and duties."""

    rights_told_on: date | None


class ConsentDialog(Dialog):
    """记录同意或拒绝: one party at a time."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("记录是否同意调解"), self.tr("记下"), tasks=tasks, parent=parent)
        self._case = case
        asked = [party for party in case.parties if party.role in PRINCIPALS]
        options = [(party.id, f"{party.name}（{label(party.role)}）") for party in asked]
        self.form: Form[ConsentGiven] = Form(
            ConsentGiven,
            [
                Field("party_id", self.tr("当事人"), choice(options), required=True),
                Field("consent", self.tr("表态"), choice(Consent), required=True),
                Field("consent_on", self.tr("日期"), DateEditor),
            ],
            columns=1,
        )
        note = QLabel(self.tr("一方明确拒绝的，不得调解。"))
        note.setObjectName("sub")
        self.add(self.form)
        self.add(note)
        unasked = [party for party in asked if party.consent is Consent.UNASKED]
        needed = [party for party in unasked if party.role is not PartyRole.APPLICANT]
        first = (needed or unasked or asked)[0]
        self.form.fill(ConsentGiven(first.id, Consent.ORAL, office_today()))

    @override
    def submit(self) -> None:
        """Write it down."""
        given = self.form.value()
        if given is not None:
            self.act(record_consent, self._case.id, given.party_id, given.consent, given.consent_on)


class AcceptDialog(Dialog):
    """受理 (G1)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("受理案件"), self.tr("受理"), tasks=tasks, parent=parent)
        self.setMinimumWidth(560)
        self._case = case
        self.form: Form[AcceptanceChecked] = Form(
            AcceptanceChecked,
            [
                Field(
                    "competent",
                    self.tr("调解范围"),
                    check(self.tr("纠纷发生地或一方当事人在本地，或与有关调委会共同调解")),
                    span=FULL_ROW,
                ),
                Field(
                    "not_excluded",
                    self.tr("无其他处理"),
                    check(self.tr("不是专门机关处理的事项，法院、公安、行政机关没有受理")),
                    span=FULL_ROW,
                ),
                Field("accepted_on", self.tr("受理日期"), DateEditor),
            ],
            columns=1,
        )
        self.form.fill(AcceptanceChecked(False, False, office_today()))
        said = QLabel(_said(case.parties))
        said.setWordWrap(True)
        self.add(said)
        self.add(self.form)

    @override
    def submit(self) -> None:
        """Accept; the rules say what is in the way."""
        checked = self.form.value()
        if checked is not None:
            excluded = not checked.not_excluded
            self.act(accept_case, self._case.id, checked.competent, excluded, checked.accepted_on)


class RefuseDialog(Dialog):
    """不予受理 (G2)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        title = self.tr("不予受理")
        super().__init__(title, title, tasks=tasks, danger=True, parent=parent)
        self.setMinimumWidth(560)
        self._case = case
        self.form: Form[RefusalGiven] = Form(
            RefusalGiven,
            [
                Field("reason", self.tr("理由"), choice(Refusal), required=True),
                Field("note", self.tr("说明"), text(3)),
                Field(
                    "remedy_told",
                    self.tr("告知"),
                    check(self.tr("已告知可以通过仲裁、行政、司法等途径维护权利")),
                    required=True,
                ),
                Field("refused_on", self.tr("决定日期"), DateEditor),
            ],
            columns=1,
        )
        self.add(self.form)
        refused = any(party.consent is Consent.REFUSED for party in case.parties)
        first = Refusal.PARTY_REFUSES if refused else Refusal.NO_COMPETENCE
        self.form.fill(RefusalGiven(first, "", False, office_today()))

    @override
    def submit(self) -> None:
        """Refuse the case with its reason."""
        given = self.form.value()
        if given is not None:
            self.act(
                refuse_case, self._case.id, given.reason, given.note, given.remedy_told, given.refused_on
            )


class RightsDialog(Dialog):
    """记录权利义务告知."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("记录权利义务告知"), self.tr("记下"), tasks=tasks, parent=parent)
        self._case = case
        self.form: Form[RightsTold] = Form(
            RightsTold, [Field("rights_told_on", self.tr("告知日期"), DateEditor)], columns=1
        )
        self.form.fill(RightsTold(office_today()))
        note = QLabel(self.tr("可以口头告知，也可以让当事人在告知书上签名（告知书在“文书”中打印）。"))
        note.setWordWrap(True)
        note.setObjectName("sub")
        self.add(self.form)
        self.add(note)

    @override
    def submit(self) -> None:
        """Write the day down."""
        told = self.form.value()
        if told is not None:
            self.act(record_rights_told, self._case.id, told.rights_told_on)


def _said(parties: Sequence[PartyView]) -> str:
    asked = [party for party in parties if party.role in PRINCIPALS and party.consent is not Consent.UNASKED]
    return "\n".join(f"{party.name}：{consent_words(party.consent, party.consent_on)}" for party in asked)
