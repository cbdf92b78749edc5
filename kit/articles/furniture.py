"""Which blocks of an article are page furniture: links to other stories, calls to subscribe, credits, contacts.

In: the article's blocks, from a web page and a plain text alike. Out: the places of those that nobody reads as part
of the story. A block is furniture as a whole or not at all, and in doubt it is none: a lost paragraph is worse than
a link that is read. Corrections, editor's notes and "this story has been updated" are the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LONGEST = 300  # characters; only the paragraph about the publisher of a release may be longer
_WRAPPING = " \t\"'“”‘’()[]{}<>«»•·*|~_–—-→►▶#"
_OPENING, _CLOSING, _DASHES = '"“„«', '"”“»', "-–—"
_MAIL = r"[\w.+-]{1,64}@[\w-]{1,64}(\.[\w-]{1,64}){1,4}"
_LINK = r"(https?://|www\.)\S{1,250}"
_PHONE = r"(\+\d[\d\s()./-]{6,20}|\(?\d{3}\)?[\s./-]{1,2}\d{3}[.-]\d{4}|\(?0\d{1,4}\)?[\s/-]\d[\d\s-]{4,12})"
_NETWORK = r"(facebook|twitter|instagram|whatsapp|telegram|linkedin|reddit|youtube|tiktok|bluesky|mastodon|threads)"
_AGENCY = r"(ap|afp|reuters|getty|epa|efe|shutterstock|istock|alamy|zuma|upi|dpa|xinhua|anadolu)"
_DATE_WORD = r"""(
    (mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)? | jan(uary)? | feb(ruary)? | mar(ch)? | apr(il)? | may | june?
  | july? | aug(ust)? | sept?(ember)? | oct(ober)? | nov(ember)? | dec(ember)? | [ap]\.?m\.? | [a-z]{1,3}t | utc
  | at | on
  | \d[\d:./-]{0,15}(st|nd|rd|th|h)? )"""
_DATE = rf"({_DATE_WORD} ([\s,|•·–—-]+ {_DATE_WORD}){{0,9}})"  # words of dates and times, and nothing else

# One topic a name; each pattern has to match a whole block.
_PATTERNS = {
    "other stories": r"""
      (read|see|watch|listen|view) \s (next|more|also|now|this|it) \s* ([:|–—-] .*)?
    | (also|further|recommended|suggested) \s (read|reading|see|watch) \s* ([:|–—-] .*)?
    | (read|see|watch|listen|video|podcast|in \s pictures|don['’]t \s miss|must \s read) \s* [:|] .*
    | (related|recommended|more \s (on|from|about) \s [^:]{1,40}) \s* [:|] .*
    | (related|recommended|trending|popular|top|latest|more|other)
      (\s (stories|articles|news|topics|content|coverage|headlines|links|reading|posts))? (\s (now|today))?
    | most \s (read|popular|viewed|shared) | what \s to \s read \s next | up \s next | read \s on
    | continue \s reading .{0,80}
    | you \s (may|might) \s (also \s)? (like|be \s interested \s in) .{0,60} | have \s you \s (seen|read) \s this
    | (read|see|view|watch|hear) \s (the|our|his|her|their) \s (full|complete|whole|entire|original) \s .{0,80}
      \b (here|above|below)
    | watch \s .{0,60} \b (here|above|below) | (click|tap) \s (here|to) \b .{0,80} | load \s more .{0,20}
    | skip \s to \s .{0,60} | (scroll|swipe) \s (down|up|left|right|to|for) \b .{0,40}
    | (story|article|post) \s continues \s (below|after) .* | (download|view) \s .{0,40} \b pdf""",
    "advertising and subscriptions": r"""
      advertisements? | ads? | advertising | sponsored (\s (content|by .{0,40}))? | promoted (\s content)? | live
    | paid \s (post|content) | (remove|hide) \s ads?
    | (sign \s up|subscribe) \s (to|for|now|here|today|and|with|by|below|free) \b .{0,120}
      \b (newsletter|inbox|updates|e-?mail|alerts|channel|podcast|briefing|digest|free|itunes|below|here
      |today) s? \b .{0,60}
    | (sign \s up|subscribe) (\s (now|today|here|to \s .{0,60}))?
    | (get|receive|want \s to \s (get|receive)) \s .{0,120} \b (newsletter|your \s (inbox|e-?mail)) \b .{0,100}
    | ((our|the|free|daily|weekly|morning|evening|e-?mail) \s)* newsletters?
    | already \s (a|have \s an?) \s (subscriber|member|account) .{0,60} | (log|sign) \s in (\s (here|now|to .{0,30}))?
    | (support|donate \s to) \s (our|independent|local) \s (journalism|reporting|newsroom|work) .{0,120}""",
    "for subscribers": r"""
      (subscribe|register|(log|sign) \s (in|up)|(create|start) \s .{0,40}|become \s a \s .{0,30} | join \s .{0,40})
      \b .{0,60} \b (to|and) \s (continue|keep|finish|carry \s on) \s reading .{0,60}
    | to \s (continue|keep|finish) \s reading ,? \s .{0,40} \b (subscri|log|sign|regist|creat) .{0,80}
    | this \s (article|story|content|page|post) \s is \s .{0,30}
      \b (for|to) \s (our \s)? .{0,30} \b (subscribers|members) .{0,60}
    | (subscriber|member)s?[ -](only|exclusive) .{0,40}
    | you ( ['’]ve | \s have ) \s (reached|used|read) \s .{0,60}
      \b (free \s (articles?|stories)|article \s limit) .{0,80}
    | (unlock|get \s access \s to) \s (this|the|your) \s .{0,20} \b (article|story) .{0,80}""",
    "sharing and comments": rf"""
      share | share \s (this|on|via) \b .{{0,60}} | share \s and \s comment .{{0,40}} | copy \s (the \s)? link
    | print | e-?mail | (print|e-?mail|save|send) \s (this \s)? (article|page|story|post) .{{0,20}}
    | printer[ -]friendly .{{0,20}} | text \s size
    | (back|return) (\s to \s (the \s)? (top|.{{0,20}} page|.{{0,20}} list))?
    | follow \s us .{{0,80}} | follow \s .{{1,100}} \b (on|via) \s {_NETWORK} \b .{{0,140}}
    | follow \s [@#] \w .{{0,120}}
    | (like|find|join) \s (us|the \s page) .{{0,20}} \b {_NETWORK} \b .{{0,60}}
    | @\w{{1,30}} | ({_NETWORK}|x) \s* :? \s* (@|https?:|www\.) .{{1,80}} | ({_NETWORK} [\s,|/.]*)+
    | (leave|post|add|view|show|hide) \s (a \s|all \s)? comments? | comments? (\s \(?\d+)? | \d+ \s comments?
    | join \s the \s (conversation|discussion) .{{0,60}}""",
    "who made it": rf"""
      (additional \s)? (reporting|writing|editing|production) \s (and \s \w+ \s)? by \s .{{0,250}}
    | .{{1,200}} \s contributed (\s reporting)? \s to \s this \s (report|story|article|post)
    | (photos?|photographs?|images?|pictures?|videos?|illustrations?|graphics?|maps?|credits?)
      \s* (credits?|by|courtesy (\s of)?)? \s* [:/|©] .{{1,80}}
    | (photos?|photographs?|images?|pictures?|illustrations?) \s (by|courtesy \s of) \s [^.]{{1,60}}
    | (file \s)? (photo|picture|image)
    | {_AGENCY} (\s (photo|images|pictures))? ([\s/|,]+ {_AGENCY} (\s (photo|images|pictures))?){{0,4}}
    | {_AGENCY} (\s (photo|images|pictures))? \s* / .{{1,60}}""",
    "press release": rf"""
      (for \s)? (immediate \s)? release (\s* [:|–—-] .{{0,60}} | \s {_DATE})?
    | for \s immediate \s release .{{0,60}}
    | (strictly \s)? (under \s)? embargo (ed (\s (until|till|to))?)? \s* :? \s* {_DATE}
    | (press|news|media) \s (release|statement|advisory) s? (\s* [:|–—-] \s* {_DATE})?
    | ((media|press|news|public|editorial|investor|general) \s)? (contacts?|enquiries|inquiries)
      (\s (information|details|person|us))? \s* ([:|–—] .{{0,200}})?
    | (contact|e-?mail|reach|call|write \s to) \s .{{0,120}} ({_MAIL}|{_PHONE}) .{{0,60}}
    | for \s (more|further|additional) \s (information|details) ,? \s (please \s)?
      (contact|visit|call|see|go \s to|e-?mail|write) \b .{{0,200}}
    | (tel|phone|telephone|fax|mobile|cell|e-?mail|web|website) \.? \s* [:] .{{3,80}} | tel \.? \s ({_PHONE})
    | (send|have|got) \s .{{0,20}} (tips?|feedback|comments|news) \b .{{0,120}} {_MAIL} .{{0,20}}
    | {_MAIL} | {_LINK} | (questions|comments|feedback) \s (or|and) \s (comments|questions|suggestions|feedback)
    | ends? | browse \s by | current \s record | abstract | full \s text | site \s? map""",
    "tags, times and rights": rf"""
      (tags?|tagged|topics?|keywords?|filed \s under|posted \s in|categor(y|ies)|sections?) \s* [:|] .{{0,250}}
    | tagged \s (as|with) \s .{{0,150}} | (filed \s under|posted \s in) \s .{{0,60}}
    | \d{{1,2}} [:.] \d{{2}} \s* (gmt|utc|[ap]\.?m\.?|[a-z]{{2,3}}t)?
    | \d{{1,2}} \s? [ap]\.?m\.?  # an entry of a live blog
    | (published|posted|updated|last \s (updated|modified)|first \s published) \s* :? \s* {_DATE}
    | ((published|posted|updated) \s)? \d+ \s \w+ \s ago | \d+ \s min(ute)?s? \s read
    | © .* | \(?c\) \s* \d{{4}} .{{0,120}} | copyright \s* (©|\(?c\)|\d{{4}}) .{{0,200}}
    | all \s rights \s reserved .{{0,120}}
    | this \s (material|story|article|content) \s (may|can) \s not \s be \s (published|reproduced|copied|broadcast)
      .{{0,150}}
    | (please \s)? (enable|turn \s on|activate) \s (javascript|cookies) .{{0,120}}
    | (we|this (\s web)? \s? site|our (\s web)? \s? site) \s uses? \s cookies .{{0,250}} | accept (\s all)? \s cookies
    | cookie \s (policy|settings|notice|preferences) | privacy \s (policy|notice) | terms \s of \s (use|service)
    | (your|this) \s browser \s (does|is|can) \s? not \s .{{0,120}}
    | (this \s)? (video|audio|content) \s (is|could|can|has) \s? (not|no \s longer|currently|been) \s .{{0,20}}
      \b (available|supported|found|loaded|removed|played) \b .{{0,60}}""",
}
_FURNITURE = re.compile(rf"({'|'.join(_PATTERNS.values())}) [\s.:!?»›>…]*", re.I | re.X | re.S)
_LIST_HEAD = re.compile(  # above a list of titles, which are no sentences
    r"""(related|recommended|trending|popular|latest|more|other) \s (stories|articles|news|headlines)
    | related (\s links)? | most \s (read|popular|viewed|shared) | you \s (may|might) \s also \s like
    | (what \s to \s)? read \s (next|also) | up \s next | more \s on \s this (\s story)?""",
    re.I | re.X,
)
_LIST_ITEMS, _ITEM_CHARS = 8, 120
_REFERENCES = re.compile(
    r"sources?|references|external links|further reading|related news|sister links|footnotes", re.I
)
_REFERENCE = re.compile(  # a title with who published it and when, or an address
    r"(?=.{5,300}\Z)(.*\b(19|20)\d\d\b.*|[\"“«‘'].+[\"”»’'].{0,80}|.*(https?://|www\.)\S+.*)", re.S
)
_CITED_TITLE = re.compile(
    rf"(?=.{{9,300}}\Z)[\"“«].+[\"”»] \s* [—–-]+ \s* [^.!?]{{2,80}}, \s* {_DATE}", re.I | re.X | re.S
)
_PAYWALL = re.compile(rf"({_PATTERNS['for subscribers']}) [\s.:!?»›>…]*", re.I | re.X | re.S)
_CONSENT = re.compile(
    r"(?=.*\b(we|our|us|you|your)\b).*\b(cookies?|consent|personal (data|information)|privacy|tracking technologies"
    r"|(advertising|vendor|our)\W partners)\b",
    re.I | re.S,
)
_CONSENT_LONGEST = 4_000  # characters; a notice of more is read as what it is
_CONSENT_SHARE = 0.7  # of the text
_BYLINE = re.compile(
    r"By:? ([A-Z][\w.'’-]{0,30} ){1,4}[A-Z][\w.'’-]{1,30}"
    r"((,| and| &|,? for|,? in)( the)?( [A-Z][\w.'’&-]{0,30}){1,5}"
    r"|, [a-z ]{3,40}(editor|correspondent|reporter|writer)){0,5}"
)
_ABOUT = re.compile(r"(?i:about) (?P<name>(the )?[A-Z][^:.!?]{1,80})")
_ABOUT_INLINE = re.compile(r"(?i:about) (?P<name>(the )?[A-Z][^:.!?–—]{1,60}?) ?[:–—] ?(?P<text>.*)", re.S)
_BYLINE_BLOCKS = 5  # a byline stands at the top
_ABOUT_SHARE = 0.5  # the paragraph about the publisher stands in the second half


def find_furniture(blocks: Sequence[str]) -> set[int]:
    """The places of the blocks that are furniture; each block is one paragraph or line of the article."""
    found = {at for at, text in enumerate(blocks) if is_furniture(text)}
    found.update(item for at in tuple(found) for item in _titles_below(blocks, at))
    top = [at for at in range(len(blocks)) if at not in found][:_BYLINE_BLOCKS]
    found.update(at for at in top[1:] if _BYLINE.fullmatch(" ".join(blocks[at].split())[:_LONGEST].rstrip(".")))
    for at in range(max(2, int(len(blocks) * _ABOUT_SHARE)), len(blocks)):
        found.update(_about(blocks, at))
        found.update(_references(blocks, at))
    return found


def is_furniture(text: str) -> bool:
    """Whether this block alone is furniture, wherever it stands."""
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return False
    bare = text.strip(_WRAPPING)
    if not any(char.isalnum() for char in bare) or bare == "30" != text:  # "-30-" ends a story
        return True
    if text[0] in _OPENING and text.rstrip(".")[-1] not in _CLOSING:  # a quotation that goes on in the next paragraph
        return False
    if (
        text[0] in _DASHES and text[1] not in _DASHES and len(bare.split()) <= 2
    ):  # "– Reuters" signs the quotation above
        return False
    return bool(_FURNITURE.fullmatch(bare) or _CITED_TITLE.fullmatch(text))


def is_paywall(text: str) -> bool:
    """Whether this block asks for a subscription before the article goes on."""
    bare = " ".join(text.split()).strip(_WRAPPING)
    return len(bare) <= _LONGEST and bool(_PAYWALL.fullmatch(bare))


def is_consent(blocks: Sequence[str]) -> bool:
    """Whether what was found on a page is its question about cookies: short, and nearly all of it speaks of them."""
    size = sum(map(len, blocks))
    if not 0 < size <= _CONSENT_LONGEST:
        return False
    return sum(len(block) for block in blocks if _CONSENT.match(block)) >= _CONSENT_SHARE * size


def _titles_below(blocks: Sequence[str], at: int) -> Iterator[int]:
    """The titles of other stories that are listed under a heading which says so."""
    if _LIST_HEAD.fullmatch(blocks[at].strip(_WRAPPING + ".:!?…")):
        for below in range(at + 1, min(at + 1 + _LIST_ITEMS, len(blocks))):
            text = blocks[below].strip()
            if len(text) > _ITEM_CHARS or len(text.split()) < 2 or text[-1] in '.!:;,…"”’»)':
                return
            yield below


def _references(blocks: Sequence[str], at: int) -> Iterator[int]:
    """The heading and the items of a list of what the article draws on, below it."""
    below = at + 1
    if not _REFERENCES.fullmatch(blocks[at].strip(_WRAPPING + ".:!?…")):
        return
    while below < len(blocks) and _REFERENCE.fullmatch(blocks[below].strip(_WRAPPING)):
        yield below
        below += 1
    if below > at + 1 or below == len(blocks):
        yield at


def _about(blocks: Sequence[str], at: int) -> Sequence[int]:
    """The paragraph in which the publisher of a release describes itself, with its heading."""
    inline = _ABOUT_INLINE.match(blocks[at])
    if inline and _opens_with(inline["text"], inline["name"]):
        return (at,)
    heading = _ABOUT.fullmatch(blocks[at].strip())
    if heading and at + 1 < len(blocks) and _opens_with(blocks[at + 1], heading["name"]):
        return (at, at + 1)
    return ()


def _opens_with(text: str, name: str) -> bool:
    """Whether the paragraph opens with that name, or with "the" or "founded in … ," before it."""
    name = re.sub(r"^the ", "", " ".join(name.split()), flags=re.I).casefold()
    return name in " ".join(text.split())[: len(name) + 60].casefold()
