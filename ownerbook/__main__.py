"""`python -m ownerbook`."""

from ownerbook.cli.main import main

raise SystemExit(main())
