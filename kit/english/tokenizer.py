"""spaCy's English tokenizer with a few rules bent towards the tokens of Universal Dependencies.

In: a ``Language`` of English. Out: its ``Tokenizer``, registered as ``kit.english.v1``. Offsets stay exact; only where
a few words are cut differs: runs of one mark ("!!!", "----") stay whole, as do "e-mail", "re-elected", telephone
numbers and common abbreviations. The weights were trained on these words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

RUNS = [r"[!?]{2,}", r"(?<=[a-z][a-z])[.:][!?]+", *(rf"{re.escape(mark)}{{2,}}" for mark in "=*_#~<>$")]
WHOLE = (
    "Lt. Col. Maj. Capt. Cpl. Sgt. Brig. Cmdr. Pvt. Spc. Pfc. Sfc. Cpt. Hon. Pres. Supt. Insp. Det. Amb. Dept. Govt. "
    "Ft. Cal. ext. Mon. Wed. Thur. Fri. Sat. b/c w/ w/o"
)
PREFIXES = "e|re|non|pre|post|co|anti|pro|mis|counter|cross|multi|ex|sub|semi|de|un|inter|intra|bi|mid|ultra|vice"
INFIXES = [r"\)(?=\()", r"(?<=\))\(", r"(?<=\d:\d\d)(?=[AaPp][Mm]$)"]  # the last one for "7:30PM"
PARTS = {"alot": ["a", "lot"], "Lets": ["Let", "s"], "wanna": ["wan", "na"], "outta": ["out", "ta"]}
CUT = ("and/or", "):", "(:")
WHOLE_MATCH = re.compile(
    r"(?:1-)?\d{3}-\d{3}-\d{4}$"  # a telephone number
    r"|\d(?:\d\d)?-\d{4}(?<![05]0)$"  # without the area code; "500-1000 people" is a range
    r"|#[A-Za-z]\w*$"
)
ONLY_AFTER_IS = (  # what stands after "it's" and never after "its"
    "a|an|the|my|your|our|his|her|their|not|very|really|simply|just|now|also|only|all|been|so|too|still|always|never|"
    "definitely|probably|getting|going|gonna|nothing|in|on|at|for|from|with|between|because|as|if|that"
)
ITS = re.compile(rf"(?<!\w)[Ii]ts (?=(?:{ONLY_AFTER_IS})\b)")
LONG = (re.compile(r"[^\w\s]{128}(?=[^\w\s])"), re.compile(r"\S{4096}(?=\S)"))  # what no word is as long as


class EnglishTokenizer(Tokenizer):
    """spaCy's tokenizer with two changes.

    It takes linear time for runs of marks and of letters as well, since it is given them in pieces. And "its" becomes
    "it" and "s" where a word follows that can follow "it's" only.
    """

    def __call__(self, string: str) -> Doc:
        """Cut a text into tokens."""
        doc = self._cut(string)
        contracted = {match.start() for match in ITS.finditer(string)}
        if not any(token.idx in contracted and token.lower_ == "its" for token in doc):
            return doc
        words, spaces = [], []
        for token in doc:
            is_two = token.idx in contracted and token.lower_ == "its"
            words += [token.text[:2], token.text[2:]] if is_two else [token.text]
            spaces += [False, bool(token.whitespace_)] if is_two else [bool(token.whitespace_)]
        return Doc(doc.vocab, words=words, spaces=spaces)

    def _cut(self, string: str) -> Doc:
        cuts = sorted({match.end() for pattern in LONG for match in pattern.finditer(string)})
        if not cuts:
            return super().__call__(string)
        parts = [super(EnglishTokenizer, self).__call__(string[a:b]) for a, b in pairwise([0, *cuts, len(string)])]
        return Doc.from_docs(parts, ensure_whitespace=False)


@spacy.registry.tokenizers("kit.english.v1")
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """What a spaCy configuration names as its tokenizer: it takes the ``Language`` that the tokenizer is for."""
    return build_tokenizer


def build_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer, on the vocabulary and with the English rules of ``nlp``."""
    rules = nlp.Defaults
    tokenizer = EnglishTokenizer(
        nlp.vocab,
        rules={text: tokens for text, tokens in rules.tokenizer_exceptions.items() if text not in CUT},
        prefix_search=compile_prefix_regex([*RUNS, *rules.prefixes]).search,
        suffix_search=compile_suffix_regex([*RUNS, *rules.suffixes]).search,
        infix_finditer=compile_infix_regex([*_keep_prefixes(rules.infixes), *INFIXES]).finditer,
        token_match=WHOLE_MATCH.match,
        url_match=rules.url_match,
    )
    for text in WHOLE.split():
        tokenizer.add_special_case(text, [{ORTH: text}])
    for text, parts in PARTS.items():
        tokenizer.add_special_case(text, [{ORTH: part} for part in parts])
    return tokenizer


def _keep_prefixes(infixes: list[str]) -> list[str]:
    """The infix rules, the one for hyphens between letters keeping "re-elected" and the like whole."""
    kept = "".join(rf"(?<!\b{prefix})" for prefix in PREFIXES.split("|"))
    kept += "".join(rf"(?<!\b{prefix.capitalize()})" for prefix in PREFIXES.split("|"))
    hyphen = [rule for rule in infixes if "(?:-|" in rule]
    return [kept + rule if rule in hyphen else rule for rule in infixes]
