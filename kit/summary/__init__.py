"""What a report says in sentences: who claims what, what the sources are, what nobody decided.

In: the records as people decided them (:meth:`kit.cases.Case.view`). Out: :class:`Sentence`s whose parts lead to the
marked words, and small tables. Nothing here judges, adds up or says how sure something is: the words for that are the
speakers' own, and :mod:`kit.wording` reads what we and the analyst wrote for them.

    view --figures, claims--> groups --> Summary --shown--> HTML       the first part of a report
         --sourcing---------> the source summary statement (ICD 206)
         --judging, method--> who decided what, what nobody decided, what read the article
"""

from __future__ import annotations

from kit.summary.groups import Group, Summary, summarise
from kit.summary.judging import deciders, open_suggestions, undecided_sentence
from kit.summary.method import method_facts
from kit.summary.sentences import Part, Sentence
from kit.summary.shown import show_sentences, show_summary
from kit.summary.sourcing import source_statement
from kit.summary.targets import analysts_notes, mark_targets

__all__ = [
    "Group",
    "Part",
    "Sentence",
    "Summary",
    "analysts_notes",
    "deciders",
    "mark_targets",
    "method_facts",
    "open_suggestions",
    "show_sentences",
    "show_summary",
    "source_statement",
    "summarise",
    "undecided_sentence",
]
