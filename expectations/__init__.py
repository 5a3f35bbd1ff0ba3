"""What good data is: Great Expectations suites as code, the run that applies them, and the pages about it.

Nothing here imports Great Expectations before a check runs: it takes four seconds.
"""
