"""How much of each kind of work lies in a case, for the links of its page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseContents:
    """Counts. `open_risks` are not cleared yet; `receipts` without the voided ones."""

    visits: int
    investigations: int
    evidence: int
    attachments: int
    conferences: int
    risks: int
    open_risks: int
    agreements: int
    receipts: int
    follow_ups: int
    confirmations: int
