"""What an arriving package does to the cases already here: a pure plan, nothing is touched."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.sync.records import MAX_PARENTS, Record


@dataclass(frozen=True, slots=True)
class Head:
    """A revision nothing follows (yet): of a case it is the main one, or a branch kept beside it.

    `parents` are the hashes of all earlier revisions, direct ones first (`parents_after` makes them).
    """

    id: str
    owner: str
    epoch: int
    rev: int
    h: str
    parents: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, int, str]:
        """Which of two heads is the main one: the higher rank, on every computer alike."""
        return (self.epoch, self.rev, self.h)

    def follows(self, other: "Head") -> bool:
        """Whether this revision continues `other`."""
        return other.h in self.parents


class RejectReason(StrEnum):
    """Why a revision is not taken at all."""

    FOREIGN_OWNER = "foreign_owner"  # it names an owner other than the signer
    UNRELATED = "unrelated"  # it claims another office's case without knowing anything of it


@dataclass(frozen=True, slots=True)
class Rejected:
    """A revision that is not taken."""

    head: Head
    reason: RejectReason


@dataclass(frozen=True, slots=True)
class FastForward:
    """A revision that simply continues what is here; it replaces every head it follows."""

    head: Head
    replaces: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Fork:
    """Two offices continued the same case apart; `main` leads, all `branches` are kept for a person."""

    head: Head
    main: Head
    branches: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with each arriving revision, and `heads`: how every touched case stands afterwards.

    In `heads` the main revision comes first, its branches after it.
    """

    inserts: tuple[Head, ...] = ()
    fast_forwards: tuple[FastForward, ...] = ()
    already_contained: tuple[Head, ...] = ()
    forks: tuple[Fork, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    heads: dict[str, tuple[Head, ...]] = field(default_factory=dict)


def head_of(record: Record) -> Head:
    """The head a record of kind `case` announces."""
    return Head(record.id, record.owner, record.epoch, record.rev, record.h, record.parents)


def parents_after(*heads: Head) -> tuple[str, ...]:
    """The `parents` of a new revision that continues `heads` (two when it settles a fork)."""
    direct = [head.h for head in heads]
    older = [parent for head in heads for parent in head.parents]
    return tuple(dict.fromkeys(direct + older))[:MAX_PARENTS]


def plan(incoming: Iterable[Head], local: Iterable[Head], signer: str) -> Plan:
    """Decide for each incoming revision by ancestry alone, never by a clock (single owner with epochs).

    A new case is inserted; a descendant of what is here fast-forwards; what is already contained is left;
    anything else forks. The outcome does not depend on the order or number of arrivals.
    """
    heads: dict[str, list[Head]] = {}
    for head in local:
        heads.setdefault(head.id, []).append(head)
    made = _Outcome()
    for head in incoming:
        if head.owner != signer:
            made.rejected.append(Rejected(head, RejectReason.FOREIGN_OWNER))
        else:
            _place(head, heads, made)
    return Plan(
        tuple(made.inserts),
        tuple(made.fast_forwards),
        tuple(made.contained),
        tuple(made.forks),
        tuple(made.rejected),
        {case_id: _ranked(heads[case_id]) for case_id in made.touched},
    )


@dataclass(slots=True)
class _Outcome:
    inserts: list[Head] = field(default_factory=list)
    fast_forwards: list[FastForward] = field(default_factory=list)
    contained: list[Head] = field(default_factory=list)
    forks: list[Fork] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    touched: dict[str, None] = field(default_factory=dict)


def _place(head: Head, heads: dict[str, list[Head]], made: _Outcome) -> None:
    here = heads.get(head.id, [])
    if not here:
        made.inserts.append(head)
        heads[head.id] = [head]
        made.touched[head.id] = None
        return
    if any(head.h == other.h or other.follows(head) for other in here):
        made.contained.append(head)
        return
    if not any(_related(head, other) for other in here):
        made.rejected.append(Rejected(head, RejectReason.UNRELATED))
        return
    replaced = tuple(other for other in here if head.follows(other))
    heads[head.id] = [other for other in here if other not in replaced] + [head]
    made.touched[head.id] = None
    if len(heads[head.id]) == 1:
        made.fast_forwards.append(FastForward(head, replaced))
    else:
        main, *branches = _ranked(heads[head.id])
        made.forks.append(Fork(head, main, tuple(branches)))


def _related(head: Head, other: Head) -> bool:
    """One office's case, or one whose history both know: an identifier alone gives nobody a case."""
    return head.owner == other.owner or head.follows(other) or not set(head.parents).isdisjoint(other.parents)


def _ranked(heads: Iterable[Head]) -> tuple[Head, ...]:
    return tuple(sorted(heads, key=lambda head: head.rank, reverse=True))
