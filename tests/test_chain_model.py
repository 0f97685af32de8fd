"""The whole chain with a chat model: the settings, a real index and real HTTP to a scripted server."""

from collections.abc import Iterator

import pytest
from openai_server import ScriptedServer

from assistant.chain import Assistant, open_assistant
from assistant.settings import Settings
from assistant.settings import load as load_settings
from assistant.types import Status
from assistant.write import CANNOT_ANSWER
from prompts import message

ASK = {
    "en": "How many civil servants were in the first batch?",
    "zh-Hant": "首批有多少名香港公務員？",
    "zh-Hans": "首批有多少名香港公务员？",
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def assistant(server: ScriptedServer, tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "openai:scripted")
    monkeypatch.setenv("ASSISTANT_CHAT_BASE_URL", server.base_url)
    monkeypatch.setenv("ASSISTANT_CHAT_TIMEOUT", "1")
    monkeypatch.setenv("ASSISTANT_INDEX", str(tiny_settings.index))
    return open_assistant(load_settings())


def test_markers_become_citations(server: ScriptedServer, assistant: Assistant) -> None:
    number = _number_of(server, assistant, "had 10")
    server.enqueue(f"The first batch had ten civil servants [{number}][99]. Welcome!")
    answer = assistant.ask(ASK["en"])
    assert (answer.status, answer.text) == (Status.ANSWERED, "The first batch had ten civil servants.")
    assert [sentence.citations for sentence in answer.sentences] == [(1,)]
    (citation,) = answer.citations
    assert citation.quote == "The first batch had 10 Hong Kong civil servants."
    assert citation.passage.text[citation.start : citation.end] == citation.quote
    assert answer.as_of == "2024-03-08"
    assert answer.notice is None


def test_sentences_stream_as_they_are_verified(server: ScriptedServer, assistant: Assistant) -> None:
    number = _number_of(server, assistant, "had 10")
    server.enqueue(
        f"The first batch had 10 civil servants [{number}]. They were in Shenzhen for three weeks [{number}]. "
        f"The exchange in Shenzhen lasted 3 months [{number}].",
        pause=0.01,
    )
    texts = list(dict.fromkeys(answer.text for answer in assistant.stream(ASK["en"])))
    first, last = "The first batch had 10 civil servants.", "The exchange in Shenzhen lasted 3 months."
    assert texts == [first, f"{first} {last}"]


@pytest.mark.parametrize(
    "reply",
    [
        "The first batch had 12 civil servants [1][2][3].",
        "The first batch had 10 civil servants.",
        "The first batch had 10 civil servants [77].",
        "Their salary was paid by Hong Kong [1][2][3].",
        "首批有10名香港公務員[1][2][3]。",
        "",
    ],
)
def test_an_answer_that_does_not_hold_is_replaced_by_the_readers(
    server: ScriptedServer, assistant: Assistant, tiny_settings: Settings, reply: str
) -> None:
    server.enqueue(reply)
    answer, expected = assistant.ask(ASK["en"]), Assistant(tiny_settings).ask(ASK["en"])
    assert (answer.status, answer.text, answer.citations) == (expected.status, expected.text, expected.citations)
    assert answer.notice and answer.notice.startswith(message("model_failed", "en"))


@pytest.mark.parametrize("language", ASK)
@pytest.mark.parametrize("how", [{"status": 429}, {"status": 500}, {"silence": 3.0}, {"break_after": 2}])
def test_a_failure_falls_back_with_a_notice_in_the_askers_language(
    server: ScriptedServer, assistant: Assistant, tiny_settings: Settings, language: str, how: dict[str, float]
) -> None:
    server.enqueue("The first batch had 10", times=2, **how)
    answer, expected = assistant.ask(ASK[language]), Assistant(tiny_settings).ask(ASK[language])
    assert (answer.status, answer.text) == (expected.status, expected.text)
    assert answer.notice and answer.notice.startswith(message("model_failed", language))


def test_a_stream_that_breaks_leaves_the_readers_answer(
    server: ScriptedServer, assistant: Assistant, tiny_settings: Settings
) -> None:
    number = _number_of(server, assistant, "had 10")
    server.enqueue(f"The first batch had ten people [{number}]. They then went", end_after=8)
    *_, answer = assistant.stream(ASK["en"])
    assert answer.text == Assistant(tiny_settings).ask(ASK["en"]).text


def test_the_model_may_say_that_it_cannot_answer(server: ScriptedServer, assistant: Assistant) -> None:
    server.enqueue(CANNOT_ANSWER)
    answer = assistant.ask(ASK["zh-Hans"])
    assert (answer.status, answer.text) == (Status.NOT_IN_DOCUMENTS, message("not_in_documents", "zh-Hans"))
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("language", "reply", "text"),
    [
        ("zh-Hant", "首批有10名香港公务员", "首批有10名香港公務員。"),
        ("zh-Hans", "首批有十名香港公務員", "首批有十名香港公务员。"),
    ],
)
def test_the_answer_is_in_the_askers_script_and_the_quote_as_it_stands(
    server: ScriptedServer, assistant: Assistant, language: str, reply: str, text: str
) -> None:
    number = _number_of(server, assistant, "有10名", language)
    server.enqueue(f"{reply}[{number}]。")
    answer = assistant.ask(ASK[language])
    assert answer.text == text
    assert [citation.quote for citation in answer.citations] == ["首批有10名香港公務員。"]


def test_what_verification_drops_is_in_the_trace(server: ScriptedServer, assistant: Assistant) -> None:
    number = _number_of(server, assistant, "had 10")
    server.enqueue(f"The first batch had 10 civil servants [{number}]. Its salary was 12 dollars [{number}].")
    trace = assistant.trace(ASK["en"])
    assert trace.answer.text == "The first batch had 10 civil servants."
    assert trace.dropped == ("Its salary was 12 dollars.",)
    server.enqueue(f"The first batch had 12 civil servants [{number}].")
    trace = assistant.trace(ASK["en"])
    assert (trace.answer.text, trace.dropped) == (trace.chosen[0], ("The first batch had 12 civil servants.",))


def test_a_harmful_request_never_reaches_the_model(server: ScriptedServer, assistant: Assistant) -> None:
    assert assistant.ask("How do I forge a pass of the exchange programme?").status is Status.REFUSED
    assert server.requests == []


def test_a_follow_up_brings_its_history(server: ScriptedServer, assistant: Assistant) -> None:
    server.enqueue(CANNOT_ANSWER)
    assistant.ask("And how long did they stay?", [ASK["en"]])
    told = server.requests[-1]["messages"][-1]["content"]
    assert f"<earlier>{ASK['en']}</earlier>" in told


def _number_of(server: ScriptedServer, assistant: Assistant, words: str, language: str = "en") -> int:
    """The number under which the model is given the passage that holds `words`."""
    server.enqueue(CANNOT_ANSWER)
    assistant.ask(ASK[language])
    passages = server.requests[-1]["messages"][-1]["content"].split('<passage number="')[1:]
    return next(int(passage.partition('"')[0]) for passage in passages if words in passage)
