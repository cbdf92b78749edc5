"""What to call a source in a sentence: with an article where the text gives it one, with the body behind a person.

In: a source as decided. Out: its name, and whether it takes a plural verb.
"""

from __future__ import annotations

import re

from kit.records import Source
from kit.summary.sentences import Part, quoted

SOMEBODY = "somebody whom the article does not name"
_HEAD_ENDS = re.compile(r"\s(?:of|with|from|in|at|on|who|that|which|familiar|close|for|near|about|by|to|,)\b")
_MANY = frozenset("police people men women children media some many several both most others few staff".split())
_ONE = {"news", "series", "press", "congress"}


def name_of(source: Source) -> str:
    """The name as a subject in mid-sentence: "the Defence Ministry of Sylvania", "Ada Quill", "two officials"."""
    words = source.name.split()
    name = " ".join(words)
    if source.type == "person" or name == name.lower():
        return name
    if source.type == "unnamed" and len(words) == 1:
        return name.lower()
    ends = (name.lower(), f"{name.lower()}’s", f"{name.lower()}'s", words[-1].lower())
    written = (" ".join(mention.text.lower().split()) for mention in source.mentions)
    taken = any(text.startswith("the ") and text.endswith(ends) for text in written)
    return f"the {name}" if taken and not name.lower().startswith("the ") else name


def is_plural(source: Source) -> bool:
    """Whether it takes a plural verb. A name in capitals is one body; "officials", "some of the residents" are many."""
    name = source.name
    if source.type == "person":
        return False
    if name[1:] != name[1:].lower():  # "the Ministry of Health and Sport" is one
        return " and " in name and not re.search(r"\b(?:of|for)\b", name.split(" and ")[0])
    words = _HEAD_ENDS.split(f" {name.lower()} ", maxsplit=1)[0].split()
    if not words or "one" in words[:1]:
        return False
    if " and " in name.lower() or words[0] in _MANY:
        return True
    head = words[-1]
    return head in _MANY or (
        head.endswith("s") and not head.endswith(("ss", "’s", "'s", "us", "is")) and head not in _ONE
    )


def body_of(source: Source) -> str | None:
    """The body that a person speaks for, where the name does not say it."""
    if source.type != "person" or not source.group or source.group in (source.id, source.name):
        return None
    return source.group


def subject(source: Source | None, target: str | None = None, *, body: bool = True) -> list[Part]:
    """The source as the subject that opens a sentence: "Igor Konashenkov (Russian Defence Ministry)"."""
    if source is None:
        return [Part(capital(SOMEBODY), target)]
    behind = body_of(source) if body else None
    found = [quoted(capital(name_of(source)), target)]
    return [*found, Part(" ("), quoted(behind), Part(")")] if behind else found


def verb(base: str, *, plural: bool) -> str:
    """A verb in the present tense: "say" or "says"."""
    if plural:
        return base
    if re.search(r"[^aeiou]y$", base):
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "x", "z", "ch", "sh")) else f"{base}s"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
