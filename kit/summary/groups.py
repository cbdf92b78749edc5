"""Who claims what, source group by source group, each with what is known of its confirmation.

In: the records as decided. Out: a :class:`Summary`: a lead of a few sentences, and for each group its sentences: all
figures on losses, then the claims most worth checking; every other claim is named by its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kit.checkworthiness import checkworthiness
from kit.decisions import Effective
from kit.markup import attributed_claims, claim_labels
from kit.records import OUTLET, Claim, Source
from kit.summary.claims import cited, claim_sentence, is_open, source_of
from kit.summary.figures import figure_sentences
from kit.summary.names import capital, name_of
from kit.summary.sentences import Part, Sentence, count, listed, quoted, sentence

NOBODY = "nobody named"
MOST_CLAIMS, MOST_FIGURES, MOST_GROUPS, MOST_NAMED = 3, 6, 8, 40
CONFIRMED = "1"  # the Admiralty digit for "confirmed by other independent sources"

Told = tuple[Sentence, tuple[str, ...]]  # a sentence on figures, and the claims that it covers


@dataclass(frozen=True)
class Group:
    """One source group: what it is called, who speaks for it, what it claims.

    ``status`` says whether anything of it is confirmed, ``rest`` cites the claims that no sentence tells.
    """

    name: str
    speakers: tuple[str, ...]
    unnamed: bool
    status: str
    sentences: tuple[Sentence, ...]
    rest: Sentence | None = None


@dataclass(frozen=True)
class Summary:
    """The summary of a report: ``others`` cites the groups without a part of their own, ``judged`` tells whether any
    claim was judged by a person.
    """

    lead: tuple[Sentence, ...]
    groups: tuple[Group, ...]
    others: Sentence | None = None
    judged: bool = False

    def sentences(self) -> list[Sentence]:
        """Every sentence in it."""
        found = list(self.lead)
        for group in self.groups:
            found += [*group.sentences, *([group.rest] if group.rest else [])]
        return [*found, *([self.others] if self.others else [])]


def summarise(view: Effective) -> Summary:
    """The summary of what is claimed by whom; rejected records are left out."""
    claims = [claim for claim in attributed_claims(view.analysis) if view.answer(claim.id) != "reject"]
    labels = claim_labels(view)
    figures = figure_sentences(view, labels)
    worth = {one: found.score for one, found in checkworthiness(view).items()}
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(group_key(source_of(view, claim)), []).append(claim)
    for reporter in figures:
        groups.setdefault(OUTLET if reporter == OUTLET else group_key(view.record(reporter)), [])
    losses: dict[str, list[Told]] = {}
    for reporter, some in figures.items():
        losses.setdefault(OUTLET if reporter == OUTLET else group_key(view.record(reporter)), []).extend(some)
    order = sorted(groups, key=lambda key: (key == OUTLET, key not in losses, -len(groups[key])))
    told = [
        _group(view, key, groups[key], losses.get(key, [])[:MOST_FIGURES], worth, labels) for key in order[:MOST_GROUPS]
    ]
    judged = any(not is_open(view, claim.id) for claim in claims)
    return Summary(tuple(_lead(view, claims, groups)), tuple(told), _others(view, order, groups, labels), judged)


def group_key(source: Source | None) -> str:
    """The group that a source counts for; one that the article does not name is of none."""
    return (source.group or source.id) if source else NOBODY


def confirmed_claims(view: Effective, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that a person graded as confirmed by other independent sources."""
    return [claim for claim in claims if view.credibility(claim.id) == CONFIRMED]


