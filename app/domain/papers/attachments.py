"""Evidence and attachments of a case: what may be stored, under which headings, and what a list says."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from app.domain.errors import Problem, Refused
from app.domain.values.limits import limited, text_problems

MAX_FILE_BYTES = 100 << 20
"""One scan or photograph; a scan at 300 dots an inch has a few megabytes."""

MAX_CASE_BYTES = 1 << 30
"""All attachments of one case: they travel together, and a package must fit on any stick."""

MAX_PIXELS = 80_000_000
"""An A3 sheet at 600 dots an inch; what claims more is made to fill the memory."""

MAX_SIDE = 30_000
MAX_PAGES = 3_000
MAX_PAGE_POINTS = 14_400
"""The longest side of a page: five metres, the most a PDF is meant to have."""
MAX_AT_ONCE = 200
TITLE = 100
MAX_PURPOSE = 1000
_KINDS_READ = 32  # bytes that tell what a file is


class FileKind(StrEnum):
    """What can be kept, by its media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


START_OF: dict[FileKind, bytes] = {
    FileKind.PDF: b"%PDF-",
    FileKind.JPEG: b"\xff\xd8\xff",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
}
SUFFIX_OF: dict[FileKind, str] = {FileKind.PDF: ".pdf", FileKind.JPEG: ".jpg", FileKind.PNG: ".png"}


class Stranger(StrEnum):
    """What a file is that cannot be kept, so that the person is told how to make one that can."""

    EMPTY = "empty"
    HEIC = "heic"
    TIFF = "tiff"
    BITMAP = "bitmap"
    GIF = "gif"
    WEBP = "webp"
    OFFICE = "office"
    OLD_OFFICE = "old_office"
    ARCHIVE = "archive"
    PROGRAM = "program"
    VIDEO = "video"
    TEXT = "text"
    UNKNOWN = "unknown"


_STRANGE_STARTS: tuple[tuple[bytes, Stranger], ...] = (
    (b"II*\0", Stranger.TIFF), (b"MM\0*", Stranger.TIFF), (b"BM", Stranger.BITMAP), (b"GIF8", Stranger.GIF),
    (b"PK\x03\x04", Stranger.OFFICE), (b"\xd0\xcf\x11\xe0", Stranger.OLD_OFFICE), (b"Rar!", Stranger.ARCHIVE),
    (b"7z\xbc\xaf", Stranger.ARCHIVE), (b"\x1f\x8b", Stranger.ARCHIVE), (b"MZ", Stranger.PROGRAM),
    (b"\x7fELF", Stranger.PROGRAM),
)  # fmt: skip
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


def kind_of(start: bytes) -> FileKind | None:
    """What a file is by its first bytes; its name says nothing that counts."""
    return next((kind for kind, first in START_OF.items() if start.startswith(first)), None)


def stranger_of(start: bytes) -> Stranger:
    """What a file is that is none of ours."""
    if not start:
        return Stranger.EMPTY
    if start[4:8] == b"ftyp":
        return Stranger.HEIC if start[8:12] in _HEIC else Stranger.VIDEO
    if start[:4] == b"RIFF":
        return Stranger.WEBP if start[8:12] == b"WEBP" else Stranger.VIDEO
    for first, stranger in _STRANGE_STARTS:
        if start.startswith(first):
            return stranger
    printable = all(byte >= 0x20 or byte in b"\t\r\n" for byte in start[:_KINDS_READ])
    return Stranger.TEXT if printable else Stranger.UNKNOWN


class AttachmentCategory(StrEnum):
    """The sections of an electronic dossier (4.22), and what belongs to a paper or to performance."""

    APPLICANT = "applicant"  # 申请人材料
    RESPONDENT = "respondent"  # 被申请人材料
    APPLICATION = "application"  # 调解申请书
    ADDRESS = "address"  # 送达地址确认书
    RIGHTS = "rights"  # 权利义务告知书
    EVIDENCE = "evidence"  # 证据材料 (F07)
    RECORD = "record"  # 调解笔录
    AGREEMENT = "agreement"  # 调解协议书
    RECEIPT = "receipt"  # 履行凭证 (volume item 9)
    CONFIRMATION = "confirmation"  # 司法确认申请书
    TRANSFER = "transfer"  # 移送函
    PRESERVATION = "preservation"  # 保全材料
    APPRAISAL = "appraisal"  # 鉴定材料
    SIGNED_PAPER = "signed_paper"  # a signed paper, scanned; `subject_id` names it
    OTHER = "other"  # 其他材料


class EvidenceKind(StrEnum):
    """The kinds of evidence (APL 46, used as headings of the list)."""

    DOCUMENT = "document"
    OBJECT = "object"
    RECORDING = "recording"
    ELECTRONIC = "electronic"
    TESTIMONY = "testimony"
    STATEMENT = "statement"
    APPRAISAL = "appraisal"
    INSPECTION = "inspection"


