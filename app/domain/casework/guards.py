"""The guards of domain reference 3.2 as rules: from facts of a case to what stands in the way of a deed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.casework.hindrances import Hindrance, HindranceCode, Way
from app.domain.flow import BEFORE_DECISION, DEEDS_OF, MEDIATING, SETTLED, CaseStatus, Deed, Outcome
from app.domain.life.codes import LAST_LEVEL, VolumeItem

STRUCK_OFF_OUTCOMES = frozenset({Outcome.PERFORMED, Outcome.BREACHED})
"""Only what was settled, or left unperformed by a lawful way, is struck off (G12)."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the guards look at. Names for the sentences, nothing else of a person.

    `asked_again`: a way was taken after the breach, or the remedies were told. `proposed`: a strike-off is
    proposed; `same_person`: who asks registered the case or proposed it. `missing`: items of the volume that
    are not there. `delivered`: the county acknowledged the case as it is. `in_effect`: an agreement is;
    `entrusted`: another organ's letter lies in the case.
    """

    status: CaseStatus
    outcome: Outcome | None = None
    consent_missing: tuple[str, ...] = ()
    consent_refused: tuple[str, ...] = ()
    without_guardian: tuple[str, ...] = ()
    has_lead: bool = False
    needs_second: bool = False
    open_recusals: tuple[str, ...] = ()
    rights_told: bool = False
    sessions: int = 0
    unsigned_sessions: tuple[int, ...] = ()
    remedies_told: bool = False
    asked_again: bool = True
    open_risks: int = 0
    proposed: bool = False
    same_person: bool = False
    level: int = LAST_LEVEL
    missing: tuple[VolumeItem, ...] = ()
    delivered: bool = False
    in_effect: bool = False
    entrusted: bool = False
    asked_others: bool = False


_H, _C = Hindrance, HindranceCode
Guard = Callable[[CaseFacts], Iterator[Hindrance]]


def _accept(facts: CaseFacts) -> Iterator[Hindrance]:
    """G1: everybody who must agree has agreed, nobody refused (PML 17)."""
    if facts.consent_refused:
        yield _H(_C.CONSENT_REFUSED, Deed.REFUSE, (("parties", facts.consent_refused),))
    if facts.consent_missing:
        yield _H(_C.CONSENT_MISSING, Deed.CONSENT, (("parties", facts.consent_missing),))


def _on_spot(facts: CaseFacts) -> Iterator[Hindrance]:
    """Who stands here and agrees has consented; who refused before must say otherwise first (PML 17)."""
    if facts.consent_refused:
        yield _H(_C.CONSENT_REFUSED, Deed.CONSENT, (("parties", facts.consent_refused),))


def _recusal(facts: CaseFacts) -> Iterator[Hindrance]:
    """G4: nobody mediates on while it is undecided whether that mediator must leave (PML 23, TY16 15)."""
    if facts.open_recusals:
        yield _H(_C.RECUSAL_OPEN, Deed.RECUSAL, (("mediators", facts.open_recusals),))


def _raise_level(facts: CaseFacts) -> Iterator[Hindrance]:
    if facts.level >= LAST_LEVEL:
        yield _H(_C.LAST_LEVEL, Deed.ESCALATE)


def _schedule(facts: CaseFacts) -> Iterator[Hindrance]:
    """G5: somebody leads the mediation, and nobody comes without the guardian the law asks for."""
    if not facts.has_lead:
        yield _H(_C.NO_MEDIATOR, Deed.ASSIGN)
    yield from _attended(facts)


def _attended(facts: CaseFacts) -> Iterator[Hindrance]:
    """A hard case has two mediators (G4), and nobody is without guardian, whatever changed on the way."""
    if facts.needs_second:
        yield _H(_C.NO_SECOND_MEDIATOR, Deed.ASSIGN)
    if facts.without_guardian:
        yield _H(_C.NO_GUARDIAN, Deed.PARTIES, (("names", facts.without_guardian),))


def _session(facts: CaseFacts) -> Iterator[Hindrance]:
    """G6: the rights are told before the first session, or there, which its record then says."""
    yield from _recusal(facts)
    yield from _attended(facts)
    if not facts.rights_told:
        yield _H(_C.RIGHTS_UNTOLD, Deed.RIGHTS, soft=True)


def _agreement(facts: CaseFacts) -> Iterator[Hindrance]:
    """G7: what was said is recorded and signed before it is settled; on the spot nothing is recorded."""
    if facts.status == CaseStatus.ON_SPOT or facts.status in SETTLED:
        return
    yield from _recusal(facts)
    if not facts.sessions:
        yield _H(_C.NO_SESSION_HELD, Deed.SESSION)
    if facts.unsigned_sessions:
        yield _H(_C.SESSION_UNSIGNED, Deed.SESSION, (("sessions", facts.unsigned_sessions),))


def _close(facts: CaseFacts) -> Iterator[Hindrance]:
    """G10: a failed case is closed when the other ways were told; a breached one when a way was taken."""
    if facts.status == CaseStatus.TERMINATED and not facts.remedies_told:
        yield _H(_C.REMEDIES_UNTOLD)
    if facts.status == CaseStatus.BREACHED and not facts.asked_again:
        yield _H(_C.NO_WAY_TAKEN, Deed.REMEDIATE)


def _strike_off(facts: CaseFacts) -> Iterator[Hindrance]:
    """G12: performed or a lawful way taken, no open risk, and a second person approves."""
    if facts.outcome not in STRUCK_OFF_OUTCOMES:
        yield _H(_C.NOT_STRUCK_OFF, Deed.ARCHIVE)
        return
    if facts.outcome == Outcome.BREACHED and not facts.asked_again:
        yield _H(_C.NO_WAY_TAKEN)
    yield from _risk(facts)
    if facts.proposed and facts.same_person:
        yield _H(_C.SAME_PERSON, soft=True)  # who may not approve may still send it back


def _risk(facts: CaseFacts) -> Iterator[Hindrance]:
    """G9: what may escalate is not put away before somebody says that it passed."""
    if facts.open_risks:
        yield _H(_C.RISK_OPEN, Deed.RISK, (("count", facts.open_risks),))


def _archive(facts: CaseFacts) -> Iterator[Hindrance]:
    """G13: every item the law wants in the volume is there; a success is struck off first.

    With a risk still open nothing is locked: it could be cleared no more (PML 25).
    """
    yield from _risk(facts)
    if facts.status == CaseStatus.CLOSED and facts.outcome in STRUCK_OFF_OUTCOMES:
        yield _H(_C.STRIKE_OFF_FIRST, Deed.STRIKE_OFF)
    for item in facts.missing:
        yield _H(_C.ITEM_MISSING, _CURE_OF_ITEM.get(item, Deed.EVIDENCE), (("item", item),), soft=True)


def _report(facts: CaseFacts) -> Iterator[Hindrance]:
    """G14: the county has acknowledged a package with the archived case."""
    if not facts.delivered:
        yield _H(_C.NOT_DELIVERED)


_CURE_OF_ITEM = {
    VolumeItem.REQUEST: Deed.PAPERS,
    VolumeItem.RIGHTS: Deed.PAPERS,
    VolumeItem.SESSION: Deed.PAPERS,
    VolumeItem.AGREEMENT: Deed.PAPERS,
    VolumeItem.TERMINATION: Deed.PAPERS,
}
GUARDS: dict[Deed, Guard] = {
    Deed.ACCEPT: _accept,
    Deed.SETTLE_ON_SPOT: _on_spot,
    Deed.MERGE: _risk,
    Deed.RAISE_LEVEL: _raise_level,
    Deed.SCHEDULE: _schedule,
    Deed.SESSION: _session,
    Deed.AGREEMENT: _agreement,
    Deed.CLOSE: _close,
    Deed.STRIKE_OFF: _strike_off,
    Deed.ARCHIVE: _archive,
    Deed.REPORT: _report,
}
"""The guard of a deed; a deed without one is hindered by nothing but what its form asks."""


def hindrances_of(deed: Deed, facts: CaseFacts) -> tuple[Hindrance, ...]:
    """What stands in the way of a deed on a case with these facts."""
    guard = GUARDS.get(deed)
    return tuple(guard(facts)) if guard else ()


def ways_of(facts: CaseFacts) -> tuple[Way, ...]:
    """Everything the case offers in its state, each with what hinders it."""
    apt = (deed for deed in DEEDS_OF[facts.status] if _apt(deed, facts))
    return tuple(Way(deed, hindrances_of(deed, facts)) for deed in apt)


def _apt(deed: Deed, facts: CaseFacts) -> bool:
    """Whether the deed concerns this case at all.

    While a dispute is mediated only a partial agreement can be confirmed; once it is no more, only the letter
    of an organ that did entrust it is answered. Another office answers when it was asked.
    """
    if deed is Deed.CONFIRMATION:
        return facts.in_effect or facts.status not in MEDIATING
    if deed is Deed.ANSWER_TRANSFER:
        return facts.asked_others
    if deed is Deed.ENTRUSTMENT:
        return facts.entrusted or facts.status in BEFORE_DECISION | MEDIATING
    return True
