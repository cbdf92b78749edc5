"""The source summary statement: what the whole source base is, what it rests on, and what was not there (ICD 206).

In: the records as decided. Out: sentences. They count and name; they judge nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kit.decisions import Effective
from kit.markup import attributed_claims
from kit.records import OUTLET, Claim, Source
from kit.summary.claims import source_of
from kit.summary.figures import LOSSES
from kit.summary.groups import NOBODY, group_key
from kit.summary.names import capital, is_plural, name_of, verb
from kit.summary.sentences import Part, Sentence, count, listed, quoted, sentence
from kit.tables import corroboration

KINDS = {"person": "person", "organisation": "organisation", "state": "state body", "media": "news medium"}
PLURALS = {"person": "people", "state": "state bodies", "media": "news media"}
NAMES_SHOWN = 6


def source_statement(view: Effective) -> list[Sentence]:
    """The statement, a sentence at a time, in a fixed order."""
    claims = [claim for claim in attributed_claims(view.analysis) if view.answer(claim.id) != "reject"]
    return [
        *_base(view),
        *_cited(view, claims),
        *_figures(view),
        *_graded(view, claims),
        *_own_voice(view),
        *_missing(view),
    ]


def _base(view: Effective) -> Iterator[Sentence]:
    article = view.analysis.article
    title = [Part(", “"), quoted(article.title), Part("”")] if article.title else []
    outlet = [Part(", by "), quoted(article.outlet)] if article.outlet else []
    day = f", published on {article.published.isoformat()}" if article.published else ""
    yield sentence("Everything on this page rests on one article", title, outlet, day)


def _cited(view: Effective, claims: Sequence[Claim]) -> Iterator[Sentence]:
    if not claims:
        yield sentence("It cites nobody")
        return
    sources, first = _sources(view, claims), _firsts(view, claims)
    groups = Counter(group_key(source_of(view, claim)) for claim in claims)
    kinds = Counter(source.type for source in sources if source.type != "unnamed")
    named = [count(n, KINDS[kind], PLURALS.get(kind)) for kind, n in kinds.items()]
    unnamed = [source for source in sources if source.type == "unnamed"]
    named += [f"{len(unnamed)} unnamed"] if unnamed else []
    yield sentence(
        f"It cites {count(len(sources), 'source')} in {count(len(groups.keys() - {NOBODY}), 'source group')}: ",
        listed([Part(one) for one in named]) or "nobody by name",
    )
    most, n = groups.most_common(1)[0]
    if len(claims) > 1 and most != NOBODY:
        one = next(claim for claim in claims if group_key(source_of(view, claim)) == most)
        who = quoted(_group_name(view, most, source_of(view, one)), one.id)
        yield sentence(f"{n} of {count(len(claims), 'claim')} {'comes' if n == 1 else 'come'} from one group, ", who)
    if unnamed:
        ids = {source.id for source in unnamed}
        of_them = [claim for claim in claims if (one := source_of(view, claim)) and one.id in ids]
        who = listed([quoted(f"“{source.name}”", first.get(source.id)) for source in unnamed[:NAMES_SHOWN]])
        more = f" and {len(unnamed) - NAMES_SHOWN} more" if len(unnamed) > NAMES_SHOWN else ""
        yield sentence("Unnamed: ", who, f"{more}, with {len(of_them)} of {count(len(claims), 'claim')}")
    nobody = groups.get(NOBODY, 0)
    if nobody:
        yield sentence(f"{capital(count(nobody, 'claim'))} {'names' if nobody == 1 else 'name'} no source at all")
    for source in sources:
        cites = [found for one in source.cites if isinstance(found := view.record(one), Source)]
        if cites:
            who = listed([quoted(name_of(one)) for one in cites])
            yield sentence(
                quoted(capital(name_of(source)), first.get(source.id)),
                f" {verb('cite', plural=is_plural(source))} ",
                who,
            )


def _figures(view: Effective) -> Iterator[Sentence]:
    losses = [one for one in view.analysis.quantities if one.measure == LOSSES and view.answer(one.id) != "reject"]
    if losses:
        keys = dict.fromkeys(
            OUTLET if one.reporter == OUTLET else group_key(view.record(one.reporter)) for one in losses
        )
        first = losses[0]
        source = view.record(first.reporter) if first.reporter != OUTLET else None
        all_figures = (
            f"All {len(losses)} figures on losses come" if len(losses) > 1 else "The only figure on losses comes"
        )
        if len(keys) > 1:
            yield sentence(f"{count(len(losses), 'figure')} on losses come from {count(len(keys), 'source group')}")
        elif source is None:
            yield sentence(
                f"{all_figures} from the article itself, which cites nobody for ", "them" if len(losses) > 1 else "it"
            )
        else:
            yield sentence(
                f"{all_figures} from one group, ", quoted(_group_name(view, next(iter(keys)), source), first.id)
            )
    if any(view.answer(one.id) != "reject" for one in view.analysis.quantities):
        table = corroboration(view.machine, view.decisions)
        several = table[table["groups"].fillna(0) > 1]["subject"].nunique()
        if several:
            yield sentence(
                f"On {count(int(several), 'thing')} figures come from more than one source group; "
                "that they report on the same thing does not say that they agree"
            )
        else:
            yield sentence("No figure can be shown to be reported by more than one source group")


def _graded(view: Effective, claims: Sequence[Claim]) -> Iterator[Sentence]:
    sources, first = _sources(view, claims), _firsts(view, claims)
    if not sources:
        return
    graded = [(source, letter) for source in sources if (letter := view.reliability(source.id)) != "F"]
    if not graded:
        yield sentence("No source has a grade for reliability (all F: cannot be judged)")
        return
    who: list[Part] = []
    for source, letter in graded:
        who += [Part("; " if who else ""), quoted(source.name, first.get(source.id)), Part(f" {letter}")]
    yield sentence(f"{len(graded)} of {count(len(sources), 'source')} graded for reliability: ", who)


def _own_voice(view: Effective) -> Iterator[Sentence]:
    text = view.analysis.article.text
    words = {kind: 0 for kind in ("attributed", "outlet", "question")}
    for voice in view.analysis.voices:
        words[voice.voice] += len(text[voice.start_char : voice.end_char].split())
    own, total = words["outlet"] + words["question"], sum(words.values())
    if total and words["attributed"]:
        yield sentence(f"{own:,} of {total:,} words are the outlet's own; the others are attributed to somebody")


def _missing(view: Effective) -> Iterator[Sentence]:
    article = view.analysis.article
    facts = {
        "outlet": article.outlet,
        "author": article.author,
        "publication date": article.published,
        "address": article.url,
    }
    absent = [name for name, value in facts.items() if not value]
    if absent:
        yield sentence("Not known of the article: its ", listed([Part(one) for one in absent]))
    yield sentence(
        "Not available: the statements that it cites as they were first made, other reports on the same events, "
        "pictures, and anything else beyond its text"
    )


def _sources(view: Effective, claims: Sequence[Claim]) -> list[Source]:
    found = {source.id: source for claim in claims if (source := source_of(view, claim))}
    return list(found.values())


def _firsts(view: Effective, claims: Sequence[Claim]) -> dict[str, str]:
    """The first claim of each source, by id: its mark is where the source is named."""
    found: dict[str, str] = {}
    for claim in claims:
        source = source_of(view, claim)
        if source:
            found.setdefault(source.id, claim.id)
    return found


def _group_name(view: Effective, key: str, source: Source | None) -> str:
    return source.name if source and key == source.id else key
