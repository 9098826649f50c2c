"""The settlement: what is written down, what it may not say, who must sign, when it takes effect."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.cases import PRINCIPALS, PartyRole, PartyView
from app.domain.confirming.confirmation import unconfirmable_words
from app.domain.errors import Problem
from app.domain.intake import guardian_gaps, may_sign_for, needs_guardian
from app.domain.people import PersonKind
from app.domain.values.identity import IdFault, check_uscc
from app.domain.values.limits import MAX_REASON, MAX_TEXT, each_limited, limited
from app.domain.values.money import MAX_FEN

MAX_COPIES = 999
MAX_ACT = 2000


class AgreementForm(StrEnum):
    """How the parties settled (PML 28)."""

    WRITTEN = "written"
    ORAL = "oral"


class AgreementStatus(StrEnum):
    """Where an agreement stands."""

    DRAFT = "draft"
    SIGNING = "signing"  # printed, its number taken
    EFFECTIVE = "effective"
    ABANDONED = "abandoned"  # a draft nobody signs any more; what was printed and numbered stays


class ObligationKind(StrEnum):
    """What is owed."""

    MONEY = "money"
    ACT = "act"


class SignPlace(StrEnum):
    """Who signs besides the parties (PML 29)."""

    MEDIATOR = "mediator"
    SEAL = "seal"


class FindingCode(StrEnum):
    """What the check of an agreement may say (domain reference 3.3); details in brackets."""

    NO_OBLIGATION = "no_obligation"
    VAGUE_DUE = "vague_due"  # words=
    TOTAL_TOO_LARGE = "total_too_large"  # more than may be written in capitals
    TOTAL_DIFFERS = "total_differs"  # stated_fen=, total_fen=
    UNCONFIRMABLE = "unconfirmable"  # words=
    FORBIDDEN_WORDS = "forbidden_words"  # words=
    NOT_A_PRINCIPAL = "not_a_principal"  # the list of signatures is not the list of parties
    SIGNER_WITHOUT_POWER = "signer_without_power"  # names=
    GUARDIAN_MISSING = "guardian_missing"  # names=
    BAD_USCC = "bad_uscc"  # names=
    TOO_FEW_COPIES = "too_few_copies"  # least=
    THIRD_PARTY_NOT_ASKED = "third_party_not_asked"
    NO_SESSION = "no_session"
    BEFORE_LAST_SESSION = "before_last_session"  # session=
    SESSION_NOT_SIGNED = "session_not_signed"  # sessions=
    DUE_BEFORE_AGREEMENT = "due_before_agreement"


@dataclass(frozen=True, slots=True)
class ObligationInput:
    """One thing to do or pay, by and to parties of the case (their ids); money in fen."""

    kind: ObligationKind
    debtor_id: str
    creditor_id: str
    amount_fen: int | None = None
    act: str = ""
    manner: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class SignerInput:
    """Somebody who signs for a party: an agent with the power to sign, or the guardian (party ids)."""

    party_id: str
    signer_id: str


@dataclass(frozen=True, slots=True)
class AgreementInput:
    """A settlement as it is written down.

    `signers` names only those who do not sign themselves; a minor's guardian signs unasked. `copies`: None
    for one per party and one for the committee (PML 29). `stated_total_fen`: the sum the parties spoke of, to
    be compared with the instalments. `override_reason`: why forbidden words stand all the same.
    `partial`: only a part is settled (SZ22 26). `replaces_id`: the agreement in effect that this one changes.
    """

    case_id: str
    form: AgreementForm
    facts: str
    terms: tuple[str, ...]
    obligations: tuple[ObligationInput, ...]
    agreed_on: date
    breach: str = ""
    signers: tuple[SignerInput, ...] = ()
    copies: int | None = None
    stated_total_fen: int | None = None
    third_party_asked: bool = False
    show_id_numbers: bool = False
    override_reason: str = ""
    partial: bool = False
    replaces_id: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of the check; `block` keeps the agreement from being made."""

    code: FindingCode
    block: bool
    details: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What the check needs of the sessions: last day, unsigned ones, none on the spot (PML 21)."""

    last_on: date | None
    unsigned: tuple[int, ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class ObligationView:
    """One duty as pages show it; `capitals` is computed, never typed."""

    id: str
    kind: ObligationKind
    debtor_id: str
    debtor: str
    creditor_id: str
    creditor: str
    amount_fen: int | None
    capitals: str
    act: str
    manner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A party's place to sign: the party, who signs, and when; undated is missing."""

    party_id: str
    party: str
    signer_id: str
    signer: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement as its page shows it; `missing` names signatures without a date.

    `seq` counts the agreements of a case. A replaced one names what took its place.
    """

    id: str
    row_version: int
    case_id: str
    case_number: str
    number: str | None
    form: AgreementForm
    status: AgreementStatus
    facts: str
    terms: tuple[str, ...]
    obligations: tuple[ObligationView, ...]
    breach: str
    total_fen: int | None
    total_capitals: str
    copies: int
    third_party_asked: bool
    show_id_numbers: bool
    agreed_on: date
    override_reason: str
    signatures: tuple[SignatureView, ...]
    mediator_signed_on: date | None
    sealed_on: date | None
    effective_on: date | None
    missing: tuple[str | SignPlace, ...]
    seq: int
    partial: bool
    stated_total_fen: int | None
    replaces_id: str | None
    replaced_by_id: str | None


@dataclass(frozen=True, slots=True)
class SigningInput:
    """The days on which people signed (party ids), the mediator signed and the seal was set.

    `partial`: keep what there is; otherwise every day is needed.
    """

    signed: tuple[tuple[str, date | None], ...]
    mediator_signed_on: date | None = None
    sealed_on: date | None = None
    partial: bool = False


VAGUE = re.compile("尽快|尽早|近期|早日|适时|择期|有钱时|有能力时|以后再")
_FORBIDDEN = re.compile(
    "罚款|罚金|拘留|(?:放弃|不得|不准|不许|不再|无权)[^，。；,;]{0,8}(?:起诉|诉讼|诉权|上诉|仲裁)"
    "|调解(?:服务)?费|收费|收取(?:费用|报酬)"
)


def principals_of(parties: tuple[PartyView, ...]) -> tuple[PartyView, ...]:
    """Those the agreement binds: applicants, respondents, third parties."""
    return tuple(party for party in parties if party.role in PRINCIPALS)


def total_of(obligations: tuple[ObligationInput, ...]) -> int | None:
    """The sum of all money owed, in fen; None when no money is owed."""
    amounts = [
        item.amount_fen or 0 for item in obligations if item.kind == ObligationKind.MONEY and item.amount_fen
    ]
    return sum(amounts) if amounts else None


def least_copies(parties: tuple[PartyView, ...]) -> int:
    """One copy for each party and one for the committee (PML 29)."""
    return len(principals_of(parties)) + 1


def signers_of(
    draft: AgreementInput, parties: tuple[PartyView, ...]
) -> tuple[tuple[PartyView, PartyView], ...]:
    """Each party with the one who signs: the party itself, the named agent, or a minor's guardian."""
    by_id = {party.id: party for party in parties}
    named = {row.party_id: by_id[row.signer_id] for row in draft.signers if row.signer_id in by_id}
    return tuple(
        (party, named.get(party.id) or _usual_signer(party, parties, draft.agreed_on))
        for party in principals_of(parties)
    )


