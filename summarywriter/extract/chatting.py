"""Chats: which station each turn speaks of, by its first words, by who speaks, or by what was asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from summarywriter.chinese.text import Span, folded
from summarywriter.extract.naming import named_by
from summarywriter.extract.outline import Section, Sentence
from summarywriter.extract.sheet import Doing, Passage
from summarywriter.extract.thread import Thread, core_of
from summarywriter.extract.words import pattern

#: 建國（烤肉組）：, 08:12 阿德：.
_VOICE = re.compile(
    r"(?P<name>[^\s,。:;()0-9]{1,12})(?:\((?P<group>[^()]{1,8}?)(?:小?组|区|负责)?\))? *:? *$"
)


@dataclass(slots=True)
class Chat:
    """What each voice of a chat has been telling of.

    Attributes:
        own: The station that a voice told of last.
        asked: Whether the turn before asked for the station that is being told of.
    """

    own: dict[str, Doing] = field(default_factory=dict)
    asked: bool = False

    def turn(self, thread: Thread, section: Section, sentence: Sentence) -> bool:
        """Turn to what a turn speaks of; whether its first words name it.

        Args:
            thread: What is being told of.
            section: Where it stands: of a chat.
            sentence: The turn's first sentence.
        """
        voice, group = self._voice(thread.text, sentence)
        form = sentence.form.text
        topic = pattern("chat_topic").match(form)
        question = pattern("chat_question").search(form) is not None
        if topic is not None:
            self._open(thread, sentence, topic.span("thing"))
        elif group and (known := _called(thread, group)) is not None:
            thread.current = known
        elif group and voice not in self.own:
            span = sentence.span.start
            first = thread.text.rfind(group, thread.text.rfind("\n", 0, span) + 1, span)
            if first >= 0:
                thread.open(Passage(group, (Span(first, first + len(group)),)))
        elif not self.asked and voice in self.own:
            thread.current = self.own[voice]
        elif not self.asked and voice not in self.own and thread.whole is not None and not section.day:
            thread.current = thread.whole
        self.asked = question
        if voice and thread.current is not None and not question:
            self.own[voice] = thread.current
        return topic is not None

    def _open(self, thread: Thread, sentence: Sentence, span: tuple[int, int]) -> None:
        said = sentence.form.text[slice(*span)]
        known = _called(thread, said)
        if known is not None:
            thread.current = known
        else:
            thread.open(named_by(sentence, thread.text, *span))

    def _voice(self, text: str, sentence: Sentence) -> tuple[str, str]:
        """Who speaks a turn, and for which group."""
        start = sentence.span.start
        lead = folded(text[text.rfind("\n", 0, start) + 1 : start])
        match = _VOICE.search(lead)
        if match is None:
            return "", ""
        group = match["group"] or ""
        return match["name"], "" if pattern("duty").search(group) else group


def _called(thread: Thread, said: str) -> Doing | None:
    """The station that is called so, in full or by its first two characters."""
    form = folded(said)
    parts = [doing for doing in thread.sheet.activities if doing is not thread.whole]
    alike = [doing for doing in parts if _is_like(core_of(doing), form)]
    return alike[-1] if alike else None


def _is_like(name: str, said: str) -> bool:
    return bool(name) and (name in said or said in name or name[:2] == said[:2])
