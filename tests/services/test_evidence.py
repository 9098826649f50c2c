"""The list of evidence: who brought what, and when an original went back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.errors import Reason
from app.services.attachments.adding import add_attachments
from app.services.attachments.evidence import case_files, remove_evidence, return_original, save_evidence
from app.services.cases.register import open_case, register_case
from app.services.journal.undo import last_actions, undo_action
from app.services.kernel.workspace import Workspace
from tests.conftest import THE_DAY, intake
from tests.services.scans import evidence, jpeg, new_file, place
from tests.services.stage import problems, refusal


@pytest.fixture
def case_id(workspace: Workspace) -> str:
    return workspace.run(register_case, intake()).value.id


class TestEvidence:
    def test_a_line_is_written_corrected_and_the_original_returned(
        self, workspace: Workspace, case_id: str
    ) -> None:
        first = workspace.run(save_evidence, evidence(workspace, case_id)).value
        second = workspace.run(
            save_evidence, evidence(workspace, case_id, name="照片", party_id=None, source="村委会")
        ).value
        assert [(row.seq, row.from_whom) for row in (first, second)] == [(1, "张㛃"), (2, "村委会")]
        wanted = evidence(workspace, case_id, copies=2)
        changed = workspace.run(save_evidence, wanted, first.id, first.row_version).value
        assert changed.copies == 2
        assert refusal(workspace, save_evidence, wanted, first.id, first.row_version).reason is Reason.STALE
        back = workspace.run(return_original, first.id, THE_DAY, "张㛃", changed.row_version).value
        assert (back.returned_on, back.returned_to) == (THE_DAY, "张㛃")
        actions = [entry.action for entry in workspace.run(open_case, case_id).value.events]
        assert actions[-3:] == ["evidence_taken", "evidence_taken", "evidence_returned"]

    def test_impossible_lines_are_refused_at_their_fields(self, workspace: Workspace, case_id: str) -> None:
        wanted = evidence(
            workspace, case_id, name=" ", party_id=None, copies=0, pages=0, receiver="",
            received_on=THE_DAY + timedelta(days=1),
        )  # fmt: skip
        assert problems(workspace, save_evidence, wanted) == {
            "name": "required", "source": "evidence_from_whom", "copies": "count_range",
            "pages": "count_range", "received_on": "future_date", "receiver": "required",
        }  # fmt: skip
        stranger = evidence(workspace, case_id, party_id="0" * 36)
        assert problems(workspace, save_evidence, stranger) == {"party_id": "unknown"}

    def test_an_original_goes_back_once_and_never_before_it_came(
        self, workspace: Workspace, case_id: str
    ) -> None:
        row = workspace.run(save_evidence, evidence(workspace, case_id)).value
        early = (row.id, date(2026, 9, 2), "", row.row_version)
        assert problems(workspace, return_original, *early) == {
            "returned_on": "returned_before_received", "returned_to": "required",
        }  # fmt: skip
        back = workspace.run(return_original, row.id, THE_DAY, "张㛃", row.row_version).value
        again = (row.id, THE_DAY, "张㛃", back.row_version)
        assert problems(workspace, return_original, *again) == {"returned_on": "not_to_return"}
        copy = workspace.run(save_evidence, evidence(workspace, case_id, original=False)).value
        asked = (copy.id, THE_DAY, "张㛃", copy.row_version)
        assert problems(workspace, return_original, *asked) == {"returned_on": "not_to_return"}

    def test_a_removed_line_leaves_its_scans(self, workspace: Workspace, case_id: str) -> None:
        row = workspace.run(save_evidence, evidence(workspace, case_id)).value
        workspace.run(add_attachments, place(case_id, evidence_id=row.id), [new_file(jpeg())])
        workspace.run(remove_evidence, row.id, row.row_version)
        files = workspace.run(case_files, case_id).value
        assert files.evidence == ()
        assert [one.evidence_id for one in files.attachments] == [None]


def test_days_are_days_of_the_office(workspace: Workspace, case_id: str) -> None:
    workspace._clock.at = datetime(2026, 9, 3, 17, 0, tzinfo=UTC)  # one in the morning of the 4th
    line = evidence(workspace, case_id, received_on=date(2026, 9, 4))
    assert workspace.run(save_evidence, line).value.received_on == date(2026, 9, 4)


def test_taking_the_removal_back_brings_the_line_and_its_scans_together(
    workspace: Workspace, case_id: str
) -> None:
    row = workspace.run(save_evidence, evidence(workspace, case_id)).value
    workspace.run(add_attachments, place(case_id, evidence_id=row.id), [new_file(jpeg())])
    workspace.run(remove_evidence, row.id, row.row_version)
    done = workspace.run(last_actions).value[0]
    assert done.action.name == "remove_evidence"
    workspace.run(undo_action, done.id)
    files = workspace.run(case_files, case_id).value
    assert [(line.id, line.scans) for line in files.evidence] == [(row.id, 1)]
