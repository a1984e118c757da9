"""TensorBoard as it runs where TensorFlow is installed: a script with TensorBoard's own arguments.

TensorFlow is imported before TensorBoard's threads start. TensorBoard imports it in whichever thread needs it first,
and two of them at once can find it half imported.
"""

import contextlib
import importlib

from tensorboard.main import run_main

if __name__ == "__main__":
    with contextlib.suppress(ImportError):
        importlib.import_module("tensorflow")
    run_main()
