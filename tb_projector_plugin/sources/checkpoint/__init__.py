"""TensorFlow's checkpoints: their index, their tensors, and what the variables are called."""
