"""Computations that take longer than a breath: each with its progress, cancelled at once, made once for all who ask."""
