"""What an entry takes from one merged into it, and what it gives back when they part."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from app.domain.people import Capacity
from app.domain.register import PersonInput
from app.models.people import Person
from app.services.kernel.journal import plain, real

NUMBERS = ("id_no", "uscc")
_FORMER = "former_names"
_AND, _MOST_FORMER = "、", 100
_ALONE = frozenset({"name", "id_kind", "id_no", _FORMER})
_UNITS: tuple[tuple[str, ...], ...] = (
    ("id_no", "id_kind"),  # a number is nothing without the kind of its document
    *((field.name,) for field in fields(PersonInput) if field.name not in _ALONE),
    (_FORMER,),
)
_BLANK: tuple[Any, ...] = ("", None, Capacity.FULL)  # full capacity is what is presumed
Snapshot = dict[str, dict[str, Any]]


def differing(one: Person, other: Person) -> frozenset[str]:
    """The particulars both entries have, and have otherwise."""
    names = {field.name for field in fields(PersonInput)} - {"id_kind", _FORMER}
    pairs = {name: (getattr(one, name), getattr(other, name)) for name in names}
    return frozenset(
        name for name, (a, b) in pairs.items() if a != b and a not in ("", None) and b not in ("", None)
    )


def complete(kept: Person, gone: Person) -> Snapshot:
    """Fill what is empty in `kept` from `gone`; answers the fields before and after."""
    snapshot: Snapshot = {"before": {}, "after": {}}
    for unit in _UNITS:
        before = _values(kept, unit)
        after = _filled(kept, unit, before, gone)
        _note(snapshot, unit, before, after)
        _set(kept, unit, after)
    return snapshot


def rewrite(kept: Person, merges: Sequence[tuple[Snapshot, Person, bool]]) -> list[Snapshot]:
    """Write `kept` as if only those merges had been made that still stand; answers their snapshots anew.

    `merges`, the first one first: the snapshot, the entry merged, whether it still stands. What somebody
    changed after a merge counts as the entry's own from then on.
    """
    anew: list[Snapshot] = [{"before": {}, "after": {}} for _ in merges]
    for unit in _UNITS:
        own, since = _own(kept, unit, [snapshot for snapshot, _, _ in merges])
        value = own
        for at, (_, gone, stands) in enumerate(merges):
            before = value
            if at >= since and stands:
                value = _filled(kept, unit, value, gone)
            _note(anew[at], unit, before, value)
        _set(kept, unit, value)
    return anew


def _own(kept: Person, unit: tuple[str, ...], snapshots: Sequence[Snapshot]) -> tuple[tuple[Any, ...], int]:
    """What the entry had of its own, and the first merge after that was written."""
    later = _values(kept, unit)
    for at in reversed(range(len(snapshots))):
        if _kept(snapshots[at]["after"], unit) != later:
            return later, at + 1
        later = _kept(snapshots[at]["before"], unit)
    return later, 0


def _filled(kept: Person, unit: tuple[str, ...], before: tuple[Any, ...], gone: Person) -> tuple[Any, ...]:
    if unit == (_FORMER,):
        return (_with_names(kept, before[0], gone),)
    theirs = _values(gone, unit)
    return theirs if before[0] in _BLANK and theirs[0] not in _BLANK else before


def _with_names(kept: Person, former: str, gone: Person) -> str:
    """The former names and those the other entry adds, as many as the field holds whole."""
    names = [name for name in former.split(_AND) if name]
    for name in (gone.name, *gone.former_names.split(_AND)):
        longer = _AND.join([*names, name])
        if name and name != kept.name and name not in names and len(longer) <= _MOST_FORMER:
            names.append(name)
    return _AND.join(names) if names else former


def _values(person: Person, unit: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(plain(getattr(person, name)) for name in unit)


def _kept(side: dict[str, Any], unit: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(side[name] for name in unit)


def _note(snapshot: Snapshot, unit: tuple[str, ...], before: tuple[Any, ...], after: tuple[Any, ...]) -> None:
    snapshot["before"].update(zip(unit, before, strict=True))
    snapshot["after"].update(zip(unit, after, strict=True))


def _set(person: Person, unit: tuple[str, ...], values: tuple[Any, ...]) -> None:
    for name, value in zip(unit, values, strict=True):
        if plain(getattr(person, name)) != value:
            setattr(person, name, real(Person, name, value))