def _usual_signer(party: PartyView, parties: tuple[PartyView, ...], on: date) -> PartyView:
    if not needs_guardian(party, on):
        return party
    guardians = (one for one in parties if one.role == PartyRole.GUARDIAN and party.id in one.represents)
    return next(guardians, party)


def agreement_problems(
    draft: AgreementInput, parties: tuple[PartyView, ...], accepted_on: date | None, today: date
) -> Iterator[Problem]:
    """What is missing or impossible in the form, field by field (guard G7)."""
    yield from limited(draft, facts=MAX_TEXT, breach=MAX_TEXT, override_reason=MAX_REASON)
    yield from each_limited("terms", draft.terms, MAX_TEXT)
    if draft.copies is not None and not 0 <= draft.copies <= MAX_COPIES:
        yield Problem("copies", "out_of_range")
    if not draft.facts.strip():
        yield Problem("facts", "required")
    if not any(term.strip() for term in draft.terms):
        yield Problem("terms", "required")
    if draft.agreed_on > today:
        yield Problem("agreed_on", "future_date")
    elif accepted_on is not None and draft.agreed_on < accepted_on:
        yield Problem("agreed_on", "before_acceptance")
    known = {party.id for party in principals_of(parties)}
    for at, item in enumerate(draft.obligations):
        for problem in _obligation_problems(item, known):
            yield Problem(f"obligations.{at}.{problem.field}", problem.code, problem.details)


def _obligation_problems(item: ObligationInput, known: set[str]) -> Iterator[Problem]:
    yield from limited(item, act=MAX_ACT, manner=100)
    for field in ("debtor_id", "creditor_id"):
        if getattr(item, field) not in known:
            yield Problem(field, "required")
    if item.debtor_id and item.debtor_id == item.creditor_id:
        yield Problem("creditor_id", "duplicate")
    if item.kind == ObligationKind.MONEY and not 0 < (item.amount_fen or 0) <= MAX_FEN:
        yield Problem("amount_fen", "bad_amount")
    if item.kind == ObligationKind.ACT and not item.act.strip():
        yield Problem("act", "required")
    if not item.manner.strip():
        yield Problem("manner", "required")
    if item.due_on is None:
        yield Problem("due_on", "required")


