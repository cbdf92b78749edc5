"""spaCy's English tokenizer with a few rules bent towards the tokens of Universal Dependencies.

In: nothing. Out: a blank English ``Language``. Offsets stay exact; only where a few words are cut differs: runs of one
mark ("!!!", "----") stay whole, as do "e-mail", "re-elected", telephone numbers and common abbreviations.
"""

from __future__ import annotations

import re
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

RUNS = [r"[!?]{2,}", *(rf"{re.escape(mark)}{{2,}}" for mark in "=*_#~<>$")]
WHOLE = (
    "Lt. Col. Maj. Capt. Cpl. Sgt. Brig. Cmdr. Pvt. Hon. Pres. Supt. Insp. Det. Amb. Dept. Govt. Ft. Cal. ext. "
    "Mon. Wed. Thur. Fri. Sat. b/c w/ w/o"
)
PREFIXES = "e|re|non|pre|post|co|anti|pro|mis|counter|cross|multi|ex|sub|semi|de|un|inter|intra|bi|mid|ultra|vice"
CUT = ("and/or", "):", "(:")
PHONE = re.compile(r"(?:1-)?\d{3}-\d{3}-\d{4}$")  # without the area code it might be a range: "500-1000 people"


@lru_cache(maxsize=1)
def load_tokenizer() -> Language:
    """A blank English pipeline whose tokenizer is the one the kit runs with."""
    nlp = spacy.blank("en")
    rules = nlp.Defaults
    tokenizer = nlp.tokenizer
    tokenizer.prefix_search = compile_prefix_regex([*RUNS, *rules.prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex([*RUNS, *rules.suffixes]).search
    tokenizer.infix_finditer = compile_infix_regex([*_keep_prefixes(rules.infixes), r"\)(?=\()", r"(?<=\))\("]).finditer
    tokenizer.token_match = PHONE.match
    tokenizer.rules = {text: tokens for text, tokens in tokenizer.rules.items() if text not in CUT}
    for text in WHOLE.split():
        tokenizer.add_special_case(text, [{ORTH: text}])
    return nlp


def _keep_prefixes(infixes: list[str]) -> list[str]:
    """The infix rules, the one for hyphens between letters keeping "re-elected" and the like whole."""
    kept = "".join(rf"(?<!\b{prefix})" for prefix in PREFIXES.split("|"))
    kept += "".join(rf"(?<!\b{prefix.capitalize()})" for prefix in PREFIXES.split("|"))
    hyphen = [rule for rule in infixes if "(?:-|" in rule]
    return [kept + rule if rule in hyphen else rule for rule in infixes]
