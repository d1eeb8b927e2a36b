"""Signs that nobody sees are dropped before a text is kept: no file and no terminal should meet them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.legible import TURNING, legible, one_line


@pytest.mark.parametrize("text", ["Öppna dörrar – fler får börja före 1 maj … ”ja”", "👩\u200d👩 Łódź"])
def test_ordinary_text_is_left_as_it_is(text):
    assert legible(text) == one_line(text) == text


def test_signs_that_nobody_sees_are_dropped():
    assert legible("An\x1bst\x0bäl\x00l\ufffe \u202een\n två\t") == "Anställ en\n två\t"
    assert one_line(" An\nställ\x01\r\n  två ") == "An ställ två"


@given(st.text())
def test_what_is_left_fits_in_a_document(text):
    for sign in legible(text):
        assert sign in "\n\r\t" or unicodedata.category(sign) not in ("Cc", "Cs")
        assert sign not in TURNING
    assert len(one_line(text).splitlines()) <= 1
