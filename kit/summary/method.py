"""How a report was made: what read the article, what exactly was read, under which policy. No clock, no path.

In: a case. Out: facts by name, so that somebody else can check that they have the same article and the same reading.
"""

from __future__ import annotations

import hashlib
from typing import Any

import kit
from kit.cases import ANALYSIS_FILE, ANNOTATIONS_FILE, Case
from kit.policies import LITERAL, policy_names


def method_facts(case: Case, *, policy: str = LITERAL) -> dict[str, Any]:
    """What is known of the article, kit and pipeline with versions, hashes, the policy for numbers that are words."""
    pipeline = case.analysis.pipeline
    names = policy_names()
    known = {"Article, SHA-256" if name == "SHA-256" else name: value for name, value in case.facts().items()}
    return known | {
        "Collected": _collected(case),
        "Made with": f"analyst-notebook-kit {kit.__version__}",
        "Read by": f"{pipeline.name} {pipeline.version}",
        "Rules of the reading, SHA-256": pipeline.sha256,
        f"Reading ({ANALYSIS_FILE}), SHA-256": _sha256(case, ANALYSIS_FILE),
        f"Decisions ({ANNOTATIONS_FILE}), SHA-256": _sha256(case, ANNOTATIONS_FILE),
        "Numbers that are words": f"charts follow the {names.get(policy, policy)}; tables show the words",
    }


def _sha256(case: Case, name: str) -> str | None:
    path = case.folder / name
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _collected(case: Case) -> str | None:
    when, who = case.info.get("collected_at"), case.info.get("collected_by")
    return " by ".join(str(one) for one in (when, who) if one) or None
