"""Random histories of a queue, on a short time line so that ties are common."""

from hypothesis import strategies as st

from followup.queues.passages import Passage


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    joined = draw(st.integers(0, 60))
    out = joined + draw(st.integers(0, 40))
    return draw(st.sampled_from([Passage(joined), Passage(joined, started=out), Passage(joined, left=out)]))


histories = st.lists(passages(), max_size=40)
