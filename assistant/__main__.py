"""python -m assistant ask "…": the command line."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from assistant import settings as configuration
from assistant.errors import AssistantError, QuestionError, SettingsError
from assistant.types import Answer, Status

DONE, FAILED, UNUSABLE, STOPPED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: answered or refused; 1: unavailable; 2: the question or a setting cannot be used."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(message)s")
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return UNUSABLE if isinstance(error, QuestionError | SettingsError) else FAILED
    except BrokenPipeError:  # whoever reads has read enough; what is left has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return STOPPED


def ask(options: argparse.Namespace) -> int:
    from assistant.understand import tidy

    settings = configuration.load()
    question = tidy(options.question, settings.max_question)

    from assistant.chain import open_assistant  # seconds, which an unusable question need not cost

    answer = open_assistant(settings).ask(question, options.history)
    text = json.dumps(answer.as_dict(), ensure_ascii=False, indent=2) if options.json else as_text(answer)
    print(text)
    return FAILED if answer.status is Status.UNAVAILABLE else DONE


def show_settings(options: argparse.Namespace) -> int:
    rows = configuration.table(configuration.load())
    for name, value, origin, meaning in rows:
        print(f"{name}={value}  ({origin})\n    {meaning}")
    return DONE


def as_text(answer: Answer) -> str:
    """An answer for a terminal: the sentences with their markers, the notice, then what each marker stands for."""
    from assistant.origin import origin

    marked = [f"{s.text} {''.join(f'[{number}]' for number in s.citations)}" for s in answer.sentences]
    lines = [*(marked or [answer.text])]
    if answer.notice:
        lines += ["", answer.notice]
    for citation in answer.citations:
        lines += ["", f"[{citation.number}] {origin(citation.passage.source, answer.question.language)}"]
        lines += [f"    {citation.passage.section}"] if citation.passage.section else []
        lines += [f"    “{citation.quote}”"]
    if answer.suggestions:
        lines += ["", *(f"- {suggestion}" for suggestion in answer.suggestions)]
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Ask the documents from the command line.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    asking = commands.add_parser("ask", help="answer one question with citations")
    asking.add_argument("question", help="in English, Traditional or Simplified Chinese")
    asking.add_argument(
        "--history", action="append", default=[], metavar="QUESTION", help="an earlier question; repeat, oldest first"
    )
    asking.add_argument("--json", action="store_true", help="print the answer as JSON")
    asking.set_defaults(run=ask)
    settings = commands.add_parser("settings", help="print every setting with its value, origin and meaning")
    settings.set_defaults(run=show_settings)
    return parser


def _leave(code: int) -> NoReturn:
    """End at once: to take apart what is loaded would add a fifth to the time of an answer, and saves nothing."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _leave(main())
