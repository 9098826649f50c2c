"""Brings cases to the state a test begins with, through the same use cases as a person."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import text

from app.domain.agreements import AgreementForm, AgreementInput, ObligationInput, ObligationKind
from app.domain.cases import CaseIntake, CaseView, PartyRole
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseStatus
from app.domain.hearings import (
    HearingInput,
    HearingKind,
    HearingView,
    SessionInput,
    SessionOutcome,
    SessionView,
)
from app.domain.roster import AssignInput, MediatorInput, RoomInput
from app.services.cases.decisions import accept_case
from app.services.cases.register import open_case, register_case
from app.services.hearings.scheduling import schedule_hearing
from app.services.kernel.use_case import UseCase
from app.services.kernel.workspace import Workspace
from app.services.roster.assignments import assign_mediators
from app.services.roster.entries import save_mediator, save_room
from app.services.sessions.records import hold_session, sign_session
from tests.conftest import THE_DAY, intake, person

FRIDAY = date(2026, 9, 4)
NINE, TEN, ELEVEN = 9 * 60, 10 * 60, 11 * 60


@dataclass(frozen=True)
class Stage:
    """Two rooms, two mediators, and cases as needed."""

    workspace: Workspace
    rooms: tuple[str, str]
    mediators: tuple[str, str]

    def case(self, wanted: CaseIntake | None = None, mediator: int = 0) -> CaseView:
        """A case somebody is assigned to."""
        case = self.workspace.run(register_case, wanted or intake()).value
        self.workspace.run(accept_case, case.id, True, False)
        return self.workspace.run(assign_mediators, AssignInput(case.id, self.mediators[mediator])).value

    def hearing(self, case: CaseView, **fields: object) -> HearingView:
        """A hearing of the case, Friday from nine to ten in the first room unless said otherwise."""
        return self.workspace.run(schedule_hearing, self.wanted(case, **fields)).value

    def wanted(self, case: CaseView, **fields: object) -> HearingInput:
        """What is asked for such a hearing."""
        return replace(
            HearingInput(case.id, HearingKind.MEDIATION, FRIDAY, NINE, TEN, self.rooms[0]), **fields
        )

    def session(self, case: CaseView, **fields: object) -> SessionView:
        """A session held this morning, agreed and signed today."""
        hearing = self.hearing(case, day=THE_DAY, start=8 * 60, end=NINE, notice_waived=True)
        held = self.workspace.run(hold_session, hearing.id, minutes(**fields)).value
        return self.workspace.run(sign_session, held.id, THE_DAY).value

    def status(self, case: CaseView) -> CaseStatus:
        """Where the case stands now."""
        return self.workspace.run(open_case, case.id).value.status


@pytest.fixture
def stage(workspace: Workspace) -> Stage:
    names = ("听证室", "调解室")
    rooms = [workspace.run(save_room, RoomInput(name, position=at)) for at, name in enumerate(names)]
    people = [MediatorInput(name, birth=date(1975, 5, 1)) for name in ("周国平", "赵春梅")]
    mediators = [workspace.run(save_mediator, one) for one in people]
    return Stage(workspace, tuple(room.value.id for room in rooms), tuple(one.value.id for one in mediators))


def others() -> CaseIntake:
    """A dispute between other people."""
    return intake(
        parties=(
            person("a", PartyRole.APPLICANT, "孙长贵"),
            person("b", PartyRole.RESPONDENT, "钱有才"),
        )
    )


def minutes(**fields: object) -> SessionInput:
    """The record of this morning's session: told, checked, closed to the public, agreed."""
    base = SessionInput(
        day=THE_DAY,
        start=8 * 60,
        end=NINE,
        place="听证室",
        outcome=SessionOutcome.AGREED,
        body="调解员说明来意,双方陈述。",
        result="双方同意改建屋檐。",
        open_to_public=False,
        identity_checked=True,
        rights_told=True,
        recorder="记录人甲",
    )
    return replace(base, **fields)


def settlement(case: CaseView, **fields: object) -> AgreementInput:
    """The neighbours settle: the eaves are rebuilt, 12 300.50 yuan are paid in two instalments."""
    zhang, li = case.parties[0].id, case.parties[1].id
    base = AgreementInput(
        case_id=case.id,
        form=AgreementForm.WRITTEN,
        facts="屋檐滴水致院墙受损。",
        terms=("李䶮改建屋檐排水。", "李䶮赔偿墙体修缮费用。"),
        obligations=(
            ObligationInput(
                ObligationKind.ACT, li, zhang, None, "改建屋檐排水", "自行施工", date(2026, 9, 30)
            ),
            ObligationInput(ObligationKind.MONEY, li, zhang, 1_000_000, "", "转账", date(2026, 9, 10)),
            ObligationInput(ObligationKind.MONEY, li, zhang, 230_050, "", "现金", date(2026, 10, 10)),
        ),
        agreed_on=THE_DAY,
        third_party_asked=True,
    )
    return replace(base, **fields)


def refusal(workspace: Workspace, use_case: UseCase, *args: object, **kwargs: object) -> Refused:
    """The refusal that running the use case must end with."""
    with pytest.raises(Refused) as caught:
        workspace.run(use_case, *args, **kwargs)
    return caught.value


def problems(workspace: Workspace, use_case: UseCase, *args: object) -> dict[str, str]:
    """The fields named by an INVALID refusal, with their codes."""
    refused = refusal(workspace, use_case, *args)
    assert refused.reason == Reason.INVALID
    return {problem.field: problem.code for problem in refused.details["problems"]}


def audited(workspace: Workspace) -> list[tuple[str, str]]:
    """Every action of the audit with what it was about, in order."""
    with workspace._engine.connect() as connection:
        rows = connection.execute(text("SELECT action, object_id FROM audit ORDER BY n"))
        return [tuple(row) for row in rows]
