"""Which kinds of file there are, and whose they are."""

PARTICIPATIONS, SCREENING = "participations", "screening"
ACTIVITIES, PLAN = "activities", "plan"
SURVEYS, HISTORY = "surveys", "history"
# Lengths from before the rows, which replace those read before and are not undone.
QUEUE = "queue"

# A team's list is read in by its manager, a list about the förbund by the kansli.
OF_TEAMS = (PARTICIPATIONS, SCREENING)
OF_ASSOCIATION = (ACTIVITIES, PLAN, SURVEYS, HISTORY)
EVERY = OF_TEAMS + OF_ASSOCIATION
