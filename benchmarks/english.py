"""Measure the English that ships with the kit: how right, how soon, how fast, and how much memory.

    OMP_NUM_THREADS=1 python benchmarks/english.py DATA [--most N] [--memory N]

``DATA`` is a folder of corpora as ``training/README.md`` describes it; its development sets are read, from raw text,
by the pipeline that ``kit.load_pipeline()`` gives. Speed is counted in processor seconds on one core, beside a spaCy
pipeline of the architecture of ``en_core_web_sm`` in the same run. That one has untrained weights: an epoch of training
changed its speed by 2 %.
With ``--memory`` nothing but memory is measured, while so many articles made up here go through ``nlp.pipe``.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from kit.english.reading import Analysis, Attribution, Reading
from kit.pipeline import load_pipeline
from training.corpora import Document
from training.figures import read_dev, score_documents
from training.settings import read_config

LOAD = "import time, kit.pipeline as p; t = time.perf_counter(); p.load_pipeline(); print(time.perf_counter() - t)"
ROUNDS = 3
TIMED = 30  # articles
STATM = Path("/proc/self/statm")
CNN = {"@architectures": "spacy.Tok2Vec.v2"}
ENCODE = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1}
ENCODE |= {"maxout_pieces": 3}
EMBED = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "include_static_vectors": False}
SHARED = {"attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"], "rows": [5000, 1000, 2500, 2500, 50, 50]}
OWN = {"attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "rows": [5000, 1000, 2500, 2500]}
STATES = {"@architectures": "spacy.TransitionBasedParser.v2", "hidden_width": 64, "maxout_pieces": 2, "use_upper": True}
LISTEN = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


def main(argv: list[str] | None = None) -> None:
    """Print one line per figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("--most", type=int, default=None, metavar="N", help="documents of each set (default: all)")
    parser.add_argument("--memory", type=int, default=None, metavar="N", help="made-up articles; measure nothing else")
    options = parser.parse_args(argv)
    if options.memory:
        return show_memory(options.memory)
    if not (options.data / "polnear").is_dir():
        parser.error(f"{options.data} is no folder of corpora: see training/README.md")
    if hasattr(os, "sched_setaffinity"):  # all threads of both pipelines share this core
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    show_loading()
    sets = read_dev(read_config()["dev"], options.data, most=options.most)
    show_speed([document.text for document in sets["polnear"][:TIMED]], options.data / "docbin" / "ewt_dev.spacy")
    for name, documents in sets.items():
        print(f"\n{name}: {len(documents)} documents, {sum(len(document.words) for document in documents):,} words")
        for figure, value in score_set(documents, load_pipeline()).items():
            print(f"  {figure:<24}{value:8.2f}", flush=True)


def score_set(documents: Sequence[Document], nlp: Language) -> dict[str, float]:
    """The figures of one set, F1, from raw text."""
    readings = [read_doc(doc) for doc in nlp.pipe(document.text for document in documents)]
    return score_documents(documents, readings)


def read_doc(doc: Doc) -> Reading:
    """What a pipeline wrote on a ``Doc``, in the form that the scorers compare; white space is no word."""
    tokens = [token for token in doc if not token.is_space]
    places = {token.i: index for index, token in enumerate(tokens)}
    firsts = {next((token.i for token in sentence if not token.is_space), None) for sentence in doc.sents}
    syntax = Analysis(
        doc.text,
        [(token.idx, token.idx + len(token)) for token in tokens],
        [token.i in firsts for token in tokens],
        [token.tag_ for token in tokens],
        [token.pos_ for token in tokens],
        [token.lemma_ for token in tokens],
        [places[token.head.i] for token in tokens],
        [token.dep_ for token in tokens],
    )
    parts: dict[str, dict[str, list]] = defaultdict(lambda: {"source": [], "cue": [], "content": []})
    for span in doc.spans["attributions"]:
        parts[span.id_][span.label_].append((span.start_char, span.end_char))
    attributions = [Attribution(**{role: tuple(spans) for role, spans in part.items()}) for part in parts.values()]
    return Reading(syntax, [(e.start_char, e.end_char, e.label_) for e in doc.ents], attributions)


def show_loading() -> None:
    """Print the seconds that loading takes in a new process, after the imports."""
    command = [sys.executable, "-c", LOAD]
    seconds = [float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(ROUNDS)]
    print(f"loading, imports apart       {min(seconds):8.2f} s   target: 1.0 s, at most 1.5 s", flush=True)


