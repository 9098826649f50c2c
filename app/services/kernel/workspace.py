"""The one door to the office's data: every action is permitted, one transaction, audited."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.db.blob_store import store_folder
from app.db.engine import refusal_of
from app.domain.actor import Actor
from app.domain.changes import Changes, Topic
from app.domain.errors import Reason, Refused
from app.services.kernel.projection import project_cases
from app.services.kernel.recusal_review import review_changed
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import UseCase
from app.services.kernel.versions import stale

P = ParamSpec("P")
T = TypeVar("T")


def wall_clock() -> datetime:
    """The PC's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a use case answered, what it changed, and its id where its doer may take it back."""

    value: T
    changes: Changes
    action_id: str = ""


class Workspace:
    """An unlocked data file and the person working in it."""

    def __init__(
        self, engine: Engine, data_file: Path, actor: Actor, clock: Callable[[], datetime] = wall_clock
    ) -> None:
        self.folder = data_file.parent
        self.outbox = data_file.with_name(f"{data_file.stem}.outbox")  # packages waiting to be carried
        self.files = store_folder(data_file)  # attachments, each encrypted
        self.actor = actor
        self._engine = engine
        self._clock = clock

    def run(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> Outcome[T]:
        """Run `use_case` in one transaction; a refusal or a bug leaves the data as it was."""
        rows: set[str] = set()
        if not self.actor.may(use_case.needs):
            raise Refused(Reason.NOT_PERMITTED, permission=use_case.needs)
        try:
            if use_case.by_steps:
                steps = Steps(self)
                return Outcome(use_case(steps, *args, **kwargs), frozenset(steps.topics))
            engine = self._engine.execution_options(write=use_case.writes)
            with Session(engine, expire_on_commit=False) as session, session.begin():
                uow = UnitOfWork(session, self.actor, self._clock)
                try:
                    value = use_case(uow, *args, **kwargs)
                    kept = use_case.writes and _finish(uow, use_case)
                except StaleDataError:
                    rows = uow.written_rows()
                    raise
            return Outcome(value, frozenset(uow.topics), uow.action_id if kept else "")
        except StaleDataError as error:
            with Session(self._engine) as session:
                raise stale(session, rows) from error
        except IntegrityError as error:
            raise refusal_of(error, self.folder) or Refused(Reason.TAKEN) from error
        except (SQLAlchemyError, OSError) as error:
            refusal = refusal_of(error, self.folder)
            if refusal is None:
                raise
            raise refusal from error

    def close(self) -> None:
        """Give the data file back."""
        self._engine.dispose()


class Steps:
    """What a job works with: one use case after the other, and the folders of packages and attachments."""

    def __init__(self, workspace: Workspace) -> None:
        self.outbox = workspace.outbox
        self.files = workspace.files
        self.actor = workspace.actor
        self.topics: set[Topic] = set()
        self._workspace = workspace

    def run(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one step in its own transaction; what is committed stays when a later step is refused."""
        outcome = self._workspace.run(use_case, *args, **kwargs)
        self.topics.update(outcome.changes)
        return outcome.value


def _finish(uow: UnitOfWork, use_case: UseCase[..., object]) -> bool:
    """Close the action; answers whether its doer may take it back."""
    review_changed(uow)
    touched = uow.touched_cases()
    project_cases(uow, touched)
    if use_case.quiet:
        return False
    return uow.close_books(use_case.__name__, touched, use_case.undoable) and use_case.undoable
