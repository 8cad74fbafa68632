"""The forms in which councils write dates, and what each says: day, month, year or period. What days that means, and
which of them can be, is for `corpus.dates`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

# fmt: off
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on

# Each with the month in which it begins, counted from the January of its year, and its length in months.
_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
_SEASONS |= {"spring term": (1, 4), "summer term": (4, 4), "autumn term": (9, 4)}
_QUARTERS = {"1": 4, "2": 7, "3": 10, "4": 13, "one": 4, "two": 7, "three": 10, "four": 13}
_QUARTERS |= {"first": 4, "second": 7, "third": 10, "fourth": 13}
_YEARS = {"municipal": (5, 13), "civic": (5, 13), "academic": (9, 12), "school": (9, 12)}

# The words of one date may stand on two lines, but not with a blank line between them. \s won't do: re.ASCII, which
# keeps other scripts' digits out, takes the no-break space from it, and it never has the soft hyphen of a line's end.
# Possessive, or else a long row of numbers, each of which could begin a list of days, would take for ever.
_S = r"[ \t\r\f\xa0\xad]"
_GAP = rf"{_S}{{0,4}}+\n?+{_S}{{0,4}}+"
_OF = rf"{_GAP}(?:of{_S})?(?:the{_S})?"
_DASH = "[-‐‑–—−]"
_TO = rf"(?:{_S}{{0,4}}+{_DASH}{_GAP}|{_GAP}\b(?:to|(?:un)?till?|up{_S}to|through(?:{_S}to)?)\b{_GAP})"
_AND = rf"(?:{_GAP}(?:[/&]|,(?:{_S}?\band\b)?|\band\b|\bor\b){_GAP})"
_YEAR = r"(?:19|20)\d\d"
_TWO_YEARS = rf"(?:{_YEAR}[-/–](?:20)?\d\d|\d\d[-/–]\d\d)"
_NO_MORE = rf"(?!\w|[.,:/]\d|{_S}?%|{_S}per{_S}?cent)"
_MONTH = rf"(?:(?:{'|'.join(MONTHS)})|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])\.?)(?![a-z])"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_DAY = rf"(?:{_WEEKDAY}\.?,?{_GAP}(?:the{_S})?)?\d\d?(?:{_S}?(?:st|nd|rd|th)\b)?"
_ORDINAL = "(?:first|second|third|fourth|[1-4](?:st|nd|rd|th))"
_QUARTER = rf"(?:(?:q|quarter){_S}?(?:[1-4]|one|two|three|four)|{_ORDINAL}{_S}quarter)\b"
_CALLED = "municipal|civic|academic|school|financial"
_DATE = re.compile(
    rf"""(?<![\w£$])(?!(?:(?<=\d[.,/:])|(?<=[a-z]/))\d)                                  # not in £22, 3.12, CYP/22
    (?:(?P<week>week{_S}(?:commencing|beginning|ending)|w/[cbe])\b:?{_GAP})?
    (?:(?P<share>early|mid|late|end|(?:start|beginning)(?={_S}of)|(?:first|second){_S}half)\b(?:-|{_OF}))?
    (?:
      (?P<y>{_YEAR})(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?!\d|(?P=s)\d)              # 2022-06-14
    | (?P<d2>\d\d?)(?P<s2>[-/.])(?P<m2>\d\d?)(?P=s2)(?P<y2>{_YEAR}|\d\d)(?!\d|(?P=s2)\d)   # 14/06/2022
    | (?:(?P<days>{_DAY}(?:(?:{_TO}|{_AND})(?:the{_S})?{_DAY}){{0,6}})(?:-|{_OF}))?        # Tuesday 14th and 15th of
      (?P<month>{_MONTH})                                                                 # June
      (?:{_GAP}(?P<after>\d\d?)(?:(?:st|nd|rd|th)\b|(?=,?{_S}{_YEAR}\b)),?)?              # 14th,
      (?:(?:,(?={_GAP}{_YEAR}))?(?:-|{_GAP})                                              # 2022, '22, 22
         (?P<year>{_YEAR}|['’‘]\d\d|(?<=[ \t\xa0\n-])\d\d(?(days)(?!{_GAP}{_MONTH}))){_NO_MORE})?
    | (?P<season>(?:spring|summer|autumn)(?:{_S}term)?|winter)\b
      (?:{_OF}(?P<of>{_TWO_YEARS}|{_YEAR}|['’‘]?\d\d){_NO_MORE})?
    | (?P<quarter>{_QUARTER}){_OF}(?P<of_>{_TWO_YEARS}|{_YEAR}){_NO_MORE}
    | (?:(?P<called>{_CALLED}){_S}year{_GAP})?(?P<since>{_YEAR})
      (?:(?P<to>{_S}?(?:/|{_DASH}){_GAP})(?P<until>{_YEAR}|\d\d)(?!\w))?(?![\d%]|{_DASH}\d|[.,:/]\d)
      (?:{_GAP}(?P<called_>{_CALLED}){_S}year\b|{_S}(?P<its>{_QUARTER}))?                 # 2022/23 municipal year
    )""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
_RANGE = re.compile(rf"{_TO}(?:the{_S})?", re.IGNORECASE | re.ASCII)
_LIST = re.compile(rf"{_AND}(?:on{_S})?(?:the{_S})?", re.IGNORECASE | re.ASCII)
_ONE_DAY = re.compile(rf"(?:({_WEEKDAY})\.?,?{_GAP}(?:the{_S})?)?(\d\d?)(?:{_S}?(?:st|nd|rd|th)\b)?", re.I | re.A)
_NUMBERED = re.compile(r"\b(?:item|room|page|appendix|no\.?|number|section|paragraph|part|table|level|stage)\s$", re.I)
_COUNTED = re.compile(
    r"\s(?:more|new|young|looked|children|people|pupils|families|households|cases|referrals|contacts|staff|social|foster"
    r"|carers|homes|schools|residents|complaints|members|officers|assessments|visits)\b"
)
_LAW_OF = re.compile(r"\b(?:act|regulations|rules|order)(?: of)?\s$", re.IGNORECASE)
_LAW = re.compile(r"\s(?:Act|Regulations|Rules|Order)\b")
_LED_TO = re.compile(
    r"\b(?:by|in|from|until|till|to|since|during|of|before|after|between|and|or|for|through|this|last|next)\s$"
    rf"|{_MONTH}(?:{_TO}|{_AND})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one stretch of a text says: a day, or a period of so many months from a month on, which may lie beyond
    December. `known` is the length of the ISO form that says as much: 10 for a day, 7 for a month, 4 for all else.
    `small`: its month is in small letters."""

    start: int
    end: int
    known: int = 4
    year: int | None = None
    month: int = 1
    months: int = 12
    day: int | None = None
    weekday: str = ""
    week: str = ""
    share: str = ""
    small: bool = False
    doubt: str | None = None
    inferred: bool = False


def parts_in(text: str, *, years: bool) -> Iterator[Part]:
    """The stretches of a text that say a date or a part of one, in order; `years` asks for bare years too."""
    for match in _DATE.finditer(text):
        share = " ".join((match["share"] or "").lower().split())
        part = Part(*match.span(), week=(match["week"] or "").lower(), share=share)
        if match["s"] or match["s2"]:
            yield from _in_numbers(match, part)
        elif match["month"]:
            yield from _in_words(match, replace(part, months=1, known=7))
        elif match["since"]:
            yield from _in_years(match, part, years)
        else:
            yield from _in_periods(match, part)


def link(gap: str) -> Literal["range", "list"] | None:
    """Whether what stands between two dates makes a range of them ("to", "–"), or a list ("and", "/")."""
    return "range" if _RANGE.fullmatch(gap) else "list" if _LIST.fullmatch(gap) else None


def stands_alone(part: Part, text: str) -> bool:
    """Whether a day or month without a year is a date: "20th June", "by May", not "officers may", "April Smith"."""
    if part.known == 4 or part.small or re.match(r"\s?\d", text[part.end : part.end + 2]):
        return False
    if part.day or part.share:
        return True
    opens = not text[: part.start].strip()
    is_name = text[part.start : part.end] in ("April", "May", "June")
    if is_name and re.match(r"\s[A-Za-z]" if opens else r"\s[A-Z]", text[part.end : part.end + 2]):
        return False
    return opens or bool(_LED_TO.search(text, max(0, part.start - 30), part.start))


def _in_numbers(match: re.Match[str], part: Part) -> list[Part]:
    month, day = int(match["m"] or match["m2"]), int(match["d"] or match["d2"])
    written = match["y"] or match["y2"]
    year = _full_year(written)
    is_clause = len(written) == 2 and match["s2"] == "." and len(match["m2"]) == 1 and match.string.strip() != match[0]
    if year is None or is_clause or (len(written) == 2 and month > 12):
        return []
    if not 1 <= month <= 12:
        return [replace(part, year=year, doubt=f"there is no month {month}")]
    return [replace(part, known=10, year=year, month=month, months=1, day=day)]


def _in_words(match: re.Match[str], part: Part) -> list[Part]:
    name, written = match["month"], match["year"] or ""
    year = _full_year(written) if written else None
    is_verb = name in ("may", "march", "mar") and len(written) < 4
    if written and (year is None or is_verb):
        return []
    number = next(number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name[:3].lower()))
    part = replace(part, year=year, month=number, small=name.islower())
    if match["days"]:
        return _days(match, replace(part, known=10))
    if match["after"]:
        return [replace(part, known=10, day=int(match["after"]))]
    if len(written) == 2 and _COUNTED.match(match.string, part.end):
        return [replace(part, doubt=f"{written} may count what follows")]
    return [part]


def _days(match: re.Match[str], part: Part) -> list[Part]:
    """The days before a month, from the last back to the first that can belong to it: "Item 4, 14 June" has one."""
    text = match.string
    days = list(_ONE_DAY.finditer(text, match.start("days"), match.end("days")))
    kept = days[-1:]
    for day in reversed(days[:-1]):
        in_a_row = text[day.end() : kept[0].start()].strip() != "," or len(kept) > 1
        if int(day[2]) >= int(kept[0][2]) or not in_a_row:
            break
        kept.insert(0, day)
    if len(kept) > 1 and _NUMBERED.search(text, max(0, kept[0].start() - 15), kept[0].start()):
        del kept[0]
    starts = [match.start() if day is days[0] else day.start() for day in kept]
    ends = [*(day.end() for day in kept[:-1]), part.end]
    return [
        replace(part, start=start, end=end, day=int(day[2]), weekday=(day[1] or "").lower())
        for day, start, end in zip(kept, starts, ends, strict=True)
    ]


def _in_periods(match: re.Match[str], part: Part) -> list[Part]:
    year, second = _two_years(match["of"] or match["of_"] or "")
    if match["quarter"]:
        doubt = None if second else "the quarter of a financial or of a calendar year"
        return [replace(part, year=year, month=_quarter(match["quarter"]), months=3, doubt=doubt)] if year else []
    month, months = _SEASONS[" ".join(match["season"].lower().split())]
    year = second if second and month < 9 else year  # the spring of 2022/23 is that of 2023
    return [replace(part, year=year, month=month, months=months)] if year or not match["of"] else []


def _in_years(match: re.Match[str], part: Part, years: bool) -> list[Part]:
    text, written, between = match.string, match["until"] or "", match["to"] or ""
    since, until = _two_years(f"{match['since']}/{written}")
    if since is None or _LAW_OF.search(text, max(0, part.start - 20), part.start) or _LAW.match(text, part.end):
        return []
    part = replace(part, year=since)
    if until is None:
        counts = _COUNTED.match(text, part.end) and not _LED_TO.search(text, max(0, part.start - 10), part.start)
        return [part] if part.share or (years and not counts) else []
    if until == since + 1:
        month, months = _YEARS.get((match["called"] or match["called_"] or "").lower(), (4, 12))
        month, months = (_quarter(match["its"]), 3) if match["its"] else (month, months)
        return [replace(part, month=month, months=months)]
    if since < until < since + 40 and (len(written) == 4 or " " not in between):
        return [replace(part, months=12 * (until - since + 1))]
    if between == "-" and len(written) == 2 and 1 <= int(written) <= 12:
        return [replace(part, known=7, month=int(written), months=1)]
    return []


def _quarter(written: str) -> int:
    return next(month for name, month in _QUARTERS.items() if name in written.lower())


def _two_years(written: str) -> tuple[int | None, int | None]:
    """The years of "2022/23", "22/23" or "2022-2023"; the second is None in "2022" or "'22"."""
    first, second, *_ = [*re.findall(r"\d+", written), "", ""]
    year = _full_year(first) if first else None
    if year is None or not second:
        return year, None
    if len(second) == 4:
        return year, int(second)
    return year, year + 1 if int(second) == (year + 1) % 100 else year - year % 100 + int(second)


def _full_year(written: str) -> int | None:
    """The year meant by four figures, or by two from 1990 to 2039."""
    number = int(written.lstrip("'’‘"))
    if number > 99:
        return number
    return number + 2000 if number < 40 else number + 1900 if number >= 90 else None
