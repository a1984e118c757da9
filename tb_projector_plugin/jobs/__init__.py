"""Long-running computations with progress: cancelled immediately, and shared by all clients that request them."""
