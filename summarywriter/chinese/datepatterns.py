"""What dates look like in running text of either script: patterns, all on the comparison form.

A ``_`` in a group's name stands for a part of a point; `dates` reads what they find.
"""

from __future__ import annotations

import re

from summarywriter.chinese.datevalues import DAY_PARTS, MONTH_PARTS, YEAR_PARTS

_MASK = r"20[xX×*]{2}|20[0-9][xX×*]|[xX×*]{4}|[xX×*]{2}"
#: 2025 年 5 月 14 日: Word and what is read out of a .pdf part figures from Han characters.
_APART = "(?:(?<=[0-9xX×*]) )?"
#: 二O一八 with a Latin O, and a zero for 〇, are common slips.
_FIGURES = "〇零一二三四五六七八九oO0"
#: A figure may not begin inside a longer one; a comma divides clauses unless a digit stands before it that
#: is no clock's.
_BEFORE = r"(?<![0-9.])(?:(?<![0-9],)|(?<=:[0-9][0-9],))"
_BEFORE_HAN = "(?<![〇零一二三四五六七八九十百千万])"
_YEAR = (
    rf"(?P<year>{_MASK}|(?<![0-9.])(?:1[89]|2[01])[0-9]{{2}}"
    rf"|{_BEFORE_HAN}[一二][{_FIGURES}]{{3}}){_APART}年(?!代|级)"
)
#: 113年11月4日: a year of the Republic; by itself 113年 is as often a length of time.
_ROC_YEAR = rf"(?P<year>(?<![0-9.])1[0-2][0-9]|(?<=民国)[0-9]{{2,3}}){_APART}年"
_MONTH_NUMBER = rf"{_BEFORE}[0-9]{{1,2}}|{_BEFORE_HAN}(?:十[一二]?|[一二三四五六七八九])"
_MONTH = rf"(?P<month>{_MONTH_NUMBER}){_APART}月(?!球|亮|饼|老|嫂)份?"
_HAN_DAY = "[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DAY_NUMBER = rf"{_BEFORE}[0-9]{{1,2}}|{_BEFORE_HAN}(?:{_HAN_DAY})"
_DAY = rf"(?P<day>{_DAY_NUMBER}){_APART}[日号](?!捐)"
#: In brackets right after a day, the numeral alone is a weekday: 11月6日（四）.
_WEEKDAY = (
    r"(?:\(?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\)?"
    r"|(?:(?<=[日号])|(?<=[/-][0-9])|(?<=[/-][0-9]{2}))\((?P<short>[一二三四五六日])\))"
)
_HOUR = r"(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})"
_MINUTE = rf"(?:半|一刻|三刻|整|(?:[0-9]{{1,2}}|[〇零一二三四五六七八九十]{{1,3}})(?:{_APART}分)?)"
_HOUR_MARK = "(?:时(?!代|间|段|候|尚|长|期|空|刻|有)|点)"
_DIAL = "(?:[0-9]{1,2}:[0-5][0-9](?![0-9]|:[0-9]))"
_CLOCK = rf"(?:{_HOUR}{_APART}{_HOUR_MARK}(?: ?(?:许|{_MINUTE}))?|{_DIAL})"
#: With no 上午 before it: 三点 would be three points (of a list), and 一时 a while.
_BARE_CLOCK = (
    rf"(?:[0-9]{{1,2}}时(?!代|间|段|候|尚|长|期|空|刻|有)(?:许|{_MINUTE})?"
    rf"|{_HOUR}(?:时|点)(?:半|整|许|{_HOUR}分)|[0-9]{{1,2}}点(?=在|集合|开始|出发|前|准时)|{_DIAL})"
)
_DAY_PART = "(?:" + "|".join(sorted(DAY_PARTS, key=len, reverse=True)) + ")(?!会|宴|餐|报|市|校)"
_TO = r"(?:——|[—–\-~]|(?:一直|持续|延续)?[至到])"
TIME = (
    rf"(?P<time>(?:{_DAY_PART})(?: ?{_CLOCK}(?:{_TO}(?:{_DAY_PART})?{_CLOCK})?)?"
    rf"|(?<![0-9.])(?<![0-9]:){_BARE_CLOCK}(?:{_TO}(?:{_DAY_PART})?{_CLOCK})?)"
)
_PART_OF_MONTH = "(?P<mpart>" + "|".join(sorted(MONTH_PARTS[:-1], key=len, reverse=True)) + ")"
_PART_OF_YEAR = "第?(?P<ypart>" + "|".join(sorted(YEAR_PARTS, key=len, reverse=True)) + ")"
_GAP = " ?"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("_", _GAP))


