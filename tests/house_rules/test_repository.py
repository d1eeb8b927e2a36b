"""What must never be kept in the repository: secrets, addresses of this or that machine, people."""

import re

from tests.house_rules.source import relative, text_files, tracked_files

# Written in pieces, so that this file does not hold what it looks for.
MACHINE_WORDS = [
    "/" + "root/",
    "/" + "home/",
    "/" + "Users/",
    "files.python" + "hosted.org",
    "pypi.org" + "/simple",
    "registry.npm" + "js.org",
    "deb.debian" + ".org",
    "BEGIN " + "PRIVATE KEY",
    "BEGIN RSA " + "PRIVATE KEY",
    "BEGIN OPENSSH " + "PRIVATE KEY",
]
WEAK = re.compile(
    r"""(?i)(secret_key|password|api_key|token)\w*["']?\s*[:=]\s*["'](dev|secret|changeme|password)["']"""
)
STUBS = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error"]))
# A date, perhaps a separator, four digits: how a Swedish personal identity number is written.
PERSONNUMMER = re.compile(r"(?<![\d.])(?:19|20)?(\d{2})(\d{2})(\d{2})[-+]?(\d{4})(?![\d.])")
# Skatteverket's published test numbers use the last four digits 2380–2399 and 9800–9999.
TEST_SERIES = re.compile(r"(238|239|98\d|99\d)\d")
FOREIGN = ("followup/web/static/", "requirements")


def is_ours(name: str) -> bool:
    return not name.startswith(FOREIGN) and not name.endswith(".svg")


def checksum_holds(digits: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def looks_like_a_person(match: re.Match[str]) -> bool:
    _year, month, day, last = match.groups()
    is_date = 1 <= int(month) <= 12 and (1 <= int(day) <= 31 or 61 <= int(day) <= 91)
    return is_date and checksum_holds("".join(match.groups())) and not TEST_SERIES.fullmatch(last)


def test_no_file_names_a_machine_or_holds_a_key() -> None:
    found = [
        f"{relative(path)}: {word}"
        for path, text in text_files()
        for word in MACHINE_WORDS
        if word in text and not relative(path).startswith("followup/web/static/")
    ]
    assert not found


def test_no_weak_secret_stands_in_the_code() -> None:
    found = [
        f"{relative(path)}: {match[0]}"
        for path, text in text_files()
        if is_ours(relative(path)) and not relative(path).startswith("tests/")
        for match in WEAK.finditer(text)
    ]
    assert not found


def test_nothing_is_left_for_later() -> None:
    found = [
        f"{relative(path)}: {match[0]}"
        for path, text in text_files()
        if relative(path).startswith(("followup/", "templates/", "migrations/")) and is_ours(relative(path))
        for match in STUBS.finditer(text)
    ]
    assert not found


def test_no_identity_number_outside_the_test_series() -> None:
    found = [
        f"{relative(path)}: {match[0]}"
        for path, text in text_files()
        if is_ours(relative(path))
        for match in PERSONNUMMER.finditer(text)
        if looks_like_a_person(match)
    ]
    assert not found


def test_lock_files_hold_hashes_and_no_address() -> None:
    locks = [path for path in tracked_files() if path.name.startswith("requirements")]
    assert {path.name for path in locks} == {"requirements.lock", "requirements-test.lock"}
    for lock in locks:
        text = lock.read_text()
        assert "://" not in text
        assert "--index" not in text
        packages = re.findall(
            r"^[a-z0-9-]+(?:\[[^]]*\])?==\S+[^\\\n]*\\\n( +--hash=sha256:)", text, re.MULTILINE
        )
        assert len(packages) == len(re.findall(r"^[a-z0-9-]+(?:\[[^]]*\])?==", text, re.MULTILINE))


def test_test_lock_agrees_with_the_lock() -> None:
    pinned = re.compile(r"^([a-z0-9-]+(?:\[[^]]*\])?==\S+)", re.MULTILINE)
    by_name = {
        path.name: set(pinned.findall(path.read_text())) for path in tracked_files() if path.suffix == ".lock"
    }
    assert by_name["requirements.lock"] <= by_name["requirements-test.lock"]


def test_the_installation_folder_is_never_kept() -> None:
    assert not [path for path in tracked_files() if relative(path).startswith(("instance/", ".venv/"))]
