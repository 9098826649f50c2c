"""Marks a function as a use case: what a person may ask for, and the right it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar, cast

from app.domain.actor import Permission

if TYPE_CHECKING:
    from app.services.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class UseCase(Protocol[P, T_co]):
    """A function `verb_noun(uow, ...)` that runs inside one transaction.

    `writes` opens a writing transaction; `quiet` ones (drafts saved by themselves) leave no audit entry.
    """

    needs: Permission
    writes: bool
    quiet: bool
    __name__: str

    def __call__(self, uow: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> T_co:
        """Run inside `uow`."""


def use_case(
    *, needs: Permission, writes: bool = True, quiet: bool = False
) -> Callable[[Callable[Concatenate[UnitOfWork, P], T]], UseCase[P, T]]:
    """Declare the permission a use case needs, and whether it writes."""

    def mark(function: Callable[Concatenate[UnitOfWork, P], T]) -> UseCase[P, T]:
        marked = cast("UseCase[P, T]", function)
        marked.needs = needs
        marked.writes = writes
        marked.quiet = quiet
        return marked

    return mark
