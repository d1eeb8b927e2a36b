"""What more colleagues cost in a year, from what the team's posts cost now."""

from dataclasses import dataclass

from followup.scenarios.commands import Question


@dataclass(frozen=True, slots=True)
class Cost:
    """Kronor a year more (or less); None where the team's budget or its posts are not known."""

    yearly: float | None


def cost(question: Question, *, budget: int | None, posts: int | None) -> Cost:
    """`budget` in kronor of the present year, `posts` in per cent of full time."""
    if not question.colleagues:
        return Cost(0)
    if not budget or not posts:
        return Cost(None)
    return Cost(budget * question.colleagues / posts)
