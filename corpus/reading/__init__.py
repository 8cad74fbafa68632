"""One file in, one `Document` out: exact text, blocks, page numbers as printed."""
