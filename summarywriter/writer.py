"""The library's front door: facts in, a finished summary out, with a model or without one.

What drives a document to its model stands in `driver`. The stages are imported when a summary is written,
so that importing the class stays quick.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterable, AsyncIterator, Callable, Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from summarywriter.chat import ChatModel, TokenCounter
from summarywriter.errors import UngroundedError

if TYPE_CHECKING:
    from summarywriter.assemble import Checked
    from summarywriter.draft import Privacy
    from summarywriter.driver import Driver
    from summarywriter.facts.index import FactIndex
    from summarywriter.facts.model import EventFacts
    from summarywriter.flow import Answer, Wave, Waves
    from summarywriter.genres import Genre
    from summarywriter.many import Written
    from summarywriter.pins import PinnedText
    from summarywriter.plan import DocumentPlan
    from summarywriter.prompts import Prompts
    from summarywriter.summary import Summary, TraceEvent
    from summarywriter.tracing import TraceLog
    from summarywriter.verify import Policy


_ready = threading.Event()
"""Set once this process has realised and verified a document."""


class SummaryWriter:
    r"""Writes summaries.

    One writer may be used from several threads: between summaries it holds nothing but how long a token is.

    Args:
        model: Writes the prose; without one, the realiser does, from the same plan.
        genre: A genre or its name; before the sheet's own.
        genre_folder: A folder of a user's genres.
        prompt_folder: A folder of prompts that replace the shipped ones, one by one.
        rounds: Critique-and-revise rounds after the first drafts.
        length: Ceiling in characters.
        script: ``hans`` or ``hant``: convert the finished text, names and quotations excepted.
        strict: Raise where the finished summary still has errors.
        privacy: ``mask``: the model sees no figure, date, name or quotation, only their slots.
        send_marked: Send a sheet with secrecy markings or personal data to a remote endpoint all the same.
        window: The model's context window in tokens. A section that does not fit is realised.
        counter: Counts tokens for it; where none is given, an upper estimate that learns from the usage that
            the service tells.
        deadline: Seconds for one document. What is not answered by then is realised; ``None`` for no limit.
        policy: What the house lets pass (see `load_policy`); by default the rules' own severities hold.
        stream: Ask for replies piece by piece, where the model can, and tell ``on_event`` of each.
        on_event: Called with each step of the trace as it happens, and with live events (``answered``, and
            ``text`` with the characters so far) that the trace does not keep; from the thread that writes.

    Raises:
        PromptError: ``prompt_folder`` is no folder of prompts.

    Example:
        >>> from summarywriter import SummaryWriter, loads_facts
        >>> facts = loads_facts("標題: 讀書日活動總結\n活動: [{名稱: 讀書會, 數據: [參加 30人]}]")
        >>> "30人" in SummaryWriter().write(facts).text
        True
    """

    def __init__(
        self,
        model: ChatModel | None = None,
        *,
        genre: Genre | str | None = None,
        genre_folder: str | Path | None = None,
        prompt_folder: str | Path | None = None,
        rounds: int = 1,
        length: int | None = None,
        script: str | None = None,
        strict: bool = False,
        privacy: Privacy = "open",
        send_marked: bool = False,
        window: int | None = None,
        counter: TokenCounter | None = None,
        deadline: float | None = None,
        policy: Policy | None = None,
        stream: bool = False,
        on_event: Callable[[TraceEvent], None] | None = None,
    ) -> None:
        if rounds < 0:
            raise ValueError(f"rounds must not be negative: {rounds}")
        if script not in (None, "hans", "hant"):
            raise ValueError(f"script must be hans or hant: {script!r}")
        if privacy not in ("open", "mask"):
            raise ValueError(f"privacy must be open or mask: {privacy!r}")
        if deadline is not None and not deadline > 0:
            raise ValueError(f"deadline must be more than 0 s: {deadline}")
        self._model = model
        self._genre = genre
        self._genre_folder = genre_folder
        self._prompt_folder = prompt_folder
        self._length = length
        self._script = script
        self._strict = strict
        self._privacy = privacy
        self._send_marked = send_marked
        self._rounds = rounds
        self._window = window
        self._counter = counter
        self._deadline = deadline
        self._policy = policy
        self._stream = stream
        self._on_event = on_event
        self._prompts: dict[str, Prompts] = {}
        if prompt_folder is not None:  # a wrong folder is told here, not after the first minute of writing
            from summarywriter.prompts import Prompts

            Prompts(script="hant", folder=prompt_folder)

    def plan(self, facts: EventFacts) -> DocumentPlan:
        """Which section would tell what.

        Raises:
            EmptyFactsError: There is nothing to tell.
            GenreError: The genre does not exist, or its file is wrong.
        """
        from summarywriter.facts.index import FactIndex

        return self._plan(FactIndex.of(facts))

    def write(self, facts: EventFacts, *, pins: PinnedText | None = None) -> Summary:
        """Write one summary, blocking.

        Args:
            facts: The sheet.
            pins: An earlier version with passages that a person has pinned (`load_pins`): they stand in the
                new one as they are, in the place of what is written about the same facts.

        Raises:
            EmptyFactsError: There is nothing to tell.
            GenreError: The genre does not exist, or its file is wrong.
            PromptError: A prompt template is wrong.
            ModelConfigError: The model's endpoint refuses us for good.
            PrivacyError: The sheet is marked or holds personal data, and the model's endpoint is remote.
            UngroundedError: With ``strict``: errors are left.
        """
        if self._model is None:
            return self._realised(facts, pins)
        return self._driver(self._model).run(self.waves(facts, pins=pins))

    async def awrite(self, facts: EventFacts, *, pins: PinnedText | None = None) -> Summary:
        """As `write`, without blocking: the requests of a wave are awaited together."""
        if self._model is None:
            return self._realised(facts, pins)
        return await self._driver(self._model).arun(self.waves(facts, pins=pins))

    def waves(
        self, facts: EventFacts, *, pins: PinnedText | None = None
    ) -> Generator[Wave, tuple[Answer, ...], Summary]:
        """Write one summary with a driver of one's own.

        Args:
            facts: The sheet.
            pins: As of `write`.

        Yields:
            Requests to be answered together, and sent back in their order; none without a model.

        Returns:
            The summary.

        Raises:
            SummaryWriterError: As `write`.
        """
        if self._model is None:
            return self._realised(facts, pins)
        plan, index, log = self._started(facts)
        return self._finished((yield from self._flow(plan, index, log)), index, log, pins)

    def write_many(
        self, facts: Iterable[EventFacts] | AsyncIterable[EventFacts], *, limit: int = 8
    ) -> AsyncIterator[Written]:
        """Write many summaries, as they are asked for.

        Sheets are taken one by one, never more than ``limit`` ahead of what has been yielded: a source of
        any length may be given, and a slow consumer holds the model up rather than filling the memory.
        Leaving the loop (with ``aclose``) cancels what is under way.

        Args:
            facts: The sheets.
            limit: Summaries under way or waiting to be taken, at most.

        Yields:
            Each sheet with its summary, or with the error that it met, in the order of finishing.

        Raises:
            ModelConfigError: The model's endpoint refuses us for good.
        """
        from summarywriter.many import written

        return written(self.awrite, facts, limit=limit)

    def _realised(self, facts: EventFacts, pins: PinnedText | None) -> Summary:
        """Without a model: the realiser's summary."""
        plan, index, log = self._started(facts)
        return self._finished(_by_realiser(plan, index, self._policy), index, log, pins)

    def _started(self, facts: EventFacts) -> tuple[DocumentPlan, FactIndex, TraceLog]:
        from summarywriter.facts.index import FactIndex
        from summarywriter.tracing import TraceLog

        index = FactIndex.of(facts)
        if self._model is not None and hasattr(self._model, "endpoint") and not self._send_marked:
            from summarywriter.privacy import see_that_it_may_leave

            see_that_it_may_leave(index, self._model.endpoint)
        return self._plan(index), index, TraceLog(self._on_event)

    def _plan(self, index: FactIndex) -> DocumentPlan:
        from summarywriter.plan import make_plan

        return make_plan(index, self._genre, length=self._length, genre_folder=self._genre_folder)

    def _flow(self, plan: DocumentPlan, index: FactIndex, log: TraceLog) -> Waves:
        from summarywriter.draft import Brief
        from summarywriter.flow import Limits, flow
        from summarywriter.prompts import Prompts

        if self._deadline is not None and not _ready.is_set():
            # What the realiser and the verifier read from disk is read while there is time: once a process.
            _by_realiser(plan, index, self._policy)
            _ready.set()
        prompts = self._prompts.get(plan.script)
        if prompts is None:  # templates are compiled once for all summaries
            prompts = self._prompts[plan.script] = Prompts(script=plan.script, folder=self._prompt_folder)
        ceiling = getattr(self._model, "max_tokens", None)
        limits = Limits(self._rounds, self._window, self._counting(), ceiling=ceiling, policy=self._policy)
        shaped = bool(getattr(self._model, "shaped", False))
        return flow(Brief(plan, index, prompts, self._privacy, shaped), limits, log)

    def _counting(self) -> TokenCounter:
        """The counter given, else one that learns from document to document."""
        if self._counter is None:
            from summarywriter.budget import CorrectedTokens

            self._counter = CorrectedTokens()
        return self._counter

    def _driver(self, model: ChatModel) -> Driver:
        from summarywriter.driver import Driver

        return Driver(model, deadline=self._deadline, hears=self._on_event, stream=self._stream)

    def _finished(
        self, document: Checked, index: FactIndex, log: TraceLog, pins: PinnedText | None
    ) -> Summary:
        from summarywriter.assemble import summarise
        from summarywriter.messages import render

        if pins is not None and pins.spans:
            from summarywriter.pins import carry

            document = carry(document, index, pins, log, policy=self._policy)
        log.findings(document)
        name = self._model.name if self._model is not None else ""
        summary = summarise(document, document.plan, index, log.trace(name), script=self._script)
        if self._strict and summary.report.errors:
            first = summary.report.errors[0]
            message = render(
                "writer.ungrounded", lang="en", count=len(summary.report.errors), first=first.text
            )
            raise UngroundedError(message, summary.report)
        return summary


def _by_realiser(plan: DocumentPlan, index: FactIndex, policy: Policy | None) -> Checked:
    from summarywriter.assemble import check
    from summarywriter.draft import Parsed
    from summarywriter.realise import realise

    return check(plan, index, tuple(Parsed(draft) for draft in realise(plan, index)), policy=policy)
