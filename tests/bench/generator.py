"""Invented cases by the block: the same seed gives the same cases, and few are the beginning of many.

Knows nothing of the program and needs the standard library only. People, numbers and places are invented:
the area 130599 exists in no register.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

BLOCK = 1000
SEED = 20261121
TODAY = date(2026, 11, 21)
DAYS = 10 * 365
AREA = "130599"
TOWNS = 30
NEVER_HEARD = ("registered", "rejected", "accepted", "assigned")
VILLAGES = 1500
NOISE_WORDS = 40_000
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_COMPOUND = ("欧阳", "司马", "上官", "诸葛")
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建国志红玉文华春梅海燕云峰龙飞雪玲鹏辉晓东波宁福来喜"
    "庆祥瑞德安顺发财旺长生根水木林森山川河湖岩石松柏竹菊莲荷花香琴棋书画诗礼义仁信忠孝廉㛃䶮𬭎喆堃淼鑫"
)
_SYLLABLES = (
    "东西南北上下前后大小高低新老石柳杨槐榆桃李杏枣河沟湾岭坡岗台屯堡寨营庄店铺桥渡口堤塘井泉沙土黄白黑青"
    "赤紫金银铜铁玉宝福禄寿喜乐安康宁平和顺兴旺发达富贵荣华昌盛永久长远光明正直清廉勤俭忠厚善良诚信公道仁"
)
_TEMPLATES = tuple(
    f"{cause}{course}{wish}"
    for cause in (
        "{a}与{b}系同村邻居，因{place}的院墙出水口朝向发生争执，",
        "{b}翻建房屋时占用{place}的公共通道，{a}通行受阻，",
        "{a}在{place}承包的耕地边界被{b}犁过，双方各执一词，",
        "{b}向{a}购买建材未按约定付款，欠款{money}元，",
        "{a}受{b}雇请在{place}做工，工钱{money}元一直没有结清，",
        "{a}与{b}因家庭琐事多次争吵，老人赡养无人负责，",
        "{b}驾驶电动车在{place}与{a}相撞，{a}住院治疗花费{money}元，",
    )
    for course, wish in (
        ("村干部两次上门劝说没有结果。", "{a}请求依法调解并要求{b}恢复原状。"),
        ("双方于{day}在现场发生口角，经人劝开。", "{a}要求{b}赔偿损失{money}元并赔礼道歉。"),
        ("事后{b}承认有不妥之处，但对数额不认可。", "请求调解委员会主持公道。"),
        ("{a}曾拨打12345反映，电话{phone}。", "现申请人民调解，希望分期支付。"),
        ("派出所出警后建议双方到调委会解决。", "{b}愿意调解但无力一次付清。"),
    )
)
_TYPES = (*(f"{code:02d}" for code in range(1, 18)), "99")
_TYPE_WEIGHTS = tuple(accumulate((22, 20, 9, 8, 5, 8, 7, 3, 2, 4, 2, 1, 1, 2, 1, 3, 3, 2)))
_TOWN_WEIGHTS = tuple(accumulate(107 - 3 * town for town in range(TOWNS)))
OUTCOMES = ("effective", "effective", "effective", "effective", "rejected")
LIVE = (
    "registered",
    "accepted",
    "assigned",
    "scheduled",
    "in_session",
    "agreed_written",
    "signing",
    "effective",
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Someone:
    """A party: `role` is applicant, respondent or third."""

    id: str
    role: str
    name: str
    id_no: str
    phone: str
    village: str
    address: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A hearing: minutes since midnight, the room counted from 0."""

    day: date
    start: int
    end: int
    room: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A case, its people, hearings and days of history; `town` 0 is the largest. `due_on` only while open."""

    id: str
    index: int
    town: int
    number: str
    received_on: date
    minute: int
    type_a: str
    status: str
    summary: str
    place: str
    amount_fen: int | None
    risky: bool
    mediator: int
    mediator_name: str
    due_on: date | None
    people: tuple[Someone, ...]
    meetings: tuple[Meeting, ...]
    events: tuple[date, ...]


def disputes(count: int, seed: int = SEED) -> Iterator[Dispute]:
    """The first `count` cases of this seed; their ids are in no order of date."""
    for block in range((count + BLOCK - 1) // BLOCK):
        for dispute in block_of(block, seed):
            if dispute.index < count:
                yield dispute


def block_of(block: int, seed: int = SEED) -> Iterator[Dispute]:
    """The thousand cases of one block, made without any other block."""
    rng = random.Random(f"{seed}:{block}")  # noqa: S311 - invented data, not a secret
    for index in range(block * BLOCK, (block + 1) * BLOCK):
        yield _dispute(rng, index)


def _dispute(rng: random.Random, index: int) -> Dispute:
    town = _pick(rng, _TOWN_WEIGHTS)
    day = TODAY - timedelta(days=int(DAYS * rng.random()))
    people = _people(rng, town)
    place = f"{people[0].village}{rng.choice('一二三四五六七八')}组{rng.randint(1, 99)}号"
    amount = None if rng.random() < 0.4 else round(10 ** rng.uniform(2, 5.5)) * 100
    recent = (TODAY - day).days < 60
    status = rng.choice(LIVE if recent else OUTCOMES)
    mediator = town * 8 + rng.randrange(8)
    return Dispute(
        id=_uid(rng),
        index=index,
        town=town,
        number=f"{town_name(town)}人调字〔{day.year}〕第{index + 1:07d}号",
        received_on=day,
        minute=rng.randint(8 * 60, 17 * 60),
        type_a=_TYPES[_pick(rng, _TYPE_WEIGHTS)],
        status=status,
        summary=_narrative(rng, people, place, amount, day),
        place=place,
        amount_fen=amount,
        risky=rng.random() < 0.03,
        mediator=mediator,
        mediator_name=mediator_name(mediator),
        due_on=day + timedelta(days=30) if status not in ("effective", "rejected") else None,
        people=people,
        meetings=_meetings(rng, day) if status not in NEVER_HEARD else (),
        events=tuple(day + timedelta(days=step) for step in range(rng.randint(4, 10))),
    )


def _meetings(rng: random.Random, day: date) -> tuple[Meeting, ...]:
    found = []
    for _ in range(rng.randint(1, 3)):
        day += timedelta(days=rng.randint(3, 12))
        start = rng.choice((510, 540, 600, 840, 900, 960))
        found.append(Meeting(day, start, start + rng.choice((60, 90)), rng.randrange(4)))
    return tuple(found)


def _people(rng: random.Random, town: int) -> tuple[Someone, ...]:
    extra = _pick(rng, (70, 90, 97, 100))
    roles = [
        "applicant",
        "respondent",
        *(rng.choice(("applicant", "respondent", "third")) for _ in range(extra)),
    ]
    found = []
    for role in roles:
        village = village_name(town * (VILLAGES // TOWNS) + rng.randrange(VILLAGES // TOWNS))
        born = date(1945, 1, 1) + timedelta(days=rng.randrange(60 * 365))
        found.append(
            Someone(
                id=_uid(rng),
                role=role,
                name=person_name(rng),
                id_no=identity_number(f"{AREA}{born:%Y%m%d}{rng.randrange(1000):03d}"),
                phone=f"1{rng.choice('3589')}{rng.randrange(10**9):09d}",
                village=village,
                address=f"{village}{rng.randint(1, 200)}号",
            )
        )
    return tuple(found)


def _narrative(
    rng: random.Random, people: tuple[Someone, ...], place: str, amount: int | None, day: date
) -> str:
    told = rng.choice(_TEMPLATES).format(
        a=people[0].name, b=people[1].name, place=place, phone=people[0].phone,
        money=(amount or 50_000) // 100, day=f"{day.year}年{day.month}月{day.day}日",
    )  # fmt: skip
    wanted = min(600, max(100, round(rng.gauss(352, 110))))
    parts = [told]
    length = len(told)
    words = noise_words()
    while length < wanted:
        # a Zipf-like draw: few words are very common, most are rare
        word = words[int(NOISE_WORDS ** rng.random()) - 1]
        parts.append(word + ("，" if rng.random() < 0.2 else ""))
        length += len(parts[-1])
    return "".join(parts)[: max(wanted, len(told))]


def person_name(rng: random.Random) -> str:
    """A surname, common ones more often, and one or two characters; now and then a compound surname."""
    surname = _SURNAMES[int(len(_SURNAMES) ** rng.random()) - 1]
    if rng.random() < 0.01:
        surname = rng.choice(_COMPOUND)
    return surname + "".join(rng.choices(_GIVEN, k=1 if rng.random() < 0.15 else 2))


def identity_number(body: str) -> str:
    """Seventeen digits and their check digit (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]


@cache
def town_name(town: int) -> str:
    """A town of two characters."""
    rng = random.Random(f"town {town}")  # noqa: S311
    return "".join(rng.sample(_SYLLABLES, 2)) + "镇"


@cache
def village_name(village: int) -> str:
    """A village of two characters."""
    rng = random.Random(f"village {village}")  # noqa: S311
    return "".join(rng.sample(_SYLLABLES, 2)) + "村"


@cache
def mediator_name(mediator: int) -> str:
    """A mediator of a town; eight to a town."""
    return person_name(random.Random(f"mediator {mediator}"))  # noqa: S311


@cache
def noise_words() -> tuple[str, ...]:
    """Words of random syllables."""
    rng = random.Random("noise")  # noqa: S311
    return tuple("".join(rng.choices(_SYLLABLES + _GIVEN, k=rng.randint(2, 4))) for _ in range(NOISE_WORDS))


def _pick(rng: random.Random, weights: tuple[int, ...]) -> int:
    return bisect(weights, rng.random() * weights[-1])


def _uid(rng: random.Random) -> str:
    text = f"{rng.getrandbits(128):032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
