"""Two made-up offices and the packages between them, good ones and bad ones."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pyrage

from app.domain.packages import Signer
from app.sync import archive
from app.sync.manifest import UNTRUSTED, Counts, Manifest, Sender, Stream, write_manifest
from app.sync.node_keys import NodeKeys
from app.sync.pack import pack
from app.sync.records import Record, write_body
from app.sync.seal import Content, Sealed, write_package

TOWN = "130532101-A"
COUNTY = "130532-COUNTY"
PACKAGE_ID = "0190a1b2-0000-7000-8000-000000000001"
CREATED = "2026-11-21T08:00:00+08:00"


def case_record(
    number: int = 1, story: str = "甲与乙的宅基纠纷，至今十年。", owner: str = TOWN, **changes: object
) -> Record:
    """A small case revision."""
    body = write_body(
        {"number": f"平民调〔2026〕{number}号", "story": story, "amount_fen": 1_500_00, "files": []}
    )
    envelope: dict[str, object] = {
        "kind": "case",
        "id": f"case-{number:04d}",
        "owner": owner,
        "epoch": 1,
        "rev": 1,
        "parents": (),
        "schema": 1,
        "by": "wang",
        "at": CREATED,
        "body": body,
    }
    return Record(**(envelope | changes))  # type: ignore[arg-type]


@dataclass
class Offices:
    """A township that sends, a county that receives, and a stranger."""

    town: NodeKeys = field(default_factory=NodeKeys.generate)
    county: NodeKeys = field(default_factory=NodeKeys.generate)
    stranger: NodeKeys = field(default_factory=NodeKeys.generate)

    @property
    def keyring(self) -> list[Signer]:
        return [Signer(TOWN, self.town.sign_key), Signer("130532102-A", self.stranger.sign_key)]

    @property
    def identities(self) -> list[str]:
        return [self.county.age_identity]

    def manifest(self, cases: int = 1, blobs: int = 0, notes: int = 0, **changes: object) -> Manifest:
        made = Manifest(
            id=PACKAGE_ID,
            kind="cases",
            sender=Sender("130532101", TOWN, self.town.key_id),
            to=[COUNTY],
            stream=Stream(1, 37, 0, 5),
            schema=1,
            app="0.1.0",
            created=CREATED,
            counts=Counts(cases, notes, blobs),
        )
        return msgspec.structs.replace(made, **changes)

    def send(
        self,
        folder: Path,
        records: Iterable[Record] | None = None,
        blobs: Iterable[tuple[str, bytes | Path]] = (),
        **changes: object,
    ) -> Sealed:
        """Write a good package the official way."""
        records = [case_record()] if records is None else list(records)
        blobs = list(blobs)
        cases = sum(record.kind == "case" for record in records)
        notes = sum(record.kind == "note" for record in records)
        manifest = self.manifest(cases, len(blobs), notes, **changes)
        recipients = [self.county.age_recipient, self.town.age_recipient]
        return write_package(
            folder / manifest.file_name, Content(manifest, records, blobs), self.town, recipients
        )

    def forge(self, folder: Path, members: list[tuple[str, bytes]], **how: object) -> Path:
        """Assemble a package by hand; `how` breaks one thing (signer, comment, untrusted, sums, edit)."""
        signer: NodeKeys = how.get("signer", self.town)  # type: ignore[assignment]
        comment = str(how.get("comment", self.manifest().trusted_comment))
        sums = how.get("sums")
        if not isinstance(sums, bytes):
            sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in members).encode()
        signature = signer.sign(sums, str(how.get("untrusted", UNTRUSTED)), comment)
        signature = how.get("signature", signature)  # type: ignore[assignment]
        parts = [*members, (archive.SUMS, sums), (archive.SIGNATURE, signature)]
        plain = b"".join(archive.header(n, len(d)) + d + archive.padding(len(d)) for n, d in parts)
        edit = how.get("edit", lambda stream: stream)
        return self.envelop(folder, edit(plain + archive.END))  # type: ignore[operator]

    def envelop(self, folder: Path, plain: bytes, to: NodeKeys | None = None) -> Path:
        """Encrypt any plaintext to the county (or to another)."""
        receiver = pyrage.x25519.Recipient.from_str((to or self.county).age_recipient)
        sealed = io.BytesIO()
        pyrage.encrypt_io(io.BytesIO(plain), sealed, [receiver])
        path = folder / "forged.tjb.age"
        path.write_bytes(sealed.getvalue())
        return path

    def members(
        self, manifest: Manifest | dict[str, object] | None = None, lines: bytes | None = None
    ) -> list[tuple[str, bytes]]:
        """Manifest and one records member, as a good package has them."""
        made = manifest or self.manifest()
        text = msgspec.json.encode(made) if isinstance(made, dict) else write_manifest(made)
        lines = case_record().as_line() + b"\n" if lines is None else lines
        return [(archive.MANIFEST, text), (archive.records_name(1), pack(lines))]
