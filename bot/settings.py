"""Environment variables and .env become Settings, or a sentence that says which one to mend."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BAD_SETTING = "The setting {name} cannot be used: {why}. Mend it in the environment or in the file .env."

BAD_ENCODING = "The file .env is not readable as text. Save it as UTF-8: in Notepad, with Save As and its Encoding."


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message says which, and where to mend it."""


class Settings(BaseSettings):
    """What the operator decides. Every field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    discord_token: SecretStr = SecretStr("")
    """The bot's token from Discord's developer portal; only `run` needs it."""
    content_dir: Path = Path()
    """The folder with faq.yaml and courses.yaml."""
    state_dir: Path = Path("state")
    """The folder for what the bot keeps between starts; it is made when it is needed."""
    staff_channel: str = ""
    """Name of the channel, without #, in which staff are told what is wrong in the two files."""
    answer_channels: Annotated[frozenset[str], NoDecode] = frozenset()
    """Names of channels and forums, without #, in which the bot answers without being addressed."""
    servers: Annotated[frozenset[int], NoDecode] = frozenset()
    """Ids of the Discord servers in which the bot stays; if there are any, it leaves all others."""
    message_content: bool = False
    """Use the privileged message-content intent, which must also be switched on in Discord's developer portal."""
    scheduled_events: bool = False
    """Show the live sessions of the next 14 days as scheduled events of the server."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def database(self) -> Path:
        """The file with all that people have set and that was sent."""
        return self.state_dir / "schoolbell.sqlite3"

    @field_validator("answer_channels", "servers", mode="before")
    @classmethod
    def _list(cls, value: object) -> object:
        """`ANSWER_CHANNELS=questions, #help` is two names."""
        if isinstance(value, str):
            return frozenset(name.strip().lstrip("#") for name in value.split(",") if name.strip())
        return value

    @field_validator("staff_channel", mode="before")
    @classmethod
    def _name(cls, value: object) -> object:
        return value.strip().lstrip("#") if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def read_settings() -> Settings:
    """Read the environment and the file .env of this folder; raises SettingsError."""
    try:
        return Settings()
    except UnicodeDecodeError:
        raise SettingsError(BAD_ENCODING) from None
    except ValidationError as error:
        sentences = [
            BAD_SETTING.format(name=str(one["loc"][0]).upper(), why=_why(one))
            for one in error.errors(include_input=False, include_url=False)
        ]
        raise SettingsError("\n".join(dict.fromkeys(sentences))) from None


def _why(error: ErrorDetails) -> str:
    """Say what to write. Never what was written, which may be a token in the wrong place."""
    if error["type"].startswith("bool"):
        return "write true or false"
    if error["type"].startswith("int"):
        return "write the numbers of the servers, separated by commas"
    if error["type"] == "literal_error":
        words = str(error["ctx"]["expected"]).replace("'", "")
        return f"write {words}"
    return error["msg"][:1].lower() + error["msg"][1:]
