"""The books of the office, read back with two other programs."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from app.domain.actor import Role
from app.domain.agreements import AgreementForm
from app.domain.cases import CaseSource
from app.domain.errors import Reason
from app.domain.lists import CaseQuery
from app.domain.roster import MediatorInput
from app.services.agreements.writing import record_oral_agreement
from app.services.cases.register import register_case
from app.services.kernel.workspace import Workspace
from app.services.papers.excel import export_case_register, export_roster
from app.services.roster.entries import save_mediator
from tests.conftest import acting, intake
from tests.services.stage import Stage, others, refusal, settlement, stage

__all__ = ["stage"]
HEADINGS = 3  # title, day, column heads


def rows_of(book: bytes) -> list[list[object]]:
    """The lines under the headings as openpyxl reads them; calamine must see the same texts."""
    sheet = load_workbook(BytesIO(book)).active
    lines = [list(row) for row in sheet.iter_rows(min_row=HEADINGS + 1, values_only=True)]
    other = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [line[1] for line in other[HEADINGS:]] == [line[1] for line in lines]
    return lines


def exported(workspace: Workspace) -> list[tuple[str, str, str]]:
    with workspace._engine.connect() as connection:
        query = "SELECT action, object_id, facts FROM audit WHERE action = 'note_export' ORDER BY n"
        return [tuple(row) for row in connection.execute(text(query))]


def test_the_register_has_a_line_for_each_case_of_the_list(stage: Stage) -> None:
    settled = stage.case()
    stage.session(settled)
    stage.workspace.run(record_oral_agreement, settlement(settled, form=AgreementForm.ORAL))
    fresh = stage.workspace.run(
        register_case, replace(others(), source=CaseSource.POLICE, source_unit="派出所")
    ).value
    book = stage.workspace.run(export_case_register, CaseQuery(descending=False)).value
    first, second = rows_of(book)
    assert first[:6] == [1, settled.number, first[2], "张㛃", "李䶮", "邻里纠纷"]
    assert first[2].date() == date(2026, 9, 3)
    assert first[6:13] == ["依申请调解", "石门村三组", "周国平", "口头", 12800, "已生效", None]
    assert second[:5] == [2, fresh.number, None, "孙长贵", "钱有才"]
    assert (second[6], second[11]) == ("公安机关委托移送", "待受理")
    (line,) = rows_of(stage.workspace.run(export_case_register, CaseQuery(text="孙长贵")).value)
    assert line[1] == fresh.number


def test_the_audit_counts_rows_and_names_nobody(stage: Stage) -> None:
    stage.workspace.run(register_case, intake())
    stage.workspace.run(export_case_register, CaseQuery())
    stage.workspace.run(export_roster)
    assert exported(stage.workspace) == [
        ("note_export", "", '{"book":"case_register","rows":1}'),
        ("note_export", "", '{"book":"roster","rows":2}'),
    ]


def test_an_empty_register_is_a_book_too(workspace: Workspace) -> None:
    assert rows_of(workspace.run(export_case_register, CaseQuery()).value) == []


def test_identity_numbers_are_text_and_only_there_when_asked_for(workspace: Workspace) -> None:
    number = "13059919800101002X"
    digits = "130599198001010011"
    for name, id_no in (("周国平", digits), ("赵春梅", number)):
        workspace.run(save_mediator, MediatorInput(name, birth=date(1980, 1, 1), id_no=id_no))
    with_numbers = workspace.run(export_roster, True).value
    sheet = load_workbook(BytesIO(with_numbers)).active
    cells = {row[1].value: row[5] for row in sheet.iter_rows(min_row=HEADINGS + 1)}
    assert {name: cell.value for name, cell in cells.items()} == {"周国平": digits, "赵春梅": number}
    assert {cell.data_type for cell in cells.values()} == {"s"}
    assert {line[5] for line in rows_of(workspace.run(export_roster).value)} <= {None, ""}


def test_who_may_only_read_exports_nothing(workspace: Workspace) -> None:
    acting(workspace, Role.LEADER)
    for door, arguments in ((export_case_register, (CaseQuery(),)), (export_roster, ())):
        assert refusal(workspace, door, *arguments).reason == Reason.NOT_PERMITTED
