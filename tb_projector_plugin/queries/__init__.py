"""Which matrix, rows or file a request means: from its parameters and body to what is computed or read."""
