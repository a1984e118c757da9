"""TensorFlow checkpoints: their index, their tensors, and the names of their variables."""
