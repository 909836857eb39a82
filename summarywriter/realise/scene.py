"""What is known of one activity, sorted for telling, and what its name says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from summarywriter.chinese.datevalues import DatePoint
from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.facts.model import Status
from summarywriter.lexicon import split_label, table, verb
from summarywriter.realise.frames import Frame, is_people
from summarywriter.realise.voice import Pieces, Voice, begins, folded_words


@dataclass(slots=True)
class Scene:
    """One activity.

    Attributes:
        name: Its name's fact.
        date: Its date's fact, if any.
        hour: Its time of day's fact, where the sheet gives no day with it.
        place: Its place's fact, if any.
        theme: Its own theme's fact, if any.
        hosts: Organisers who hold it.
        joining: Organisers who take part, support, guide.
        people: People with a role.
        details: Free-text facts.
        blank: Free-text facts that hold no word, only marks: nothing of them can be printed.
        quotes: Quotations not told inside a detail.
        figures: Frames of its figures.
        titled: Whether its name stands in the heading right above, and is not said again.
    """

    name: Fact
    date: Fact | None = None
    hour: Fact | None = None
    place: Fact | None = None
    theme: Fact | None = None
    hosts: list[Fact] = field(default_factory=list)
    joining: list[Fact] = field(default_factory=list)
    people: list[Fact] = field(default_factory=list)
    details: list[Fact] = field(default_factory=list)
    blank: list[Fact] = field(default_factory=list)
    quotes: list[Fact] = field(default_factory=list)
    figures: list[Frame] = field(default_factory=list)
    titled: bool = False

    @property
    def planned(self) -> bool:
        """Whether it has not been done yet."""
        return self.name.status is Status.PLANNED

    @property
    def day(self) -> DatePoint | None:
        """The day it began, where the sheet gives one."""
        value = self.date.date if self.date else None
        return value.start if value is not None and value.start.day is not None else None

    @property
    def undone(self) -> bool:
        """Whether it is planned or still under way."""
        return self.name.status is not Status.DONE

    @property
    def brief(self) -> bool:
        """Whether it took a day or less, as far as its facts say."""
        value = self.date.date if self.date else None
        return value is None or (value.end is None and value.start.day is not None)


def event_entry(name: str) -> dict[str, Any]:
    """The lexicon's entry for an activity by its name's ending; ``known`` says if one was found."""
    text = folded(name).partition("暨")[0].rstrip("”》）)")
    endings = {folded(key): value for key, value in table("events")["endings"].items()}
    best = max((key for key in endings if text.endswith(key)), key=len, default="")
    if text.endswith(folded_words("slogan_tails")) and best != "行动":
        return {**table("events")["default"], "known": False}  # 急救知識進課堂 is no 課堂
    if best:
        return {**endings[best], "known": True}
    if _ends_in_doing(text):
        return {**table("events")["doing"], "known": True}
    return {**table("events")["default"], "known": False}


_DOING = 2  # characters of a verb that ends a name as a noun


def _ends_in_doing(text: str) -> bool:
    """Whether a name ends in a verb that stands as a noun (網箱清退, 短劇拍攝): 開展 it, with no 活動."""
    tail = text[-_DOING:]
    return len(text) > _DOING + 1 and (
        tail in folded_words("doings") or (verb(tail) is not None and tail not in folded_words("no_doings"))
    )


def short_noun(name: str) -> str:
    """The noun that a name ends with (防汛應急演練 → 演練), or nothing."""
    text = folded(name).rstrip("”》）)")
    endings = [key for key in table("events")["endings"] if text.endswith(folded(key))]
    size = max(map(len, endings), default=0)
    return name[len(text) - size : len(text)] if size > 1 and len(text) > size else ""


def is_clause(name: str) -> bool:
    """Whether a name is a clause that holds its own verb of doing: 組織黨員清掃街道, 衛生院開展義診."""
    text = folded(name)
    if text.startswith(folded_words("not_clauses")):
        return False
    if text.startswith(folded_words("clause_openers")):
        return True
    return any(0 < text.find(word) < len(text) - len(word) for word in folded_words("clause_verbs"))


def is_verbal(name: str) -> bool:
    """Whether a name is a verb and its object (宣講科普知識), not a noun (啟動儀式, 頭盔進校園)."""
    if is_clause(name):
        return True
    text = folded(name).rstrip("”》）)")
    if text.endswith(folded_words("slogan_tails")) or _ends_in_doing(text):
        return False
    action, rest = split_label(name)
    return bool(action and action[1:] and rest) and not event_entry(name)["known"]


def is_subjectless(text: str) -> bool:
    """Whether a clause shows, by its first word, that it has no subject of its own."""
    action, rest = split_label(text)
    if action and action[1:] and rest and not folded(rest).startswith(folded_words("acts_not")):
        return True
    if begins(text, "subjectless"):
        return True
    act = next((word for word in folded_words("acts") if folded(text).startswith(word)), "")
    return bool(act) and not folded(text)[len(act) :].startswith(folded_words("acts_not"))


def is_topical(name: str) -> bool:
    """Whether quotations of an activity of this name are its topics (講座, 培訓 …)."""
    return any(word in folded(name) for word in folded_words("topical"))


def is_blank(fact: Fact) -> bool:
    """Whether a free text holds only marks (「，」), and nothing that could be told."""
    return not any(char.isalnum() for char in fact.text)


def is_hour(fact: Fact) -> bool:
    """Whether a date is a time of day with no day (晚上7時); 每周三 is a day that comes back."""
    value = fact.date
    bare = value is not None and value.start.is_empty and value.end is None and not value.more
    return bare and not begins(fact.text, "recurring")


def is_outcome(text: str) -> bool:
    """Whether a clause says what came of an activity (高二(5)班奪冠), not how it went."""
    return any(word in folded(text) for word in folded_words("outcomes"))


def is_title(quote: Fact) -> bool:
    """Whether a quotation is the title of a work, not a slogan."""
    return quote.text.lstrip().startswith(("《", "〈"))


#: 錄音整理, 設備調試: so short, a text with its verb at the end, or with none, names a deed.
_SHORT, _LONGER = 6, 8


def _names_a_deed(text: str) -> bool:
    """Whether a free text is a noun for what is done, and no clause that says itself that it goes on."""
    if any(word in folded(text) for word in folded_words("ongoing_openers")):
        return False  # 結果正在公示
    if len(text) <= _SHORT:
        return True
    return len(text) <= _LONGER and (verb(text[-2:]) is not None or is_subjectless(text[-2:]))


def status_said(voice: Voice, scene: Scene, status: Status, body: Pieces, text: str = "") -> Pieces:
    """擬 before what is planned, 正在 before what is under way, unless its activity said so already."""
    if status is scene.name.status or status is Status.DONE:
        return body
    if status is Status.PLANNED:
        by = any(is_people(text[:size]) for size in (2, 3, 4))  # 計劃由專家解答疑難
        planned = voice.say("計劃由" if by else "計劃")
        return body if begins(text, "planned_openers") else (planned, *body)
    if begins(text, "ongoing_openers"):
        return body
    if not text or is_subjectless(text):
        return (voice.say("正在"), *body)
    return (voice.say("正在進行"), *body) if _names_a_deed(text) else body
