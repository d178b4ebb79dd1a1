"""How many sides a comparison has, and how their times are paired."""

LEAST_SIDES, MOST_SIDES = 2, 5
TIME, STEP = "time", "step"
PAIRINGS = (TIME, STEP)
