"""Brings list rows and search words of a file an older program wrote to what this program keeps of a case."""

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.progress import Progress, Silent
from app.models.case import Case
from app.models.office import Setting
from app.models.people import Person
from app.services.cases.people import NO_SOUND, sound
from app.services.kernel.projection import index_person, renew_rows
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import job, use_case
from app.services.kernel.workspace import Steps

VERSION = 2
"""Raised whenever a list row or the words of a search hold something they did not before."""
_KEY = "index_version"  # no choice of the office, and so none of its SettingKeys
_CASES, _PEOPLE = 50, 200  # at once: others who want to save wait so long


@job(needs=Permission.READ)
def renew_index(steps: Steps, progress: Progress | None = None) -> int:
    """At sign-in, once after an upgrade: make every case and person findable as this program finds them.

    In small steps, each its own transaction; no revision is raised and nothing goes into the audit, for no
    case changes. Stopped half way it begins again at the next sign-in. Returns how many rows were renewed.
    """
    if steps.run(index_version) >= VERSION:
        return 0
    watch = progress or Silent()
    total = steps.run(count_rows)
    done = 0
    for step in (renew_cases, renew_people):
        after: int | None = -1
        while after is not None:
            watch.step(done, total)
            after, renewed = steps.run(step, after)
            done += renewed
    steps.run(note_version)
    watch.step(total, total)
    return done


@use_case(needs=Permission.READ, writes=False)
def index_version(uow: UnitOfWork) -> int:
    """Which program's rows and words the file holds; 0 for one from before they were counted."""
    row = uow.session.get(Setting, _KEY)
    return 0 if row is None else int(row.value)


@use_case(needs=Permission.READ, writes=False)
def count_rows(uow: UnitOfWork) -> int:
    """How many cases and people there are."""
    counted = [uow.session.scalar(select(func.count()).select_from(kind)) for kind in (Case, Person)]
    return sum(one or 0 for one in counted)


@use_case(needs=Permission.READ, quiet=True)
def renew_cases(uow: UnitOfWork, after: int) -> tuple[int | None, int]:
    """The next few cases behind a row number; the last one done (None at the end), and how many."""
    uow.keeps_revisions = True
    asked = select(Case).where(Case.sk > after).order_by(Case.sk).limit(_CASES)
    cases = uow.session.scalars(asked).all()
    for case in cases:
        renew_rows(uow, case)
    uow.changed(Topic.CASES)
    return (cases[-1].sk if len(cases) == _CASES else None), len(cases)


@use_case(needs=Permission.READ, quiet=True)
def renew_people(uow: UnitOfWork, after: int) -> tuple[int | None, int]:
    """The next few people behind a row number; the last one done (None at the end), and how many."""
    asked = select(Person).where(Person.sk > after).order_by(Person.sk).limit(_PEOPLE)
    people = uow.session.scalars(asked).all()
    for person in people:
        person.sound = sound(person.name) or NO_SOUND
        index_person(uow, person)
    return (people[-1].sk if len(people) == _PEOPLE else None), len(people)


@use_case(needs=Permission.READ, quiet=True)
def note_version(uow: UnitOfWork) -> None:
    """Everything is as this program keeps it."""
    row = uow.session.get(Setting, _KEY) or Setting(key=_KEY)
    row.value = VERSION
    uow.session.add(row)
