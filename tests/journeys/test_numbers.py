"""Two installations of one township while apart: no number is ever given twice, none is used again."""

from collections.abc import Iterable
from datetime import date

import pytest

from app.domain.cases import CaseView
from app.domain.lists import CaseQuery
from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperSlot
from app.domain.roster import MediatorInput, RoomInput
from app.domain.values.numbers import NumberRow, Series
from app.services.agreements.writing import save_agreement
from app.services.cases.listing import case_rows, list_case_ids
from app.services.exchange.inbox import import_package, list_senders
from app.services.kernel.numbering import list_numbers, void_number
from app.services.kernel.workspace import Workspace
from app.services.papers.printing import list_papers, open_paper, print_paper
from app.services.roster.entries import save_mediator, save_room
from app.services.sessions.records import hold_session, sign_session
from tests.conftest import THE_DAY, OpenOffice, township
from tests.reports.reading import pages_by_poppler
from tests.services.stage import Stage, minutes, settlement
from tests.services.test_packages import enrol, send

CASES = 3


@pytest.fixture
def installations(open_office: OpenOffice) -> tuple[Stage, ...]:
    """A and B of one township, each with its room and its mediator."""
    return tuple(
        Stage(
            workspace,
            (workspace.run(save_room, RoomInput("调解室")).value.id,) * 2,
            (workspace.run(save_mediator, MediatorInput("周国平", birth=date(1975, 5, 1))).value.id,) * 2,
        )
        for workspace in (open_office(township(letter), folder=letter) for letter in "AB")
    )


def settle_and_print(stage: Stage, turn: int) -> CaseView:
    """A case heard, settled and on paper; the number after its own is spoilt."""
    case = stage.case()
    stage.workspace.run(void_number, Series.CASE, f"第{turn}张登记表写坏")
    start = (5 + turn) * 60
    hearing = stage.hearing(case, day=THE_DAY, start=start, end=start + 50, notice_waived=True)
    record = minutes(start=start, end=start + 50, place="调解室")
    held = stage.workspace.run(hold_session, hearing.id, record).value
    stage.workspace.run(sign_session, held.id, THE_DAY)
    stage.workspace.run(save_agreement, settlement(case))
    for slot in papers_of(stage.workspace, case.id):
        stage.workspace.run(print_paper, case.id, slot.form, slot.subject_id)
    return case


def papers_of(workspace: Workspace, case_id: str) -> tuple[PaperSlot, ...]:
    return workspace.run(list_papers, case_id).value


def issued(workspaces: Iterable[Workspace]) -> dict[str, NumberRow]:
    """Every number given out; a number given twice would leave fewer than were counted."""
    found: list[NumberRow] = []
    for workspace in workspaces:
        for series in Series:
            rows = workspace.run(list_numbers, series, THE_DAY.year).value
            assert [row.seq for row in rows] == list(range(1, len(rows) + 1)), "a gap nobody explains"
            found += rows
    by_text = {row.text: row for row in found}
    assert len(by_text) == len(found)
    return by_text


def test_both_number_apart_and_the_county_takes_both(
    installations: tuple[Stage, ...], county_workspace: Workspace
) -> None:
    for stage in installations:
        for turn in range(CASES):
            settle_and_print(stage, turn)
        stage.workspace.run(void_number, Series.AGREEMENT, "纸张卡住")
    workspaces = [stage.workspace for stage in installations]
    numbers = issued(workspaces)

    for workspace in workspaces:
        enrol(workspace, county_workspace, workspace.folder)
        county_workspace.run(import_package, send(workspace, workspace.folder))
    assert [sender.cases for sender in county_workspace.run(list_senders).value] == [CASES, CASES]
    ids = county_workspace.run(list_case_ids, CaseQuery()).value
    cases = county_workspace.run(case_rows, tuple(ids)).value
    assert len({row.number for row in cases}) == 2 * CASES
    on_paper: list[str] = []
    for case in cases:
        slots = papers_of(county_workspace, case.id)
        assert {slot.form for slot in slots if slot.paper_id} >= {FormId.HEARING_NOTICE, FormId.AGREEMENT}
        on_paper += {slot.number for slot in slots if slot.number}
        agreement = next(slot for slot in slots if slot.form is FormId.AGREEMENT)
        pdf = county_workspace.run(open_paper, agreement.paper_id or "").value.pdf
        assert agreement.number
        assert agreement.number in "".join("".join(pages_by_poppler(pdf)).split())
    used = {text for text, row in numbers.items() if row.void_reason is None}
    assert {row.number for row in cases} | set(on_paper) == used
    assert len(on_paper) == len(set(on_paper)), "one number on papers of two cases"


def test_a_void_number_keeps_its_reason_and_is_never_given_again(installations: tuple[Stage, ...]) -> None:
    first, second = installations
    case = first.case()
    void = first.workspace.run(void_number, Series.CASE, "  登记表写坏  ").value
    later = [first.case().number for _ in range(CASES)]
    assert void.text not in {case.number, *later}
    kept = issued([first.workspace, second.workspace])[void.text]
    assert kept.void_reason == "登记表写坏"
    assert sum(row.void_reason is not None for row in issued([first.workspace]).values()) == 1
    assert second.case().number not in {void.text, case.number, *later}
