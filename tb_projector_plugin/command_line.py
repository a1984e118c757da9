"""`tb-projector`: the package's command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tb_projector_plugin.errors import ProjectorError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    options = _make_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ProjectorError as error:
        print(f"tb-projector: {error.message}\n{error.fix}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nEnded.", file=sys.stderr)
        return 130


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tb-projector", description="Embeddings in TensorBoard.")
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_demo(commands)
    return parser


def _add_demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser(
        "demo",
        help="train two small Keras models and show their embeddings",
        description="Trains two small Keras models on data that is on every machine, and shows their embeddings in "
        "TensorBoard: a layer's activations on images of digits, and word vectors.",
    )
    demo.add_argument("--logdir", help="where to write (a new temporary folder)")
    demo.add_argument("--port", type=_port, help="TensorBoard's port (6006, or a free one where that is taken)")
    demo.add_argument("--epochs", type=_positive, default=6, help="epochs of each model (%(default)s)")
    demo.add_argument("--no-serve", dest="serve", action="store_false", help="train only")
    demo.add_argument("--no-browser", dest="browser", action="store_false", help="do not open a browser")
    demo.set_defaults(run=_run_demo)


def _run_demo(options: argparse.Namespace) -> int:
    from tb_projector_plugin.demo import DemoOptions, run_demo

    return run_demo(DemoOptions(options.logdir, options.port, options.epochs, options.serve, options.browser))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not above 0")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{number} is not a port; expected 1 to 65535")
    return number


if __name__ == "__main__":
    sys.exit(main())
