"""What opens for each deed of a case: a dialog of some room, or a page.

A deed without an entry is not shown. A dialog is named as `module:Class`, imported when it first opens and
made as `Class(tasks, case, parent)`. A page is shown with the id of the case.
"""

from collections.abc import Iterable
from enum import Enum, auto
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from app.domain.actor import Actor, Permission
from app.domain.cases import CaseView
from app.domain.casework.hindrances import Way
from app.domain.flow import Deed
from app.domain.papers.forms import FormId
from app.ui.kit.dialog import Dialog
from app.ui.navigation import Place
from app.ui.tasks import Tasks


class DeedGroup(Enum):
    """Where a deed is found among the others."""

    WORK = auto()  # 办理
    MATERIAL = auto()  # 材料
    SPECIAL = auto()  # 特殊情况


class DeedDialog(Protocol):
    """How a dialog of the registry is made."""

    def __call__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> Dialog:
        """The dialog for this case."""


_FLOW = "app.ui.cases.flow"
OPENS: dict[Deed, str | Place] = {
    Deed.ACCEPT: "app.ui.cases.decide_dialogs:AcceptDialog",
    Deed.AGREEMENT: Place.AGREEMENT,
    Deed.ANSWER_COUNTY: f"{_FLOW}.elsewhere_dialogs:AnswerCountyDialog",
    Deed.ANSWER_TRANSFER: f"{_FLOW}.elsewhere_dialogs:AnswerTransferDialog",
    Deed.ARCHIVE: f"{_FLOW}.volume_dialogs:ArchiveDialog",
    Deed.ASSIGN: "app.ui.cases.assign_dialog:AssignDialog",
    Deed.BREACH: "app.ui.after.case_dialogs:BreachDialog",
    Deed.CHANGE_AGREEMENT: Place.AGREEMENT,
    Deed.CONSENT: "app.ui.cases.decide_dialogs:ConsentDialog",
    Deed.CLOSE: f"{_FLOW}.closing_dialogs:CloseDialog",
    Deed.CONFIRMATION: Place.CONFIRMATION,
    Deed.CORRECT: f"{_FLOW}.sorting_dialogs:CorrectDialog",
    Deed.ENTRUSTMENT: "app.ui.confirmation.entrustment_dialog:EntrustmentDialog",
    Deed.ESCALATE: f"{_FLOW}.elsewhere_dialogs:EscalateDialog",
    Deed.EXTEND: "app.ui.rules.extend_dialog:ExtendDialog",
    Deed.CONFER: Place.WORK,
    Deed.EVIDENCE: Place.WORK,
    Deed.INVESTIGATE: Place.WORK,
    Deed.VISIT: Place.WORK,
    Deed.MERGE: f"{_FLOW}.merge_dialog:MergeDialog",
    Deed.NOT_ON_SPOT: f"{_FLOW}.sorting_dialogs:NotOnSpotDialog",
    Deed.PAPERS: Place.PAPERS,
    Deed.PARTIES: "app.ui.parties.parties_dialog:PartiesDialog",
    Deed.RECUSAL: "app.ui.parties.recusal_dialog:RecusalDialog",
    Deed.RAISE_LEVEL: f"{_FLOW}.sorting_dialogs:RaiseLevelDialog",
    Deed.FOLLOW_UP: "app.ui.after.case_dialogs:FollowUpDialog",
    Deed.PERFORMANCE: Place.AFTER,
    Deed.REMEDIATE: "app.ui.after.case_dialogs:BreachWayDialog",
    Deed.REFUSE: "app.ui.cases.decide_dialogs:RefuseDialog",
    Deed.REOPEN: f"{_FLOW}.closing_dialogs:ReopenDialog",
    Deed.REPORT: f"{_FLOW}.volume_dialogs:ReportDialog",
    Deed.RISK: "app.ui.work.risk_dialogs:RiskDialog",
    Deed.RIGHTS: "app.ui.cases.decide_dialogs:RightsDialog",
    Deed.SCHEDULE: Place.CALENDAR,
    Deed.SESSION: Place.SESSION,
    Deed.SETTLE_ON_SPOT: f"{_FLOW}.on_spot_dialog:OnSpotDialog",
    Deed.STRIKE_OFF: f"{_FLOW}.closing_dialogs:StrikeOffDialog",
    Deed.SUPPLEMENT: f"{_FLOW}.volume_dialogs:SupplementDialog",
    Deed.SUSPEND: f"{_FLOW}.halting_dialogs:SuspendDialog",
    Deed.TERMINATE: f"{_FLOW}.halting_dialogs:TerminateDialog",
    Deed.TRANSFER: f"{_FLOW}.elsewhere_dialogs:TransferDialog",
    Deed.TRIAGE: f"{_FLOW}.sorting_dialogs:TriageDialog",
    Deed.WITHDRAW: f"{_FLOW}.halting_dialogs:WithdrawDialog",
}
"""Where each deed leads; the bundle and the warming-up import these modules by name, as they do the pages."""

NOTICE_OF: dict[Deed, FormId] = {
    Deed.REFUSE: FormId.REFUSAL_NOTICE,
    Deed.TERMINATE: FormId.TERMINATION_NOTICE,
    Deed.TRANSFER: FormId.REFERRAL_LETTER,
    Deed.ESCALATE: FormId.REFERRAL_LETTER,
}
"""The paper somebody must be given once the deed is done (side effects of G2, G3, G10)."""
TABS: dict[Deed, str] = {
    Deed.CHANGE_AGREEMENT: "change",
    Deed.EVIDENCE: "evidence",
    Deed.VISIT: "visits",
    Deed.INVESTIGATE: "investigations",
    Deed.CONFER: "conferences",
}
"""Where on its page a deed begins: the part after # in what the page is asked to show."""

