"""Many articles to JSON lines or tables: the work behind ``kit extract``.

In: paths of articles, folders and ``.jsonl`` lists. Out: one JSON object per article in input order, as the contract
of ``kit extract`` has it. A bad article becomes an object with ``error``; it never stops the others. File by file::

    paths
      |  jobs         one light Job per article: where it stands, nothing of its text
      |  processes    some processes, each with the pipeline loaded once; results in order, whatever dies
      |  reading      what a process does with a Job
      v
    one line of JSON per article ------------------------------> standard output
      |  parts        finished parts in a folder, so that an interrupted run goes on where it stopped
      |  tables       one table per kind of record
      v
    articles.jsonl, or claims.csv, quantities.csv, …

:mod:`kit.batch.command` is what ``kit extract`` calls.
"""

from __future__ import annotations

from kit.batch.jobs import BatchError, Job, list_jobs
from kit.batch.parts import extract_into
from kit.batch.reading import Result, extract
from kit.batch.tables import RECORD_KINDS, write_tables

__all__ = ["RECORD_KINDS", "BatchError", "Job", "Result", "extract", "extract_into", "list_jobs", "write_tables"]
