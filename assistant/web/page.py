"""The chat page: what it shows and what happens when someone asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.types import Answer, Language
from assistant.web import frame, show
from assistant.web.preference import preferred
from prompts import message

if TYPE_CHECKING:
    from assistant.chain import Assistant

LANGUAGES = [("English", "en"), ("繁體中文", "zh-Hant"), ("简体中文", "zh-Hans")]
AT_ONCE = 10
WAITING = 64
REMEMBERED = 10

Conversation = tuple[Answer, ...]
Update = dict[Any, Any]


def build(assistant: Assistant, longest_question: int) -> gr.Blocks:
    """The page, its events answered by `assistant`."""
    page: gr.Blocks
    with gr.Blocks(title=message("page_title", "en"), analytics_enabled=False, fill_width=True) as page:
        parts = Parts(longest_question)
        _wire(page, parts, Chat(assistant, parts))
    page.queue(max_size=WAITING, api_open=False)
    return page


class Parts:
    """The components of the page, in the order in which they are drawn."""

    def __init__(self, longest_question: int) -> None:
        self.conversation = gr.State(())
        self.remembered = gr.BrowserState(None, storage_key="assistant-language", secret="assistant-language")
        with gr.Row(elem_id="top"):
            self.brand = gr.Markdown(elem_id="brand", sanitize_html=False)
            self.new_chat = gr.Button(elem_id="new-chat")
            self.language = gr.Radio(LANGUAGES, value="en", elem_id="language")
        self.intro = gr.Markdown(elem_id="intro", sanitize_html=False)
        self.chat = _chatbot()
        with gr.Column(elem_id="bottom"):
            self.hint = gr.Markdown(elem_id="hint", sanitize_html=False)
            with gr.Row(elem_id="composer"):
                self.box = gr.Textbox(elem_id="question", lines=1, max_lines=6, max_length=longest_question)
                self.send = gr.Button(elem_id="send", variant="primary")
            self.scope = gr.Markdown(elem_id="scope", sanitize_html=False)


def _chatbot() -> gr.Chatbot:
    """Shows messages that `show` has escaped: no Markdown, no further sanitising."""
    return gr.Chatbot(
        elem_id="chat",
        render_markdown=False,
        sanitize_html=False,
        container=False,
        show_label=False,
        layout="panel",
        height=None,
        autoscroll=False,
        buttons=[],
        feedback_options=None,
    )


def _wire(page: gr.Blocks, parts: Parts, chat: Chat) -> None:
    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    texts = [parts.brand, parts.language, parts.new_chat, parts.intro, parts.box, parts.send, parts.scope, parts.hint]
    talk = [parts.box, parts.chat, parts.conversation, parts.hint]
    page.load(chat.greet, parts.remembered, texts, **private)
    parts.language.input(chat.choose, parts.language, [*texts, parts.remembered], **private)
    asked = gr.on(
        [parts.box.submit, parts.send.click],
        chat.ask,
        [parts.box, parts.language, parts.conversation],
        talk,
        concurrency_limit=AT_ONCE,
        trigger_mode="once",
        **private,
    )
    parts.new_chat.click(chat.clear, None, talk, cancels=[asked], **private)


@dataclass(frozen=True)
class Chat:
    """What the page's events do, told as the new values of its parts."""

    assistant: Assistant
    parts: Parts

    def ask(self, text: str, language: str, conversation: Conversation) -> Iterator[Update]:
        """Show the question at once, then the answer as it grows."""
        parts, text = self.parts, text.strip()
        if not text:
            yield {parts.hint: frame.hint("question_empty", language)}
            return
        before = _messages(conversation)
        spoken = Language(language)
        asked = [_message("user", show.question(text, spoken)), _message("assistant", show.waiting(spoken))]
        yield {parts.box: "", parts.hint: "", parts.chat: before + asked}
        for answer, partial in self._answers(text, conversation):
            yield {parts.chat: before + _turn(answer, len(conversation) + 1, partial)}
        yield {parts.conversation: (*conversation, replace(answer, matches=()))}

    def _answers(self, text: str, conversation: Conversation) -> Iterator[tuple[Answer, bool]]:
        """Growing answers, each with whether more is to come; the last one comes a second time, as complete."""
        history = [answer.question.text for answer in conversation][-REMEMBERED:]
        for answer in self.assistant.stream(text, history):
            yield answer, True
        yield answer, False

    def clear(self) -> Update:
        parts = self.parts
        return {parts.box: "", parts.chat: [], parts.conversation: (), parts.hint: ""}

    def greet(self, remembered: str | None, request: gr.Request) -> Update:
        """The page in the language chosen last time, else in the browser's."""
        if remembered in set(Language):
            return self._speak(str(remembered))
        return self._speak(preferred(request.headers.get("accept-language", "")))

    def choose(self, language: str) -> Update:
        return {**self._speak(language), self.parts.remembered: language}

    def _speak(self, language: str) -> Update:
        """Every fixed text of the page in `language`."""
        parts, newest = self.parts, self.assistant.newest
        label, placeholder = message("your_question", language), message("question_placeholder", language)
        return {
            parts.brand: frame.brand(language),
            parts.language: gr.Radio(value=str(language), label=message("language", language)),
            parts.new_chat: message("new_chat", language),
            parts.intro: frame.intro(language),
            parts.box: gr.Textbox(label=label, placeholder=placeholder),
            parts.send: message("ask", language),
            parts.scope: frame.scope(language, newest),
            parts.hint: "",
        }


def _messages(conversation: Conversation) -> list[dict[str, str]]:
    return [each for number, answer in enumerate(conversation, 1) for each in _turn(answer, number, False)]


def _turn(answer: Answer, number: int, partial: bool) -> list[dict[str, str]]:
    question = show.question(answer.question.text, answer.question.language)
    return [_message("user", question), _message("assistant", show.answer(answer, number, partial=partial))]


def _message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}
