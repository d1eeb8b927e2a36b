"""The real server in a process of its own, and a visitor, for what a test client cannot tell."""

import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.infrastructure.forms import find_form

ROOT = Path(__file__).parents[2]
# As in script/server.
SPARING = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "131072", "OPENBLAS_NUM_THREADS": "1"}
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


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[bytes]
    port: int

    def family(self) -> list[int]:
        """The server's process and those it started (Linux)."""
        return _family(self.process.pid)

    def kill(self) -> None:
        """As a power cut does: nobody gets to finish anything."""
        for pid in self.family():
            os.kill(pid, signal.SIGKILL)
        self.process.wait(timeout=10)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in _family(int(child)))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    target: str = "followup.wsgi:application",
    *,
    largest_file: int | None = None,
    folder: Path = ROOT,
    **environ: str,
) -> Iterator[Running]:
    """Granian as script/server starts it; gives the process at once, answering or not.

    `largest_file` in bytes: no file can grow past it, as when the disk is full.
    """
    port = free_port()
    granian = Path(sys.executable).with_name("granian")
    command = [str(granian), *SERVE, "--host", "127.0.0.1", "--port", str(port), target]
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (largest_file or resource.RLIM_INFINITY,) * 2)
    process = subprocess.Popen(command, cwd=folder, env=os.environ | SPARING | environ, preexec_fn=limit)
    try:
        yield Running(process, port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:  # a worker in the middle of something long
            Running(process, port).kill()


def wait_until_it_answers(port: int, path: str = "/halsa", patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        try:
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return
        except ConnectionError:
            time.sleep(0.005)
        finally:
            connection.close()
    raise TimeoutError(f"nothing answers on port {port}")


class Visitor:
    """Keeps one connection and its cookies, as a browser does."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def move_to(self, port: int) -> None:
        """The server has started again on another port; the session goes on."""
        self.connection.close()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.read().decode()

    def submit(self, path: str, **fields: str) -> tuple[int, str]:
        """Open the page, fill in its form and send it."""
        status, page = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path} gave {status}")
        return self.send(path, page, **fields)

    def send(self, path: str, page: str, **fields: str) -> tuple[int, str]:
        form = find_form(page)
        return self.ask("POST", form.action or path, form.values | fields)

    def sign_in(self, address: str, password: str) -> None:
        status, _ = self.submit("/logga-in", email=address, password=password)
        if status != 302:
            raise RuntimeError(f"signing in as {address} gave {status}")
