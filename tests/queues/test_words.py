"""The sentences say what the figures hold, and nothing more."""

from datetime import date, timedelta

from followup.participation.waiting import QueueTimes
from followup.periods import Month, WeekAndMonth
from followup.queues import outlook, words
from followup.queues.intensity import Intensity
from followup.queues.overview import Overview
from followup.queues.pace import Pace
from followup.queues.waits import Waits

TODAY = date(2024, 6, 12)
FIRST = Month(2022, 7)


def overview(joined_by_month: list[int]) -> Overview:
    """So many accepted in the middle of each month from the first, and none of them started."""
    history = [
        QueueTimes(WeekAndMonth.of((FIRST + place).first_day + timedelta(days=14)), None, None)
        for place, joined in enumerate(joined_by_month)
        for _ in range(joined)
    ]
    return Overview.of(history, FIRST, TODAY)


def test_a_lasting_shift_in_referrals_is_told_as_a_change():
    told = words.signals(overview([1, 0] * 6 + [5, 6] * 5 + [5]))
    (sentence,) = [each.sentence for each in told]
    assert "ställs i kö varje månad har ändrats mer än slumpen brukar göra" in sentence
    assert words.signals_finding(told) == "Hur många som ställs i kö har ändrats mer än slumpen brukar göra"
    assert "11\u00a0månader i följd på samma sida av medianen." in sentence


def test_a_change_that_shows_in_few_crossings_is_told_so():
    (told,) = words.signals(overview([5] * 6 + [1] * 6 + [3] + [5] * 5 + [1] * 5))
    assert told.sentence.endswith("medianen korsas bara 3\u00a0gånger.")


def test_ordinary_variation_is_told_as_chance():
    told = words.signals(overview([2, 4, 3, 2, 5, 1, 4, 2, 3, 5, 2, 1, 4, 3, 2, 4, 1, 5, 2, 3, 4, 2, 3]))
    assert words.signals_finding(told) == "Det som händer varje månad varierar som slumpen gör"
    assert [each.sentence for each in told] == [
        "Hur många som ställs i kö varje månad varierar som slumpen gör, sett över 23 månader."
    ]


def test_a_short_history_says_nothing_about_chance():
    recent = [QueueTimes(WeekAndMonth.of(TODAY), None, None)]
    assert words.signals(Overview.of(recent, Month(2024, 1), TODAY)) == []


def test_the_heading_tells_how_the_length_has_changed():
    assert words.development(overview([1, 2])) == "Kön har vuxit från 0 till 3 sedan början av juli 2022"
    assert words.development(overview([])) == "Kön är lika lång som i början av juli 2022"


def test_a_wait_of_no_weeks_is_said_in_words():
    assert words.within(0) == "samma vecka"
    assert words.within(1) == "inom 1\u00a0vecka"
    assert words.weeks_text(7.5) == "7,5 veckor"
    assert words.weeks_text(None) == "ingen data"


def test_one_who_waits_is_not_told_of_as_a_share():
    assert words.bands_finding(Waits((3,))) == "Den enda som väntar har väntat högst 8 veckor"
    assert words.bands_finding(Waits((12,))) == "Den enda som väntar har väntat mer än 8 veckor"
    assert words.bands_finding(Waits((3, 12))) == "1 av 2 har väntat mer än 8 veckor"


def test_an_uncertainty_of_nothing_is_left_out():
    pace = Pace(1, Intensity(61, 52.0), Intensity(60, 52.0), Intensity(0, 52.0))
    assert outlook.clearance(pace).endswith("att ta in dem som väntar.")
