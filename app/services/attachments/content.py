"""Looks into a file: what it really is, whether it is whole, how many pages it has."""

import errno
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.domain.errors import Reason, Refused
from app.domain.office.storage import told_of
from app.domain.papers.attachments import (
    MAX_FILE_BYTES,
    MAX_PAGE_POINTS,
    MAX_PAGES,
    MAX_PIXELS,
    MAX_SIDE,
    FileKind,
    kind_of,
    stranger_of,
)

_START = 32
_PIECE = 128 << 10
_PDF_TAIL = 2048
_PNG_HEADER = struct.Struct(">IIBBBBB")
_PNG_CHUNK = struct.Struct(">I4s")
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # of a pixel, by PNG's colour type
_THUMB = 8  # how much smaller a photograph is decoded to see whether it is whole

if TYPE_CHECKING:
    from pypdf import PdfReader


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file is by its content, and its pages (1 for a picture)."""

    kind: FileKind
    pages: int
    size: int


@contextmanager
def opened_file(source: Path | bytes) -> Iterator[tuple[BinaryIO, int]]:
    """The file or pasted bytes for reading, and its size; refuses one that is too large before reading it.

    Refused FILE_TOO_LARGE (size=, most=), NO_SUCH_PLACE, READ_ONLY_PLACE, STORAGE.
    """
    if isinstance(source, bytes):
        _refuse_large(len(source))
        yield BytesIO(source), len(source)
        return
    with told_of(source):
        if not source.is_file():  # a folder, a device, a shortcut to nothing
            raise FileNotFoundError(errno.ENOENT, "no file")
        file = open(source, "rb")  # noqa: SIM115 - closed below; failures of the caller are not of this file
    try:
        size = os.fstat(file.fileno()).st_size
        _refuse_large(size)
        yield file, size
    finally:
        file.close()


def pieces_of(source: Path | bytes, size: int) -> Iterator[bytes]:
    """The bytes once more for storing; refused FILE_BROKEN when they changed since they were looked at."""
    seen = 0
    with opened_file(source) as (file, _):
        place = source if isinstance(source, Path) else Path()
        with told_of(place):
            while piece := file.read(_PIECE):
                seen += len(piece)
                if seen > size:
                    break
                yield piece
    if seen != size:
        raise Refused(Reason.FILE_BROKEN)


def inspect_file(source: Path | bytes) -> FileFacts:
    """What the file is, whatever it is called.

    Refused FILE_TOO_LARGE, FILE_STRANGE (found=: neither PDF nor JPEG nor PNG), FILE_BROKEN (cut off or
    damaged), FILE_LOCKED (a PDF with a password), FILE_TOO_MANY_PIXELS, FILE_TOO_MANY_PAGES,
    FILE_PAGE_TOO_LARGE, and what the disk is refused with.
    """
    with opened_file(source) as (file, size), told_of(source if isinstance(source, Path) else Path()):
        start = file.read(_START)
        kind = kind_of(start)
        if kind is None:
            raise Refused(Reason.FILE_STRANGE, found=stranger_of(start))
        file.seek(0)
        if kind is FileKind.PDF:
            return FileFacts(kind, _pdf_pages(file, size), size)
        if kind is FileKind.PNG:
            _prove_png(file)
        else:
            _prove_jpeg(file)
        return FileFacts(kind, 1, size)


def _refuse_large(size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise Refused(Reason.FILE_TOO_LARGE, size=-(-size >> 20), most=MAX_FILE_BYTES >> 20)


def _refuse_many_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise Refused(Reason.FILE_BROKEN)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Refused(Reason.FILE_TOO_MANY_PIXELS, width=width, height=height)


def _pdf_pages(file: BinaryIO, size: int) -> int:
    from pypdf import PdfReader  # only who adds a file waits for it
    from pypdf.errors import PyPdfError

    file.seek(max(0, size - _PDF_TAIL))
    if b"%%EOF" not in file.read():
        raise Refused(Reason.FILE_BROKEN)
    file.seek(0)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise Refused(Reason.FILE_LOCKED)
        pages = reader.get_num_pages()
        if 0 < pages <= MAX_PAGES:
            _refuse_large_pages(reader)  # a tree of pages that leads nowhere shows itself here
    # What a damaged file makes of the reader is one of these.
    except (
        PyPdfError, ValueError, KeyError, AttributeError, TypeError, IndexError, RecursionError,
        NotImplementedError, zlib.error,
    ) as error:  # fmt: skip
        raise Refused(Reason.FILE_BROKEN) from error
    if pages > MAX_PAGES:
        raise Refused(Reason.FILE_TOO_MANY_PAGES, pages=pages, most=MAX_PAGES)
    if pages < 1:
        raise Refused(Reason.FILE_BROKEN)
    return pages


def _refuse_large_pages(reader: "PdfReader") -> None:
    """A page as long as a road would be drawn dot by dot; its own unit may make the numbers small."""
    for page in reader.pages:
        box = page.mediabox
        unit = max(1.0, float(page.user_unit))
        if max(abs(float(box.width)), abs(float(box.height))) * unit > MAX_PAGE_POINTS:
            raise Refused(Reason.FILE_PAGE_TOO_LARGE)


def _prove_jpeg(file: BinaryIO) -> None:
    from PIL.JpegImagePlugin import JpegImageFile

    try:
        image = JpegImageFile(file)
        _refuse_many_pixels(*image.size)
        image.draft(None, (image.width // _THUMB or 1, image.height // _THUMB or 1))
        image.load()
    except (SyntaxError, ValueError, IndexError, TypeError, KeyError, struct.error) as error:
        raise Refused(Reason.FILE_BROKEN) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise Refused(Reason.FILE_BROKEN) from error  # Pillow says so of a picture that is cut off


def _prove_png(file: BinaryIO) -> None:
    """Walk through all chunks and their checksums; the pixels are unpacked piece by piece, only counted."""
    file.seek(8)
    engine = zlib.decompressobj()
    wanted = counted = 0
    try:
        for name, data in _png_chunks(file):
            if name == b"IHDR":
                width, height, depth, colour, *_ = _PNG_HEADER.unpack(data)
                _refuse_many_pixels(width, height)
                wanted = width * height * depth * _SAMPLES[colour] // 8
            elif name == b"IDAT":
                counted += _unpacked(engine, data, 2 * wanted + height * 8 + (1 << 20) - counted)
            elif name == b"IEND":
                break
    except (zlib.error, struct.error, KeyError, UnboundLocalError) as error:
        raise Refused(Reason.FILE_BROKEN) from error
    if not wanted or counted < wanted:
        raise Refused(Reason.FILE_BROKEN)


def _png_chunks(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    while True:
        length, name = _PNG_CHUNK.unpack(file.read(_PNG_CHUNK.size))
        if length > MAX_FILE_BYTES:
            raise Refused(Reason.FILE_BROKEN)
        data, told = file.read(length), file.read(4)
        if len(data) < length or struct.pack(">I", zlib.crc32(name + data)) != told:
            raise Refused(Reason.FILE_BROKEN)
        yield name, data


def _unpacked(engine: "zlib._Decompress", data: bytes, most: int) -> int:
    """How many bytes the next piece unpacks to; more than the picture can have is a bomb."""
    count = 0
    while data:
        count += len(engine.decompress(data, _PIECE))
        if count > most:
            raise Refused(Reason.FILE_BROKEN)
        data = engine.unconsumed_tail
    return count
