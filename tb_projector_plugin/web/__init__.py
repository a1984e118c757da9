"""HTTP for all routes: checks which requests are allowed, reads their input, and builds answers."""
