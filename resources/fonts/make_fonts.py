"""Make the five bundled fonts: fetch the open sources, check them, keep only the characters papers need.

Run `python resources/fonts/make_fonts.py WORKDIR` on Debian with npm and fontTools; what WORKDIR already
holds is not fetched again. The same sources give the same bytes.
"""

import bz2
import hashlib
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SERIF = "expo-google-fonts-noto-serif-sc-0.4.3.tgz"
SANS = "expo-google-fonts-noto-sans-sc-0.4.3.tgz"
KAI = "fonts-lxgw-wenkai"
PACKS = {SERIF: "@expo-google-fonts/noto-serif-sc@0.4.3", SANS: "@expo-google-fonts/noto-sans-sc@0.4.3"}
DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "STAT", "meta"]

# Signs of papers and screens: Latin, punctuation, arrows, numbers in circles, boxes, full width.
SIGNS = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2000, 0x206F), (0x2100, 0x21FF), (0x2460, 0x27BF),
    (0x3000, 0x303F), (0x3200, 0x33FF), (0xFF00, 0xFFEF),
)  # fmt: skip
# Characters of names that registry offices ask for, whether or not they stand in the national list.
NAMES = (
    "㛃䶮𬭎䲟㑇㙦㧑𬍛𬴊𫖯𪟝喆堃犇淼珺𫟷𤧛昇仝祎翀翯玥琋垚焱鑫骉鱻麤羴赑猋龘靐翙旻昉晟曌瑄璟彧懿骞薿濛湉澍洺沄"
    "芃菡葳蓁蕙暐暘晛媖婳嫄嬿玙珏珩珽琤琬瑀瑢璈璠璪祎禛祺筠翃翚翮芠苼茗荍莳蒗藴袆誉诩赟軒轩逯邴郄郇鄢釥鈊鋆鋐鍙鎏铖锜锳"
    "隽靖韫頔顼飏馝骃骎魃魆鸑鹓鹔麒黇龑㟃㠇㭎㮾㴋㸆㻬䃅䅟䌹䎃䏝䏡䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙"
)


@dataclass(frozen=True)
class Cut:
    """One font file: where it comes from, how its bytes begin when hashed, which characters it keeps."""

    target: str
    pack: str
    member: str
    sha256: str
    gbk: bool = False


CUTS = (
    Cut("NotoSerifSC-Regular", SERIF, "400Regular/NotoSerifSC_400Regular.ttf", "c358a69de3df5f42", gbk=True),
    Cut("NotoSerifSC-Bold", SERIF, "700Bold/NotoSerifSC_700Bold.ttf", "9c6a2ba736e4b499"),
    Cut("NotoSansSC-Regular", SANS, "400Regular/NotoSansSC_400Regular.ttf", "d45f67f0a7c0ca3f"),
    Cut("NotoSansSC-Medium", SANS, "500Medium/NotoSansSC_500Medium.ttf", "b30853d205f3ecdd"),
    Cut("LXGWWenKai-Regular", KAI, "LXGWWenKai-Regular.ttf", "bbf534b0ca093928"),
)

# "LXGW" and "霞鹜" are reserved names of the Kai font: a changed version may not be shown under them.
RENAMED = {1: "Xianghe Kai", 3: "Xianghe Kai 1.250", 4: "Xianghe Kai", 6: "XiangheKai-Regular"}
RENAMED_CHINESE = "乡和楷体"
SIMPLIFIED_CHINESE = {33, 2052}


def main() -> None:
    """Write every font and its licence beside this file."""
    work = Path(sys.argv[1])
    work.mkdir(parents=True, exist_ok=True)
    fetch(work)
    basic = national_list(work) | encodable("gb2312") | signs() | set(map(ord, NAMES))
    full = basic | encodable("gbk")
    for cut in CUTS:
        source = work / cut.target
        source.write_bytes(member(work, cut))
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        if not digest.startswith(cut.sha256):
            raise SystemExit(f"{cut.member}: not the known source ({digest})")
        write(cut, source, full if cut.gbk else basic)
    write_licences(work)


def fetch(work: Path) -> None:
    """Get the packages that are not there yet."""
    for name, package in PACKS.items():
        if not (work / name).exists():
            subprocess.run(["npm", "pack", package], cwd=work, check=True)
    for package in (KAI, "unicode-data"):
        if not any(work.glob(f"{package}_*.deb")):
            subprocess.run(["apt-get", "download", package], cwd=work, check=True)
        for found in work.glob(f"{package}_*.deb"):
            subprocess.run(["dpkg", "-x", str(found), str(work / package)], check=True)


def member(work: Path, cut: Cut) -> bytes:
    """Take one font out of its package."""
    if cut.pack == KAI:
        return next((work / KAI).rglob(cut.member)).read_bytes()
    with tarfile.open(work / cut.pack) as pack:
        found = pack.extractfile(f"package/{cut.member}")
        assert found is not None
        return found.read()


def national_list(work: Path) -> set[int]:
    """Read the 8105 characters of the national list from the Unicode database."""
    path = next((work / "unicode-data").rglob("Unihan_OtherMappings.txt.bz2"))
    lines = bz2.decompress(path.read_bytes()).decode().splitlines()
    found = {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}
    assert len(found) == 8105
    return found


def encodable(encoding: str) -> set[int]:
    """Give every character of the basic plane an old encoding has."""
    kept = set()
    for code in range(0x80, 0xFFFF):
        try:
            chr(code).encode(encoding)
        except UnicodeEncodeError:
            continue
        kept.add(code)
    return kept


def signs() -> set[int]:
    """Give the characters that are no Chinese ones."""
    return {code for first, last in SIGNS for code in range(first, last + 1)}


def write(cut: Cut, source: Path, wanted: set[int]) -> None:
    """Cut one font down and say what it lacks."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.drop_tables += DROPPED
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    if cut.pack == KAI:
        rename(font)
    target = HERE / f"{cut.target}.ttf"
    font.save(target)
    kept = set(font.getBestCmap())
    lacking = "".join(sorted(char for char in set(NAMES) if ord(char) not in kept))
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    print(f"{target.name} {digest[:16]} {len(kept)} characters, lacks {lacking}")


def rename(font: TTFont) -> None:
    """Take the reserved names off."""
    for record in font["name"].names:
        if record.nameID in RENAMED:
            is_chinese = record.nameID in (1, 4) and record.langID in SIMPLIFIED_CHINESE
            record.string = RENAMED_CHINESE if is_chinese else RENAMED[record.nameID]
    # Chinese names of the Macintosh kind need an encoding few readers have; the Windows ones are enough
    font["name"].names = [record for record in font["name"].names if record.platformID == 3]


def write_licences(work: Path) -> None:
    """Put the licence text beside the fonts under each family's own copyright line."""
    with tarfile.open(work / SANS) as pack:
        found = pack.extractfile("package/LICENSE_FONT")
        assert found is not None
        terms = found.read().decode().partition("\n\n")[2]
    for cut in (CUTS[0], CUTS[2], CUTS[4]):
        copyright_line = TTFont(work / cut.target)["name"].getDebugName(0)
        if cut.pack == KAI:
            copyright_line += (
                '\nwith Reserved Font Names "霞鹜" and "LXGW"'
                "\n\nThe file beside this text is a subset, a Modified Version, named Xianghe Kai (乡和楷体)."
            )
        family = cut.target.partition("-")[0]
        text = f"{copyright_line}\n\n{terms}"
        (HERE / f"OFL-{family}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
