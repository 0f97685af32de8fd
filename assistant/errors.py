"""Everything that can go wrong and be told to a person.

    AssistantError
    ├── SettingsError        a setting is unknown or has an unusable value
    ├── QuestionError        a question cannot be asked as it stands
    ├── DocumentError        a document cannot be read as it stands
    ├── IndexProblem         the index cannot be used
    │   ├── IndexMissing     there is no index yet
    │   ├── IndexMismatch    the index was made with another embedding model or program
    │   ├── IndexDamaged     the index is there but cannot be read
    │   ├── IndexUnreachable the Chroma server that holds it does not answer
    │   └── IndexLocked      another process is writing it, or the folder is not writable
    ├── ModelError           a model cannot be loaded or does not answer
    └── ServeError           the web chat cannot start

Each message says what happened, which thing it happened to, and what to do.
"""


class AssistantError(Exception):
    """Base class: its message is meant to be shown to a person."""


class SettingsError(AssistantError):
    """A setting is unknown or has an unusable value."""


class QuestionError(AssistantError):
    """A question cannot be asked as it stands; `reason` names the message in `prompts/`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class DocumentError(AssistantError):
    """A document cannot be read as it stands."""


class IndexProblem(AssistantError):
    """The index cannot be used."""


class IndexMissing(IndexProblem):
    """There is no index yet."""


class IndexMismatch(IndexProblem):
    """The index was made with another embedding model, or by another version of the program."""


class IndexDamaged(IndexProblem):
    """The index is there but cannot be read."""


class IndexUnreachable(IndexProblem):
    """The Chroma server that holds the index does not answer."""


class IndexLocked(IndexProblem):
    """Another process is writing the index, or its folder cannot be written."""


class ModelError(AssistantError):
    """A model cannot be loaded or does not answer."""


class ServeError(AssistantError):
    """The web chat cannot start."""
