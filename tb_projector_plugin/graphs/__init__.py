"""Neighbor graphs and quality measures based on them: from a request to its file, inline or in a child process."""
