"""Hostile text: what an article, a name, a label or a note may hold, and must never do in a page.

Each line would set ``kitRan`` or open a dialog if it were taken for markup, script or style.
"""

from __future__ import annotations

import hashlib

from kit.records import Analysis, Article, Claim, Cue, Pipeline, Quantity, Segment, Source, SourceMention, record_id

RUN = "window.kitRan=1"
LINES = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror="{RUN}">',
    f"'><svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<object data=javascript:{RUN}></object>",
    f"<a href=javascript:{RUN} autofocus onfocus={RUN}>a link</a>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<body onload={RUN}>",
    "<style>@import 'data:text/css,*{display:none!important}';*{visibility:hidden!important}</style>",
    f"</style><script>{RUN}</script>",
    f"</textarea></title></script><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}} `${{{RUN}}}`",
    f"[a link](javascript:{RUN}) ![x](x){{onerror={RUN}}}",
    f"$\\href{{javascript:{RUN}}}{{x}}$ \\(\\require{{html}}\\)",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#x3c;script&#x3e;",
    "\u202egnp.live \u2066mirror\u2069 \u200fback\u200e \u061c",
    "\x00\x07\x1b[31m\x85 \ufffe null and escape",
    "content: attr(x); } * { display: none } /*",
    "</mark></p></div></article></section>",
)


def hostile_analysis() -> Analysis:
    """Each line twice as source and content of a claim, with a figure in it; names of sources are hostile as well."""
    parts, segments, claims, sources, figures, at = [], [], [], [], [], 0
    for number, line in enumerate(LINES):
        text = f"{line} said that {line} 40 boats were lost."
        segments.append(Segment("headline" if number == 0 else "paragraph", at, at + len(text)))
        parts.append(text)
        at += len(text) + 2
    text = "\n\n".join(parts)
    article = Article(text, hashlib.sha256(text.encode()).hexdigest(), tuple(segments), title=LINES[2], outlet=LINES[1])
    for number, (line, segment) in enumerate(zip(LINES, segments, strict=True)):
        start = segment.start_char
        said = start + len(line) + 1
        who, cue, what = (
            article.span(start, start + len(line)),
            article.span(said, said + 4),
            article.span(said + 5, segment.end_char - 1),
        )
        sources.append(Source(id=f"s{number}", name=line, mentions=(who,), group=line))
        mention = SourceMention(who.start_char, who.end_char, who.text, f"s{number}")
        cited = Cue(cue.start_char, cue.end_char, cue.text)
        claims.append(
            Claim(id=record_id(text, "claim", start), source=mention, cue=cited, content=(what,), why=(line,))
        )
        boats = article.span(what.start_char + len(line) + 6, what.start_char + len(line) + 14)
        figure = {"id": record_id(text, "quantity", start), "claim_id": claims[-1].id, "reporter": f"s{number}"}
        figure |= {"value": 40, "unit": line, "counted": line}
        figures.append(Quantity(boats.start_char, boats.end_char, boats.text, **figure))
    return Analysis(article, tuple(claims), tuple(sources), tuple(figures), (), (), Pipeline("by hand", "1", "0"))
