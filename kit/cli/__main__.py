"""``python -m kit.cli`` is ``kit``."""

from __future__ import annotations

import sys

from kit.cli import main

if __name__ == "__main__":  # a process that reads articles imports this file again, under another name
    sys.exit(main())
