"""What a committed action changed, so that windows showing it reload."""

from enum import StrEnum


class Topic(StrEnum):
    """A kind of thing a window can show."""

    CASES = "cases"
    PEOPLE = "people"
    ROSTER = "roster"
    HEARINGS = "hearings"
    AGREEMENTS = "agreements"
    PAPERS = "papers"
    PACKAGES = "packages"
    NODES = "nodes"
    USERS = "users"
    SETTINGS = "settings"
    NUMBERS = "numbers"
    DRAFTS = "drafts"


Changes = frozenset[Topic]
