"""The errors that a person is meant to read: one sentence, with the value and the remedy."""


class CouncilPapersError(Exception):
    """Anything that the command line and the page show as its one sentence, without a traceback."""


class UnreadableDocument(CouncilPapersError):
    """A file can't be read; the sentence names the file, the reason and, where there is one, the remedy."""


class PasswordNeeded(UnreadableDocument):
    """A file is encrypted, and no password or the wrong one was given."""
