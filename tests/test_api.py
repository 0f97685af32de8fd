"""The web app over HTTP: the API, the document, the headers, the port."""

import hashlib
import json
import re
import socket
from base64 import b64encode
from collections.abc import Iterator

import pytest
from scripted import ScriptedAssistant, answered
from starlette.testclient import TestClient

from assistant.errors import ServeError
from assistant.settings import Settings
from assistant.web import server
from assistant.web.guard import BODY_LIMIT


@pytest.fixture(scope="module")
def assistant() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture(scope="module")
def client(assistant: ScriptedAssistant) -> Iterator[TestClient]:
    with TestClient(server.create_app(assistant, Settings())) as client:  # type: ignore[arg-type]
        yield client


def test_an_answer_has_the_shared_shape(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "Who went?"})
    assert response.status_code == 200
    assert response.json() == answered("Who went?").as_dict()


def test_the_history_is_passed_on(client: TestClient, assistant: ScriptedAssistant) -> None:
    client.post("/api/ask", json={"question": "When?", "history": ["Who went?", "Where?"]})
    assert assistant.asked[-1] == ("When?", ("Who went?", "Where?"))


@pytest.mark.parametrize("question", ["", "x" * 10_000])
def test_an_unusable_question_is_the_assistants_to_answer(client: TestClient, question: str) -> None:
    assert client.post("/api/ask", json={"question": question}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ("", 400, "not JSON"),
        ("{", 400, "not JSON"),
        (b"\xff\xfe", 400, "not JSON"),
        ("[" * 100_000, 400, "not JSON"),
        ("[]", 422, "`body`"),
        ("{}", 422, "`question`"),
        ('{"question": 1}', 422, "`question`"),
        ('{"question": null}', 422, "`question`"),
        ('{"question": "?", "history": "?"}', 422, "`history`"),
        ('{"question": "?", "history": [1]}', 422, "`history.0`"),
        ('{"question": "?", "histroy": []}', 422, "`histroy`"),
        (json.dumps({"question": "?", "history": ["?"] * 51}), 422, "`history`"),
        (json.dumps({"question": "x" * BODY_LIMIT}), 413, "too large"),
    ],
)
def test_a_bad_body_is_told_in_a_sentence(client: TestClient, body: str | bytes, status: int, words: str) -> None:
    response = client.post("/api/ask", content=body)
    assert response.status_code == status
    assert words in response.json()["error"]


def test_a_body_of_unknown_length_is_refused(client: TestClient) -> None:
    response = client.post("/api/ask", content=iter([b"{", b"}"]))
    assert response.status_code == 411


def test_health_names_the_documents(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"status": "ok", "newest": "2025-02", "documents": 2}


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/ask"), ("POST", "/api/health"), ("GET", "/api/")])
def test_other_api_paths_say_what_there_is(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 404
    assert "POST /api/ask" in response.json()["error"]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_there_are_no_documentation_pages(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_no_event_of_the_page_is_a_public_endpoint(client: TestClient) -> None:
    info = client.get("/gradio_api/info").json()
    assert info["named_endpoints"] == {}
    assert info["unnamed_endpoints"] == {}


@pytest.mark.parametrize("path", ["/", "/api/health", "/static-chat/chat.js", "/nowhere"])
def test_every_response_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "'unsafe-inline'" not in headers["content-security-policy"].split("script-src")[1].split(";")[0]


def test_the_policy_allows_the_documents_own_scripts(client: TestClient) -> None:
    response = client.get("/")
    inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", response.text, re.DOTALL)
    assert inline
    for script in inline:
        digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in response.headers["content-security-policy"]


def test_the_document_names_no_other_host(client: TestClient) -> None:
    html = client.get("/").text
    head = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.findall(r'(?:src|href|content)="(?:https?:)?//[^"]*"', head)
    assert 'property="og:' not in html


def test_its_styles_and_scripts_are_served(client: TestClient) -> None:
    addresses = re.findall(r'(?:src|href)="(/static-chat/[^"]*)"', client.get("/").text)
    assert len(addresses) >= 8
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_taken_port_is_told_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=rf"Port {port} on 127\.0\.0\.1 is taken.*ASSISTANT_PORT"):
            server.listen(Settings(port=port))


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(ServeError, match="ASSISTANT_HOST"):
        server.listen(Settings(host="192.0.2.1", port=7860))
