"""For all tests: laws are not timed, the machine may be busy; in CI they draw the same examples each time."""

import os

from hypothesis import settings

settings.register_profile("untimed", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("untimed")
