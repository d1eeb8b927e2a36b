"""What τ-Argus hides, asked in a process of its own: it crashes in threads, and is no part of the product.

`pytauargus` is installed into an environment that is thrown away afterwards. It protects one table with
all its totals told, so only such tables can be held against it.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from venv import EnvBuilder

from followup.disclosure import TOTAL, CountTable
from followup.disclosure.cells import Codes, _read

# Fewer than this many people are unsafe; of protection their whole number is asked, the most that it offers.
ASKED = """
import json, sys, tempfile
from time import process_time
from pytauargus.protect import protect
answers = []
for axes, least, people in json.load(sys.stdin):
    columns = {axis: [] for axis in axes} | {"one": []}
    for *codes, number in people:
        for axis, code in zip(axes, codes):
            columns[axis] += [code] * number
        columns["one"] += [1] * number
    start = process_time()
    with tempfile.TemporaryDirectory() as folder:
        result = protect(
            columns, tables=axes, response="one", safety_rules=f"FREQ({least},100)", workdir=folder
        )
        rows = result.tables[0].rows
    hidden = [[row[axis] for axis in axes] for row in rows if row["status"] in "UM"]
    answers.append([process_time() - start, hidden])
json.dump(answers, open(sys.argv[1], "w"))
"""


def hidden_by_argus(tables: Sequence[CountTable], least: int) -> list[tuple[float, set[Codes]]]:
    """For each table the seconds of the processor and the codes of the cells that it hides.

    Raises CalledProcessError when it cannot be installed or fails.
    """
    questions = []
    for table in tables:
        inner = [(codes, count) for codes, (_, count) in _read(table).cells.items() if TOTAL not in codes]
        questions.append([[axis.name for axis in table.axes], least, [[*c, number] for c, number in inner]])
    with TemporaryDirectory(prefix="followup-argus-") as folder:
        EnvBuilder(with_pip=True).create(folder)
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        answers = Path(folder) / "answers.json"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pytauargus"], check=True)
        subprocess.run(
            [python, "-c", ASKED, answers],
            input=json.dumps(questions),
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        found = json.loads(answers.read_text(encoding="utf-8"))
    return [
        (spent, {tuple(TOTAL if code == "Total" else code for code in codes) for codes in hidden})
        for spent, hidden in found
    ]
