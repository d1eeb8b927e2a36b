"""What a team can take in, what comes in, and what it would take to hold a target.

Unit of rates: per week. Unit of times: weeks. Functions return None where there is no answer, for
example a queue that is never cleared; no function divides by zero.

Sources: Fong, Mushtaq, House, Gordon, Chen, Griffths, Ahmad & Walton 2022, medRxiv
10.1101/2022.08.23.22279117 (targets, relief and pressure); Little 1961 (queue = rate · wait); Erlang
1917 (probability of waiting); Allen 1990 (the Allen–Cunneen correction for uneven stays).
"""

from math import log

WEEKS_IN_YEAR = 52


def load(arrivals: float, capacity: float) -> float | None:
    """What comes in as a share of what can start; above 1 the queue grows. None without capacity."""
    return arrivals / capacity if capacity > 0 else None


def clearance_weeks(waiting: int, starts: float) -> float | None:
    """Weeks until today's queue has started if nobody joins; None if nobody starts. Empty queue: 0."""
    if waiting == 0:
        return 0.0
    return waiting / starts if starts > 0 else None


def target_factor(share_over_target: float) -> float:
    """F: how many mean waits the target must be, for only this share (0–1, open) to wait longer."""
    if not 0 < share_over_target < 1:
        raise ValueError("the share allowed over the target lies between 0 and 1")
    return -log(share_over_target)


def target_mean_wait(target: float, factor: float = 4) -> float:
    """The mean wait, in weeks, at which the target holds; factor 4 lets 1.8 % wait longer."""
    return target / factor


def target_queue(arrivals: float, target: float, factor: float = 4) -> float:
    """How many may wait for the target to hold."""
    return arrivals * target_mean_wait(target, factor)


def relief_capacity(arrivals: float, waiting: float, queue_wanted: float, weeks: float = 26) -> float:
    """Starts per week that bring the queue to `queue_wanted` in `weeks`."""
    return arrivals + (waiting - queue_wanted) / weeks


def target_capacity(
    arrivals: float, target: float, factor: float = 4, cv_demand: float = 1, cv_capacity: float = 1
) -> float:
    """Starts per week that hold the target once it is reached; cv = standard deviation ÷ mean."""
    return arrivals + (cv_demand**2 + cv_capacity**2) / 2 * factor / target


def pressure(mean_wait: float, target: float) -> float:
    """Above 1: under pressure. The factor 2 is disputed upstream; show the figure only with that note."""
    return 2 * mean_wait / target


def places_needed(arrivals: float, stay: float) -> float:
    """Places that take care of what comes in when a stay lasts `stay` weeks (Little)."""
    return arrivals * stay


def starts_per_week(places: float, stay: float) -> float | None:
    """Starts that full places allow: one whenever a place falls free. None for a stay of no length."""
    return places / stay if stay > 0 else None


def weeks_between_starts(places: float, stay: float) -> float | None:
    """How often a place falls free when all are taken; None without places."""
    return stay / places if places > 0 else None


def probability_of_waiting(offered: float, places: int) -> float | None:
    """Erlang C: the share that must wait. `offered` = arrivals · stay. None when load ≥ 1."""
    if offered >= places:
        return None
    blocked = 1.0
    for place in range(1, places + 1):
        blocked = offered * blocked / (place + offered * blocked)
    return blocked / (1 - offered / places * (1 - blocked))


def steady_wait(arrivals: float, stay: float, places: int, cv_squared: float = 1) -> float | None:
    """Mean wait in weeks in the long run, Allen–Cunneen; None where the queue grows without end.

    `cv_squared` is the squared coefficient of variation of the stay. Above a load of about 0.93 the
    long run is so far away that the figure misleads; simulate from today's queue instead.
    """
    waiting = probability_of_waiting(arrivals * stay, places)
    if waiting is None:
        return None
    return waiting * stay / (places - arrivals * stay) * (1 + cv_squared) / 2
