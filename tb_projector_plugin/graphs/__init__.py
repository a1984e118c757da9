"""Neighbor graphs and what is measured by them: from a request for one to its file, here or in a child process."""
