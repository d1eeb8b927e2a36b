"""What takes long is made once, also when several ask for it at once."""

from threading import Event, Thread

from followup.statistics.shelf import Shelf


def test_whoever_asks_while_a_thing_is_made_waits_for_it():
    shelf: Shelf[str] = Shelf(2)
    asked, found = Event(), []

    def ask():
        asked.set()
        with shelf.alone("year"):
            found.append(shelf.get("year"))

    with shelf.alone("year"):
        others = [Thread(target=ask) for _ in range(3)]
        for other in others:
            other.start()
        asked.wait()
        shelf.put("year", "made")
    for other in others:
        other.join()
    assert found == ["made"] * 3


def test_what_another_makes_keeps_nobody_waiting():
    shelf: Shelf[str] = Shelf(2)
    with shelf.alone("year"), shelf.alone("spring"):
        shelf.put("spring", "made")
    assert shelf.get("spring") == "made"


def test_a_fault_lets_the_next_one_try():
    shelf: Shelf[str] = Shelf(2)
    try:
        with shelf.alone("year"):
            raise ValueError
    except ValueError:
        pass
    with shelf.alone("year"):
        shelf.put("year", "made")
    assert shelf.get("year") == "made"
