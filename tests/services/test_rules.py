"""Limits an office changes, longer limits, imported calendars, the PC's clock set back."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.domain.actor import Permission, Role
from app.domain.cases import CaseView, Consent, PartyRole
from app.domain.deadlines import (
    ExtensionInput,
    ExtensionNeed,
    RuleCode,
    RuleInput,
    RuleRow,
    input_of,
)
from app.domain.errors import Reason, Refused
from app.domain.lists import CaseQuery
from app.domain.roster import CommitteeInput, CommitteeKind
from app.domain.values.calendar import Unit
from app.models.case import Case
from app.services.cases.decisions import accept_case
from app.services.cases.listing import case_rows, list_case_ids
from app.services.cases.register import open_case, register_case
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.roster.entries import list_committees, save_committee
from app.services.rules.calendars import import_calendar, preview_calendar, read_calendar
from app.services.rules.clock import clock_warning, committee_terms
from app.services.rules.extensions import extend_limit, list_extendable, preview_extension
from app.services.rules.limits import list_rules, reset_rule, sample_date, save_rule
from tests.conftest import THE_DAY, Clock, acting, intake, person
from tests.services.stage import problems, refusal


def rule(workspace: Workspace, code: RuleCode) -> RuleRow:
    return next(row for row in workspace.run(list_rules).value if row.rule.code == code)


def change(workspace: Workspace, code: RuleCode, **fields: object) -> None:
    row = rule(workspace, code)
    workspace.run(save_rule, code, replace(input_of(row.rule), **fields), row.row_version)


def accepted(workspace: Workspace, **fields: object) -> CaseView:
    case = workspace.run(register_case, intake(**fields)).value
    workspace.run(accept_case, case.id, True, False)
    return workspace.run(open_case, case.id).value


def dates(workspace: Workspace, case: CaseView) -> dict[str, date]:
    return {str(one.code): one.due_on for one in workspace.run(open_case, case.id).value.deadlines}


@use_case(needs=Permission.READ)
def put(uow: UnitOfWork, case_id: str, **fields: object) -> None:
    """Write facts of a case that other rooms record."""
    case = uow.get(Case, case_id)
    for name, value in fields.items():
        setattr(case, name, value)


def test_an_office_changes_a_limit_and_every_case_follows(workspace: Workspace) -> None:
    case = accepted(workspace)
    assert dates(workspace, case) == {"T-MED": date(2026, 10, 8)}
    change(workspace, RuleCode.MEDIATE, amount=20, basis="本县规定")
    assert dates(workspace, case) == {"T-MED": date(2026, 9, 23)}
    (row,) = workspace.run(case_rows, list(workspace.run(list_case_ids, CaseQuery()).value)).value
    assert (row.due_on, row.due_code) == (date(2026, 9, 23), "T-MED")
    found = rule(workspace, RuleCode.MEDIATE)
    assert (found.rule.amount, found.shipped.amount, found.row_version) == (20, 30, 1)
    workspace.run(reset_rule, RuleCode.MEDIATE)
    workspace.run(reset_rule, RuleCode.MEDIATE)
    assert dates(workspace, case) == {"T-MED": date(2026, 10, 8)}
    assert rule(workspace, RuleCode.MEDIATE).row_version is None


def test_a_rule_switched_off_gives_no_date(workspace: Workspace) -> None:
    case = accepted(workspace)
    change(workspace, RuleCode.MEDIATE, active=False)
    assert dates(workspace, case) == {}


def test_a_limit_of_the_law_keeps_its_length(workspace: Workspace) -> None:
    row = rule(workspace, RuleCode.CONFIRM)
    wanted = replace(input_of(row.rule), amount=60)
    assert problems(workspace, save_rule, RuleCode.CONFIRM, wanted, None) == {"amount": "limit_of_law"}
    change(workspace, RuleCode.CONFIRM, warn_days=(-10, -1, 0))
    assert rule(workspace, RuleCode.CONFIRM).rule == replace(row.rule, warn_days=(-10, -1, 0))


def test_only_the_administrator_changes_limits(workspace: Workspace) -> None:
    row = rule(workspace, RuleCode.MEDIATE)
    acting(workspace, Role.DIRECTOR)
    wanted: RuleInput = input_of(row.rule)
    refused = refusal(workspace, save_rule, RuleCode.MEDIATE, wanted, None)
    assert refused.reason == Reason.NOT_PERMITTED


def test_a_rule_changed_meanwhile_is_not_overwritten(workspace: Workspace) -> None:
    change(workspace, RuleCode.MEDIATE, amount=25)
    seen = rule(workspace, RuleCode.MEDIATE)
    change(workspace, RuleCode.MEDIATE, amount=26)
    wanted = input_of(seen.rule)
    refused = refusal(workspace, save_rule, RuleCode.MEDIATE, wanted, seen.row_version)
    assert refused.reason == Reason.STALE


def test_the_sample_follows_the_form(workspace: Workspace) -> None:
    wanted = replace(input_of(rule(workspace, RuleCode.FOLLOW_UP).rule), amount=15, unit=Unit.WORKING_DAY)
    found = workspace.run(sample_date, RuleCode.FOLLOW_UP, wanted, date(2026, 1, 30)).value
    assert found.due_on == date(2026, 2, 27)
    assert workspace.run(sample_date, RuleCode.CONFIRM, None, date(2026, 1, 30)).value.due_on == date(
        2026, 3, 2
    )
    bad = replace(wanted, amount=0)
    refused = refusal(workspace, sample_date, RuleCode.FOLLOW_UP, bad, date(2026, 1, 30))
    assert refused.reason == Reason.INVALID


def grant(case: CaseView, **fields: object) -> ExtensionInput:
    parties = tuple(party.id for party in case.parties)
    base = ExtensionInput(30, parties, "主任甲", "", "双方还在筹款", THE_DAY)
    return replace(base, **fields)


def test_all_parties_and_the_chair_make_a_mediation_longer(workspace: Workspace) -> None:
    case = accepted(workspace)
    (limit,) = workspace.run(list_extendable, case.id).value
    assert (limit.due.code, limit.needs, limit.left) == ("T-MED", ExtensionNeed.ALL_PARTIES, 30)
    seen = workspace.run(preview_extension, case.id, RuleCode.MEDIATE, 30).value
    assert dates(workspace, case) == {"T-MED": date(2026, 10, 8)}
    one = case.parties[0].id
    for fields, problem in (
        ({"agreed_by": (one,)}, {"agreed_by": "extension_not_agreed"}),
        ({"approver": ""}, {"approver": "required"}),
        ({"amount": 31}, {"amount": "extension_too_long"}),
        ({"granted_on": date(2026, 9, 4)}, {"granted_on": "future_date"}),
    ):
        wanted = grant(case, **fields)
        assert problems(workspace, extend_limit, case.id, RuleCode.MEDIATE, wanted) == problem
    workspace.run(extend_limit, case.id, RuleCode.MEDIATE, grant(case))
    view = workspace.run(open_case, case.id).value
    assert view.deadlines == (seen,)
    assert seen.due_on == date(2026, 11, 2)
    assert view.events[-1].note == "T-MED:30:day:双方还在筹款"
    assert workspace.run(list_extendable, case.id).value == ()
    again = problems(workspace, extend_limit, case.id, RuleCode.MEDIATE, grant(case, amount=1))
    assert again == {"amount": "extension_used_up"}


def test_a_third_party_has_to_agree_too(workspace: Workspace) -> None:
    third = person("c", PartyRole.THIRD, "王秀英", consent=Consent.ORAL)
    case = accepted(workspace, parties=(*intake().parties, third))
    wanted = grant(case, agreed_by=tuple(one.id for one in case.parties if one.name != "王秀英"))
    refused = refusal(workspace, extend_limit, case.id, RuleCode.MEDIATE, wanted)
    (problem,) = refused.details["problems"]
    assert dict(problem.details) == {"names": ("王秀英",)}


def test_nothing_is_extended_that_the_law_does_not_let(workspace: Workspace, clock: Clock) -> None:
    case = accepted(workspace)
    confirm = refusal(workspace, extend_limit, case.id, RuleCode.CONFIRM, grant(case))
    assert (confirm.reason, confirm.details["rule"]) == (Reason.LIMIT_FIXED, RuleCode.CONFIRM)
    ruling = refusal(workspace, extend_limit, case.id, RuleCode.CONFIRM_RULING, grant(case))
    assert ruling.reason == Reason.LIMIT_NOT_RUNNING
    clock.forward(days=36)
    over = refusal(workspace, extend_limit, case.id, RuleCode.MEDIATE, grant(case))
    assert (over.reason, over.details["day"]) == (Reason.LIMIT_OVER, date(2026, 10, 8))
    assert workspace.run(list_extendable, case.id).value == ()


def test_only_the_chair_grants_more_time(workspace: Workspace) -> None:
    case = accepted(workspace)
    acting(workspace, Role.MEDIATOR)
    refused = refusal(workspace, extend_limit, case.id, RuleCode.MEDIATE, grant(case))
    assert refused.reason == Reason.NOT_PERMITTED


def test_a_petition_moved_on_has_its_own_name_and_goes_no_further(workspace: Workspace) -> None:
    case = accepted(workspace)
    workspace.run(put, case.id, procedure="petition")
    assert dates(workspace, case)["T-PET"] == date(2026, 11, 2)
    wanted = grant(case, agreed_by=())
    workspace.run(extend_limit, case.id, RuleCode.PETITION, wanted)
    assert dates(workspace, case)["T-PET-EXT"] == date(2026, 12, 2)
    again = problems(workspace, extend_limit, case.id, RuleCode.PETITION_EXTENDED, replace(wanted, amount=1))
    assert again == {"amount": "extension_used_up"}


TABLE = (
    "日期,类型,名称\n2026-12-31至2027-01-03,放假,元旦\n2027-01-01,法定,元旦\n"
    "2027年2月6日,放假,春节\n2027-02-20,上班,\n"
)
LISTED = {
    "year": 2027,
    "days": [
        {"name": "元旦", "date": "2026-12-31", "isOffDay": True},
        {"name": "春节", "date": "2027-02-20", "isOffDay": False},
    ],
}


def workbook(path: Path) -> None:
    book = Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(","))
    book.active["A3"] = date(2027, 1, 1)
    book.save(path)


def written(folder: Path, kind: str) -> Path:
    path = folder / f"2027.{kind}"
    if kind == "xlsx":
        workbook(path)
    elif kind == "json":
        path.write_text(json.dumps(LISTED, ensure_ascii=False), encoding="utf-8")
    else:
        path.write_bytes(TABLE.encode("gb18030" if kind == "csv" else "utf-8-sig"))
    return path


@pytest.mark.parametrize("kind", ["csv", "txt", "xlsx", "json"])
def test_a_notice_is_previewed_then_imported(workspace: Workspace, tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, kind)
    (seen,) = workspace.run(preview_calendar, path).value
    assert (seen.notice.year, seen.known) == (2027, None)
    assert date(2026, 12, 31) in seen.notice.off
    assert seen.notice.names[date(2026, 12, 31)] == "元旦"
    before = workspace.run(read_calendar).value
    assert (before.missing, before.imported) == ((2027,), frozenset())
    assert workspace.run(import_calendar, path).value == (2027,)
    after = workspace.run(read_calendar).value
    assert ([notice.year for notice in after.years], after.missing) == ([2026, 2027], ())
    assert after.imported == {2027}
    (again,) = workspace.run(preview_calendar, path).value
    assert again.same


def test_an_imported_year_moves_the_dates_of_cases(
    workspace: Workspace, clock: Clock, tmp_path: Path
) -> None:
    """Accepted on 1 December: the thirtieth day is 31 December, which the next year's notice makes free."""
    clock.at = clock.at.replace(month=12, day=1)
    case = accepted(workspace, received_at=clock.at)
    assert dates(workspace, case) == {"T-MED": date(2026, 12, 31)}
    workspace.run(import_calendar, written(tmp_path, "csv"))
    (found,) = workspace.run(open_case, case.id).value.deadlines
    assert (found.due_on, found.uncertain) == (date(2027, 1, 4), False)
    (row,) = workspace.run(case_rows, list(workspace.run(list_case_ids, CaseQuery()).value)).value
    assert row.due_on == date(2027, 1, 4)


