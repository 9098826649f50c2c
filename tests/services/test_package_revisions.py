"""A case that goes on after it was sent: every later revision arrives and stands equal at the county."""

from dataclasses import replace
from pathlib import Path

from app.domain.agreements import AgreementInput, AgreementView
from app.domain.cases import CaseView, Consent, PartyRole
from app.domain.flow import CaseStatus
from app.services.agreements.writing import amend_agreement, case_agreement, case_agreements, save_agreement
from app.services.cases.register import open_case
from app.services.exchange.inbox import import_package
from app.services.hearings.scheduling import cancel_hearing, case_hearings, reschedule_hearing
from app.services.journal.undo import last_actions, undo_action
from app.services.kernel.workspace import Workspace
from app.services.parties.changing import add_party
from tests.conftest import person
from tests.services.stage import ELEVEN, TEN, Stage, settlement, stage
from tests.services.test_packages import enrol, send, stick

__all__ = ["stage", "stick"]


def shortened(case: CaseView, obligations: int) -> AgreementInput:
    """The settlement with only its first obligations."""
    whole = settlement(case)
    return replace(whole, obligations=whole.obligations[:obligations])


def agreement_at(workspace: Workspace, case: CaseView) -> AgreementView:
    """The agreement as an office shows it, without the counter of its own file."""
    return replace(workspace.run(case_agreement, case.id).value, row_version=0)


def test_an_agreement_amended_again_and_again_arrives_equal_each_time(
    stage: Stage, workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    case = stage.case()
    stage.session(case)
    written = workspace.run(save_agreement, settlement(case)).value
    county_workspace.run(import_package, send(workspace, stick))
    for left in (2, 1, 3):
        now = workspace.run(case_agreement, case.id).value
        workspace.run(amend_agreement, written.id, shortened(case, left), now.row_version)
        assert county_workspace.run(import_package, send(workspace, stick)).value.changed_cases == 1
        seen = agreement_at(county_workspace, case)
        assert seen == agreement_at(workspace, case)
        assert len(seen.obligations) == left


def test_a_hearing_moved_and_called_off_arrives_equal_each_time(
    stage: Stage, workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    case = stage.case()
    hearing = stage.hearing(case)
    county_workspace.run(import_package, send(workspace, stick))
    wanted = stage.wanted(case, start=TEN, end=ELEVEN)
    workspace.run(reschedule_hearing, hearing.id, wanted, hearing.row_version)
    county_workspace.run(import_package, send(workspace, stick))
    workspace.run(cancel_hearing, hearing.id, "双方请求改期")
    county_workspace.run(import_package, send(workspace, stick))

    def without_counter(office: Workspace) -> list[object]:
        return [replace(row, row_version=0) for row in office.run(case_hearings, case.id).value]

    assert without_counter(county_workspace) == without_counter(workspace)


def test_an_agreement_taken_back_after_it_was_sent_is_gone_at_the_county_too(
    stage: Stage, workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    case = stage.case()
    stage.session(case)
    workspace.run(save_agreement, settlement(case))
    county_workspace.run(import_package, send(workspace, stick))
    done = workspace.run(last_actions).value[0]
    workspace.run(undo_action, done.id)
    assert county_workspace.run(import_package, send(workspace, stick)).value.changed_cases == 1
    assert county_workspace.run(case_agreements, case.id).value == ()
    assert county_workspace.run(open_case, case.id).value.status is CaseStatus.IN_SESSION


def test_a_party_taken_back_after_it_was_sent_is_gone_at_the_county_too(
    stage: Stage, workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    case = stage.case()
    workspace.run(add_party, case.id, person("c", PartyRole.THIRD, "冯三", consent=Consent.ORAL))
    county_workspace.run(import_package, send(workspace, stick))
    workspace.run(undo_action, workspace.run(last_actions).value[0].id)
    county_workspace.run(import_package, send(workspace, stick))
    here, there = (office.run(open_case, case.id).value.parties for office in (workspace, county_workspace))
    assert [party.name for party in there] == [party.name for party in here]
