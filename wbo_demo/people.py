"""Made-up names of clients, in the three ways in which a Hong Kong broker writes them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

# Romanised as in Hong Kong, traditional, simplified.
SURNAMES = (
    *(("Chan", "陳", "陈"), ("Wong", "黃", "黄"), ("Lee", "李", "李"), ("Cheung", "張", "张")),
    *(("Lau", "劉", "刘"), ("Leung", "梁", "梁"), ("Ng", "吳", "吴"), ("Ho", "何", "何")),
    *(("Yeung", "楊", "杨"), ("Tsang", "曾", "曾"), ("Cheng", "鄭", "郑"), ("Lam", "林", "林")),
    *(("Chow", "周", "周"), ("Tse", "謝", "谢"), ("Fung", "馮", "冯"), ("Yip", "葉", "叶")),
    *(("Kwok", "郭", "郭"), ("Mak", "麥", "麦"), ("Choi", "蔡", "蔡"), ("So", "蘇", "苏")),
)
GIVEN = (
    *(("Ka Ming", "家明", "家明"), ("Wai Man", "偉文", "伟文"), ("Siu Ling", "小玲", "小玲")),
    *(("Chi Keung", "志強", "志强"), ("Mei Yee", "美儀", "美仪"), ("Kwok Wai", "國偉", "国伟")),
    *(("Hoi Yan", "凱欣", "凯欣"), ("Tsz Kin", "子健", "子健"), ("Wing Sze", "詠詩", "咏诗")),
    *(("Chun Hei", "俊熙", "俊熙"), ("Lai Fong", "麗芳", "丽芳"), ("Man Kit", "文傑", "文杰")),
    *(("Pui Shan", "佩珊", "佩珊"), ("Yiu Fai", "耀輝", "耀辉"), ("Suk Han", "淑嫻", "淑娴")),
    *(("Ho Yin", "浩然", "浩然"), ("Sze Nga", "思雅", "思雅"), ("Kin Pong", "建邦", "建邦")),
)
FIRST_NUMBER = 200_011


class Person(NamedTuple):
    """A client as the core system would export it."""

    client_no: str
    securities_account: str
    name_en: str
    name_zh_hk: str
    name_zh_cn: str


def people(count: int) -> Iterator[Person]:
    """`count` made-up clients with different names, the same each time."""
    names = [(surname, given) for surname in SURNAMES for given in GIVEN]
    dice = random.Random(2026)
    number = FIRST_NUMBER
    for surname, given in dice.sample(names, count):
        english = f"{surname[0]} {given[0]}"
        account = f"02-{number}{number % 9 + 1}-30"
        yield Person(f"C{number}", account, english, surname[1] + given[1], surname[2] + given[2])
        number += dice.randint(3, 29)
