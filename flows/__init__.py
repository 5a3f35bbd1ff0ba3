"""When, and in what order."""

import logging

# Prefect shows what a logger lets through, and Python's own default is warnings only.
for room in ("becalm", "embeddings", "expectations", "tasks"):
    logging.getLogger(room).setLevel(logging.INFO)
