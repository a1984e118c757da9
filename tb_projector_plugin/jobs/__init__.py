"""Long-running computations with progress: canceled immediately, and shared by all clients that request them."""
