"""For all tests: laws are not timed, the machine may be busy; in CI they draw the same examples each time.

What ownerbook keeps on this machine's own disk (the cache, the ledger of nights) lies in a folder of this run, never in the user's.
"""

import os
import tempfile

from hypothesis import settings

settings.register_profile("untimed", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("untimed")

_LOCAL = tempfile.TemporaryDirectory(prefix="ownerbook-tests-", ignore_cleanup_errors=True)
for name in ("CACHE", "STATE"):
    os.environ.setdefault(f"OWNERBOOK_{name}_DIR", f"{_LOCAL.name}/{name.lower()}")
