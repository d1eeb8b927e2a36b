"""An installation that is not safe does not start, and says how to mend it."""

from pathlib import Path

import pytest

from followup.keys import KEY_FILE, KeyRing
from followup.settings import SETTINGS_FILE, Settings, SettingsError


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    KeyRing.generate().write(tmp_path)
    return tmp_path


def test_a_new_installation_listens_here_and_keeps_its_own_database(instance: Path) -> None:
    settings = Settings.load(instance, {})
    assert settings.database_url == f"sqlite:///{instance}/followup.sqlite3"
    assert not settings.is_https
    assert len(settings.secret_key) >= 32


def test_the_environment_wins_over_the_file(instance: Path) -> None:
    (instance / SETTINGS_FILE).write_text('base_url = "https://file.example"\nidle_minutes = 20\n')
    settings = Settings.load(instance, {"FOLLOWUP_BASE_URL": "https://environment.example"})
    assert (settings.base_url, settings.idle_minutes) == ("https://environment.example", 20)


@pytest.mark.parametrize(
    ("written", "environment", "says"),
    [
        ("", {"FOLLOWUP_SECRET_KEY": "dev"}, "för svag"),
        ("", {"FOLLOWUP_SECRET_KEY": "a" * 64}, "för svag"),
        ('base_url = "http://followup.example"', {}, "https"),
        ('database_url = "mysql://db/followup"', {}, "sqlite:/// eller postgresql://"),
        ("idle_minutes = 0", {}, "idle_minutes ska vara"),
        ('idle_minutes = "trettio"', {}, "fel slags värde"),
        ("trusted_proxies = -1", {}, "antalet egna proxyservrar"),
        ("trusted_proxies = true", {}, "fel slags värde"),
        ("debug = true", {}, "som inte finns"),
        ("base_url = ", {}, "går inte att läsa"),
        ('migration_database_url = "postgresql://owner@db/followup"', {}, "som tjänsten läser"),
        ("", {"FOLLOWUP_MIGRATION_DATABASE_URL": "postgresql://owner@db/followup"}, "gäller bara PostgreSQL"),
    ],
)
def test_an_unsafe_or_unreadable_setting_stops_the_start(
    instance: Path, written: str, environment: dict[str, str], says: str
) -> None:
    (instance / SETTINGS_FILE).write_text(written)
    with pytest.raises(SettingsError, match=says):
        Settings.load(instance, environment)


def test_a_missing_key_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="followup init"):
        Settings.load(tmp_path, {})


def test_a_key_file_that_others_can_read_is_refused(instance: Path) -> None:
    (instance / KEY_FILE).chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        Settings.load(instance, {})


@pytest.mark.parametrize(
    "content", ["", "[]", '{"active": "k1", "keys": {"k1": "kort"}}', '{"active": "k2", "keys": {}}']
)
def test_a_damaged_key_file_is_refused(instance: Path, content: str) -> None:
    (instance / KEY_FILE).write_text(content)
    with pytest.raises(SettingsError, match="skadad"):
        Settings.load(instance, {})


def test_secrets_do_not_show_in_an_error_report(instance: Path) -> None:
    addresses = {
        "FOLLOWUP_DATABASE_URL": "postgresql://service:hemligt@db/followup",
        "FOLLOWUP_MIGRATION_DATABASE_URL": "postgresql://owner:hemligt@db/followup",
    }
    settings = Settings.load(instance, addresses)
    assert "hemligt" not in repr(settings)
    assert settings.secret_key not in repr(settings)
    assert repr(settings.keys).count("k1") == 1


def test_an_existing_key_file_is_never_overwritten(instance: Path) -> None:
    before = (instance / KEY_FILE).read_bytes()
    with pytest.raises(FileExistsError):
        KeyRing.generate().write(instance)
    assert (instance / KEY_FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('base_url = "uppfoljning.example.se"', "ska vara adressen som användarna skriver"),
        ('base_url = "https://uppfoljning.example.se/finsam"', "utan sökväg"),
        ('base_url = "https://[fel"', "utan sökväg"),
        ('base_url = "https://a.example.se:port"', "utan sökväg"),
        ("base_url = https://a.example.se", "rad 1 är felskriven"),
        ("session_hours = true", "ett heltal utan citattecken"),
        ('database_url = "postgresql://followup:hemligt@localhost:port/followup"', "skrivs %40"),
        ('database_url = "sqlite:///"', "sluta med databasens namn"),
    ],
)
def test_what_is_misspelt_is_named_without_repeating_a_password(
    instance: Path, written: str, says: str
) -> None:
    (instance / SETTINGS_FILE).write_text(written)
    with pytest.raises(SettingsError, match=says) as refused:
        Settings.load(instance, {})
    assert "hemligt" not in str(refused.value)


def test_the_file_may_be_saved_by_notepad_and_the_address_end_with_a_slash(instance: Path) -> None:
    (instance / SETTINGS_FILE).write_text('base_url = "https://a.example.se/"', encoding="utf-8-sig")
    assert Settings.load(instance, {}).base_url == "https://a.example.se"


@pytest.mark.parametrize("name", [SETTINGS_FILE, KEY_FILE])
def test_a_file_that_cannot_be_opened_is_named(instance: Path, name: str) -> None:
    (instance / name).unlink(missing_ok=True)
    (instance / name).mkdir(mode=0o700)
    with pytest.raises(SettingsError, match=f"{name} går inte att läsa: det är en mapp"):
        Settings.load(instance, {})
