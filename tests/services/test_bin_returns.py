"""What comes back from the bin fits into its case as it stands now, so that the case still travels."""

from app.domain.cases import PartyRole
from app.services.attachments.adding import add_attachments
from app.services.attachments.evidence import case_files, remove_evidence, save_evidence
from app.services.attachments.keeping import remove_attachment
from app.services.cases.register import register_case
from app.services.exchange.body_check import check_body
from app.services.journal.bin import list_bin, restore_item
from app.services.journal.undo import undo_action
from app.services.kernel.workspace import Workspace
from app.services.parties.changing import add_party
from tests.conftest import intake, person
from tests.services.scans import evidence, jpeg, new_file, place
from tests.services.test_package_bodies import written_body


def restore(workspace: Workspace, kind: str) -> None:
    for item in workspace.run(list_bin).value:
        if item.kind == kind:
            workspace.run(restore_item, item.id)


def test_a_line_whose_party_is_gone_comes_back_without_it(workspace: Workspace) -> None:
    case = workspace.run(register_case, intake()).value
    added = workspace.run(add_party, case.id, person("z", PartyRole.APPLICANT, "赵六"))
    party = next(one for one in added.value.parties if one.name == "赵六")
    line = workspace.run(save_evidence, evidence(workspace, case.id, party_id=party.id)).value
    workspace.run(remove_evidence, line.id, line.row_version)
    workspace.run(undo_action, added.action_id)
    restore(workspace, "evidence")
    (back,) = workspace.run(case_files, case.id).value.evidence
    assert (back.id, back.party_id) == (line.id, None)
    check_body(workspace.run(written_body, case.id).value, case.id)


def test_a_line_comes_back_with_its_scans_and_a_place_of_its_own(workspace: Workspace) -> None:
    case = workspace.run(register_case, intake()).value
    line = workspace.run(save_evidence, evidence(workspace, case.id)).value
    put = place(case.id, evidence_id=line.id)
    kept, gone = workspace.run(
        add_attachments, put, [new_file(jpeg(shade=n), str(n)) for n in (1, 2)]
    ).value.added
    workspace.run(remove_attachment, gone.id, gone.row_version)
    (now,) = workspace.run(case_files, case.id).value.evidence
    workspace.run(remove_evidence, line.id, now.row_version)
    other = workspace.run(save_evidence, evidence(workspace, case.id)).value
    assert other.seq == line.seq
    restore(workspace, "attachment")
    files = workspace.run(case_files, case.id).value
    assert {one.id: one.evidence_id for one in files.attachments} == {kept.id: None, gone.id: None}
    restore(workspace, "evidence")
    files = workspace.run(case_files, case.id).value
    assert {one.id: one.seq for one in files.evidence} == {other.id: 1, line.id: 2}
    assert {one.id: one.evidence_id for one in files.attachments} == {kept.id: line.id, gone.id: None}
