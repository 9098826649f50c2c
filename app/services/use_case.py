"""Marks a function as a use case: what a person may ask for, and the right it needs."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from app.domain.actor import Permission
from app.services.unit_of_work import UnitOfWork

P = ParamSpec("P")
T_co = TypeVar("T_co", covariant=True)


class UseCase(Protocol[P, T_co]):
    """A function `verb_noun(uow, ...)` that runs inside one transaction."""

    needs: Permission
    writes: bool
    __name__: str

    def __call__(self, uow: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> T_co:
        """Run inside `uow`."""


def use_case(
    *, needs: Permission, writes: bool = True
) -> Callable[[Callable[Concatenate[UnitOfWork, P], T_co]], UseCase[P, T_co]]:
    """Declare the permission a use case needs; `writes=False` opens a reading transaction."""

    def mark(function: Callable[Concatenate[UnitOfWork, P], T_co]) -> UseCase[P, T_co]:
        function.needs = needs  # type: ignore[attr-defined]
        function.writes = writes  # type: ignore[attr-defined]
        return function  # type: ignore[return-value]

    return mark
