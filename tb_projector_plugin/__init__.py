"""An embedding projector for TensorBoard that shows every point at once and states what a view leaves out."""

__version__ = "0.1.0"
