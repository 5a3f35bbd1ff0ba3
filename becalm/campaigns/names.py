"""What lists of campaigns can be asked for; free of imports, so that the command line can offer it at once."""

VERDICTS = ("campaign", "flood")

NEW, GROWING, DORMANT, PAST = STATES = ("new", "growing", "dormant", "past")

# Numbers and days fall, so that the largest and latest come first; ids rise.
SORTS = ("comments", "accounts", "threads", "score", "first", "last", "id")