@dataclass(frozen=True, slots=True)
class EvidenceInput:
    """One line of the list of evidence (F07); `party_id` or `source` says who brought it."""

    case_id: str
    name: str = ""
    kind: EvidenceKind = EvidenceKind.DOCUMENT
    party_id: str | None = None
    source: str = ""
    copies: int = 1
    pages: int | None = None
    original: bool = False
    checked_by: str = ""
    purpose: str = ""
    received_on: date | None = None
    receiver: str = ""

    def problems(self, today: date) -> Iterator[Problem]:
        """What cannot stay: no name, nobody who brought it, a day to come, too long a text."""
        if not self.name.strip():
            yield Problem("name", "required")
        if self.party_id is None and not self.source.strip():
            yield Problem("source", "evidence_from_whom")
        if not 1 <= self.copies <= 999:
            yield Problem("copies", "count_range")
        if self.pages is not None and not 1 <= self.pages <= 9999:
            yield Problem("pages", "count_range")
        if self.received_on is None:
            yield Problem("received_on", "required")
        elif self.received_on > today:
            yield Problem("received_on", "future_date")
        if not self.receiver.strip():
            yield Problem("receiver", "required")
        yield from limited(self, name=100, source=100, checked_by=50, purpose=MAX_PURPOSE, receiver=50)


def return_problems(received_on: date, returned_on: date | None, to: str, today: date) -> Iterator[Problem]:
    """When an original may be given back: not before it came, not in days to come, and to somebody."""
    if returned_on is None:
        yield Problem("returned_on", "required")
    elif returned_on > today:
        yield Problem("returned_on", "future_date")
    elif returned_on < received_on:
        yield Problem("returned_on", "returned_before_received")
    if not to.strip():
        yield Problem("returned_to", "required")
    yield from text_problems("returned_to", to, 50)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A line of the list of evidence; `scans` counts the attachments linked to it."""

    id: str
    seq: int
    name: str
    kind: EvidenceKind
    party_id: str | None
    source: str
    from_whom: str
    copies: int
    pages: int | None
    original: bool
    checked_by: str
    purpose: str
    received_on: date
    receiver: str
    returned_on: date | None
    returned_to: str
    scans: int
    row_version: int


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A stored scan or photograph; the bytes are asked for by `id`."""

    id: str
    case_id: str
    category: AttachmentCategory
    title: str
    evidence_id: str | None
    subject_id: str | None
    kind: FileKind
    sha256: str
    size: int
    pages: int
    added_at: datetime
    added_by: str
    supplement: bool
    row_version: int


@dataclass(frozen=True, slots=True)
class AttachmentInput:
    """What can be changed of an attachment; its bytes never are."""

    title: str
    category: AttachmentCategory
    evidence_id: str | None = None
    subject_id: str | None = None

    def problems(self) -> Iterator[Problem]:
        """No title, or one that cannot be stored."""
        if not self.title.strip():
            yield Problem("title", "required")
        yield from text_problems("title", self.title, TITLE)


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """All evidence and attachments of a case; `writable` says whether this office may change them now.

    `addable`: attachments can still be added, after the lock of the volume as supplements. `parties` and
    `papers` are what evidence and scans may be linked to, as (id, words).
    """

    case_id: str
    number: str
    title: str
    writable: bool
    addable: bool
    evidence: tuple[EvidenceRow, ...]
    attachments: tuple[AttachmentRow, ...]
    parties: tuple[tuple[str, str], ...]
    papers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to add: its place on the disk, or its bytes (a pasted picture), and the title it shall have."""

    source: Path | bytes
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where in the case the files belong."""

    case_id: str
    category: AttachmentCategory
    evidence_id: str | None = None
    subject_id: str | None = None


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """A file that was not taken, by its name, and why."""

    name: str
    refused: Refused


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """What became of the files: those kept, and those not."""

    added: tuple[AttachmentRow, ...]
    refused: tuple[FileRefusal, ...]


_MEANINGLESS = re.compile(
    r"(img|dsc|dscn|pict|photo|scan|image|mmexport|wx_camera|screenshot|微信图片|扫描|照片|图片)?[-_ .()\d]*",
    re.IGNORECASE,
)
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def title_from(name: str) -> str:
    """A title a file name suggests; "" when a camera or scanner made the name up.

    Direction marks and control characters go: a name may be written so as to look like another kind of file.
    """
    stem = Path(_BREAKING.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/")).stem
    shown = " ".join(stem.split())[:TITLE].strip(" .")
    return "" if _MEANINGLESS.fullmatch(shown) else shown
