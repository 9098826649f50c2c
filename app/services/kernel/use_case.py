"""Marks a function as a use case: what a person may ask for, and the right it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from app.domain.actor import Permission

if TYPE_CHECKING:
    from app.services.kernel.unit_of_work import UnitOfWork
    from app.services.kernel.workspace import Steps

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class UseCase(Protocol[P, T_co]):
    """A function `verb_noun(uow, ...)` that runs inside one transaction, or a job of several such.

    `writes` opens a writing transaction; `quiet` ones (drafts saved by themselves) leave no audit entry;
    `undoable` ones may be taken back by who did them: nothing outside the file (a number, a paper, a package)
    depends on them;
    `by_steps` marks a job: it gets `Steps` instead of a unit of work, so that nobody waits for it.
    """

    needs: Permission
    writes: bool
    quiet: bool
    undoable: bool
    by_steps: bool
    __name__: str

    def __call__(self, work: Any, /, *args: P.args, **kwargs: P.kwargs) -> T_co:
        """Run inside `work`."""


def use_case(
    *, needs: Permission, writes: bool = True, quiet: bool = False, undoable: bool = False
) -> Callable[[Callable[Concatenate[UnitOfWork, P], T]], UseCase[P, T]]:
    """Declare the permission a use case needs, whether it writes, and whether it can be taken back."""

    def mark(function: Callable[Concatenate[UnitOfWork, P], T]) -> UseCase[P, T]:
        return _mark(function, needs=needs, writes=writes, quiet=quiet, undoable=undoable, by_steps=False)

    return mark


def job(*, needs: Permission) -> Callable[[Callable[Concatenate[Steps, P], T]], UseCase[P, T]]:
    """Declare long work made of several use cases, each its own transaction: others go on meanwhile."""

    def mark(function: Callable[Concatenate[Steps, P], T]) -> UseCase[P, T]:
        return _mark(function, needs=needs, writes=True, quiet=False, undoable=False, by_steps=True)

    return mark


def _mark(function: Callable[..., T], **traits: Any) -> UseCase[P, T]:
    for name, value in traits.items():
        setattr(function, name, value)
    return cast("UseCase[P, T]", function)
