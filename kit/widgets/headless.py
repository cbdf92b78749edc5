"""Is anybody there? A widget without a front end shows nothing, so it has to know.

In: the running kernel, if there is one. Out: one ``bool``. Nothing is started or changed.
"""

from __future__ import annotations

import sys


def is_headless() -> bool:
    """Whether this notebook is run by nbconvert, nbclient or papermill rather than by a person.

    These send their cells with ``allow_stdin`` false, for there is nobody to answer a prompt; JupyterLab, Notebook
    and VS Code send it true. Where that cannot be seen (a plain Python, another kernel) the answer is ``False``.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(getattr(shell, "kernel", None), "_allow_stdin", None) is False
