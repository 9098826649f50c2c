"""Real files to attach, made here: photographs, scans, papers, and files that are not what they seem."""

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import NameObject, NumberObject

from app.domain.papers.attachments import AttachmentCategory, EvidenceInput, EvidenceKind, FilePlace, NewFile
from app.services.cases.register import open_case
from app.services.kernel.workspace import Workspace
from tests.conftest import THE_DAY


def jpeg(width: int = 320, height: int = 240, shade: int = 0, **how: object) -> bytes:
    """A photograph with something on it."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.putpixel((0, 0), (shade * 40 % 256, 0, 0))
    image.paste((shade * 40 % 256, 80, 120), (width // 4, height // 4, width // 2, height // 2))
    out = BytesIO()
    image.save(out, "JPEG", quality=85, **how)
    return out.getvalue()


def png(width: int = 200, height: int = 120, shade: int = 0, **how: object) -> bytes:
    """A scanned stamp."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste((200, shade * 40 % 256, 0), (10, 10, width // 2, height // 2))
    out = BytesIO()
    image.save(out, "PNG", **how)
    return out.getvalue()


def pdf(
    pages: int = 2, password: str = "", mark: int = 0, size: tuple[float, float] = (595, 842), unit: int = 1
) -> bytes:
    """A scanned paper of some pages."""
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(*size)
        if unit > 1:
            page[NameObject("/UserUnit")] = NumberObject(unit)
    writer.add_metadata({"/Title": f"scan {mark}"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_saying(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG whose header says one thing and whose pixels another, all checksums true."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(pixels)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def new_file(data: bytes, name: str = "scan.jpg", title: str = "现场照片") -> NewFile:
    """Bytes as they are pasted."""
    return NewFile(data, name, title)


def on_disk(folder: Path, name: str, data: bytes, title: str = "现场照片") -> NewFile:
    """A file as it is chosen."""
    path = folder / name
    path.write_bytes(data)
    return NewFile(path, name, title)


def place(case_id: str, **fields: object) -> FilePlace:
    """Where the files go: among the evidence unless said otherwise."""
    return FilePlace(case_id, fields.pop("category", AttachmentCategory.EVIDENCE), **fields)  # type: ignore[arg-type]


def evidence(workspace: Workspace, case_id: str, **fields: object) -> EvidenceInput:
    """A lease a party brought."""
    party = workspace.run(open_case, case_id).value.parties[0].id
    base = EvidenceInput(
        case_id=case_id, name="宅基地使用证", kind=EvidenceKind.DOCUMENT, party_id=party, copies=1, pages=2,
        original=True, purpose="证明院墙位置", received_on=THE_DAY, receiver="周国平",
    )  # fmt: skip
    return replace(base, **fields)
