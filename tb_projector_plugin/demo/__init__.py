"""The demo: two small Keras models, trained on data available everywhere, and their embeddings in TensorBoard."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass

from tb_projector_plugin.demo.say import say
from tb_projector_plugin.errors import NotFoundError


@dataclass(frozen=True)
class DemoOptions:
    """Options of `tb-projector demo`. `logdir` None: a new folder; `port` None: 6006, or a free one if it is taken."""

    logdir: str | None = None
    port: int | None = None
    epochs: int = 6
    serve: bool = True
    browser: bool = True


def run_demo(options: DemoOptions) -> int:
    """Trains, then serves until Ctrl-C. Returns the exit status of the process."""
    logdir = os.path.abspath(options.logdir or tempfile.mkdtemp(prefix="tb-projector-demo-"))
    train_demo(logdir, options.epochs)
    if not options.serve:
        say(f"\nDone. To see it: tensorboard --logdir {logdir}")
        return 0
    from tb_projector_plugin.demo.server import serve

    return serve(logdir, options.port, browser=options.browser)


def train_demo(logdir: str, epochs: int) -> None:
    """Writes the runs `digits` and `words` below `logdir`."""
    # Suppresses notes on drivers and instruction sets, which would bury the progress.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    say("Loading Keras …")
    _check_imports()
    from tb_projector_plugin.demo import digits, words

    say("\n1 of 2: a network that reads handwritten digits; kept each epoch: what its last layer makes of images")
    digits.train(os.path.join(logdir, "digits"), epochs)
    say("\n2 of 2: word vectors from Python's own documentation; kept each epoch: the weights of the Embedding layer")
    words.train(os.path.join(logdir, "words"), epochs)


def _check_imports() -> None:
    try:
        import keras
        import sklearn

        import tb_projector_plugin.callbacks.keras
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    del keras, sklearn, tb_projector_plugin


def _missing(error: ModuleNotFoundError) -> NotFoundError:
    if (error.name or "").startswith("tb_projector_plugin"):
        return NotFoundError(
            f"{error.name} is not there: Python found the clone's source folder instead of the installed package.",
            "Install it with `pip install .`, and run `tb-projector demo`; or start Python from another folder.",
        )
    return NotFoundError(
        f"The demo trains real models and needs {error.name}, which is not installed.",
        'Install what it needs: pip install "tb-projector-plugin[demo]", or from a clone: pip install ".[demo]"',
    )
