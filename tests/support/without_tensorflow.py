"""TensorBoard as it runs where TensorFlow is not installed: a script that takes TensorBoard's own arguments.

TensorBoard imports TensorFlow where it can, which takes it several seconds and 700 MB, and then hardly uses it. The
module that it looks for, `tensorboard.compat.notf`, is the switch that TensorBoard itself has for that.
"""

import sys
import types

from tensorboard.main import run_main

if __name__ == "__main__":
    sys.modules["tensorboard.compat.notf"] = types.ModuleType("tensorboard.compat.notf")
    run_main()
