"""Gridtime: see how convolutional and recurrent neural networks process an input."""

__version__ = "0.1.0"
