"""Identity of people and bodies: resident identity numbers, credit codes, phones, names, ages, masks."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.errors import Problem
from app.domain.values.text import is_han


class Sex(StrEnum):
    """Sex as the identity number and the forms have it."""

    MALE = "male"
    FEMALE = "female"


class IdKind(StrEnum):
    """Which document proves who a person is."""

    RESIDENT_ID = "resident_id"  # 居民身份证
    RESIDENCE_PERMIT = "residence_permit"  # 港澳台居民居住证
    PASSPORT = "passport"  # 护照
    MILITARY = "military"  # 军官证、士兵证
    FOREIGNER_PERMANENT_RESIDENCE = "foreigner_permanent_residence"  # 外国人永久居留身份证
    OTHER = "other"
    NONE = "none"


NUMBERED_BY_GB11643 = frozenset({IdKind.RESIDENT_ID, IdKind.RESIDENCE_PERMIT})
"""The kinds whose number `check_id_number` checks; numbers of the others are taken as written."""


class IdProblem(StrEnum):
    """Why a typed value is refused; details in brackets."""

    BLANK = "id_blank"
    LENGTH = "id_length"  # expected=, found=
    CHARACTER = "id_character"  # at= (1 is the first)
    PROVINCE = "id_province"  # found=
    DATE = "id_date"
    FUTURE = "id_future"
    CHECK_DIGIT = "id_check_digit"
    SEX_DIFFERS = "id_sex_differs"
    BIRTH_DIFFERS = "id_birth_differs"
    PHONE = "phone_shape"
    NAME_BLANK = "name_blank"
    NAME_SHORT = "name_short"
    NAME_LONG = "name_long"  # most=, found=
    NAME_CONTROL = "name_control"  # at=


class IdWarning(StrEnum):
    """What a person should look at, though the value is taken."""

    OLD_AGE = "id_old_age"
    CONVERTED = "id_converted"  # 15 digits were made 18
    ONE_CHARACTER = "name_one_character"
    PRIVATE_CHARACTER = "name_private_character"  # a character only one computer knows


@dataclass(frozen=True, slots=True)
class IdFault:
    """A refused value: which problem, and the details of its sentence."""

    code: IdProblem
    details: tuple[tuple[str, Any], ...] = ()

    def at(self, field: str) -> Problem:
        """Say it of a field of a record."""
        return Problem(field, self.code, self.details)


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A checked identity number of 18 characters and what it says of the person."""

    number: str
    sex: Sex
    birth: date
    warnings: tuple[IdWarning, ...] = ()

    @property
    def kind(self) -> IdKind:
        """The document such a number stands on (81, 82, 83: residence permits)."""
        is_permit = self.number[:2] in ("81", "82", "83")
        return IdKind.RESIDENCE_PERMIT if is_permit else IdKind.RESIDENT_ID

    def contradictions(self, sex: Sex | None, birth: date | None) -> tuple[IdFault, ...]:
        """Compare with what was typed beside the number; what was left empty contradicts nothing."""
        faults = []
        if sex is not None and sex is not self.sex:
            faults.append(IdFault(IdProblem.SEX_DIFFERS))
        if birth is not None and birth != self.birth:
            faults.append(IdFault(IdProblem.BIRTH_DIFFERS))
        return tuple(faults)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it is stored: one kind of dot, single blanks."""

    name: str
    warnings: tuple[IdWarning, ...] = ()


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(0, len(text), 2))


# First two digits of GB/T 2260 and of the residence permits; a county code inside them is never refused,
# because old cards carry codes of counties that are gone.
_PROVINCES = _pairs("1112131415212223313233343536374142434445465051525354616263646571818283")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_OLDEST = 130


def check_id_number(text: str, today: date) -> IdNumber | IdFault:
    """Check a resident identity number (GB 11643) and read sex and birth from it.

    Blanks, full-width digits and a small x are put right; an old number of 15 digits becomes 18. Unassigned
    county codes pass, impossible provinces do not. An age over 130 warns only (domain reference 9.2, 12.1).
    """
    number = _compact(text)
    if not number:
        return IdFault(IdProblem.BLANK)
    fault = _id_shape_fault(number)
    if fault:
        return fault
    is_old = len(number) == 15
    if is_old:
        body = f"{number[:6]}19{number[6:]}"
        number = body + id_check_digit(body)
    birth = _date_of(number[6:14])
    if birth is None:
        return IdFault(IdProblem.DATE)
    if birth > today:
        return IdFault(IdProblem.FUTURE)
    if id_check_digit(number[:17]) != number[17]:
        return IdFault(IdProblem.CHECK_DIGIT)
    warnings = [IdWarning.CONVERTED] if is_old else []
    if age_on(birth, today) > _OLDEST:
        warnings.append(IdWarning.OLD_AGE)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdNumber(number, sex, birth, tuple(warnings))


def id_check_digit(body: str) -> str:
    """Compute the 18th character of the first 17 digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, body, strict=True))
    return _ID_CHECKS[total % 11]