def _group(
    view: Effective,
    key: str,
    claims: list[Claim],
    figures: Sequence[Told],
    worth: Mapping[str, float],
    labels: Mapping[str, str],
) -> Group:
    covered = {one for _, claims_of in figures for one in claims_of}
    others = [claim for claim in claims if claim.id not in covered]
    best = sorted(others, key=lambda claim: -worth.get(claim.id, 0))[: max(1, MOST_CLAIMS - len(figures))]
    chosen = {claim.id for claim in best}
    told = [claim for claim in others if claim.id in chosen]
    rest = [claim.id for claim in others if claim.id not in chosen]
    sources = list(dict.fromkeys(found.id for claim in claims if (found := source_of(view, claim))))
    members = [view.record(one) for one in sources]
    name = _name(view, key, members)
    names = dict.fromkeys(capital(source.name) for source in members)
    unnamed = key == NOBODY or (bool(members) and all(source.type == "unnamed" for source in members))
    return Group(
        name=name,
        speakers=tuple(one for one in names if one != name),
        unnamed=unnamed,
        status=_status(view, claims, unnamed=unnamed or key == OUTLET),
        sentences=(*(made for made, _ in figures), *(claim_sentence(view, claim, labels) for claim in told)),
        rest=sentence("Further: ", cited(labels, rest)) if rest else None,
    )


def _name(view: Effective, key: str, members: Sequence[Source]) -> str:
    """A group is called by its name, or by its first source where the name is an id."""
    if key == OUTLET:
        return view.analysis.article.outlet or "The article itself"
    if key == NOBODY:
        return capital(NOBODY)
    ids = {source.id for source in view.analysis.sources}
    name = members[0].name if key in ids and members else key
    return capital(name)


def _status(view: Effective, claims: Sequence[Claim], *, unnamed: bool) -> str:
    confirmed = confirmed_claims(view, claims)
    if not confirmed:
        return f"not independently confirmed ({'no named source' if unnamed else '0 of 1 source groups'})"
    return f"{len(confirmed)} of {count(len(claims), 'claim')} graded as confirmed by other sources"


def _lead(view: Effective, claims: Sequence[Claim], groups: Mapping[str, list[Claim]]) -> list[Sentence]:
    if not claims and view.analysis.article.language not in (None, "en"):
        return [sentence("The article is not in English: its claims were not read, nor who is cited")]
    if not claims:
        return [
            sentence(
                "Nobody is cited: what the article says, it says in its own voice, and none of it is confirmed here"
            )
        ]
    sources = list(dict.fromkeys(found.id for claim in claims if (found := source_of(view, claim))))
    unnamed = sum(view.record(one).type == "unnamed" for one in sources)
    number = sum(bool(groups[key]) and key not in (OUTLET, NOBODY) for key in groups)
    made = f"{count(len(claims), 'claim')} by {count(len(sources), 'source')} in {count(number, 'source group')}"
    lead = [
        sentence(made, f"; {count(unnamed, 'source')} {'is' if unnamed == 1 else 'are'} unnamed" if unnamed else "")
    ]
    confirmed = confirmed_claims(view, claims)
    if confirmed:
        people = sorted({found.annotator for one in confirmed if (found := view.decision(one.id))})
        who = listed([quoted(name) for name in people])
        graded = (
            f"{len(confirmed)} of {count(len(claims), 'claim')} graded 1 (confirmed by other independent sources) by "
        )
        lead.append(sentence(graded, who, "; no other claim is independently confirmed"))
    else:
        lead.append(sentence(f"No claim is independently confirmed (0 of {count(number, 'source group')})"))
    judged = sum(not is_open(view, claim.id) for claim in claims)
    if judged == len(claims):
        lead.append(sentence("People judged every claim"))
    elif judged:
        lead.append(
            sentence(f"People judged {judged:,} of {count(len(claims), 'claim')}; the others are a machine’s reading")
        )
    else:
        lead.append(sentence("Nobody has judged them yet: they are a machine’s reading of the article"))
    return lead


def _others(
    view: Effective, order: Sequence[str], groups: Mapping[str, list[Claim]], labels: Mapping[str, str]
) -> Sentence | None:
    """The groups beyond the first, by name and claims."""
    left = [key for key in order[MOST_GROUPS:] if groups[key]]
    if not left:
        return None
    named: list[Part] = []
    for i, key in enumerate(left[:MOST_NAMED]):
        source = source_of(view, groups[key][0])
        who = quoted(name_of(source)) if source else Part(NOBODY)
        named += [Part("; " if i else ""), who, Part(" ("), *cited(labels, [one.id for one in groups[key]]), Part(")")]
    more = f"; and {len(left) - MOST_NAMED:,} more, in the table of claims" if len(left) > MOST_NAMED else ""
    return sentence(f"{count(len(left), 'more source group')} with fewer claims: ", named, more)
