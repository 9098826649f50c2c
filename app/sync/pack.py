"""Compression of record members, with a hard limit on what comes out."""

import gzip
import zlib

from app.domain.errors import Reason, Refused
from app.sync.archive import MAX_RECORDS_PLAIN

_GZIP = 31  # zlib's window bits for "gzip header, largest window"
_LEVEL = 6


def pack(text: bytes) -> bytes:
    """One gzip member without a time stamp."""
    return gzip.compress(text, compresslevel=_LEVEL, mtime=0)


def unpack(packed: bytes, at: str) -> bytes:
    """The text of one gzip member; Refused PACKAGE_DAMAGED when it is broken, too large or not alone."""
    engine = zlib.decompressobj(_GZIP)
    try:
        text = engine.decompress(packed, MAX_RECORDS_PLAIN + 1)
    except zlib.error as error:
        raise Refused(Reason.PACKAGE_DAMAGED, at=at, why="gzip") from error
    if len(text) > MAX_RECORDS_PLAIN:
        raise Refused(Reason.PACKAGE_DAMAGED, at=at, why="too_large")
    if not engine.eof or engine.unused_data:
        raise Refused(Reason.PACKAGE_DAMAGED, at=at, why="gzip")
    return text
