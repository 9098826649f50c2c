"""The manifest of a package: who sends what to whom, under which number."""

import base64
import re
from datetime import datetime
from typing import Annotated

import msgspec

from app.domain.errors import Reason, Refused
from app.domain.packages import PackageKind
from app.sync.archive import MAX_MANIFEST
from app.sync.records import Moment, Node, Sha256

FORMAT = "tjb/1"
READER = 1
SUITE = "age-x25519+minisign-ed25519"
UNTRUSTED = "tjb package signature"
_SENDER = re.compile(r"tjb/\d+ from=([0-9A-Z-]{1,24}) ")

Uuid = Annotated[
    str, msgspec.Meta(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\Z")
]
Org = Annotated[str, msgspec.Meta(pattern="^[0-9]{6,9}\\Z")]
Count = Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)]
Number = Annotated[int, msgspec.Meta(ge=1, lt=1_000_000)]


class Sender(msgspec.Struct, frozen=True):
    """The installation that made the package; its name begins with its office's code."""

    org: Org
    node: Node
    key: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}\\Z")]


class Stream(msgspec.Struct, frozen=True):
    """Where the package stands among those of one sender: incarnation, number, and the changes it spans."""

    inc: Number
    seq: Number
    base: Count
    upto: Count
    prev: Sha256 | None = None


class Reject(msgspec.Struct, frozen=True):
    """A package the other side did not take."""

    seq: Number
    code: Annotated[str, msgspec.Meta(max_length=64)]


class Ack(msgspec.Struct, frozen=True):
    """What the sender of this package has received from another node."""

    node: Node
    inc: Number
    upto: Count
    have: list[tuple[Number, Number]] = []
    want: list[Sha256] = []
    reject: list[Reject] = []


class AuditHead(msgspec.Struct, frozen=True):
    """The sender's audit chain at the moment of export, so that it cannot be shortened unseen."""

    n: Count
    head: Sha256


class Counts(msgspec.Struct, frozen=True):
    """How many of each are inside."""

    cases: Count = 0
    notes: Count = 0
    blobs: Count = 0


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`manifest.json`; members a newer program adds are ignored here and kept in the manifest's bytes."""

    format: str = FORMAT
    min_reader: int = READER
    suite: str = SUITE
    id: Uuid
    kind: str
    sender: Sender = msgspec.field(name="from")
    to: Annotated[list[Node], msgspec.Meta(min_length=1, max_length=64)]
    stream: Stream
    acks: list[Ack] = []
    audit: AuditHead | None = None
    schema: Annotated[int, msgspec.Meta(ge=1, lt=1 << 31)]
    app: Annotated[str, msgspec.Meta(max_length=32)]
    created: Moment
    counts: Counts

    @property
    def trusted_comment(self) -> str:
        """The comment the signature covers besides the sums."""
        return f"{FORMAT} from={self.sender.node} seq={self.stream.seq} id={self.id}"

    @property
    def file_name(self) -> str:
        """The name a package file gets; a hint for people, never trusted."""
        day = self.created[:10].replace("-", "")
        stream = f"{self.stream.inc}-{self.stream.seq:06d}"
        return f"{self.sender.node}_{self.to[0]}_{stream}_{day}_{self.id[:8]}.tjb.age"


class _Version(msgspec.Struct):
    format: str
    min_reader: int
    suite: str = SUITE
    kind: str = PackageKind.CASES.value


def write_manifest(manifest: Manifest) -> bytes:
    """The bytes of `manifest.json`; ValueError when a field breaks its own rule."""
    text = msgspec.json.encode(manifest)
    try:
        read_manifest(text)
    except Refused as error:
        raise ValueError(f"manifest {error.details}") from error
    return text


def read_manifest(text: bytes) -> Manifest:
    """Read a manifest whose signature is already proved.

    Refused PACKAGE_FOREIGN (no package of ours), PACKAGE_NEWER (needs a newer program: found=, known=) or
    PACKAGE_DAMAGED (a field breaks its rule).
    """
    if len(text) > MAX_MANIFEST:
        raise Refused(Reason.PACKAGE_FOREIGN, at="manifest")
    try:
        version = msgspec.json.decode(text, type=_Version)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(Reason.PACKAGE_FOREIGN, at="manifest") from error
    _refuse_newer(version)
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
        moment = datetime.fromisoformat(manifest.created)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Refused(Reason.PACKAGE_DAMAGED, at="manifest") from error
    span = manifest.stream
    if moment.tzinfo is None or span.upto < span.base:
        raise Refused(Reason.PACKAGE_DAMAGED, at="manifest")
    return manifest


def claimed_sender(trusted_comment: str) -> str:
    """The sender a signature comment names, for the message about an unknown one; not proved."""
    found = _SENDER.match(trusted_comment)
    return found.group(1) if found else ""


def receipt_code(sums_sha256: str) -> str:
    """The short code two people compare by phone: both ends compute it from what was signed (回执码)."""
    return base64.b32encode(bytes.fromhex(sums_sha256)).decode("ascii")[:10]


def _refuse_newer(version: _Version) -> None:
    if not version.format.startswith("tjb/"):
        raise Refused(Reason.PACKAGE_FOREIGN, at="format")
    if version.format != FORMAT:
        raise Refused(Reason.PACKAGE_NEWER, found=version.format, known=FORMAT)
    if version.min_reader > READER:
        raise Refused(Reason.PACKAGE_NEWER, found=version.min_reader, known=READER)
    if version.suite != SUITE:
        raise Refused(Reason.PACKAGE_NEWER, found=version.suite, known=SUITE)
    if version.kind not in set(PackageKind):
        raise Refused(Reason.PACKAGE_NEWER, found=version.kind, known=FORMAT)
