"""The check of a settlement, item by item (domain reference 3.3), and when it takes effect."""

from dataclasses import fields, replace
from datetime import date

import pytest

from app.domain.agreements import (
    AgreementForm,
    AgreementInput,
    Finding,
    FindingCode,
    ObligationInput,
    ObligationKind,
    SessionFacts,
    SignerInput,
    agreement_findings,
    effective_day,
    least_copies,
    signers_of,
    total_of,
)
from app.domain.cases import AgentPower, Consent, PartyRole, PartyView
from app.domain.people import Capacity, PersonKind
from app.domain.values.identity import IdKind

DAY = date(2026, 9, 3)
HELD = SessionFacts(DAY)
_BLANK = {field.name: "" for field in fields(PartyView)} | {
    "seat": 0,
    "kind": PersonKind.NATURAL,
    "sex": None,
    "birth": None,
    "id_kind": IdKind.RESIDENT_ID,
    "person_id": None,
    "represents": (),
    "agent_kind": None,
    "agent_powers": (),
    "consent": Consent.ORAL,
    "consent_on": None,
    "capacity": Capacity.FULL,
    "left_on": None,
    "row_version": 1,
}


def party(key: str, role: PartyRole, **known: object) -> PartyView:
    return PartyView(**(_BLANK | {"id": key, "role": role, "name": f"人{key}"} | known))


A, B = party("a", PartyRole.APPLICANT), party("b", PartyRole.RESPONDENT)
PAY = ObligationInput(ObligationKind.MONEY, "b", "a", 100_000, "", "转账", date(2026, 9, 30))
DO = ObligationInput(ObligationKind.ACT, "b", "a", None, "改建屋檐", "自行施工", date(2026, 9, 30))
DRAFT = AgreementInput(
    case_id="c",
    form=AgreementForm.WRITTEN,
    facts="屋檐滴水。",
    terms=("乙方改建屋檐。",),
    obligations=(PAY, DO),
    agreed_on=DAY,
    third_party_asked=True,
)


def found(
    parties: tuple[PartyView, ...] = (A, B), sessions: SessionFacts = HELD, **changes: object
) -> dict[FindingCode, Finding]:
    findings = agreement_findings(replace(DRAFT, **changes), parties, sessions)
    return {finding.code: finding for finding in findings}


def test_a_plain_settlement_has_nothing_against_it() -> None:
    assert found() == {}


def test_something_must_be_owed() -> None:
    assert found(obligations=())[FindingCode.NO_OBLIGATION].block


@pytest.mark.parametrize("word", ["尽快", "近期", "早日", "以后再"])
def test_a_duty_has_a_day_and_no_vague_word(word: str) -> None:
    finding = found(obligations=(replace(DO, act=f"{word}改建屋檐"),))[FindingCode.VAGUE_DUE]
    assert (finding.block, dict(finding.details)["words"]) == (True, (word,))
    assert not found(terms=(f"双方{word}恢复往来。",))[FindingCode.VAGUE_DUE].block


def test_a_day_before_the_agreement_is_none() -> None:
    early = replace(PAY, due_on=date(2026, 9, 2))
    assert found(obligations=(early,))[FindingCode.DUE_BEFORE_AGREEMENT].block


def test_instalments_make_up_the_sum_spoken_of() -> None:
    half = replace(PAY, amount_fen=50_000)
    assert total_of((half, half, DO)) == 100_000
    assert total_of((DO,)) is None
    assert found(obligations=(half, half), stated_total_fen=100_000) == {}
    finding = found(obligations=(half,), stated_total_fen=100_000)[FindingCode.TOTAL_DIFFERS]
    assert finding.block
    assert dict(finding.details) == {"stated_fen": 100_000, "total_fen": 50_000}


@pytest.mark.parametrize(
    "text",
    [
        "违者罚款五百元",
        "违者拘留",
        "甲方放弃起诉权利",
        "双方不得再向人民法院起诉",
        "不得起诉",
        "乙方交调解费",
        "本会收费",
    ],
)
def test_words_against_the_law_need_a_written_reason(text: str) -> None:
    assert found(terms=(text,))[FindingCode.FORBIDDEN_WORDS].block
    assert found(breach=text)[FindingCode.FORBIDDEN_WORDS].block
    assert not found(terms=(text,), override_reason="转述原话")[FindingCode.FORBIDDEN_WORDS].block


