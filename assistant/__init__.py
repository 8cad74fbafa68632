"""Questions in, answers made of verified quotations out."""
