"""What belongs into a volume, in which order, and its index with running page numbers (VOL)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from app.domain.flow import Outcome
from app.domain.life.codes import VolumeItem
from app.domain.life.standing import VolumeEntry
from app.domain.papers.attachments import AttachmentCategory

_I = VolumeItem
ORDER = tuple(VolumeItem)
ITEM_OF_FORM: dict[str, VolumeItem] = {
    "application": _I.REQUEST,
    "acceptance": _I.REQUEST,
    "rights_notice": _I.RIGHTS,
    "authority": _I.AUTHORITY,
    "investigation": _I.INVESTIGATION,
    "undisputed_facts": _I.INVESTIGATION,
    "conference": _I.INVESTIGATION,
    "risk_report": _I.INVESTIGATION,
    "evidence_list": _I.EVIDENCE,
    "hearing_notice": _I.NOTICE,
    "hearing_change": _I.NOTICE,
    "hearing_cancellation": _I.NOTICE,
    "service_proof": _I.NOTICE,
    "extension": _I.NOTICE,
    "session_record": _I.SESSION,
    "agreement": _I.AGREEMENT,
    "oral_agreement": _I.AGREEMENT,
    "confirmation_application": _I.CONFIRMATION,
    "mediation_certificate": _I.CONFIRMATION,
    "termination_notice": _I.TERMINATION,
    "demand_notice": _I.PERFORMANCE,
    "follow_up": _I.FOLLOW_UP,
    "receipt_slip": _I.DECISION,
    "refusal_notice": _I.DECISION,
    "referral_letter": _I.DECISION,
    "reply_letter": _I.DECISION,
}
"""Which item a printed form is; one not named here is put with the remarks on the volume."""
ITEM_OF_CATEGORY: dict[AttachmentCategory, VolumeItem] = {
    AttachmentCategory.APPLICANT: _I.IDENTITY,
    AttachmentCategory.RESPONDENT: _I.IDENTITY,
    AttachmentCategory.APPLICATION: _I.REQUEST,
    AttachmentCategory.ADDRESS: _I.NOTICE,
    AttachmentCategory.RIGHTS: _I.RIGHTS,
    AttachmentCategory.EVIDENCE: _I.EVIDENCE,
    AttachmentCategory.RECORD: _I.SESSION,
    AttachmentCategory.AGREEMENT: _I.AGREEMENT,
    AttachmentCategory.RECEIPT: _I.PERFORMANCE,
    AttachmentCategory.CONFIRMATION: _I.CONFIRMATION,
    AttachmentCategory.TRANSFER: _I.DECISION,
    AttachmentCategory.PRESERVATION: _I.EVIDENCE,
    AttachmentCategory.APPRAISAL: _I.EVIDENCE,
}
_SETTLED = frozenset({Outcome.PERFORMED, Outcome.BREACHED})


@dataclass(frozen=True, slots=True)
class VolumePiece:
    """Something that goes into the volume; `digest` is empty for what lies there on paper only."""

    item: VolumeItem
    title: str
    pages: int
    digest: str = ""


def needed_items(outcome: Outcome | None, heard: bool) -> tuple[VolumeItem, ...]:
    """The items the law wants (必须, VOL); `heard`: a session was held.

    A failed case has the termination in place of the agreement. Who settled on the spot has no session
    record. Of a dispute that was never mediated nothing is wanted.
    """
    if outcome in _SETTLED:
        found = [_I.REQUEST, _I.RIGHTS, _I.IDENTITY, _I.AGREEMENT]
    elif outcome == Outcome.FAILED:
        found = [_I.REQUEST, _I.IDENTITY, _I.TERMINATION] + ([_I.RIGHTS] if heard else [])
    else:
        found = []
    return tuple(sorted([*found, *([_I.SESSION] if heard else [])], key=ORDER.index))


def missing_items(needed: Iterable[VolumeItem], pieces: Iterable[VolumePiece]) -> tuple[VolumeItem, ...]:
    """What is needed and not there."""
    there = {piece.item for piece in pieces}
    return tuple(item for item in needed if item not in there)


def index_of(pieces: Iterable[VolumePiece]) -> tuple[VolumeEntry, ...]:
    """The index: in the order of the items, pages running on without a gap; the back cover has none."""
    entries, page = [], 0
    for piece in sorted(pieces, key=lambda piece: ORDER.index(piece.item)):
        entries.append(VolumeEntry(piece.item, piece.title, page + 1, page + piece.pages, piece.digest))
        page += piece.pages
    return (*entries, VolumeEntry(_I.BACK, "", 0, 0, ""))


def digest_of(number: str, retention: str, entries: tuple[VolumeEntry, ...]) -> str:
    """SHA-256 over the canonical text of the index with the digests of the papers: it fixes the volume."""
    text = json.dumps(
        [number, retention, [asdict(entry) for entry in entries]],
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()
