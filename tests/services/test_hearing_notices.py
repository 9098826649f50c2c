"""A change or a cancellation asks for new notices and proofs; a phone and a calendar program read them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import segno

from app.domain.errors import Reason
from app.domain.flow import CaseAction
from app.domain.hearings import Absence, HearingKind, HearingView, SessionOutcome
from app.domain.papers.forms import FormId
from app.domain.schedule.service import NoticeKind, ServiceInput, ServiceLine, ServiceMethod
from app.reports.pdf import wording
from app.reports.pdf.forms.hearing_notice import qr_text
from app.services.cases.register import open_case
from app.services.hearings.export import export_hearing, export_hearings
from app.services.hearings.scheduling import cancel_hearing, confirm_hearing, reschedule_hearing
from app.services.hearings.service import hearing_service, record_service, unserved
from app.services.papers.printing import list_papers, print_paper
from app.services.sessions.records import hold_session, repeated_absences
from tests.conftest import THE_DAY, Clock
from tests.reports.paper_samples import SAMPLES, TODAY
from tests.reports.reading import pages_by_poppler, squashed
from tests.services.stage import ELEVEN, FRIDAY, NINE, TEN, Stage, minutes, problems, refusal, stage

__all__ = ["stage"]

MONDAY = date(2026, 9, 7)


def lines(stage: Stage, hearing: HearingView) -> list[ServiceLine]:
    return list(stage.workspace.run(hearing_service, hearing.id).value)


def forms(stage: Stage, hearing: HearingView) -> set[tuple[FormId, bool]]:
    return {
        (slot.form, slot.live)
        for slot in stage.workspace.run(list_papers, hearing.case_id).value
        if slot.subject_id.startswith(hearing.id)
    }


def printed(stage: Stage, hearing: HearingView, form: FormId, party: int = 0) -> str:
    """Print a paper of the hearing for a party, and read it."""
    subject = f"{hearing.id}:{lines(stage, hearing)[party].party_id}"
    paper = stage.workspace.run(print_paper, hearing.case_id, form, subject).value
    return "".join(pages_by_poppler(paper.pdf))


def served(stage: Stage, hearing: HearingView, party: int = 0, **fields: object) -> list[ServiceLine]:
    line = lines(stage, hearing)[party]
    wanted = ServiceInput(line.party_id, ServiceMethod.DIRECT, THE_DAY, "周国平", receiver=line.name)
    return list(stage.workspace.run(record_service, hearing.id, replace(wanted, **fields)).value)


def moved(stage: Stage, hearing: HearingView, **fields: object) -> HearingView:
    case = stage.workspace.run(open_case, hearing.case_id).value
    wanted = stage.wanted(case, **{"day": MONDAY, **fields})
    return stage.workspace.run(reschedule_hearing, hearing.id, wanted, hearing.row_version).value


def test_everybody_invited_is_to_be_told_until_it_is_proved(stage: Stage) -> None:
    hearing = stage.hearing(stage.case())
    assert [(line.name, line.due) for line in stage.workspace.run(unserved, hearing.id).value] == [
        ("张㛃", NoticeKind.FIRST),
        ("李䶮", NoticeKind.FIRST),
    ]
    assert "张㛃" in printed(stage, hearing, FormId.HEARING_NOTICE)
    assert [line.printed for line in lines(stage, hearing)] == [True, False]
    after = served(stage, hearing)
    assert (after[0].proof.method, after[0].proof.what, after[0].open) == (
        ServiceMethod.DIRECT,
        NoticeKind.FIRST,
        False,
    )
    assert [line.name for line in stage.workspace.run(unserved, hearing.id).value] == ["李䶮"]
    events = stage.workspace.run(open_case, hearing.case_id).value.events
    assert (events[-1].action, events[-1].note) == (CaseAction.SERVED, "张㛃 直接送达 2026-09-03")
    words = printed(stage, hearing, FormId.SERVICE_PROOF)
    for said in ("送达回证", "■直接送达", "调解会通知书", "周国平", "2026年9月3日", "石门村三组18号"):
        assert squashed(said) in words


def test_a_moved_hearing_needs_its_reason_new_notices_and_new_proofs(stage: Stage) -> None:
    hearing = stage.hearing(stage.case())
    printed(stage, hearing, FormId.HEARING_NOTICE)
    served(stage, hearing)
    case = stage.workspace.run(open_case, hearing.case_id).value
    silent = stage.wanted(case, day=MONDAY)
    assert problems(stage.workspace, reschedule_hearing, hearing.id, silent, hearing.row_version) == {
        "change_reason": "required"
    }
    longer = moved(stage, hearing, day=FRIDAY, end=TEN + 30)  # no notice says when it ends
    assert longer.changes == ()
    after = moved(stage, longer, change_reason="李䶮住院")
    assert [(one.day, one.start, one.reason) for one in after.changes] == [(FRIDAY, NINE, "李䶮住院")]
    zhang, li = lines(stage, after)
    assert (zhang.due, zhang.printed, zhang.outdated, zhang.open) == (NoticeKind.CHANGED, False, True, True)
    assert (li.due, li.outdated, li.open) == (NoticeKind.FIRST, False, True)
    note = stage.workspace.run(open_case, hearing.case_id).value.events[-1].note
    assert note.endswith("：李䶮住院")
    words = printed(stage, after, FormId.HEARING_CHANGE)
    for said in ("调解会变更通知书", "2026年9月4日9时00分", "因李䶮住院", "2026年9月7日9时00分"):
        assert squashed(said) in words
    assert lines(stage, after)[0].printed
    assert not served(stage, after)[0].open
    again = moved(stage, after, day=date(2026, 9, 8), change_reason="停电")
    words = printed(stage, again, FormId.HEARING_CHANGE)
    assert squashed("原定于2026年9月7日") in words
    assert squashed("因停电") in words


def test_a_hearing_called_off_is_told_to_those_who_knew_of_it(stage: Stage) -> None:
    hearing = stage.hearing(stage.case())
    served(stage, hearing, party=1)
    assert refusal_of_cancellation(stage, hearing) == Reason.NOT_FOUND
    stage.workspace.run(cancel_hearing, hearing.id, "双方自行和解")
    assert [(line.name, line.due) for line in stage.workspace.run(unserved, hearing.id).value] == [
        ("李䶮", NoticeKind.CANCELLED)
    ]
    assert forms(stage, hearing) == {(FormId.HEARING_CANCELLATION, True)}
    words = printed(stage, hearing, FormId.HEARING_CANCELLATION, party=1)
    for said in ("调解会取消通知书", "2026年9月4日9时00分", "因双方自行和解", "不再召开"):
        assert squashed(said) in words
    after = served(stage, hearing, party=1, method=ServiceMethod.ELECTRONIC)
    assert after[1].proof.what == NoticeKind.CANCELLED
    assert stage.workspace.run(unserved, hearing.id).value == ()
    assert (FormId.SERVICE_PROOF, True) in forms(stage, hearing)


def refusal_of_cancellation(stage: Stage, hearing: HearingView) -> Reason:
    subject = f"{hearing.id}:{lines(stage, hearing)[1].party_id}"
    form = FormId.HEARING_CANCELLATION
    return refusal(stage.workspace, print_paper, hearing.case_id, form, subject).reason


def test_nobody_is_summoned_to_a_visit_a_tentative_date_or_at_once(stage: Stage) -> None:
    case = stage.case()
    visit = stage.hearing(case, kind=HearingKind.VISIT, room_id=None, place="石门村", day=MONDAY)
    at_once = stage.hearing(case, day=THE_DAY, start=ELEVEN, end=ELEVEN + 30, notice_waived=True)
    tentative = stage.hearing(case, tentative=True)
    for hearing in (visit, at_once, tentative):
        assert stage.workspace.run(unserved, hearing.id).value == ()
    assert forms(stage, tentative) == set()
    fixed = stage.workspace.run(confirm_hearing, tentative.id, tentative.row_version).value
    assert len(stage.workspace.run(unserved, fixed.id).value) == 2
    assert forms(stage, fixed) == {(FormId.HEARING_NOTICE, True)}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"served_on": FRIDAY}, {"served_on": "future_date"}),
        ({"served_on": date(2026, 9, 2)}, {"served_on": "before_acceptance"}),
        ({"receiver": ""}, {"receiver": "required"}),
        ({"receiver": "张大娘"}, {"relation": "required"}),
        ({"server": " "}, {"server": "required"}),
        ({"method": ServiceMethod.LEFT, "receiver": ""}, {"refused_note": "required"}),
        ({"party_id": "stranger"}, {"party_id": "not_due"}),
    ],
)
def test_what_a_proof_of_service_must_say(
    stage: Stage, fields: dict[str, object], found: dict[str, str]
) -> None:
    hearing = stage.hearing(stage.case())
    line = lines(stage, hearing)[0]
    wanted = ServiceInput(line.party_id, ServiceMethod.DIRECT, THE_DAY, "周国平", receiver=line.name)
    assert problems(stage.workspace, record_service, hearing.id, replace(wanted, **fields)) == found


def test_staying_away_twice_without_reason_is_told(stage: Stage) -> None:
    case = stage.case()
    li = case.parties[1].id
    for excused, hour in ((True, 5), (False, 6), (False, 7)):
        hearing = stage.hearing(case, day=THE_DAY, start=hour * 60, end=hour * 60 + 30, notice_waived=True)
        record = minutes(
            start=hour * 60, end=hour * 60 + 30, outcome=SessionOutcome.ANOTHER_SESSION,
            absent=(Absence(li, "说有事", excused),),
        )  # fmt: skip
        held = stage.workspace.run(hold_session, hearing.id, record).value
        assert held.absent[0].excused == excused
        found = stage.workspace.run(repeated_absences, case.id).value
        assert [(hint.name, hint.times) for hint in found] == ([("李䶮", 2)] if hour == 7 else [])


def test_a_phone_reads_the_notice_without_a_network() -> None:
    record = SAMPLES[FormId.HEARING_NOTICE]
    text = qr_text(record, wording.load(FormId.HEARING_NOTICE, TODAY))
    for said in (record.dispute, record.place, record.contact_phone, "2026年8月7日9时05分"):
        assert said in text
    assert "http" not in text
    code = segno.make(text, error="m", micro=False, encoding="utf-8")
    assert (code.mode, code.version < 16) == ("byte", True)  # bytes of UTF-8: what phones expect


def test_a_calendar_program_reads_the_hearings(stage: Stage, clock: Clock) -> None:
    hearing = stage.hearing(stage.case(), recorder="记录人甲")
    first = unfolded(stage.workspace.run(export_hearing, hearing.id).value)
    assert first["UID"] == f"{hearing.id}@xianghe"
    assert (first["DTSTART"], first["DTEND"]) == ("20260904T010000Z", "20260904T020000Z")
    assert (first["STATUS"], first["LOCATION"]) == ("CONFIRMED", "听证室")
    assert "周国平\\n0319-1234567" in first["DESCRIPTION"]
    assert "130599198001010011" not in str(first)
    clock.forward(minutes=1)
    stage.workspace.run(cancel_hearing, hearing.id, "双方自行和解")
    week = stage.workspace.run(export_hearings, FRIDAY, FRIDAY + timedelta(days=7)).value
    after = unfolded(week)
    assert (after["UID"], after["STATUS"]) == (first["UID"], "CANCELLED")
    assert int(after["SEQUENCE"]) > int(first["SEQUENCE"])
    assert all(len(line) <= 75 for line in week.split(b"\r\n"))
    assert week.endswith(b"END:VCALENDAR\r\n")
    tentative = stage.hearing(stage.case(), tentative=True, room_id=None, place="石门村；三组,路口")
    written = unfolded(stage.workspace.run(export_hearing, tentative.id).value)
    assert (written["STATUS"], written["LOCATION"]) == ("TENTATIVE", "石门村；三组\\,路口")


def unfolded(calendar: bytes) -> dict[str, str]:
    """The properties of the (last) event."""
    whole = calendar.decode().replace("\r\n ", "")
    return dict(line.split(":", 1) for line in whole.split("\r\n") if ":" in line)
