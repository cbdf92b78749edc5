"""Text and records to static, escaped HTML: the article as a reader's page, with what was found marked in it.

In: the records as people decided them (:func:`kit.decisions.as_decided`) or as the machine gave them. Out:
:class:`Mark` and :class:`Piece` records, one HTML fragment of the article that carries its own CSS
(:func:`article_html`), and a table of what was decided (:func:`decisions_html`).

Article text is hostile: all of it is escaped, and bidirectional controls cannot reorder what stands outside their
piece. Nothing here edits the text: the character data of the fragment's ``.kit-text`` element is the article,
character for character; numbers and labels are drawn by CSS from attributes. Only characters that HTML cannot hold
are shown as pictures, one for one.
"""

from __future__ import annotations

from kit.markup.escaping import BIDI_CONTROLS, safe, unturned
from kit.markup.layout import Piece, blocks, pieces
from kit.markup.marks import (
    ROLE_OF_RECORD,
    SIGNS,
    Answer,
    Mark,
    Role,
    attributed_claims,
    claim_labels,
    claim_parts,
    marks,
    reporter,
)
from kit.markup.page import article_html, css
from kit.markup.table import decisions_html

__all__ = [
    "BIDI_CONTROLS",
    "ROLE_OF_RECORD",
    "SIGNS",
    "Answer",
    "Mark",
    "Piece",
    "Role",
    "article_html",
    "attributed_claims",
    "blocks",
    "claim_labels",
    "claim_parts",
    "css",
    "decisions_html",
    "marks",
    "pieces",
    "reporter",
    "safe",
    "unturned",
]
