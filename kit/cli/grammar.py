"""A command line as a table: what a command is, and the parser that is made of a list of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class Argument(NamedTuple):
    """One argument: its name, and what ``add_argument`` is told about it."""

    name: str
    facts: dict[str, Any]


class Either(NamedTuple):
    """Arguments of which exactly one is given."""

    arguments: Sequence[Argument]


class Command(NamedTuple):
    """A command: ``help`` is its line in the list of commands, ``run`` gets the options and gives the exit code."""

    name: str
    run: Callable[[argparse.Namespace], int]
    help: str
    description: str
    arguments: Sequence[Argument | Either]


def argument(name: str, help: str, **facts: Any) -> Argument:
    """An argument with a value."""
    return Argument(name, facts | {"help": help})


def flag(name: str, help: str) -> Argument:
    """An option that is given or not."""
    return Argument(name, {"help": help, "action": "store_true"})


def parser_of(commands: Sequence[Command], *, prog: str, description: str, version: str) -> argparse.ArgumentParser:
    """The parser of a whole command line; ``options.run`` is what to run."""
    parser = argparse.ArgumentParser(
        prog=prog, description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"{prog} {version}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands:
        own = subparsers.add_parser(command.name, help=command.help, description=command.description)
        for one in command.arguments:
            if isinstance(one, Either):
                group = own.add_mutually_exclusive_group(required=True)
                for choice in one.arguments:
                    group.add_argument(choice.name, **choice.facts)
            else:
                own.add_argument(one.name, **one.facts)
        own.set_defaults(run=command.run)
    return parser
