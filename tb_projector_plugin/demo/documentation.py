"""Text included with Python: the docstrings of the standard library and the topics of `help()`."""

from __future__ import annotations

import ast
import os
import re
import sysconfig
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

#: Folders of the standard library with tests, third-party packages or copies of the text.
_NOT_READ: Final = (
    "__pycache__",
    "dist-packages",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "pydoc_data",
    "site-packages",
    "test",
    "tests",
    "turtledemo",
)

#: Function words, which carry no meaning about their neighbors.
# fmt: off
_STOP_WORDS: Final = frozenset((
    "a", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "do", "does",
    "each", "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "may", "must",
    "no", "not", "of", "on", "only", "or", "other", "same", "should", "so", "such", "than", "that", "the",
    "their", "then", "there", "these", "they", "this", "to", "use", "used", "using", "was", "were", "what",
    "when", "where", "which", "will", "with", "would", "you",
))
# fmt: on


@dataclass(frozen=True)
class Corpus:
    """Sentences are indices into `words`; `counts` and `modules` (where a word is most frequent) are per word."""

    words: list[str]
    counts: list[int]
    modules: list[str]
    sentences: list[np.ndarray]


def read_corpus(at_least: int = 6) -> Corpus:
    """Words with at least `at_least` occurrences, the most frequent first."""
    texts = [(module, _split_words(text)) for module, text in _read_texts()]
    counts: Counter[str] = Counter()
    modules: dict[str, Counter[str]] = {}
    for module, words in texts:
        counts.update(words)
        for word in words:
            modules.setdefault(word, Counter())[module] += 1
    vocabulary = [word for word, count in counts.most_common() if count >= at_least]
    number_of = {word: number for number, word in enumerate(vocabulary)}
    sentences = [np.array([number_of[w] for w in words if w in number_of], np.int32) for _, words in texts]
    return Corpus(
        vocabulary,
        [counts[word] for word in vocabulary],
        [modules[word].most_common(1)[0][0] for word in vocabulary],
        [sentence for sentence in sentences if len(sentence) > 1],
    )


def _split_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z][a-z]+", text.lower()) if word not in _STOP_WORDS]


def _read_texts() -> Iterator[tuple[str, str]]:
    """(module, text) pairs. Files that this Python cannot parse, such as templates, are skipped."""
    root = sysconfig.get_path("stdlib")
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _NOT_READ)
        for file in sorted(files):
            if file.endswith(".py"):
                path = os.path.join(folder, file)
                module = os.path.relpath(path, root).removesuffix(".py").replace(os.sep, ".").removesuffix(".__init__")
                yield from ((module, text) for text in _read_docstrings(path))
    yield from (("language reference", paragraph) for paragraph in _read_topics())


def _read_docstrings(path: str) -> Iterator[str]:
    try:
        with open(path, encoding="utf-8") as file:
            tree = ast.parse(file.read())
    except (OSError, SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield ast.get_docstring(node) or ""


def _read_topics() -> list[str]:
    """The text that `help("FORMATTING")` and the like print; some distributions omit it."""
    try:
        from pydoc_data.topics import topics
    except ImportError:
        return []
    return [paragraph for text in topics.values() for paragraph in text.split("\n\n")]
