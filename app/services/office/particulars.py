"""Where the office is found: address and phone, as its notices print them."""

from app.domain.actor import NodeKind, Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.office.offices import OfficeView
from app.domain.values.identity import IdFault, check_phone
from app.models.office import Office
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

ADDRESS_MOST = 100


@use_case(needs=Permission.READ, writes=False)
def read_office(uow: UnitOfWork) -> OfficeView:
    """The office as it is now."""
    return _view(uow.office())


@use_case(needs=Permission.SETTINGS_WRITE)
def change_office(uow: UnitOfWork, address: str, phone: str) -> OfficeView:
    """Write down where the office is found; papers printed from now on say so, stored ones stay.

    Refuses INVALID (`address` too_long, `phone` phone_shape); either may be empty.
    """
    problems = []
    if len(address.strip()) > ADDRESS_MOST:
        problems.append(Problem("address", "too_long", (("most", ADDRESS_MOST),)))
    known = check_phone(phone) if phone.strip() else ""
    if isinstance(known, IdFault):
        problems.append(known.at("phone"))
    if problems or isinstance(known, IdFault):
        raise Refused(Reason.INVALID, problems=tuple(problems))
    office = uow.office()
    office.address, office.phone = address.strip(), known
    uow.note(office.id)
    uow.changed(Topic.SETTINGS)
    return _view(office)


def _view(office: Office) -> OfficeView:
    return OfficeView(
        kind=NodeKind(office.kind),
        name=office.name,
        short_name=office.short_name,
        committee=office.committee,
        division_code=office.division_code,
        node=office.node,
        node_letter=office.node_letter,
        address=office.address,
        phone=office.phone,
        created_at=office.created_at,
    )
