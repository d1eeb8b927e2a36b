"""Benchmarks, on one core as the server works out a page."""

import os

# As in script/server; numpy reads it when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
