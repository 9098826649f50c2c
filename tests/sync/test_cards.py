"""Key cards: whole or refused, and a fingerprint two people can compare."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from app.domain.errors import Reason, Refused
from app.domain.packages import CardKind
from app.sync.cards import UNTRUSTED, Card, fingerprint, read_card, write_card
from app.sync.node_keys import NodeKeys


@dataclass
class Office:
    keys: NodeKeys
    card: Card


@pytest.fixture(scope="module")
def county() -> Office:
    keys, recovery = NodeKeys.generate(), NodeKeys.generate()
    card = Card(
        kind=CardKind.COUNTY,
        org="130532",
        node="130532-COUNTY",
        name="平乡县矛盾纠纷调处中心",
        sign_key=keys.sign_key,
        age_recipient=keys.age_recipient,
        recovery_recipient=recovery.age_recipient,
        created="2026-11-21T08:00:00+08:00",
    )
    return Office(keys, card)


def refused(data: bytes) -> bool:
    with pytest.raises(Refused) as caught:
        read_card(data)
    return caught.value.reason is Reason.CARD_DAMAGED


def test_round_trip(county: Office) -> None:
    data = write_card(county.card, county.keys)
    assert read_card(data) == county.card
    assert county.card.file_name == "130532-COUNTY.card"
    assert "平乡县" in data.decode()
    assert county.keys.sign_secret.encode() not in data


def test_a_registration(county: Office) -> None:
    keys = NodeKeys.generate()
    card = msgspec.structs.replace(
        county.card,
        kind=CardKind.TOWNSHIP,
        org="130532101",
        node="130532101-A",
        sign_key=keys.sign_key,
        age_recipient=keys.age_recipient,
        recovery_recipient=None,
    )
    assert card.file_name == "130532101-A.reg"
    assert read_card(write_card(card, keys)) == card
    with pytest.raises(ValueError, match="keys"):
        write_card(card, county.keys)


def test_every_changed_byte_is_refused(county: Office) -> None:
    data = write_card(county.card, county.keys)
    for offset in range(len(data)):
        assert refused(data[:offset] + bytes([data[offset] ^ 1]) + data[offset + 1 :]), offset


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"{}\n", b"\n\n\n\n\n", b"\xff" * 500, b"[" * 9000 + b"\n", b"x" * 20_000]
)
def test_other_files(data: bytes) -> None:
    assert refused(data)


@pytest.mark.parametrize(
    "changes",
    [
        {"node": "130533-COUNTY"},
        {"age_recipient": "age1" + "q" * 58},
        {"recovery_recipient": "age1no"},
        {"created": "2026-11-21T08:00:00.0"},
        {"name": ""},
        {"format": "xianghe-card/2"},
    ],
)
def test_fields_that_break_a_rule_though_signed(changes: dict[str, str], county: Office) -> None:
    fields = msgspec.to_builtins(county.card) | changes
    line = msgspec.json.encode(fields, order="sorted") + b"\n"
    comment = f"xianghe-card/1 kind={fields['kind']} node={fields['node']}"
    assert refused(line + county.keys.sign(line, UNTRUSTED, comment) + b"\n")


def test_public_tools_verify_a_card(county: Office, tmp_path: Path) -> None:
    line, _, signature = write_card(county.card, county.keys).partition(b"\n")
    (tmp_path / "c").write_bytes(line + b"\n")
    (tmp_path / "c.minisig").write_bytes(signature)
    words = ["minisign", "-Vm", "c", "-P", county.card.sign_key]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "node=130532-COUNTY" in done.stdout


def test_fingerprint_covers_whatever_decides_trust(county: Office) -> None:
    first = fingerprint(county.card)
    assert len(first.split("-")) == 8
    assert {len(group) for group in first.split("-")} == {4}
    other = NodeKeys.generate()
    replace = msgspec.structs.replace
    changed = [
        replace(county.card, sign_key=other.sign_key),
        replace(county.card, age_recipient=other.age_recipient),
        replace(county.card, recovery_recipient=None),
        replace(county.card, kind=CardKind.TOWNSHIP),
        replace(county.card, node="130532-COUNTYB"),
    ]
    assert len({first, *map(fingerprint, changed)}) == 6
    assert fingerprint(replace(county.card, name="别的名字")) == first


def test_keys_survive_their_text_form_and_never_show(county: Office) -> None:
    again = NodeKeys.from_text(county.keys.to_text())
    assert again == county.keys
    assert (again.sign_key, again.age_recipient) == (county.card.sign_key, county.card.age_recipient)
    assert county.keys.sign_secret not in repr(county.keys)
    assert len(again.key_id) == 16
