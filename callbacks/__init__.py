"""Callbacks through which training loops save vectors. Each framework has a module, and is imported only there."""
