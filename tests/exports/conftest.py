from tests.statistics.conftest import director, report, report_app

__all__ = ["director", "report", "report_app"]
