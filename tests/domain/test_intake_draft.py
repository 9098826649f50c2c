"""A half-filled intake form survives being kept as JSON, even by another version of the program."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone

from app.domain.cases import CaseSource, PartyRole
from app.domain.intake_draft import IntakeDraft, Matter, PartyDraft
from app.domain.people import PersonKind

CHINA = timezone(timedelta(hours=8))
DRAFT = IntakeDraft(
    parties=(
        PartyDraft("p1", PartyRole.APPLICANT, typed={"name": " 张㛃 ", "id_no": "13059919"}),
        PartyDraft("p2", PartyRole.RESPONDENT, PersonKind.LEGAL, "person-7", typed={"name": "恒兴建材店"}),
        PartyDraft("p3", PartyRole.GUARDIAN, represents=("p1",), typed={"name": ""}),
    ),
    matter={"amount_fen": "3.5万", "risk_flags": ["suicide"]},
    decision={"accept": True, "consents": {"p2": ["oral", ""]}},
    step=2,
)


def test_a_draft_comes_back_from_json_as_it_was() -> None:
    assert IntakeDraft.from_body(json.loads(json.dumps(DRAFT.to_body()))) == DRAFT


def test_the_list_of_drafts_names_both_sides() -> None:
    assert DRAFT.sides() == (("张㛃",), ("恒兴建材店",))


def test_what_another_version_wrote_otherwise_is_left_out() -> None:
    body = {
        "parties": [{"role": "witness"}, "nonsense", {"role": "third", "kind": "legal", "person": 7}],
        "matter": None,
        "step": "two",
    }
    found = IntakeDraft.from_body(body)
    assert found.parties == (PartyDraft("", PartyRole.THIRD, PersonKind.LEGAL),)
    assert (dict(found.matter), found.step) == ({}, 0)
    assert IntakeDraft.from_body({}) == IntakeDraft()


def test_day_and_time_become_the_moment_of_receipt() -> None:
    now = datetime(2026, 9, 3, 2, 0, tzinfo=UTC)
    matter = Matter(source=CaseSource.COURT, received_on=date(2026, 9, 2), received_time=time(16, 30))
    assert matter.with_parties((), now, CHINA).received_at == datetime(2026, 9, 2, 8, 30, tzinfo=UTC)
    assert Matter(received_on=date(2026, 9, 3)).with_parties((), now, CHINA).received_at.astimezone(
        UTC
    ) == datetime(2026, 9, 2, 16, 0, tzinfo=UTC)
    assert Matter().with_parties((), now, CHINA).received_at == now
