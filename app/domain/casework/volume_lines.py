"""The list somebody goes through before a volume is locked."""

from dataclasses import dataclass

from app.domain.life.codes import VolumeItem


@dataclass(frozen=True, slots=True)
class VolumeLine:
    """One item of the volume: whether the law wants it, and the pages the program holds of it (0: none)."""

    item: VolumeItem
    needed: bool
    pages: int
