"""Keeps papers and passages, and finds passages by meaning and by words. Knows no answer."""
