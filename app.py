"""Starts the web chat: settings → assistant → web app → launch."""

import sys

from assistant import settings
from assistant.chain import open_assistant
from assistant.errors import AssistantError
from assistant.web import server


def main() -> int:
    """Serve the chat until stopped; the exit status is 1 where it cannot start."""
    try:
        current = settings.load()
        listener = server.listen(current)
        assistant = open_assistant(current)
        server.serve(server.create_app(assistant, current), listener)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