def _compact(text: str) -> str:
    """Drop blanks and dashes people put between groups; one width, capitals."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def _id_shape_fault(number: str) -> IdFault | None:
    digits = number[:-1] if len(number) == 18 and number[-1] == "X" else number
    for at, char in enumerate(digits, start=1):
        if char not in "0123456789":
            return IdFault(IdProblem.CHARACTER, (("at", at),))
    if len(number) not in (15, 18):
        return IdFault(IdProblem.LENGTH, (("expected", 18), ("found", len(number))))
    if number[:2] not in _PROVINCES:
        return IdFault(IdProblem.PROVINCE, (("found", number[:2]),))
    return None


def _date_of(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_uscc(text: str) -> str | IdFault:
    """Check a unified social credit code (GB 32100) and the organisation code inside; gives capitals."""
    code = _compact(text)
    if not code:
        return IdFault(IdProblem.BLANK)
    if len(code) != 18:
        return IdFault(IdProblem.LENGTH, (("expected", 18), ("found", len(code))))
    for at, char in enumerate(code, start=1):
        if char not in _USCC_ALPHABET or (3 <= at <= 8 and not char.isdigit()):
            return IdFault(IdProblem.CHARACTER, (("at", at),))
    if _body_check(code[8:16]) != code[16] or _uscc_check(code[:17]) != code[17]:
        return IdFault(IdProblem.CHECK_DIGIT)
    return code


def _body_check(body: str) -> str:
    total = sum(w * _BODY_ALPHABET.index(char) for w, char in zip(_BODY_WEIGHTS, body, strict=True))
    return "0123456789X"[-total % 11]


def _uscc_check(body: str) -> str:
    total = sum(pow(3, place, 31) * _USCC_ALPHABET.index(char) for place, char in enumerate(body))
    return _USCC_ALPHABET[-total % 31]


_MOBILE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_FIXED = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})-?([1-9][0-9]{6,7})(?:(?:-|转|ext\.?)([0-9]{1,6}))?")


def check_phone(text: str) -> str | IdFault:
    """Check a mobile or a fixed number with its area code; gives `13800001111` or `0319-1234567`.

    An extension stays behind a second dash. Whether a party may have none is the record's rule.
    """
    bare = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text)).lower()
    if not bare:
        return IdFault(IdProblem.BLANK)
    mobile = _MOBILE.fullmatch(bare.replace("-", ""))
    if mobile:
        return mobile[1]
    fixed = _FIXED.fullmatch(bare)
    if fixed:
        return "-".join(part for part in fixed.groups() if part)
    return IdFault(IdProblem.PHONE)


_NAME_MOST = 50
_DOTS = str.maketrans(dict.fromkeys("•‧∙・･․⋅．", "·"))
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def check_name(text: str) -> PersonName | IdFault:
    """Check a party's name: 2 to 50 characters, dots and blanks allowed, no control characters.

    One Chinese character alone passes with a warning (domain reference 12.2). The characters themselves are
    never exchanged for others: a name is printed as the card has it.
    """
    name = re.sub(r"[ \u3000\u00a0]+", " ", text.translate(_DOTS)).strip()
    if not name:
        return IdFault(IdProblem.NAME_BLANK)
    for at, char in enumerate(name, start=1):
        if unicodedata.category(char) in _REFUSED_CATEGORIES:
            return IdFault(IdProblem.NAME_CONTROL, (("at", at),))
    if len(name) > _NAME_MOST:
        return IdFault(IdProblem.NAME_LONG, (("most", _NAME_MOST), ("found", len(name))))
    warnings = []
    if len(name) == 1:
        if not is_han(name):
            return IdFault(IdProblem.NAME_SHORT)
        warnings.append(IdWarning.ONE_CHARACTER)
    if any(unicodedata.category(char) == "Co" for char in name):
        warnings.append(IdWarning.PRIVATE_CHARACTER)
    return PersonName(name, tuple(warnings))


def age_on(birth: date, day: date) -> int:
    """Give the full years on `day`; who is born on 29 February grows older on 1 March in common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


# The double surnames still borne; anything else is masked after its first character.
_DOUBLE_SURNAMES = _pairs(
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离"
    "长孙宇文司徒鲜于司空闾丘亓官司寇巫马颛孙壤驷公良漆雕乐正宰父拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生"
    "梁丘左丘西门第五南荣东里东宫仲长即墨达奚褚师纳兰完颜"
)


def mask_name(name: str) -> str:
    """Leave the surname and hide the rest: 张*, 欧阳**; dots stay."""
    kept = 2 if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES else 1
    if len(name) < 2:
        return "*" * len(name)
    return name[:kept] + "".join(char if char in "· " else "*" for char in name[kept:])


def mask_id(number: str, *, public: bool = False) -> str:
    """Hide the middle of a document number: first 6 and last 4 stay, first 3 and last 4 in `public`.

    Of shorter numbers at most a third stays in front and a quarter behind.
    """
    head = min(3 if public else 6, len(number) // 3)
    tail = min(4, len(number) // 4)
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail :]


def mask_phone(phone: str) -> str:
    """Hide the middle of a checked phone number: 138****1234, 0319-***4567; other shapes whole."""
    if _MOBILE.fullmatch(phone):
        return f"{phone[:-8]}****{phone[-4:]}"
    fixed = _FIXED.fullmatch(phone)
    if fixed is None:
        return "*" * len(phone)
    area, local = fixed[1], fixed[2]
    return f"{area}-{'*' * (len(local) - 4)}{local[-4:]}"


PUBLIC_AGE = 14


def public_name(name: str, birth: date | None, on: date, initials: tuple[str, ...]) -> str:
    """A name as a public list shows it: masked; of a child under fourteen only the initials (MINOR 103).

    `initials` are the readings of the name (`initials_of`); a name nobody can read is hidden whole.
    """
    if birth is None or age_on(birth, on) >= PUBLIC_AGE:
        return mask_name(name)
    return initials[0].upper() if initials else "*" * len(name)
