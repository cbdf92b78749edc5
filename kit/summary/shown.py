"""Sentences and summaries as HTML for a notebook and its page; text for a terminal.

Our words stand in the type of the page, the article's in that of the marked article, and lead to their marks.
"""

from __future__ import annotations

from collections.abc import Iterable

from kit.display import Html
from kit.markup import safe
from kit.summary.groups import Group, Summary
from kit.summary.sentences import Part, Sentence


def show_summary(summary: Summary) -> Html:
    """The summary: its lead, then a block for each source group with its claim status."""
    lead = "".join(f"<p>{_html(one)}</p>" for one in summary.lead)
    groups = "".join(_group(group, flag=summary.judged) for group in summary.groups)
    others = f'<p class="kit-others">{_html(summary.others)}</p>' if summary.others else ""
    text = "\n".join(one.text for one in summary.sentences())
    return Html(f'<div class="kit-lead">{lead}</div>\n{groups}{others}', text)


def show_sentences(sentences: Iterable[Sentence], *, flag: bool = False) -> Html:
    """Sentences as a list; with ``flag`` those that rest on what nobody judged say so."""
    sentences = list(sentences)
    items = "".join(f"<li>{_html(one, flag=flag)}</li>" for one in sentences)
    return Html(f'<ul class="kit-sentences">{items}</ul>' if items else "", "\n".join(one.text for one in sentences))


def _group(group: Group, *, flag: bool) -> str:
    speakers = "".join(
        f" <bdi>{safe(one)}</bdi>{',' * (i < len(group.speakers) - 1)}" for i, one in enumerate(group.speakers)
    )
    through = f'<p class="kit-speakers">through{speakers}</p>' if speakers else ""
    told = [f"<li>{_html(one, flag=flag)}</li>" for one in group.sentences]
    told += [f'<li class="kit-rest">{_html(group.rest)}</li>'] if group.rest else []
    kind = ' <span class="kit-unnamed">unnamed</span>' if group.unnamed else ""
    return (
        f'<div class="kit-group"><div class="kit-group-head"><h3><bdi>{safe(group.name)}</bdi>{kind}</h3>'
        f'<p class="kit-status">{safe(group.status)}</p>{through}</div>'
        f'<ul class="kit-sentences">{"".join(told)}</ul></div>\n'
    )


def _html(sentence: Sentence, *, flag: bool = False) -> str:
    body = "".join(map(_part, sentence.parts))
    return f'{body} <span class="kit-open">not judged yet</span>' if flag and sentence.undecided else body


def _part(part: Part) -> str:
    text = safe(part.text)
    if part.target:
        kind = "" if part.own else ' class="kit-words"'
        return f'<a{kind} href="#m-{safe(part.target)}">{text if part.own else f"<bdi>{text}</bdi>"}</a>'
    return text if part.own else f"<bdi>{text}</bdi>"
