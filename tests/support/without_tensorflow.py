"""TensorBoard as it runs without TensorFlow: a script with TensorBoard's own arguments.

TensorBoard imports TensorFlow if it is installed, which takes several seconds and 700 MB, and then hardly uses it.
TensorBoard skips the import if the module `tensorboard.compat.notf` exists.
"""

import sys
import types

from tensorboard.main import run_main

if __name__ == "__main__":
    sys.modules["tensorboard.compat.notf"] = types.ModuleType("tensorboard.compat.notf")
    run_main()