POINTS = (
    _compile(f"{_YEAR}_{_MONTH}_{_DAY}"),
    _compile(f"{_YEAR}_{_MONTH}(?P<day>{_DAY_NUMBER})(?=、(?:{_DAY_NUMBER})[日号])"),  # 2018年5月17、18日
    _compile(f"{_YEAR}_{_MONTH}(?:_{_PART_OF_MONTH})?"),
    _compile(f"{_ROC_YEAR}_{_MONTH}_{_DAY}"),
    _compile(f"{_ROC_YEAR}_{_MONTH}(?:_{_PART_OF_MONTH})?"),
    _compile(f"{_YEAR}(?:_{_PART_OF_YEAR})?"),
    _compile(f"{_MONTH}_{_DAY}"),
    re.compile(
        rf"{_BEFORE}(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12][0-9]|0?[1-9])\((?:周|星期)?[一二三四五六日]\)"
    ),
    re.compile(rf"{_BEFORE}(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12][0-9]|0?[1-9])(?=(?:之|以)?前|截止)"),
    _compile(f"{_MONTH}(?P<day>{_DAY_NUMBER})(?=、(?:{_DAY_NUMBER})[日号])"),  # 5月17、18日
    _compile(f"{_MONTH}(?:_{_PART_OF_MONTH})?"),
    _compile(
        f"(?<!第)(?<!为期)(?<!历时)(?<!连续)(?<!共)(?<!每)(?<!第 )(?<!为期 )(?<!历时 )(?<!连续 )(?<!共 )"
        f"(?P<day>{_DAY_NUMBER}){_APART}日(?!内|间|游|报|捐|以内|之内|元)"
    ),  # 8号 alone is a number, 3日内 a duration
)
PART_ONLY = re.compile(_PART_OF_MONTH)
ISO = re.compile(
    r"(?<![0-9.])(?P<year>[0-9]{4}|20[xX]{2})[-./](?P<month>[0-9]{1,2})[-./](?P<day>[0-9]{1,2})(?![0-9])"
)
WEEKDAY_AT = re.compile(_GAP + _WEEKDAY)
TIME_AT = re.compile(_GAP + TIME)
_ANY = "[0-9xX〇一二三四五六七八九十]"
SHAPE = re.compile(
    rf"(?:{_ANY}{{4}}[年\-./])?(?:{_ANY}{{1,3}}[月\-./])?(?:{_ANY}{{1,3}}[日号]?)?"
    rf"(?:{_TO}(?:{_ANY}{{4}}年)?(?:{_ANY}{{1,3}}月)?{_ANY}{{1,3}}[日号])?"
)
TO_AT = re.compile(f"{_GAP}(?:{_TO}|起[至到]){_GAP}")
#: First ends without their unit: 5月14—21日, 3—5月, 2018—2020年.
SHORT = tuple(
    re.compile(p)
    for p in (
        (
            rf"(?:{_YEAR} ?)?(?:{_MONTH}) ?(?P<first>{_DAY_NUMBER}) ?{_TO} ?(?P<last>{_DAY_NUMBER})"
            rf"{_APART}[日号]"
        ),
        (
            rf"(?:{_YEAR} ?)?(?P<first>{_MONTH_NUMBER}) ?{_TO} ?(?P<last>{_MONTH_NUMBER})"
            rf"{_APART}月(?!{_DAY_NUMBER}[日号])份?"
        ),
        rf"(?<![0-9.])(?P<first>[0-9]{{4}}){_TO}(?P<last>[0-9]{{4}})年",
    )
)
#: Where a date can begin at all; every other character is passed over at once.
START = re.compile(rf"[0-9〇一二三四五六七八九十xX×*]|{_DAY_PART}")
JOIN = re.compile("[、和与及至到]")
LIST_JOIN = re.compile(" ?[、和与及,] ?")
#: Runs in which no date begins but at their first character.
RUN = re.compile("[0-9]+|[〇零一二三四五六七八九十]+|.", re.DOTALL)
