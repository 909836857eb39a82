"""The front door to taking facts out of old text, with a model's help or without."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from summarywriter.chat import ChatModel, TokenCounter

if TYPE_CHECKING:
    from summarywriter.extract import Extraction
    from summarywriter.extract.flow import Waves


class Extractor:
    r"""Takes facts out of texts.

    Holds no state between texts.

    Args:
        model: Places the values; without one, headings, sentences and clauses do.
        prompt_folder: A folder of prompts that replace the shipped ones, one by one.
        rounds: Revisions of what was refused or left over.
        window: The model's context window in tokens. What does not fit is placed without the model.
        counter: Counts tokens for it; estimated upwards where none is given.
        deadline: Seconds for the whole text; what is not answered by then is placed without the model.

    Example:
        >>> from summarywriter.extractor import Extractor
        >>> (taken,) = Extractor().extract("讀書日小結\n4月23日，在圖書館舉辦讀書會，30人參加。")
        >>> [figure.value.text for figure in taken.sheet.activities[0].figures]
        ['30人']
    """

    def __init__(
        self,
        model: ChatModel | None = None,
        *,
        prompt_folder: str | Path | None = None,
        rounds: int = 1,
        window: int | None = None,
        counter: TokenCounter | None = None,
        deadline: float | None = None,
    ) -> None:
        if rounds < 0:
            raise ValueError(f"rounds must not be negative: {rounds}")
        self._model = model
        self._prompt_folder = prompt_folder
        self._rounds = rounds
        self._window = window
        self._counter = counter
        self._deadline = deadline

    def extract(self, text: str) -> tuple[Extraction, ...]:
        """Take the facts out of a text, blocking.

        Returns:
            One extraction a piece that the text holds.

        Raises:
            PromptError: A prompt template is wrong.
            ModelConfigError: The model's endpoint refuses us for good.
        """
        if self._model is None:
            from summarywriter.extract import extract

            return extract(text)
        from summarywriter.driver import Driver

        return Driver(self._model, deadline=self._deadline).run(self._flow(text, self._model))

    async def aextract(self, text: str) -> tuple[Extraction, ...]:
        """As `extract`, without blocking: the requests of a wave are awaited together."""
        if self._model is None:
            return self.extract(text)
        from summarywriter.driver import Driver

        return await Driver(self._model, deadline=self._deadline).arun(self._flow(text, self._model))

    def _flow(self, text: str, model: ChatModel) -> Waves:
        from summarywriter.budget import EstimatedTokens
        from summarywriter.chinese.script import Script, detect_script
        from summarywriter.extract.flow import Limits, extract_flow
        from summarywriter.prompts import Prompts

        script = detect_script(text[:20_000]) or Script.HANT
        prompts = Prompts(script=script.value, folder=self._prompt_folder)
        limits = Limits(self._rounds, self._window, self._counter or EstimatedTokens())
        return extract_flow(text, prompts, limits, model=model.name)
