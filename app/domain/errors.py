"""What a person can be refused, as a value every floor understands."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why an action was not done. `ui.messages` owns the sentence for each; details fill its blanks."""

    # input
    INVALID = "invalid"  # problems=(Problem, ...)
    NOT_FOUND = "not_found"
    TAKEN = "taken"  # what=
    STALE = "stale"  # who=, when=, what=
    # taking back and putting back
    UNDO_OTHERS = "undo_others"  # who=
    UNDO_NEVER = "undo_never"
    UNDO_DONE = "undo_done"
    UNDO_TOO_OLD = "undo_too_old"  # when=
    UNDO_CHANGED = "undo_changed"  # who=, when=, what=
    UNDO_NEEDED = "undo_needed"  # what=
    RESTORE_ALONE = "restore_alone"  # what=
    # rights
    NOT_PERMITTED = "not_permitted"
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 - a reason, no secret; left=
    THROTTLED = "throttled"  # seconds=
    WEAK_PASSPHRASE = "weak_passphrase"  # noqa: S105 - a reason, no secret; why=
    WRONG_RECOVERY_KEY = "wrong_recovery_key"
    LAST_ADMINISTRATOR = "last_administrator"
    # the flow of a case
    WRONG_STATUS = "wrong_status"  # status=
    READ_ONLY_CASE = "read_only_case"  # owner=
    CASE_LOCKED = "case_locked"
    HINDERED = "hindered"  # hindrances=(Hindrance, ...)
    CONSENT_MISSING = "consent_missing"  # parties=
    CONSENT_REFUSED = "consent_refused"  # parties=
    NO_COMPETENCE = "no_competence"
    EXCLUDED_MATTER = "excluded_matter"
    NO_LEAD = "no_lead"
    MEDIATOR_NOT_ACTIVE = "mediator_not_active"  # mediator=
    RECUSAL = "recusal"  # findings=
    MEDIATOR_IS_PARTY = "mediator_is_party"  # mediator=
    RECUSAL_DECIDED = "recusal_decided"
    PARTY_IN_AGREEMENT = "party_in_agreement"  # party=
    CLASH = "clash"  # clashes=
    TOO_SHORT_NOTICE = "too_short_notice"  # days=
    RIGHTS_NOT_TOLD = "rights_not_told"
    AGREEMENT_BLOCKED = "agreement_blocked"  # findings=
    SIGNATURES_MISSING = "signatures_missing"  # who=
    # judicial confirmation
    CONFIRMATION_TOO_LATE = "confirmation_too_late"  # due=, effective=
    CONFIRMATION_OPEN = "confirmation_open"
    NOT_EFFECTIVE = "not_effective"
    # time limits and calendars
    LIMIT_FIXED = "limit_fixed"  # rule=
    LIMIT_NOT_RUNNING = "limit_not_running"  # rule=
    LIMIT_OVER = "limit_over"  # rule=, day=
    BAD_CALENDAR = "bad_calendar"  # what=
    # papers
    MISSING_GLYPH = "missing_glyph"  # characters=
    LIST_TOO_LONG = "list_too_long"  # most=
    UNKNOWN_FORM = "unknown_form"
    BAD_PATTERN = "bad_pattern"  # missing=
    NUMBER_ALREADY_USED = "number_already_used"
    # storage
    STORAGE = "storage"  # what=
    DISK_FULL = "disk_full"  # path=
    READ_ONLY_PLACE = "read_only_place"  # path=
    IN_USE = "in_use"  # holder=
    WRONG_KEY = "wrong_key"
    NOT_A_DATABASE = "not_a_database"  # path=
    NEWER_DATA = "newer_data"  # found=, known=
    DAMAGED_DATA = "damaged_data"
    NO_SUCH_PLACE = "no_such_place"  # path=
    EXISTS = "exists"  # path=
    # attachments
    FILE_TOO_LARGE = "file_too_large"  # size=, most=
    FILE_STRANGE = "file_strange"  # found=
    FILE_BROKEN = "file_broken"
    FILE_LOCKED = "file_locked"
    FILE_TOO_MANY_PIXELS = "file_too_many_pixels"  # width=, height=
    FILE_TOO_MANY_PAGES = "file_too_many_pages"  # pages=, most=
    FILE_PAGE_TOO_LARGE = "file_page_too_large"
    FILE_ALREADY = "file_already"  # title=
    FILES_TOO_MANY = "files_too_many"  # most=
    CASE_FILES_FULL = "case_files_full"  # most=
    ATTACHMENT_DAMAGED = "attachment_damaged"  # title=
    # packages and cards
    NO_COUNTY_CARD = "no_county_card"
    NOTHING_TO_SEND = "nothing_to_send"
    CASE_TOO_LARGE = "case_too_large"  # numbers=
    PACKAGE_DAMAGED = "package_damaged"  # at=
    PACKAGE_TRUNCATED = "package_truncated"
    PACKAGE_FORGED = "package_forged"  # at=
    PACKAGE_FOREIGN = "package_foreign"  # at=
    PACKAGE_NOT_FOR_US = "package_not_for_us"
    PACKAGE_UNKNOWN_SENDER = "package_unknown_sender"  # sender=
    PACKAGE_NEWER = "package_newer"  # found=, known=
    PACKAGE_CLONE = "package_clone"  # sender=, seq=
    CARD_DAMAGED = "card_damaged"
    CARD_OTHER_KEY = "card_other_key"  # node=
    OTHER_COUNTY = "other_county"  # node=
    WRONG_RECEIPT = "wrong_receipt"


@dataclass(frozen=True, slots=True)
class Problem:
    """One field that cannot stay as it is: `field` is a record field (`parties.a.id_no`), `code` says why."""

    field: str
    code: str
    details: tuple[tuple[str, Any], ...] = ()


class Refused(Exception):  # noqa: N818 - the office says "refused", not "error"
    """The one exception a user may cause: nothing was saved, `reason` says why."""

    def __init__(self, reason: Reason, **details: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.details = details
