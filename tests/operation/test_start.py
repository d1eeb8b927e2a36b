"""`script/server` makes a made-up förbund only where nobody can have meant a real one."""

import os
import subprocess
from pathlib import Path

from followup.places import PACKAGE

SERVER = PACKAGE.parent / "script" / "server"


def test_a_folder_with_settings_but_no_keys_is_not_filled_with_a_made_up_forbund(tmp_path: Path) -> None:
    (tmp_path / "followup.toml").write_text('base_url = "https://uppfoljning.example.se"\n')
    answer = subprocess.run(
        [SERVER, "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"FOLLOWUP_INSTANCE": str(tmp_path)},
    )
    assert answer.returncode == 1
    assert f"Det finns ingen installation i {tmp_path}" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["followup.toml"]
