import time
from collections.abc import Iterator

import pytest
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from openai_server import ScriptedServer

from assistant.errors import ModelError
from assistant.types import Kind, Language, Match, Passage, Question, Source
from assistant.write import CANNOT_ANSWER, MAX_CHARACTERS, MAX_SENTENCES, Draft, write

REVIEW = Source("review", "Review meeting", Kind.BRIEF, "", "HKSAR Government", "2024-03-08", Language.ENGLISH)
TEN = Passage("ten", "The first batch had 10 civil servants.", REVIEW)
SHENZHEN = Passage("shenzhen", "The exchange took place in Shenzhen.", REVIEW)
MATCHES = (Match(TEN, 1.0), Match(SHENZHEN, 0.5))
QUESTION = Question("How many took part?", Language.ENGLISH)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def model(server: ScriptedServer) -> BaseChatModel:
    return init_chat_model("openai:scripted", base_url=server.base_url, api_key="none", timeout=5, max_retries=1)


def test_sentences_come_with_the_passages_they_name(server: ScriptedServer, model: BaseChatModel) -> None:
    server.enqueue("The first batch had 10 people [1]. They went to Shenzhen.[2][1]")
    assert _written(model) == [
        Draft("The first batch had 10 people.", (TEN,)),
        Draft("They went to Shenzhen.", (SHENZHEN, TEN)),
    ]
    assert [told["role"] for told in server.requests[0]["messages"]] == ["system", "user"]


def test_a_sentence_comes_as_soon_as_the_next_has_begun(server: ScriptedServer, model: BaseChatModel) -> None:
    server.enqueue("Ten people took part. [1] They went to Shenzhen, which is a city [2].", pause=0.05, piece=4)
    started, arrivals = time.monotonic(), []
    for draft in write(model, QUESTION, MATCHES):
        arrivals.append((time.monotonic() - started, draft.text))
    assert [text for _, text in arrivals] == ["Ten people took part.", "They went to Shenzhen, which is a city."]
    assert arrivals[1][0] - arrivals[0][0] > 0.2


@pytest.mark.parametrize("piece", [1, 2, 3, 5, 1000])
def test_the_size_of_the_pieces_makes_no_difference(server: ScriptedServer, model: BaseChatModel, piece: int) -> None:
    server.enqueue(
        "Mr. Li of the U.S. came [1].[2] He said “ten.” [1]\nIt was No. 3 [2]! It cost $1.5 [1].", piece=piece
    )
    assert _written(model) == [
        Draft("Mr. Li of the U.S. came.", (TEN, SHENZHEN)),
        Draft("He said “ten.”", (TEN,)),
        Draft("It was No. 3!", (SHENZHEN,)),
        Draft("It cost $1.5.", (TEN,)),
    ]
    server.enqueue("首批有10人【1】。他們去了深圳。【2】", piece=piece)
    chinese = write(model, Question("多少人？", Language.TRADITIONAL), MATCHES)
    assert list(chinese) == [Draft("首批有10人。", (TEN,)), Draft("他們去了深圳。", (SHENZHEN,))]


def test_unknown_markers_and_unmarked_sentences_are_left_out(server: ScriptedServer, model: BaseChatModel) -> None:
    server.enqueue("Welcome! Ten took part [1][7]. Pay is high [3]. I hope this helps.")
    assert _written(model) == [Draft("Ten took part.", (TEN,))]


@pytest.mark.parametrize("reply", ["Ten took part.", "Ten took part [9].", "", "[1]", "十人參加[1]。"])
def test_an_answer_that_cannot_be_checked_is_a_failure(
    server: ScriptedServer, model: BaseChatModel, reply: str
) -> None:
    server.enqueue(reply)
    with pytest.raises(ModelError, match="nothing that can be checked"):
        _written(model)


@pytest.mark.parametrize(
    "reply", [CANNOT_ANSWER, f"{CANNOT_ANSWER}.", f"**{CANNOT_ANSWER.title()}** [1]. Pay is high [1]."]
)
def test_nothing_comes_where_the_model_cannot_say(server: ScriptedServer, model: BaseChatModel, reply: str) -> None:
    server.enqueue(reply)
    assert _written(model) == []


def test_no_model_is_asked_without_passages(server: ScriptedServer, model: BaseChatModel) -> None:
    assert list(write(model, QUESTION, ())) == []
    assert server.requests == []