def show_speed(texts: Sequence[str], labels: Path) -> None:
    """Print the words per second of both pipelines, read in turns; the best of some rounds."""
    pipelines = {"kit": load_pipeline(), "CNN as in en_core_web_sm": make_cnn(labels)}
    words = sum(not token.is_space for text in texts for token in load_pipeline().make_doc(text))
    best: dict[str, float] = dict.fromkeys(pipelines, float("inf"))
    for _ in range(ROUNDS):
        for name, nlp in pipelines.items():
            started = time.process_time()
            for _doc in nlp.pipe(texts):
                pass
            best[name] = min(best[name], time.process_time() - started)
    for name, seconds in best.items():
        target = "   target: 5,000, at least 3,000" if name == "kit" else ""
        print(f"words a second, {name:<25}{words / seconds:8,.0f}{target}", flush=True)


def make_cnn(labels: Path) -> Language:
    """A pipeline of the components of ``en_core_web_sm`` with untrained weights and the labels of a DocBin."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": CNN | {"embed": EMBED | SHARED, "encode": ENCODE}})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTEN}})
    parser = STATES | {"state_type": "parser", "extra_state_tokens": False, "tok2vec": LISTEN}
    nlp.add_pipe("parser", config={"model": parser})
    nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    recogniser = STATES | {"state_type": "ner", "extra_state_tokens": False}
    recogniser |= {"tok2vec": CNN | {"embed": EMBED | OWN, "encode": ENCODE}}
    nlp.add_pipe("ner", config={"model": recogniser})
    gold = list(DocBin().from_disk(labels).get_docs(nlp.vocab))
    tags: dict[str, Counter[str]] = defaultdict(Counter)
    for token in (token for doc in gold for token in doc if token.tag_):
        tags[token.tag_][token.pos_] += 1
    nlp.get_pipe("lemmatizer").initialize(lookups=make_rules())
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in gold]
    with nlp.select_pipes(disable=["lemmatizer"]):
        nlp.initialize(lambda: examples)
    nlp.get_pipe("attribute_ruler").load_from_tag_map(
        {tag: {"POS": seen.most_common(1)[0][0]} for tag, seen in tags.items()}
    )
    return nlp


def make_rules() -> Lookups:
    """A few rules for spaCy's rule lemmatizer, whose own tables are a package of their own."""
    rules = {
        "noun": [["ses", "s"], ["ies", "y"], ["s", ""]],
        "verb": [["ies", "y"], ["es", "e"], ["s", ""], ["ed", "e"], ["ed", ""], ["ing", "e"], ["ing", ""]],
        "adj": [["er", ""], ["est", ""]],
    }
    lookups = Lookups()
    lookups.add_table("lemma_rules", rules)
    lookups.add_table("lemma_index", {name: ["house", "say", "close", "rise", "lose"] for name in rules})
    lookups.add_table("lemma_exc", {"verb": {"said": ["say"], "was": ["be"], "were": ["be"]}, "noun": {}, "adj": {}})
    return lookups


def show_memory(count: int) -> None:
    """Print the resident memory at each tenth of ``count`` made-up articles; the texts are not kept."""
    nlp, step = load_pipeline(), max(1, count // 10)
    print(f"{'articles':>10}{'MB':>8}\n{0:>10,}{resident():>8.0f}", flush=True)
    started = time.process_time()
    for number, _ in enumerate(nlp.pipe(make_articles(count)), start=1):
        if number % step == 0:
            print(f"{number:>10,}{resident():>8.0f}", flush=True)
    print(f"{time.process_time() - started:.0f} processor seconds; target: flat, at most 700 MB")


def make_articles(count: int) -> Iterator[str]:
    """Articles of some 300 words, each with names of its own, as news has them."""
    chance = random.Random(7)
    for _ in range(count):
        names = [make_name(chance) for _ in range(4)]
        yield "\n\n".join(" ".join(make_sentences(chance, names)) for _ in range(6))


def make_name(chance: random.Random) -> str:
    """A name that nobody bears."""
    return "".join(chance.choices("va ru lo mi ken dor ti sal ber no qui ash gra fen".split(), k=3)).capitalize()


def make_sentences(chance: random.Random, names: Sequence[str]) -> Iterable[str]:
    """The sentences of a paragraph."""
    forms = (
        "{a} said on Monday that {n} houses near {b} were lost when the river rose.",
        "“We have seen nothing like it,” Mayor {a} told reporters in {b}.",
        "The ministry denied that more than {n} people had left the town, {a} added.",
        "According to {a}, the old bridge of {b} will be closed for {n} days.",
    )
    for form in chance.choices(forms, k=4):
        yield form.format(a=chance.choice(names), b=chance.choice(names), n=chance.randint(2, 99_999))


def resident() -> float:
    """The resident memory of this process in megabytes; the highest so far where the system tells no other."""
    if STATM.exists():
        return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / 1e6 if sys.platform == "darwin" else highest / 1e3


if __name__ == "__main__":
    main()
