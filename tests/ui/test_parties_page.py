"""The windows of the people of a case and of the recusal of its mediators."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.domain.cases import CaseView, Consent, PartyRole
from app.domain.people import Capacity, RelationKind
from app.domain.recusal import RecusalVerdict
from app.services.cases.register import open_case, register_case
from app.services.kernel.workspace import Workspace
from app.services.parties.recusal import list_recusals
from app.services.roster.recusal import relate_mediator
from app.ui.kit.dialog import Dialog
from app.ui.parties.parties_dialog import PartiesDialog, RepresentativesDialog
from app.ui.parties.party_dialog import LeaveDialog, PartyDialog
from app.ui.parties.record_dialog import RecordDialog
from app.ui.parties.recusal_dialog import AskDialog, RecusalDialog
from app.ui.tasks import InlineTasks
from tests.conftest import Clock, intake, person
from tests.services.stage import Stage


@pytest.fixture
def show(workspace: Workspace, clock: Clock, qtbot: Any) -> Any:
    """Shows a dialog of a case over the real workspace; its clock shows the time of this computer."""
    clock.at = datetime.now(UTC)

    window = QWidget()
    qtbot.addWidget(window)

    def make(kind: Any, case: CaseView) -> Any:
        dialog = kind(InlineTasks(workspace), case, window)
        dialog.open()
        settle()
        return dialog

    return make


def settle() -> None:
    """Let the rows of a table arrive."""
    for _ in range(3):
        QApplication.processEvents()


def pick(dialog: Any, row: int) -> None:
    """Make a row of its table the current one."""
    settle()
    dialog.table.setCurrentIndex(dialog.table.table.index(row, 0))
    settle()


def opened(parent: QDialog, kind: type[Dialog]) -> Any:
    """The dialog that lies over another."""
    (found,) = [one for one in parent.findChildren(kind) if one.isVisible()]
    return found


def case_of(workspace: Workspace, *more: Any, **fields: Any) -> CaseView:
    return workspace.run(register_case, intake(parties=(*intake().parties, *more), **fields)).value


def names(dialog: PartiesDialog) -> list[str]:
    return [one.name for one in dialog.table.records()]


def test_somebody_joins_from_the_window(workspace: Workspace, show: Any) -> None:
    case = case_of(workspace)
    dialog = show(PartiesDialog, case)
    dialog.add_button.click()
    form = opened(dialog, PartyDialog)
    form.block.form.field("name").setText("王𬭎")
    form.standing.field("consent").set_value(Consent.ORAL)
    form.submit_button.click()
    assert names(dialog) == ["张㛃", "李䶮", "王𬭎"]
    joined = workspace.run(open_case, case.id).value.parties[2]
    assert (joined.role, joined.consent) == (PartyRole.RESPONDENT, Consent.ORAL)
    assert joined.consent_on is not None


def test_what_is_wrong_stands_at_the_field_and_nothing_is_saved(workspace: Workspace, show: Any) -> None:
    case = case_of(workspace)
    dialog = show(PartiesDialog, case)
    dialog.add_button.click()
    form = opened(dialog, PartyDialog)
    form.roles._group.buttons()[3].click()
    assert form.block.role is PartyRole.AGENT
    form.block.form.field("name").setText("孙长贵")
    form.submit_button.click()
    assert form.isVisible()
    assert len(workspace.run(open_case, case.id).value.parties) == 2
    form.block.represented.boxes()[0].click()
    form.submit_button.click()
    assert names(dialog)[2] == "孙长贵"
    agent = workspace.run(open_case, case.id).value.parties[2]
    assert agent.represents == (case.parties[0].id,)


def test_a_row_is_changed_and_keeps_what_was_not_touched(workspace: Workspace, show: Any) -> None:
    case = case_of(workspace)
    dialog = show(PartiesDialog, case)
    pick(dialog, 1)
    dialog.change_button.click()
    form = opened(dialog, PartyDialog)
    assert form.block.form.field("id_no").value() == "130599198001010011"
    form.block.form.field("phone").setText("13900001111")
    form.standing.field("capacity").set_value(Capacity.LIMITED)
    form.submit_button.click()
    li = workspace.run(open_case, case.id).value.parties[1]
    assert (li.phone, li.capacity, li.id_no) == ("13900001111", Capacity.LIMITED, "130599198001010011")
    assert "李䶮" in dialog.gaps._text.text()


def test_a_guardian_is_added_from_the_warning(workspace: Workspace, show: Any) -> None:
    child = person("c", PartyRole.APPLICANT, "张小宝", birth=date(2016, 5, 1))
    case = case_of(workspace, child)
    dialog = show(PartiesDialog, case)
    assert dialog.gaps.isVisible()
    dialog.add_guardian()
    form = opened(dialog, PartyDialog)
    assert form.block.role is PartyRole.GUARDIAN
    form.block.form.field("name").setText("张母")
    form.submit_button.click()
    guardian = workspace.run(open_case, case.id).value.parties[3]
    assert guardian.represents == (case.parties[2].id,)
    assert not dialog.gaps.isVisible()


def test_who_left_is_shown_grey_and_cannot_be_changed(workspace: Workspace, show: Any) -> None:
    case = case_of(workspace, person("c", PartyRole.THIRD, "王𬭎"))
    dialog = show(PartiesDialog, case)
    pick(dialog, 2)
    dialog.leave_button.click()
    leave = opened(dialog, LeaveDialog)
    leave.submit_button.click()
    assert leave.isVisible()  # a reason is asked
    leave.form.field("reason").setPlainText("误列")
    leave.submit_button.click()
    pick(dialog, 2)
    assert dialog.table.current().left_on is not None
    assert not dialog.change_button.isEnabled()


def test_two_hundred_people_are_found_by_name_and_represented(workspace: Workspace, show: Any) -> None:
    many = [person(f"a{n}", PartyRole.APPLICANT, f"村民{n:03}") for n in range(198)]
    case = case_of(workspace, *many)
    dialog = show(PartiesDialog, case)
    assert dialog.count.text() == "200 人"
    dialog.search.setText("村民19")
    assert len(names(dialog)) == 8
    dialog.choose_button.click()
    choose = opened(dialog, RepresentativesDialog)
    picker = choose.form.field("chosen")
    picker.set_value([party.id for party in case.parties[2:8]])
    choose.submit_button.click()
    assert choose.isVisible()
    picker.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert "5" in choose.picked.text()
    choose.submit_button.click()
    speakers = [one for one in workspace.run(open_case, case.id).value.parties if one.represents]
    assert len(speakers) == 5


def tied(stage: Stage) -> CaseView:
    case = stage.case()
    stage.workspace.run(relate_mediator, stage.mediators[0], case.parties[1].person_id, RelationKind.KIN)
    return case


def test_a_tie_is_told_in_words_and_kept_with_all_consents(stage: Stage, show: Any) -> None:
    case = tied(stage)
    dialog = show(RecusalDialog, case)
    assert "周国平" in dialog.ties._text.text()
    dialog.form.field("reason").setPlainText("双方都信任")
    dialog.submit_button.click()
    assert dialog.isVisible()  # nobody has consented yet
    dialog.all_button.click()
    dialog.submit_button.click()
    (done,) = stage.workspace.run(list_recusals, case.id).value
    assert (done.verdict, len(done.consented)) == (RecusalVerdict.KEPT, 2)


def test_the_mediator_is_replaced_from_the_window(stage: Stage, show: Any) -> None:
    case = tied(stage)
    dialog = show(RecusalDialog, case)
    dialog.form.field("verdict").set_value(RecusalVerdict.REPLACED)
    dialog.form.field("replacement_id").set_value(stage.mediators[1])
    dialog.form.field("reason").setPlainText("表亲")
    dialog.submit_button.click()
    (lead,) = stage.workspace.run(open_case, case.id).value.assignments
    assert lead.name == "赵春梅"


def test_a_party_asks_from_the_window(stage: Stage, show: Any) -> None:
    case = stage.case()
    dialog = show(RecusalDialog, case)
    assert not dialog.submit_button.isEnabled()
    dialog.ask_button.click()
    ask = opened(dialog, AskDialog)
    ask.form.field("reason").setPlainText("与对方常一起喝酒")
    ask.submit_button.click()
    settle()
    assert dialog.table.current().wish == "与对方常一起喝酒"
    assert dialog.submit_button.isEnabled()


def test_the_record_is_seen_before_it_is_printed(stage: Stage, show: Any) -> None:
    dialog = show(RecusalDialog, tied(stage))
    dialog.print_button.click()
    record = opened(dialog, RecordDialog)
    assert "人民调解员回避事项记录" in record.view.text().replace("\n", "")
    assert QApplication.activeModalWidget() is not None
