"""The mediators as the Excel roster lists them, in words."""

from app.domain.actor import Permission
from app.domain.papers.books import RosterRow
from app.domain.roster import CommitteeRole, MediatorRow, MediatorStatus
from app.domain.values.catalogues import type_a_name
from app.domain.values.identity import Sex
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.roster.assignments import open_cases
from app.services.roster.entries import mediators

_SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}
_POSTS = {
    CommitteeRole.CHAIR: "主任",
    CommitteeRole.VICE: "副主任",
    CommitteeRole.MEMBER: "委员",
    CommitteeRole.APPOINTED: "聘任",
}
_STATUSES = {MediatorStatus.ACTIVE: "在任", MediatorStatus.SUSPENDED: "暂停", MediatorStatus.LEFT: "离任"}


@use_case(needs=Permission.EXCEL_EXPORT, writes=False)
def roster_rows(uow: UnitOfWork, with_numbers: bool = False) -> tuple[RosterRow, ...]:
    """Every mediator as the book prints them; identity numbers only when they are asked for."""
    load = open_cases(uow)
    return tuple(_row(mediator, load[mediator.id], with_numbers) for mediator in mediators(uow))


def _row(mediator: MediatorRow, cases: int, with_numbers: bool) -> RosterRow:
    return RosterRow(
        name=mediator.name,
        sex=_SEXES[mediator.sex] if mediator.sex else "",
        nation=mediator.nation,
        born_on=mediator.birth,
        id_no=mediator.id_no if with_numbers else "",
        education=mediator.education,
        phone=mediator.phone,
        committee=mediator.committee,
        post=_POSTS[mediator.committee_role],
        employment="专职" if mediator.full_time else "兼职",
        specialities="、".join(type_a_name(code) for code in mediator.specialities),
        languages="、".join(mediator.languages),
        certificate_no="",
        appointed_on=mediator.term_start,
        term_ends_on=mediator.term_end,
        open_cases=cases,
        status=_STATUSES[mediator.status],
    )
