"""Record lines of a package, and the strict JSON both ends speak."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Self

import msgspec

from app.domain.errors import Reason, Refused
from app.sync.archive import MAX_LINE

MAX_DEPTH = 32
MAX_PARENTS = 4096
KNOWN_TYPES = frozenset({"case", "branch", "note", "offer", "accept", "decline", "member", "code"})

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}\\Z")]
Ident = Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z-]{1,64}\\Z")]
Node = Annotated[str, msgspec.Meta(pattern="^[0-9]{6,9}-[A-Z0-9]{1,12}\\Z")]
Moment = Annotated[str, msgspec.Meta(min_length=20, max_length=40)]


class _Line(msgspec.Struct):
    t: Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
    id: Ident
    owner: Node
    epoch: Annotated[int, msgspec.Meta(ge=1, lt=1 << 31)]
    rev: Annotated[int, msgspec.Meta(ge=1, lt=1 << 31)]
    parents: Annotated[list[Sha256], msgspec.Meta(max_length=MAX_PARENTS)]
    schema: Annotated[int, msgspec.Meta(ge=1, lt=1 << 31)]
    by: Annotated[str, msgspec.Meta(max_length=64)]
    at: Moment
    h: Sha256
    b: msgspec.Raw
    offer: Node | None = None


class _AnyLine(msgspec.Struct):
    t: Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One revision of one thing: the envelope, and its body as the exact bytes that were hashed.

    `parents` are the hashes of the revisions this one continues, the direct ones first and then older
    ones, so that a receiver who missed some in between still sees whose descendant it is. `line` is the
    whole line as it was received (None for a record made here); a record of a kind this program does not
    know (`known` false) has nothing but `kind`, `id` and `line`, and is to be kept untouched.
    """

    kind: str
    id: str
    owner: str
    epoch: int
    rev: int
    parents: tuple[str, ...]
    schema: int
    by: str
    at: str
    body: bytes
    offer: str | None = None
    line: bytes | None = None

    @property
    def known(self) -> bool:
        """Whether this program understands records of this kind."""
        return self.kind in KNOWN_TYPES

    @property
    def h(self) -> str:
        """The hash that names this revision: SHA-256 of the exact bytes of the body."""
        return hashlib.sha256(self.body).hexdigest()

    def as_line(self) -> bytes:
        """The line as it goes into a package, without its LF; a received line goes on byte for byte."""
        if self.line is not None:
            return self.line
        written = _Line(
            t=self.kind,
            id=self.id,
            owner=self.owner,
            epoch=self.epoch,
            rev=self.rev,
            parents=list(self.parents),
            schema=self.schema,
            by=self.by,
            at=self.at,
            h=self.h,
            b=msgspec.Raw(self.body),
            offer=self.offer,
        )
        line = msgspec.json.encode(written)
        if len(line) > MAX_LINE or b"\n" in line:
            raise ValueError("record line")
        return line

    @classmethod
    def from_line(cls, line: bytes, at: str) -> Self:
        """Read one line; Refused PACKAGE_DAMAGED with `at` when it is not what a sender may write."""
        try:
            kind = msgspec.json.decode(line, type=_AnyLine)
            if kind.t not in KNOWN_TYPES:
                return cls(kind.t, kind.id[:64], "", 0, 0, (), 0, "", "", b"", None, line)
            read = msgspec.json.decode(line, type=_Line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Refused(Reason.PACKAGE_DAMAGED, at=at, why="line") from error
        body = bytes(read.b)
        if hashlib.sha256(body).hexdigest() != read.h:
            raise Refused(Reason.PACKAGE_DAMAGED, at=at, why="hash")
        parents = tuple(read.parents)
        envelope = (read.t, read.id, read.owner, read.epoch, read.rev, parents, read.schema, read.by, read.at)
        return cls(*envelope, body, read.offer, line)


def split_lines(text: bytes, at: str) -> Iterator[Record]:
    """The records of one member; every line ends with LF and none is empty."""
    if not text:
        return
    if not text.endswith(b"\n"):
        raise Refused(Reason.PACKAGE_DAMAGED, at=at, why="line")
    start = number = 0
    while start < len(text):
        end = text.index(b"\n", start)
        number += 1
        if end == start or end - start > MAX_LINE:
            raise Refused(Reason.PACKAGE_DAMAGED, at=f"{at}:{number}", why="line")
        yield Record.from_line(text[start:end], f"{at}:{number}")
        start = end + 1


def join_lines(records: Iterable[Record], enough: int) -> Iterator[tuple[bytes, tuple[Record, ...]]]:
    """Group records into texts of at least `enough` bytes (the last may be shorter), with what is in each."""
    text = bytearray()
    inside: list[Record] = []
    for record in records:
        text += record.as_line() + b"\n"
        inside.append(record)
        if len(text) >= enough:
            yield bytes(text), tuple(inside)
            text, inside = bytearray(), []
    if inside:
        yield bytes(text), tuple(inside)


def write_body(value: dict[str, Any]) -> bytes:
    """The one byte form of a body: UTF-8 JSON, keys sorted, no spaces.

    Only dict, list, str, int, bool and None; ValueError for a float, another type or too deep a nesting.
    Amounts are integer fen, dates and moments ISO text.
    """
    _refuse_odd(value, 0)
    return msgspec.json.encode(value, order="sorted")


def read_body(body: bytes) -> dict[str, Any]:
    """The inverse of `write_body`, with the same limits; ValueError when the bytes do not keep them."""
    if len(body) > MAX_LINE:
        raise ValueError("body too long")
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError("body is no JSON") from error
    if type(value) is not dict:
        raise ValueError("body is no object")
    _refuse_odd(value, 0)
    return value


def reread_body(body: bytes) -> dict[str, Any]:
    """A body that `read_body` took before, without proving it once more."""
    value: dict[str, Any] = msgspec.json.decode(body)
    return value


def _refuse_odd(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValueError("body too deep")
    if type(value) is dict:
        for key, inner in value.items():
            if type(key) is not str:
                raise ValueError("body key")
            _refuse_odd(inner, depth + 1)
    elif type(value) is list:
        for inner in value:
            _refuse_odd(inner, depth + 1)
    elif value is not None and type(value) not in (str, int, bool):
        raise ValueError("body value")
