"""The ``kit`` command: ``kit lab``, ``kit report``, ``kit extract``, ``kit new``, ``kit add``, ``kit verify`` and more.

Parsing and messages only; the work is done by the other rooms, and nothing of them is imported before it is known which
one is wanted. Exit code 2 with one line on standard error where the command cannot start, 1 where the work failed in
part.

What the commands take is a table (:mod:`~kit.cli.commands`), made into a parser by :mod:`~kit.cli.grammar`; what they
run is in :mod:`~kit.cli.notebooks` (``lab``, ``report``) and :mod:`~kit.cli.cases` (all others).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from kit.cli.commands import CHARTS, EXPORT_FORMATS, build_parser
from kit.errors import KitError, WorkFailed

__all__ = ["CHARTS", "EXPORT_FORMATS", "build_parser", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):  # a title or a path must not stop a terminal of another encoding
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    cut = arguments.index("--") if arguments[:1] == ["lab"] and "--" in arguments else len(arguments)
    options = build_parser().parse_args(arguments[:cut])
    options.jupyter = arguments[cut + 1 :]
    try:
        return options.run(options)
    except BrokenPipeError:  # `kit extract … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except (KitError, OSError) as error:
        sys.stderr.write(f"kit {options.command}: {error}\n")
        return 1 if isinstance(error, WorkFailed) else 2
