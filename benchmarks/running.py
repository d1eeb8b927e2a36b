"""An installation and a server of their own, in a temporary folder, for the other benchmarks."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

ROOT = Path(__file__).parents[1]
GRANIAN = Path(sys.executable).with_name("granian")
FOLLOWUP = Path(sys.executable).with_name("followup")
SERVE = [
    "--interface",
    "wsgi",
    "--workers",
    "1",
    "--blocking-threads",
    "4",
    "--no-ws",
    "--log-level",
    "error",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo_installation() -> Iterator[Path]:
    with TemporaryDirectory(prefix="followup-benchmark-") as folder:
        instance = Path(folder) / "instance"
        subprocess.run(
            [FOLLOWUP, "--instance", instance, "init", "--demo"], check=True, stdout=subprocess.DEVNULL
        )
        yield instance


@contextmanager
def serving(target: str, environ: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Granian as script/server starts it; gives the process and its port at once, answering or not."""
    port = free_port()
    command = [str(GRANIAN), *SERVE, "--host", "127.0.0.1", "--port", str(port), target]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environ)
    try:
        yield process, port
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_until_it_answers(port: int, path: str = "/halsa", patience: float = 30) -> float:
    """Seconds until the server answers."""
    start = time.perf_counter()
    while time.perf_counter() - start < patience:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return time.perf_counter() - start
        except ConnectionError:
            time.sleep(0.005)
    raise TimeoutError(f"nothing answers on port {port}")


class Visitor:
    """Keeps one connection and its cookies, as a browser does."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.read().decode()

    def sign_in(self, instance: Path, address: str) -> None:
        password = (instance / "demo.txt").read_text(encoding="utf-8").rsplit(":", 1)[1].strip()
        _, html = self.ask("GET", "/logga-in")
        fields = hidden_fields(html) | {"email": address, "password": password}
        status, _ = self.ask("POST", "/logga-in", fields)
        if status != 302:
            raise RuntimeError(f"signing in as {address} gave {status}")


def hidden_fields(html: str) -> dict[str, str]:
    """What the page's forms send unseen."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "hidden":
            found[attributes["name"]] = unescape(attributes.get("value", ""))
    return found


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]
