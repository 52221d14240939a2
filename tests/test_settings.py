"""Settings are read as people write them, and a bad one is named with what to write instead."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings


@pytest.fixture(autouse=True)
def _no_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "write"),
    [
        ("MESSAGE_CONTENT", "maybe", "write true or false."),
        ("MESSAGE_CONTENT", "", "write true or false."),
        ("LOG_LEVEL", "loud", "write DEBUG, INFO, WARNING or ERROR."),
        ("SERVERS", "our school, 12x", "write the numbers of the servers, separated by commas."),
    ],
)
def test_a_bad_setting_is_told_with_what_to_write(
    name: str, value: str, write: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert str(error.value) == (
        f"The setting {name} cannot be used: {write} Mend it in the environment or in the file .env."
    )


def test_every_bad_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MESSAGE_CONTENT", "maybe")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(SettingsError, match=r"MESSAGE_CONTENT.*\n.*LOG_LEVEL"):
        read_settings()


def test_small_letters_and_hash_signs_are_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")
    monkeypatch.setenv("MESSAGE_CONTENT", "yes")
    monkeypatch.setenv("ANSWER_CHANNELS", "questions, #help")
    monkeypatch.setenv("SERVERS", "1456074443980800010, 12")
    settings = read_settings()
    assert (settings.log_level, settings.message_content) == ("DEBUG", True)
    assert settings.answer_channels == {"questions", "help"}
    assert settings.servers == {1456074443980800010, 12}


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_an_env_file_in_another_encoding_is_told_with_what_to_do(encoding: str) -> None:
    Path(".env").write_bytes("STAFF_CHANNEL=größe\n".encode(encoding))  # as PowerShell's echo and old editors write it
    with pytest.raises(SettingsError, match=r"The file \.env .* Save it as UTF-8"):
        read_settings()


def test_an_env_file_from_windows_is_read() -> None:
    Path(".env").write_bytes(b"\xef\xbb\xbfSTAFF_CHANNEL=staff\r\n")
    assert read_settings().staff_channel == "staff"
