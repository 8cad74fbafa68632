"""Judges the assistant against gold questions. Nothing imports it."""
