"""Environment variables and .env become Settings, or a sentence that says what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """What the operator decides. Every field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    discord_token: SecretStr = SecretStr("")
    content_dir: Path = Path()
    answer_channels: Annotated[frozenset[str], NoDecode] = frozenset()
    """Names of channels and forums, without #, in which the bot answers without being addressed."""
    message_content: bool = False
    """Use the privileged message-content intent, which must also be switched on in Discord's developer portal."""
    log_level: str = "INFO"

    @field_validator("answer_channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """`ANSWER_CHANNELS=questions, #help` is two names."""
        if isinstance(value, str):
            return frozenset(name.strip().lstrip("#") for name in value.split(",") if name.strip())
        return value
