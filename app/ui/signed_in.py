"""What pages are given that need the opened data file itself: its key for backups and passphrases."""

from dataclasses import dataclass, field

from app.services.office.sign_in import Unlocked
from app.ui.navigation import Context


@dataclass(frozen=True, slots=True)
class SignedIn(Context):
    """The context of a page, and the file somebody opened."""

    unlocked: Unlocked = field(kw_only=True)