_P = Permission
NEEDS: dict[Deed, Permission] = {
    Deed.TRIAGE: _P.CASE_REGISTER,
    Deed.CONSENT: _P.CASE_REGISTER,
    Deed.ACCEPT: _P.CASE_DECIDE,
    Deed.REFUSE: _P.CASE_DECIDE,
    Deed.TRANSFER: _P.CASE_DECIDE,
    Deed.ANSWER_TRANSFER: _P.CASE_REGISTER,
    Deed.ESCALATE: _P.CASE_DECIDE,
    Deed.ANSWER_COUNTY: _P.CASE_REGISTER,
    Deed.RAISE_LEVEL: _P.CASE_REGISTER,
    Deed.WITHDRAW: _P.CASE_REGISTER,
    Deed.MERGE: _P.CASE_DECIDE,
    Deed.SETTLE_ON_SPOT: _P.CASE_DECIDE,
    Deed.NOT_ON_SPOT: _P.CASE_REGISTER,
    Deed.CORRECT: _P.CASE_REGISTER,
    Deed.PARTIES: _P.CASE_REGISTER,
    Deed.ASSIGN: _P.CASE_ASSIGN,
    Deed.RECUSAL: _P.CASE_ASSIGN,
    Deed.RIGHTS: _P.HEARING_WRITE,
    Deed.INVESTIGATE: _P.HEARING_WRITE,
    Deed.VISIT: _P.HEARING_WRITE,
    Deed.EVIDENCE: _P.CASE_REGISTER,
    Deed.CONFER: _P.HEARING_WRITE,
    Deed.SCHEDULE: _P.HEARING_WRITE,
    Deed.SESSION: _P.HEARING_WRITE,
    Deed.SUSPEND: _P.HEARING_WRITE,
    Deed.EXTEND: _P.CASE_DECIDE,
    Deed.AGREEMENT: _P.AGREEMENT_WRITE,
    Deed.CHANGE_AGREEMENT: _P.AGREEMENT_WRITE,
    Deed.PAPERS: _P.PAPER_PRINT,
    Deed.TERMINATE: _P.HEARING_WRITE,
    Deed.PERFORMANCE: _P.AGREEMENT_WRITE,
    Deed.BREACH: _P.AGREEMENT_WRITE,
    Deed.REMEDIATE: _P.AGREEMENT_WRITE,
    Deed.FOLLOW_UP: _P.AGREEMENT_WRITE,
    Deed.CONFIRMATION: _P.AGREEMENT_WRITE,
    Deed.ENTRUSTMENT: _P.CASE_REGISTER,
    Deed.RISK: _P.CASE_REGISTER,
    Deed.CLOSE: _P.CASE_CLOSE,
    Deed.STRIKE_OFF: _P.CASE_CLOSE,
    Deed.ARCHIVE: _P.CASE_ARCHIVE,
    Deed.SUPPLEMENT: _P.CASE_ARCHIVE,
    Deed.REPORT: _P.CASE_ARCHIVE,
    Deed.REOPEN: _P.CASE_DECIDE,
}
"""The right each deed asks for: a deed somebody has no right to is left out."""

_MATERIAL = {
    Deed.PAPERS, Deed.EVIDENCE, Deed.VISIT, Deed.INVESTIGATE, Deed.CONFER, Deed.RIGHTS, Deed.SUPPLEMENT,
    Deed.PARTIES, Deed.CORRECT, Deed.ENTRUSTMENT,
}  # fmt: skip
_SPECIAL = {
    Deed.REFUSE, Deed.TRANSFER, Deed.ESCALATE, Deed.RAISE_LEVEL, Deed.WITHDRAW, Deed.MERGE, Deed.SUSPEND,
    Deed.EXTEND, Deed.TERMINATE, Deed.RECUSAL, Deed.RISK, Deed.BREACH, Deed.CHANGE_AGREEMENT, Deed.REOPEN,
    Deed.NOT_ON_SPOT,
}  # fmt: skip


def group_of(deed: Deed) -> DeedGroup:
    """Under which heading a deed is found."""
    if deed in _MATERIAL:
        return DeedGroup.MATERIAL
    return DeedGroup.SPECIAL if deed in _SPECIAL else DeedGroup.WORK


def need_of(deed: Deed, case: CaseView) -> Permission:
    """The right a deed asks for on this case: what was proposed is decided on by somebody who may."""
    if deed is Deed.STRIKE_OFF and case.standing.closing.proposed_on is not None:
        return Permission.CASE_DECIDE
    return NEEDS[deed]


def may(deed: Deed, case: CaseView, actor: Actor) -> bool:
    """Whether the deed has somewhere to lead and the person the right to it."""
    return deed in OPENS and actor.may(need_of(deed, case))


def offered(ways: Iterable[Way], case: CaseView, actor: Actor) -> tuple[Way, ...]:
    """The ways this person is shown, the hindered ones too."""
    return tuple(way for way in ways if may(way.deed, case, actor))


def make_dialog(where: str, tasks: Tasks, case: CaseView, parent: QWidget) -> Dialog:
    """The dialog an entry of the registry names."""
    module, _, name = where.partition(":")
    return cast("DeedDialog", getattr(import_module(module), name))(tasks, case, parent)


def modules() -> frozenset[str]:
    """The modules the registry imports by name."""
    return frozenset(where.partition(":")[0] for where in OPENS.values() if not isinstance(where, Place))
