"""Resolves requests: from parameters and body to the matrix, rows or file to compute on or read."""
