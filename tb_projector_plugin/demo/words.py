"""An Embedding layer's weights with a vocabulary: word2vec in Keras (CBOW, negative sampling; Mikolov et al. 2013)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from tb_projector_plugin.demo.documentation import Corpus, read_corpus

if TYPE_CHECKING:
    import keras

_WINDOW: Final = 5  # Words on each side.
_NEGATIVES: Final = 12  # Random words that each true one is distinguished from.
_DIMENSIONS: Final = 64
#: Fraction of the text above which a word's occurrences are subsampled (Mikolov et al., 2.3).
_FREQUENT: Final = 5e-4


def train(log_dir: str, epochs: int) -> None:
    """Trains word vectors and saves the weights of `word_embedding` for each epoch."""
    import keras

    from tb_projector_plugin.callbacks.keras import ProjectorCallback

    corpus = read_corpus()
    keras.utils.set_random_seed(2017)
    rng = np.random.default_rng(2017)
    contexts, targets = _make_examples(corpus, rng)
    candidates = np.concatenate([targets[:, None], _draw_negatives(corpus, len(targets), rng)], axis=1)
    is_true = np.zeros(candidates.shape, np.float32)
    is_true[:, 0] = 1
    callback = ProjectorCallback(
        log_dir,
        embeddings="word_embedding",
        metadata={"word": corpus.words, "count": corpus.counts, "module": corpus.modules},
        max_to_keep=None,
    )
    model = _build_word2vec(len(corpus.words))
    model.fit([contexts, candidates], is_true, batch_size=2048, epochs=epochs, verbose=2, callbacks=[callback])


def _build_word2vec(vocabulary: int) -> keras.Model:
    """Predicts which of several candidate words belongs between its context words; -1 stands for no word."""
    import keras
    from keras import layers, ops

    context = keras.Input((2 * _WINDOW,), dtype="int32", name="context")
    candidates = keras.Input((1 + _NEGATIVES,), dtype="int32", name="candidates")
    around = layers.Embedding(vocabulary, _DIMENSIONS, name="word_embedding")(ops.maximum(context, 0))
    is_word = ops.cast(ops.expand_dims(context, -1) >= 0, around.dtype)
    mean = ops.sum(around * is_word, axis=1) / ops.maximum(ops.sum(is_word, axis=1), 1)
    guesses = layers.Embedding(vocabulary, _DIMENSIONS, embeddings_initializer="zeros", name="guess")(candidates)
    model = keras.Model([context, candidates], layers.Dot(axes=(2, 1))([guesses, mean]), name="words")
    model.compile(keras.optimizers.Adam(5e-3), keras.losses.BinaryCrossentropy(from_logits=True))
    return model


def _make_examples(corpus: Corpus, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Contexts [examples, 2 * _WINDOW], -1 beyond the ends of the sentence, and the words [examples] between them."""
    windows = []
    for sentence in corpus.sentences:
        padded = np.pad(sentence, _WINDOW, constant_values=-1)
        windows.append(np.lib.stride_tricks.sliding_window_view(padded, 2 * _WINDOW + 1))
    examples = np.concatenate(windows)
    share = _shares(corpus)[examples[:, _WINDOW]]
    examples = examples[rng.random(len(examples)) < np.sqrt(_FREQUENT / share) + _FREQUENT / share]
    return np.delete(examples, _WINDOW, axis=1), examples[:, _WINDOW]


def _draw_negatives(corpus: Corpus, examples: int, rng: np.random.Generator) -> np.ndarray:
    """[examples, _NEGATIVES] words, drawn by frequency to the power of 3/4 (Mikolov et al., 2.2)."""
    weights = _shares(corpus) ** 0.75
    return rng.choice(len(weights), (examples, _NEGATIVES), p=weights / weights.sum()).astype(np.int32)


def _shares(corpus: Corpus) -> np.ndarray:
    counts = np.asarray(corpus.counts, np.float64)
    shares: np.ndarray = counts / counts.sum()
    return shares