@pytest.mark.parametrize(
    ("language", "reply", "expected"),
    [
        (Language.TRADITIONAL, "首批有10名公务员参加交流[1]。", "首批有10名公務員參加交流。"),
        (Language.SIMPLIFIED, "首批有10名公務員參加交流[1]。", "首批有10名公务员参加交流。"),
        (Language.TRADITIONAL, "首批有10名公務員參加交流[1]。", "首批有10名公務員參加交流。"),
    ],
)
def test_the_answer_is_in_the_askers_script(
    server: ScriptedServer, model: BaseChatModel, language: Language, reply: str, expected: str
) -> None:
    server.enqueue(reply)
    assert [draft.text for draft in write(model, Question("多少人？", language), MATCHES)] == [expected]


def test_thoughts_are_not_part_of_the_answer(server: ScriptedServer, model: BaseChatModel) -> None:
    server.enqueue("<think>Perhaps 20 [1]. Or 30 [2].</think>\nTen took part [1].")
    assert _written(model) == [Draft("Ten took part.", (TEN,))]


def test_an_answer_is_bounded(server: ScriptedServer, model: BaseChatModel) -> None:
    server.enqueue("Ten took part [1]. " * 50)
    assert len(_written(model)) == MAX_SENTENCES
    server.enqueue("and so on " * MAX_CHARACTERS + "[1].", piece=100)
    with pytest.raises(ModelError):
        _written(model)


def test_a_sentence_cut_off_by_the_token_limit_is_left_out(server: ScriptedServer, model: BaseChatModel) -> None:
    server.enqueue("Ten took part [1]. They went [2] to Shenz", finish="length")
    assert _written(model) == [Draft("Ten took part.", (TEN,))]


@pytest.mark.parametrize("how", [{"break_after": 4}, {"end_after": 4}])
def test_a_stream_that_breaks_is_a_failure_after_what_came(
    server: ScriptedServer, model: BaseChatModel, how: dict[str, int]
) -> None:
    server.enqueue("Ten took part [1]. They went to Shenzhen [2].", **how)
    drafts = write(model, QUESTION, MATCHES)
    assert next(drafts) == Draft("Ten took part.", (TEN,))
    with pytest.raises(ModelError, match="did not finish its answer"):
        list(drafts)


@pytest.mark.parametrize(
    ("status", "words"),
    [(429, "over its limit"), (500, "failed"), (503, "failed"), (401, "API_KEY"), (404, "CHAT_MODEL")],
)
def test_a_refusing_server_is_told_without_what_it_said(
    server: ScriptedServer, model: BaseChatModel, status: int, words: str
) -> None:
    server.enqueue("key sk-secret is bad", times=2, status=status)
    with pytest.raises(ModelError, match=words) as caught:
        _written(model)
    assert str(status) in str(caught.value)
    assert "secret" not in str(caught.value)


def test_one_failure_is_tried_again(server: ScriptedServer, model: BaseChatModel) -> None:
    server.enqueue("busy", status=429)
    server.enqueue("Ten took part [1].")
    assert _written(model) == [Draft("Ten took part.", (TEN,))]


@pytest.mark.parametrize("pings", [False, True])
def test_silence_is_left_in_time(server: ScriptedServer, model: BaseChatModel, pings: bool) -> None:
    server.enqueue("Ten took part [1].", silence=5.0, pings=pings)
    started = time.monotonic()
    with pytest.raises(ModelError, match="did not answer within"):
        list(write(model, QUESTION, MATCHES, seconds=0.3))
    assert time.monotonic() - started < 2


def test_a_reply_that_never_ends_is_left_in_time(server: ScriptedServer, model: BaseChatModel) -> None:
    server.enqueue("and " * 1000, pause=0.05)
    with pytest.raises(ModelError, match="did not answer within"):
        list(write(model, QUESTION, MATCHES, seconds=0.2))


def test_the_clients_own_timeout_is_told() -> None:
    with ScriptedServer() as server:
        model = init_chat_model("openai:scripted", base_url=server.base_url, api_key="none", timeout=0.2, max_retries=0)
        server.enqueue("Ten took part [1].", silence=5.0)
        with pytest.raises(ModelError, match="in time"):
            _written(model)


def test_a_server_that_is_not_there_is_told() -> None:
    model = init_chat_model("openai:scripted", base_url="http://127.0.0.1:9/v1", api_key="none", max_retries=0)
    with pytest.raises(ModelError, match="cannot be reached"):
        _written(model)


def test_a_reader_who_leaves_stops_the_model(server: ScriptedServer, model: BaseChatModel) -> None:
    server.enqueue("Ten took part [1]. They went to Shenzhen [2]. " * 50, pause=0.02)
    drafts = write(model, QUESTION, MATCHES)
    next(drafts)
    drafts.close()
    for _ in range(100):
        time.sleep(0.02)
        if server.left:
            return
    pytest.fail("the server was still writing after two seconds")


def _written(model: BaseChatModel) -> list[Draft]:
    return list(write(model, QUESTION, MATCHES))