@pytest.mark.parametrize(
    "text", ["一方不履行的，另一方可以向人民法院起诉。", "乙方支付物业服务费。", "及时清理排水沟。"]
)
def test_ordinary_clauses_pass(text: str) -> None:
    assert found(terms=(text,)) == {}


@pytest.mark.parametrize(
    "text", ["双方同意离婚", "确认亲子关系", "解除收养", "该宅基地上房屋归甲方所有，确认其所有权"]
)
def test_what_no_court_confirms_is_only_warned_of(text: str) -> None:
    assert not found(terms=(text,))[FindingCode.UNCONFIRMABLE].block


def test_an_agent_needs_the_power_to_sign_for_this_party() -> None:
    agent = party("x", PartyRole.AGENT, represents=("a",), agent_powers=(AgentPower.SIGN,))
    weak = replace(agent, agent_powers=(AgentPower.CONCEDE,))
    elsewhere = replace(agent, represents=("b",))
    signers = (SignerInput("a", "x"),)
    assert found((A, B, agent), signers=signers) == {}
    for other in (weak, elsewhere):
        finding = found((A, B, other), signers=signers)[FindingCode.SIGNER_WITHOUT_POWER]
        assert (finding.block, dict(finding.details)["names"]) == (True, ("人x",))


@pytest.mark.parametrize("signer", [SignerInput("x", "x"), SignerInput("a", "stranger")])
def test_the_list_of_signatures_is_the_list_of_parties(signer: SignerInput) -> None:
    agent = party("x", PartyRole.AGENT, represents=("a",), agent_powers=(AgentPower.SIGN,))
    assert found((A, B, agent), signers=(signer,))[FindingCode.NOT_A_PRINCIPAL].block


def test_a_minors_guardian_is_listed_and_signs() -> None:
    child = replace(A, birth=date(2015, 1, 1))
    guardian = party("g", PartyRole.GUARDIAN, represents=("a",))
    assert found((child, B))[FindingCode.GUARDIAN_MISSING].block
    assert found((child, B, guardian)) == {}
    assert signers_of(DRAFT, (child, B, guardian)) == ((child, guardian), (B, B))


def test_a_body_has_a_valid_credit_code() -> None:
    firm = replace(B, kind=PersonKind.LEGAL, uscc="91350100M000100Y43")
    assert found((A, firm)) == {}
    for uscc in ("", "91350100M000100Y44"):
        assert found((A, replace(firm, uscc=uscc)))[FindingCode.BAD_USCC].block


def test_each_party_and_the_committee_keep_a_copy() -> None:
    assert least_copies((A, B)) == 3
    assert found(copies=2)[FindingCode.TOO_FEW_COPIES].block
    assert found(copies=4) == {}
    assert found(copies=2, form=AgreementForm.ORAL) == {}


def test_the_interests_of_third_parties_were_asked() -> None:
    assert found(third_party_asked=False)[FindingCode.THIRD_PARTY_NOT_ASKED].block


def test_the_sessions_were_held_before_and_signed() -> None:
    assert found(sessions=SessionFacts(None))[FindingCode.NO_SESSION].block
    later = found(sessions=SessionFacts(date(2026, 9, 4)))
    assert later[FindingCode.BEFORE_LAST_SESSION].block
    unsigned = found(sessions=SessionFacts(DAY, (2,)))[FindingCode.SESSION_NOT_SIGNED]
    assert dict(unsigned.details) == {"sessions": (2,)}


def test_effect_begins_with_the_last_of_all_days() -> None:
    assert effective_day((date(2026, 9, 5), DAY), DAY, date(2026, 9, 4)) == date(2026, 9, 5)
    assert effective_day((DAY,), DAY, date(2026, 9, 9)) == date(2026, 9, 9)
    assert effective_day((DAY, None), DAY, DAY) is None
    assert effective_day((DAY,), None, DAY) is None
    assert effective_day((DAY,), DAY, None) is None
