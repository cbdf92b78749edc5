"""A reading of an article, and what people decided about it, as tables.

In: an :class:`~kit.records.Analysis` and the decisions in force (:func:`kit.decisions.fold`). Out: one
``DataFrame`` per kind of record, one row per record in reading order, each row with the ids and the
character offsets that lead back to the text. Columns and dtypes are the same for every article, also
for one without a single record. The records are those of :func:`kit.decisions.effective`, and of nothing else.

Rejected suggestions stay in the table: the column ``decision`` says so, and the reader filters. Nothing is
added up, and no number is put where the article has only words.

Columns that all tables of records share: ``decision`` (``accept``, ``reject``, ``ignore``, ``undecided``),
``decided_by``, ``decided_at``, ``origin`` (``machine``, or ``analyst`` for a record that a person added), ``label``
(the label that a person added it with), ``labels`` (those that people gave it since), ``edited`` (the fields that a
person changed; :func:`changes_table` has both readings), ``note``,
``start_char`` and ``end_char`` (code points, half-open), ``published``, ``outlet``, ``title`` and ``article``
(the SHA-256 of the original bytes). The constants below list the rest. Offsets and numbers are nullable.
"""

from __future__ import annotations

from kit.tables.annotations import ANNOTATION_COLUMNS, CHANGE_COLUMNS, annotations_table, changes_table
from kit.tables.annotators import AGREEMENT_COLUMNS, agreement
from kit.tables.claims import CLAIM_COLUMNS, claims_table, content_text
from kit.tables.columns import Decisions
from kit.tables.corroborating import CORROBORATION_COLUMNS, corroboration
from kit.tables.dates import DATE_COLUMNS, dates_table
from kit.tables.differences import DIFFERENCE_COLUMNS, differences_table
from kit.tables.quantities import NO_OUTLET, QUANTITY_COLUMNS, quantities_table
from kit.tables.sources import SOURCE_COLUMNS, sources_table
from kit.tables.telling import TOLD_COLUMNS, how_it_is_told
from kit.tables.versions import VERSION_COLUMNS, versions_table

__all__ = [
    "AGREEMENT_COLUMNS",
    "ANNOTATION_COLUMNS",
    "CHANGE_COLUMNS",
    "CLAIM_COLUMNS",
    "CORROBORATION_COLUMNS",
    "DATE_COLUMNS",
    "DIFFERENCE_COLUMNS",
    "NO_OUTLET",
    "QUANTITY_COLUMNS",
    "SOURCE_COLUMNS",
    "TOLD_COLUMNS",
    "VERSION_COLUMNS",
    "Decisions",
    "agreement",
    "annotations_table",
    "changes_table",
    "claims_table",
    "content_text",
    "corroboration",
    "dates_table",
    "differences_table",
    "how_it_is_told",
    "quantities_table",
    "sources_table",
    "versions_table",
]
