"""How the sheets of a batch are to be written: plain values, which any process can be handed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from summarywriter.errors import ModelConfigError
from summarywriter.messages import render
from summarywriter.verify.policy import DEFAULT, Policy

if TYPE_CHECKING:
    from summarywriter.chat import ChatModel
    from summarywriter.models.openai import OpenAIModel
    from summarywriter.writer import SummaryWriter

_NOT_WHAT_IS_WRITTEN = {"key_variable": None, "parallel": 0, "lang": "zh", "timeout": 0.0, "retries": 0}
"""Options that change how the work is done, and nothing of its result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Options of a batch.

    Attributes:
        formats: Formats of the files, of those that `summarywriter.render` writes.
        genre: Genre, where the sheets' own is not to hold.
        genre_folder: A folder of a user's genres.
        prompt_folder: A folder of a user's prompts.
        rounds: Critique-and-revise rounds.
        length: Ceiling in characters.
        script: Script of the finished texts.
        privacy: ``open`` or ``mask``.
        send_marked: Send sheets with secrecy markings or personal data to a remote service all the same.
        window: The model's context window in tokens.
        policy: What the house lets pass.
        draft: Mark the files as drafts.
        lang: Language of messages in the report.
        model: Name of the model at the service; without one the realiser writes.
        base_url: The service.
        key_variable: Environment variable that holds the key, where the writing is done.
        parallel: Requests under way at once, over all processes.
        timeout: Seconds for one attempt.
        retries: Further attempts after a fault that may pass.
    """

    formats: tuple[str, ...] = ("docx",)
    genre: str | None = None
    genre_folder: str | None = None
    prompt_folder: str | None = None
    rounds: int = 1
    length: int | None = None
    script: str | None = None
    privacy: Literal["open", "mask"] = "open"
    send_marked: bool = False
    window: int | None = None
    policy: Policy = DEFAULT
    draft: bool = False
    lang: str = "zh"
    model: str | None = None
    base_url: str | None = None
    key_variable: str | None = None
    parallel: int = 16
    timeout: float = 120.0
    retries: int = 3

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of all that decides what is written, this library's version included."""
        decisive = asdict(replace(self, **_NOT_WHAT_IS_WRITTEN))  # type: ignore[arg-type]
        return hashlib.sha256(
            json.dumps([version("summarywriter"), decisive], sort_keys=True).encode()
        ).hexdigest()

    def asked(self) -> OpenAIModel | None:
        """The model; ``None`` for the realiser alone.

        Raises:
            ModelConfigError: The key's variable is not set here, or the URL is none.
        """
        if self.model is None:
            return None
        from summarywriter.models.openai import OpenAIModel

        key = os.environ.get(self.key_variable) if self.key_variable else None
        if self.key_variable and not key:
            raise ModelConfigError(render("cli.no_key", lang=self.lang, variable=self.key_variable))
        return OpenAIModel(
            self.model, base_url=self.base_url, api_key=key, timeout=self.timeout, max_retries=self.retries
        )

    def writer(self, model: ChatModel | None) -> SummaryWriter:
        """A writer with these options.

        Raises:
            PromptError: The folder of prompts is none.
        """
        from summarywriter.writer import SummaryWriter

        return SummaryWriter(
            model,
            genre=self.genre,
            genre_folder=self.genre_folder,
            prompt_folder=self.prompt_folder,
            rounds=self.rounds,
            length=self.length,
            script=self.script,
            privacy=self.privacy,
            send_marked=self.send_marked,
            window=self.window,
            policy=self.policy,
        )
