"""An embedding projector for TensorBoard: every point, at once, with the truth about what is shown."""

__version__ = "0.1.0"
