"""Identity numbers, credit codes, phones, names, ages and masks (domain reference 12.1, 12.2, 9.1)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Problem
from app.domain.values.identity import (
    IdFault,
    IdKind,
    IdNumber,
    IdProblem,
    IdWarning,
    PersonName,
    Sex,
    age_on,
    check_id_number,
    check_name,
    check_phone,
    check_uscc,
    id_check_digit,
    mask_id,
    mask_name,
    mask_phone,
    public_name,
)

TODAY = date(2026, 11, 21)
_M, _F = Sex.MALE, Sex.FEMALE


@pytest.mark.parametrize(
    ("text", "sex", "birth"),
    [
        ("130599198001010011", _M, date(1980, 1, 1)),
        ("13059919800101002X", _F, date(1980, 1, 1)),
        ("130599194806150240", _F, date(1948, 6, 15)),
        ("130599201309010039", _M, date(2013, 9, 1)),
        ("130599201403010043", _F, date(2014, 3, 1)),
        ("130599200002290078", _M, date(2000, 2, 29)),
        ("13059919991231888X", _F, date(1999, 12, 31)),
        ("13059919850615001X", _M, date(1985, 6, 15)),
        ("11010519491231002X", _F, date(1949, 12, 31)),
        ("810000199001010019", _M, date(1990, 1, 1)),
        ("820000199001010010", _M, date(1990, 1, 1)),
        ("830000199001010012", _M, date(1990, 1, 1)),
    ],
)
def test_valid_numbers(text: str, sex: Sex, birth: date) -> None:
    assert check_id_number(text, TODAY) == IdNumber(text, sex, birth)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("130599198001010010", IdProblem.CHECK_DIGIT),
        ("130599200102290016", IdProblem.DATE),
        ("130599198013010019", IdProblem.DATE),
        ("130599209901010018", IdProblem.FUTURE),
        ("990101198001010014", IdProblem.PROVINCE),
        ("13059919800101001", IdProblem.LENGTH),
        ("1305991980010100111", IdProblem.LENGTH),
        ("13059919800101X011", IdProblem.CHARACTER),
        ("13059980010100X", IdProblem.CHARACTER),
        ("130599００００0101001A", IdProblem.CHARACTER),
        ("", IdProblem.BLANK),
        (" 　", IdProblem.BLANK),
    ],
)
def test_refused_numbers(text: str, problem: IdProblem) -> None:
    found = check_id_number(text, TODAY)
    assert isinstance(found, IdFault)
    assert found.code is problem


def test_a_fault_tells_its_details_to_a_field() -> None:
    found = check_id_number("13059919800101001", TODAY)
    assert isinstance(found, IdFault)
    assert found.at("parties.0.id_no") == Problem(
        "parties.0.id_no", "id_length", (("expected", 18), ("found", 17))
    )


@pytest.mark.parametrize(
    "text",
    [
        "13059919850615001x",
        "１３０５９９１９８５０６１５００１ｘ",
        " 130599 19850615 001X ",
        "130599-19850615-001X",
    ],
)
def test_ways_of_typing_are_put_right(text: str) -> None:
    found = check_id_number(text, TODAY)
    assert isinstance(found, IdNumber)
    assert found.number == "13059919850615001X"


def test_an_old_number_is_converted() -> None:
    assert check_id_number("130599800101001", TODAY) == IdNumber(
        "130599198001010011", _M, date(1980, 1, 1), (IdWarning.CONVERTED,)
    )


def test_a_very_old_person_is_a_warning() -> None:
    found = check_id_number("130599188001010012", TODAY)
    assert isinstance(found, IdNumber)
    assert found.warnings == (IdWarning.OLD_AGE,)


def test_a_number_says_which_card_it_stands_on() -> None:
    permit = check_id_number("810000199001010019", TODAY)
    card = check_id_number("11010519491231002X", TODAY)
    assert isinstance(permit, IdNumber)
    assert isinstance(card, IdNumber)
    assert (permit.kind, card.kind) == (IdKind.RESIDENCE_PERMIT, IdKind.RESIDENT_ID)


def test_typed_sex_and_birth_are_compared() -> None:
    found = check_id_number("130599198001010011", TODAY)
    assert isinstance(found, IdNumber)
    assert found.contradictions(_M, date(1980, 1, 1)) == found.contradictions(None, None) == ()
    codes = [fault.code for fault in found.contradictions(_F, date(1981, 1, 1))]
    assert codes == [IdProblem.SEX_DIFFERS, IdProblem.BIRTH_DIFFERS]


def test_swapped_neighbours_in_the_birth_date_are_found() -> None:
    text = "130599198001010011"
    for at in range(6, 13):
        swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if swapped != text:
            assert isinstance(check_id_number(swapped, TODAY), IdFault)


_births = st.dates(date(1900, 1, 1), TODAY)


@given(_births, st.integers(0, 999))
def test_composed_numbers_give_back_what_they_were_made_of(birth: date, serial: int) -> None:
    body = f"130599{birth:%Y%m%d}{serial:03d}"
    found = check_id_number(body + id_check_digit(body), TODAY)
    assert isinstance(found, IdNumber)
    assert (found.birth, found.sex) == (birth, _M if serial % 2 else _F)


@given(_births, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(birth: date, serial: int, at: int, step: int) -> None:
    body = f"130599{birth:%Y%m%d}{serial:03d}"
    wrong = body[:at] + str((int(body[at]) + step) % 10) + body[at + 1 :]
    assert isinstance(check_id_number(wrong + id_check_digit(body), TODAY), IdFault)


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(check_id_number(text, TODAY), IdNumber | IdFault)
    assert isinstance(check_uscc(text), str | IdFault)
    assert isinstance(check_phone(text), str | IdFault)
    assert isinstance(check_name(text), PersonName | IdFault)
    assert isinstance(mask_name(text) + mask_id(text) + mask_phone(text), str)


CODES = ["91130599MA0ABCDE6H", "52130599MJ0123456Q", "54130599ME1234563F", "11130599000123457F"]


@pytest.mark.parametrize("code", CODES)
def test_credit_codes(code: str) -> None:
    assert check_uscc(f" {code.lower()}") == code


@given(st.sampled_from(CODES), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_changed_character_of_a_credit_code_is_found(code: str, at: int, char: str) -> None:
    if code[at] != char:
        assert isinstance(check_uscc(code[:at] + char + code[at + 1 :]), IdFault)


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_a_credit_code_never_has(letter: str) -> None:
    assert check_uscc(f"91130599MA0ABCDE6{letter}") == IdFault(IdProblem.CHARACTER, (("at", 18),))


def test_length_of_a_credit_code() -> None:
    assert check_uscc("9113") == IdFault(IdProblem.LENGTH, (("expected", 18), ("found", 4)))
    assert check_uscc("") == IdFault(IdProblem.BLANK)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13800001111", "13800001111"),
        ("+86 138-0000-1111", "13800001111"),
        ("１３８００００１１１１", "13800001111"),
        ("0319-1234567", "0319-1234567"),
        ("(0319) 1234567", "0319-1234567"),
        ("01088886666", "010-88886666"),
        ("0319-1234567转8", "0319-1234567-8"),
    ],
)
def test_phones(text: str, phone: str) -> None:
    assert check_phone(text) == phone
    assert check_phone(phone) == phone


@pytest.mark.parametrize("text", ["12345678901", "1380000111", "1234567", "0319-123", "138000011112", "abc"])
def test_refused_phones(text: str) -> None:
    assert check_phone(text) == IdFault(IdProblem.PHONE)


def test_a_blank_phone_is_told_apart() -> None:
    assert check_phone(" ") == IdFault(IdProblem.BLANK)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" 张三 ", "张三"),
        ("阿不都•热合曼", "阿不都·热合曼"),
        ("John　 Smith", "John Smith"),
        ("张㛃", "张㛃"),
        ("王𬭎", "王𬭎"),
        ("何" * 50, "何" * 50),
    ],
)
def test_names(text: str, name: str) -> None:
    assert check_name(text) == PersonName(name)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", IdProblem.NAME_BLANK),
        ("a", IdProblem.NAME_SHORT),
        ("张\t三", IdProblem.NAME_CONTROL),
        ("张\u200b三", IdProblem.NAME_CONTROL),
        ("张\ud800", IdProblem.NAME_CONTROL),
        ("何" * 51, IdProblem.NAME_LONG),
    ],
)
def test_refused_names(text: str, problem: IdProblem) -> None:
    found = check_name(text)
    assert isinstance(found, IdFault)
    assert found.code is problem


def test_names_that_pass_with_a_warning() -> None:
    assert check_name("李") == PersonName("李", (IdWarning.ONE_CHARACTER,))
    assert check_name("李\ue863") == PersonName("李\ue863", (IdWarning.PRIVATE_CHARACTER,))


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2012, 3, 1), date(2026, 2, 28), 13),
        (date(2012, 3, 1), date(2026, 3, 1), 14),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2013, 9, 1), date(2026, 8, 31), 12),
        (date(2013, 9, 1), date(2026, 9, 1), 13),
        (date(2014, 3, 1), date(2028, 2, 29), 13),
        (date(2014, 3, 1), date(2028, 3, 1), 14),
    ],
)
def test_ages(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("欧阳震华", "欧阳**"),
        ("公孙", "公*"),
        ("李", "*"),
        ("", ""),
        ("阿不都·热合曼", "阿**·***"),
    ],
)
def test_masked_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_masked_numbers() -> None:
    assert mask_id("130599198001010011") == "130599********0011"
    assert mask_id("130599198001010011", public=True) == "130***********0011"
    assert mask_id("E12345678") == "E12****78"
    assert mask_id("12") == "**"
    assert mask_phone("13800001234") == "138****1234"
    assert mask_phone("0319-1234567") == "0319-***4567"
    assert mask_phone("0319-1234567-8") == "0319-***4567"
    assert mask_phone("12345") == "*****"


def test_a_public_list_shows_only_the_initials_of_a_child() -> None:
    on = date(2026, 9, 3)
    assert public_name("张小宝", date(2016, 5, 1), on, ("zxb",)) == "ZXB"
    assert public_name("张小宝", date(2012, 9, 3), on, ("zxb",)) == "张**"
    assert public_name("张小宝", None, on, ("zxb",)) == "张**"
    assert public_name("\U0002b7f7\U0002b7f7", date(2016, 5, 1), on, ()) == "**"