def agreement_findings(
    draft: AgreementInput, parties: tuple[PartyView, ...], sessions: SessionFacts
) -> tuple[Finding, ...]:
    """Everything the check has to say before an agreement is made and printed (domain reference 3.3, G7).

    Only forbidden words give way to a written reason. The number is unique because a series gives it.
    """
    found = [*_wording(draft), *_sums(draft), *_session_days(draft, sessions)]
    found += [*_guardians(draft, parties), *_bodies(parties)]
    if draft.form == AgreementForm.WRITTEN:
        found += [*_signers(draft, parties), *_copies(draft, parties)]
    if not draft.third_party_asked:
        found.append(Finding(FindingCode.THIRD_PARTY_NOT_ASKED, block=True))
    return tuple(found)


def _wording(draft: AgreementInput) -> Iterator[Finding]:
    duties = " ".join(f"{item.act} {item.manner}" for item in draft.obligations)
    clauses = " ".join((*draft.terms, draft.breach))
    if words := _words(VAGUE, duties):
        yield Finding(FindingCode.VAGUE_DUE, block=True, details=(("words", words),))
    elif words := _words(VAGUE, clauses):
        yield Finding(FindingCode.VAGUE_DUE, block=False, details=(("words", words),))
    if words := _words(_FORBIDDEN, f"{clauses} {duties}"):
        block = not draft.override_reason.strip()
        yield Finding(FindingCode.FORBIDDEN_WORDS, block, (("words", words),))
    if words := unconfirmable_words((f"{clauses} {duties}",)):
        yield Finding(FindingCode.UNCONFIRMABLE, block=False, details=(("words", words),))


def _words(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.group() for found in pattern.finditer(text)))


def _sums(draft: AgreementInput) -> Iterator[Finding]:
    if not draft.obligations:
        yield Finding(FindingCode.NO_OBLIGATION, block=True)
    if any(item.due_on is not None and item.due_on < draft.agreed_on for item in draft.obligations):
        yield Finding(FindingCode.DUE_BEFORE_AGREEMENT, block=True)
    total = total_of(draft.obligations)
    if (total or 0) > MAX_FEN:
        yield Finding(FindingCode.TOTAL_TOO_LARGE, block=True)
    if draft.stated_total_fen is not None and draft.stated_total_fen != (total or 0):
        details = (("stated_fen", draft.stated_total_fen), ("total_fen", total or 0))
        yield Finding(FindingCode.TOTAL_DIFFERS, block=True, details=details)


def _session_days(draft: AgreementInput, sessions: SessionFacts) -> Iterator[Finding]:
    if sessions.last_on is None and sessions.needed:
        yield Finding(FindingCode.NO_SESSION, block=True)
    elif sessions.last_on is not None and draft.agreed_on < sessions.last_on:
        yield Finding(FindingCode.BEFORE_LAST_SESSION, block=True, details=(("session", sessions.last_on),))
    if sessions.unsigned:
        yield Finding(FindingCode.SESSION_NOT_SIGNED, block=True, details=(("sessions", sessions.unsigned),))


def _guardians(draft: AgreementInput, parties: tuple[PartyView, ...]) -> Iterator[Finding]:
    if names := guardian_gaps(parties, draft.agreed_on):
        yield Finding(FindingCode.GUARDIAN_MISSING, block=True, details=(("names", names),))


def _bodies(parties: tuple[PartyView, ...]) -> Iterator[Finding]:
    legal = [party for party in principals_of(parties) if party.kind == PersonKind.LEGAL]
    if names := tuple(party.name for party in legal if isinstance(check_uscc(party.uscc), IdFault)):
        yield Finding(FindingCode.BAD_USCC, block=True, details=(("names", names),))


def _signers(draft: AgreementInput, parties: tuple[PartyView, ...]) -> Iterator[Finding]:
    ids, bound = {party.id for party in parties}, {party.id for party in principals_of(parties)}
    if any(row.party_id not in bound or row.signer_id not in ids for row in draft.signers):
        yield Finding(FindingCode.NOT_A_PRINCIPAL, block=True)
    others = [(party, signer) for party, signer in signers_of(draft, parties) if signer.id != party.id]
    names = tuple(
        signer.name
        for party, signer in others
        if party.id not in signer.represents or not may_sign_for(signer)
    )
    if names:
        yield Finding(FindingCode.SIGNER_WITHOUT_POWER, block=True, details=(("names", names),))


def _copies(draft: AgreementInput, parties: tuple[PartyView, ...]) -> Iterator[Finding]:
    least = least_copies(parties)
    if draft.copies is not None and draft.copies < least:
        yield Finding(FindingCode.TOO_FEW_COPIES, block=True, details=(("least", least),))


def effective_day(
    signed: tuple[date | None, ...], mediator_signed_on: date | None, sealed_on: date | None
) -> date | None:
    """The day a written agreement takes effect: the last of all days; None while one is missing (PML 29)."""
    days = [*signed, mediator_signed_on, sealed_on]
    dated = [day for day in days if day is not None]
    return max(dated) if len(dated) == len(days) else None