def test_a_second_import_takes_the_place_of_the_first(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, "csv")
    workspace.run(import_calendar, path)
    path.write_text(TABLE.replace("2027-02-20", "2027-02-21"), encoding="utf-8")
    workspace.run(import_calendar, path)
    notice = workspace.run(read_calendar).value.years[-1]
    assert notice.working == {date(2027, 2, 21)}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "calendar_empty"),
        (b"  \n", "calendar_empty"),
        (b"{}", "calendar_empty"),
        (b"\xff\xfe\x00\x01", "calendar_unreadable"),
        (b"PK\x03\x04 no workbook", "calendar_unreadable"),
        (b"[" * 100_000, "calendar_unreadable"),
        (b'{"2027": {"off": "2027-01-01", "working": [], "statutory": []}}', "calendar_unreadable"),
        (b'{"2027": {"off": ["2000-01-01/2999-01-01"], "working": [], "statutory": []}}', "calendar_span"),
        (b'{"99999": {"off": [], "working": [], "statutory": []}}', "calendar_year"),
        (b'{"year": 2027, "days": 5}', "calendar_unreadable"),
        (b" " * (2 * 1024 * 1024 + 1), "calendar_large"),
        ("日期,类型,名称\n".encode(), "calendar_empty"),
        ("天,什么\n2027-01-01,放假\n".encode(), "calendar_columns"),
        ("日期,类型,名称\n2027-13-01,放假,\n".encode(), "calendar_day"),
        ("日期,类型,名称\n元旦,放假,\n".encode(), "calendar_day"),
        ("日期,类型,名称\n2027-01-01,也许,\n".encode(), "calendar_kind"),
        ("日期,类型,名称\n2027-01-01,放假,\n2026-05-01,放假,\n".encode(), "calendar_years"),
        ("日期,类型,名称\n2027-01-02,放假,\n2027-01-02,上班,\n".encode(), "calendar_contradiction"),
        ("日期,类型,名称\n2027-01-04,上班,\n".encode(), "calendar_no_weekend"),
        (("日期,类型\n" + "2027-01-01,放假\n" * 401).encode(), "calendar_long"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_notice_changes_nothing(
    workspace: Workspace, tmp_path: Path, data: bytes, code: str
) -> None:
    path = tmp_path / "calendar.json"
    path.write_bytes(data)
    for asked in (preview_calendar, import_calendar):
        refused = refusal(workspace, asked, path)
        assert (refused.reason, refused.details["what"].code) == (Reason.BAD_CALENDAR, code)
    assert workspace.run(read_calendar).value.imported == frozenset()


def test_a_file_that_is_not_there_is_said(workspace: Workspace, tmp_path: Path) -> None:
    assert refusal(workspace, preview_calendar, tmp_path / "x.csv").reason == Reason.NO_SUCH_PLACE


def test_a_clock_set_back_is_noticed(workspace: Workspace, clock: Clock) -> None:
    accepted(workspace)
    assert workspace.run(clock_warning).value is None
    clock.forward(minutes=-5)
    assert workspace.run(clock_warning).value is None
    last = clock.at + timedelta(minutes=5)
    for days in (-365, 365 + 61):
        clock.forward(days=days)
        warning = workspace.run(clock_warning).value
        assert warning is not None
        assert (warning.now, warning.last) == (clock.at, last)


def test_a_term_of_three_years_is_announced(workspace: Workspace) -> None:
    assert workspace.run(committee_terms).value == ()
    own = workspace.run(list_committees).value[0]
    wanted = CommitteeInput(own.name, CommitteeKind.TOWNSHIP, term_start=date(2023, 10, 15))
    workspace.run(save_committee, wanted, own.id, own.row_version)
    (term,) = workspace.run(committee_terms).value
    assert (term.committee, term.due.due_on) == (own.name, date(2026, 10, 15))
    assert workspace.run(committee_terms, date(2026, 10, 14)).value == ()


def test_a_damaged_workbook_is_refused_however_it_is_damaged(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx")
    whole, reasons = path.read_bytes(), set()
    for at in range(0, len(whole), len(whole) // 25):
        path.write_bytes(whole[:at] + bytes(reversed(whole[at : at + 40])) + whole[at + 40 :])
        try:
            workspace.run(preview_calendar, path)
        except Refused as refused:
            reasons.add(refused.reason)
        path.write_bytes(whole[:at])
        assert refusal(workspace, preview_calendar, path).reason == Reason.BAD_CALENDAR
    assert reasons == {Reason.BAD_CALENDAR}
