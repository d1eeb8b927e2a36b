"""How long the annual package of six teams takes, and what memory it needs.

    .venv/bin/python -m benchmarks.files

The demo's last whole year, in a process of its own: protected, then written in every format and signed, the
first time and when everything is loaded. Processor seconds, and the highest memory of the whole process.
Goals: below 3 s warm and below 350 MB.
"""

import resource
import time
from statistics import median

from benchmarks.running import demo_installation
from followup.access.scope import Scope
from followup.db import Database
from followup.exports.package_file import write_package
from followup.exports.publication import Publication
from followup.exports.service import prepare
from followup.keys import KeyRing
from followup.organisation.queries import associations
from followup.settings import Settings
from followup.statistics.service import DISCLOSURE_KEY, association_statistics
from followup.statistics.standing import latest_complete_year

ROUNDS = 5


def highest_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(publication: Publication, keys: KeyRing) -> float:
    started = time.process_time()
    write_package(publication, keys)
    return time.process_time() - started


def main() -> None:
    with demo_installation() as instance:
        settings = Settings.load(instance)
        database = Database(settings.database_url)
        with database.session() as session:
            scope = Scope.of_command(associations(session)[0].id, set())
            year = latest_complete_year(session, scope)
            started = time.process_time()
            statistics = association_statistics(
                session=session, scope=scope, period=year, key=settings.keys.derive(DISCLOSURE_KEY)
            )
            print(f"protecting {year.label}:       {time.process_time() - started:6.2f} s")
            publication = prepare(statistics=statistics, scope=scope)
        print(f"memory before writing: {highest_memory():6.0f} MB")
        print(f"package, first time:   {seconds(publication, settings.keys):6.2f} s")
        warm = median(seconds(publication, settings.keys) for _ in range(ROUNDS))
        print(f"package, warm:         {warm:6.2f} s")
        print(f"highest memory:        {highest_memory():6.0f} MB")
        database.engine.dispose()


if __name__ == "__main__":
    main()
