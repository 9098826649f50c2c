"""What a later change may not break: who signs, what is owed twice, when a breach ends, whose day counts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.after.performance import (
    BreachWay,
    BreachWayInput,
    PostponementInput,
    ReceiptInput,
)
from app.domain.agreements import AgreementForm, FindingCode, SigningInput
from app.domain.cases import CaseView, Consent, PartyRole
from app.domain.errors import Reason, Refused
from app.domain.flow import CaseStatus
from app.services.after.follow_up import take_breach_way
from app.services.after.performance import postpone_obligation, record_receipt
from app.services.agreements.signing import record_signatures
from app.services.agreements.writing import record_oral_agreement, save_agreement
from app.services.parties.changing import add_party
from tests.conftest import person
from tests.services import flow_stage as by
from tests.services.flow_stage import Life, life
from tests.services.stage import settlement, stage

__all__ = ["life", "stage"]


def codes(refused: Refused) -> dict[str, str]:
    return {problem.field: problem.code for problem in refused.details["problems"]}


def mediated_again(life: Life) -> CaseView:
    case = life.bring(CaseStatus.BREACHED)
    for step in (by.mediate_again, by.schedule, by.hold):
        step(life, case)
    return life.now(case)


def test_a_party_that_came_in_after_printing_must_be_on_the_agreement(life: Life) -> None:
    case = life.bring(CaseStatus.SIGNING)
    life.run(add_party, case.id, person("c", PartyRole.THIRD, "冯三", consent=Consent.ORAL))
    agreement, today = life.agreement(case), life.clock.at.date()
    signed = tuple((row.party_id, today) for row in agreement.signatures)
    with pytest.raises(Refused) as refused:
        life.run(record_signatures, agreement.id, SigningInput(signed, today, today))
    (finding,) = refused.value.details["findings"]
    assert (refused.value.reason, finding.code) == (Reason.AGREEMENT_BLOCKED, FindingCode.NOT_A_PRINCIPAL)


def test_nobody_who_refused_is_bound_by_an_agreement(life: Life) -> None:
    case = life.bring(CaseStatus.IN_SESSION)
    life.run(add_party, case.id, person("c", PartyRole.RESPONDENT, "冯三", consent=Consent.REFUSED))
    with pytest.raises(Refused) as refused:
        life.run(save_agreement, settlement(life.now(case), agreed_on=life.clock.at.date()))
    assert refused.value.reason is Reason.CONSENT_REFUSED


def test_after_a_new_mediation_the_new_agreement_takes_the_place_of_the_broken_one(life: Life) -> None:
    case = mediated_again(life)
    old = life.agreement(case)
    draft = settlement(case, agreed_on=life.clock.at.date())
    with pytest.raises(Refused) as refused:
        life.run(save_agreement, draft)
    assert codes(refused.value) == {"replaces_id": "must_replace"}
    assert life.run(save_agreement, replace(draft, replaces_id=old.id)).replaces_id == old.id


def test_a_debt_paid_while_mediated_anew_ends_the_case_as_performed(life: Life) -> None:
    case = mediated_again(life)
    by.perform(life, case)
    assert life.now(case).status is CaseStatus.PERFORMED


def test_a_breach_ends_only_with_what_it_names(life: Life) -> None:
    case = life.bring(CaseStatus.BREACHED)
    by.pay_a_part(life, case)
    assert life.now(case).status is CaseStatus.BREACHED
    money = next(row for row in life.agreement(case).obligations if row.amount_fen)
    rest = ReceiptInput(money.id, life.clock.at.date(), (money.amount_fen or 0) - 100, "现金")
    life.run(record_receipt, rest)
    assert life.now(case).status is CaseStatus.BREACHED  # the other duty it names is still open
    by.perform(life, case)
    assert life.now(case).status is CaseStatus.PERFORMED


def test_a_breach_put_off_by_both_is_no_breach_any_more(life: Life) -> None:
    case = life.bring(CaseStatus.BREACHED)
    today = life.clock.at.date()
    for row in life.agreement(case).obligations:
        later = PostponementInput(row.id, today + timedelta(days=20), today, True, "双方同意延期")
        life.run(postpone_obligation, later)
    assert life.now(case).status is CaseStatus.PERFORMING


def test_the_law_wants_some_agreements_in_writing(life: Life) -> None:
    case = life.bring(CaseStatus.IN_SESSION)
    with life.stage.workspace._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE \"case\" SET procedure = 'labour'")
    draft = settlement(case, form=AgreementForm.ORAL, agreed_on=life.clock.at.date())
    with pytest.raises(Refused) as refused:
        life.run(record_oral_agreement, draft)
    assert codes(refused.value)["form"] == "written_by_law"


def test_the_first_day_of_effect_of_a_case_stays(life: Life) -> None:
    case = life.bring(CaseStatus.BREACHED)
    first = life.now(case).effective_on
    life.clock.forward(days=30)
    for step in (by.mediate_again, by.schedule, by.hold):
        step(life, case)
    old = life.agreement(case)
    today = life.clock.at.date()
    draft = settlement(life.now(case), agreed_on=today)
    later = tuple(replace(item, due_on=today + timedelta(days=20)) for item in draft.obligations)
    life.run(save_agreement, replace(draft, obligations=later, replaces_id=old.id))
    by.print_agreement(life, case)
    by.sign(life, case)
    assert (life.now(case).status, life.now(case).effective_on) == (CaseStatus.EFFECTIVE, first)
    assert isinstance(first, date)


def test_every_way_taken_stays_in_the_history(life: Life) -> None:
    case = life.bring(CaseStatus.BREACHED)
    today = life.clock.at.date()
    for way in (BreachWay.SUIT, BreachWay.PAYMENT_ORDER):
        life.run(take_breach_way, BreachWayInput(case.id, way, today, "已告知"))
    notes = [event.note for event in life.now(case).events if event.action == "way_taken"]
    assert [note.split(" ")[0] for note in notes] == ["suit", "payment_order"]
