"""What is asked of those who gather a paper's record."""

from dataclasses import dataclass
from datetime import date

from app.domain.errors import Reason, Refused
from app.domain.office.settings import SettingKey
from app.domain.papers.forms import PaperName
from app.models.case import Case, Party
from app.services.cases.view import view_party
from app.services.hearings.notices import mediators_of
from app.services.kernel.settings import setting
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.papers.parties import ROLE_WORDS, with_guardian


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper of a case: what it is for, its number ("" while it has none) and its day."""

    uow: UnitOfWork
    case: Case
    subject_id: str
    number: str
    on: date

    @property
    def committee(self) -> str:
        """Who issues the paper."""
        return self.uow.office().committee

    def contact(self) -> tuple[str, str]:
        """Whom to call, and the office's phone."""
        mediators = mediators_of(self.case)
        return self.case.first_contact or next(iter(mediators), ""), self.uow.office().phone

    def show_id_numbers(self) -> bool:
        """Whether the office prints identity numbers."""
        return bool(setting(self.uow, SettingKey.PRINT_ID_NUMBERS))

    def person(self, party_id: str) -> PaperName:
        """A party with its guardian, whether still in the case or not; refuses NOT_FOUND."""
        everyone = [view_party(party) for party in self.case.parties]
        party = next((one for one in everyone if one.id == party_id), None)
        if party is None:
            raise Refused(Reason.NOT_FOUND)
        return PaperName(ROLE_WORDS[party.role], with_guardian(party, everyone))

    def party(self) -> Party:
        """The party of the case the paper is for; refuses NOT_FOUND."""
        found = next((party for party in self.case.parties if party.id == self.subject_id), None)
        if found is None:
            raise Refused(Reason.NOT_FOUND)
        return found


def mediators_since(case: Case) -> tuple[str, ...]:
    """Who mediated the case, those who still do or else everybody who did."""
    return mediators_of(case) or tuple(dict.fromkeys(row.mediator_name for row in case.assignments))
