"""What the volume of a case holds before it is locked (guard G13)."""

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.casework.volume import ORDER, needed_items
from app.domain.casework.volume_lines import VolumeLine
from app.domain.flow import Outcome
from app.domain.life.codes import VolumeItem
from app.models.case import Case
from app.models.hearing import SessionRecord
from app.services.flow.contents import pieces_of
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@use_case(needs=Permission.READ, writes=False)
def list_volume(uow: UnitOfWork, case_id: str) -> tuple[VolumeLine, ...]:
    """Every item a volume may hold, in its order: needed or not, and how many pages there are of it.

    The back cover is left out, for it has no content. Refuses NOT_FOUND.
    """
    case = uow.get(Case, case_id)
    heard = uow.session.scalar(select(func.count()).where(SessionRecord.case_id == case.id))
    needed = needed_items(Outcome(case.outcome) if case.outcome else None, bool(heard))
    pages = dict.fromkeys(ORDER, 0)
    for piece in pieces_of(uow, case):
        pages[piece.item] += piece.pages
    return tuple(
        VolumeLine(item, item in needed, pages[item]) for item in ORDER if item is not VolumeItem.BACK
    )
