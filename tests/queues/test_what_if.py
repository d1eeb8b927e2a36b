"""What a change of the team means in rates and weeks, and the pace it starts from."""

from datetime import date, timedelta

import pytest

from followup.periods import Month, Week
from followup.queues.pace import pace
from followup.queues.passages import Passage, passages_in_weeks
from followup.queues.series import series
from followup.queues.simulation import Change
from followup.queues.what_if import Vacancy, WhatIf, compare, seed_of
from tests.queues import q2

NOW = Week.of(q2.LAST)
weeks = series(
    passages_in_weeks((Week.of(a), Week.of(s) if s else None, None) for a, s, _ in q2.ROWS),
    Week(2024, 1).ordinal,
    NOW.ordinal,
)


def test_the_pace_of_the_example_is_per_week_of_the_days_that_have_gone():
    found = pace(weeks, q2.LAST)
    assert (found.joined.count, found.started.count, found.waiting) == (24, 15, 9)
    assert found.joined.exposure == pytest.approx(q2.WEEKS)
    assert found.joined.rate == pytest.approx(0.55082, abs=5e-6)
    assert not found.differs


def test_the_pace_is_that_of_the_latest_year_alone():
    first, last = Week(2022, 1), Week(2024, 24)
    passages = [Passage(first.ordinal, first.ordinal), Passage(last.ordinal, last.ordinal)]
    found = pace(series(passages, first.ordinal, last.ordinal), date(2024, 6, 12))
    assert (found.joined.count, found.started.count) == (1, 1)
    assert found.joined.exposure == pytest.approx(51 + 3 / 7)
    assert not found.supports_forecast


def test_a_queue_that_only_grows_differs_from_chance():
    passages = [Passage(NOW.ordinal - place) for place in range(12)]
    assert pace(series(passages, NOW.ordinal - 51, NOW.ordinal), q2.LAST).differs


def test_nothing_imagined_changes_nothing():
    assert WhatIf().change(NOW) == Change()


def test_a_colleague_brings_places_and_places_bring_starts():
    change = WhatIf(colleagues=1, places_per_colleague=26, stay=52).change(NOW)
    assert change.extra_starts == pytest.approx(0.5)
    assert WhatIf(colleagues=-0.5, places_per_colleague=26, stay=52).change(NOW).extra_starts == -0.25


def test_shorter_stays_turn_places_over_faster():
    assert WhatIf(stay=52, stay_change=-12).change(NOW).start_factor == pytest.approx(1.3)
    assert WhatIf(stay=10, stay_change=-50).change(NOW).start_factor == 10


def test_a_vacancy_takes_its_share_of_the_weeks_of_its_months():
    vacancy = Vacancy(first=Month(2024, 12), last=Month(2024, 12), share=0.5)
    calendar = WhatIf(vacancy=vacancy).change(Week(2024, 48)).calendar
    # Weeks 49–52 have their Thursday in December; week 1 of 2025 has it in January.
    assert calendar[:6] == (0.5, 0.5, 0.5, 0.5, 1, 1)
    assert len(calendar) == 104


def test_a_stop_comes_back_every_year_also_when_a_year_has_53_weeks():
    calendar = WhatIf(stop=(28, 31)).change(Week(2026, 27)).calendar
    assert calendar[:5] == (0, 0, 0, 0, 1)
    assert calendar.count(0) == 8
    assert calendar[53:57] == (0, 0, 0, 0)


def test_more_starts_make_the_target_likelier():
    state = pace(weeks, q2.LAST).state
    found = compare(state, WhatIf(colleagues=1, places_per_colleague=26), now=NOW, target=12, seed=1)
    assert found.wanted_now == found.wanted_changed == pytest.approx(1.6525, abs=5e-5)
    assert found.changed.probability_at_most(2, 52) > found.now.probability_at_most(2, 52) + 0.3


def test_nobody_referred_empties_the_queue():
    state = pace(weeks, q2.LAST).state
    found = compare(state, WhatIf(referrals=-1), now=NOW, target=12, seed=1)
    assert found.changed.quantiles(104) == (0, 0, 0)


def test_the_seed_changes_by_week_and_by_team():
    seeds = {seed_of(team, NOW + step) for team in (1, 2) for step in (0, 1)}
    assert len(seeds) == 4
    assert seed_of(1, Week.of(q2.LAST - timedelta(days=1))) == seed_of(1, NOW)


def test_who_leaves_without_a_start_is_counted_in_what_goes_out():
    passages = [Passage(NOW.ordinal - place, left=NOW.ordinal - place) for place in range(12)]
    found = pace(series(passages, NOW.ordinal - 51, NOW.ordinal), q2.LAST)
    assert (found.joined.count, found.started.count, found.left.count, found.out.count) == (12, 0, 12, 12)
    assert not found.differs
