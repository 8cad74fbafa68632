"""How the page's listeners are made."""

from __future__ import annotations

from typing import Any

QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""For every listener: Gradio would veil what waits for an answer, and publish the function as a service."""
