"""Addresses of model servers: which are on this computer, which are refused."""

import pytest

from citegrid.core.errors import UsageError
from citegrid.core.model.endpoint import Endpoint, endpoint_of, is_address


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("http://127.0.0.1:8080/v1", Endpoint("http", "127.0.0.1", 8080, "/v1")),
        (" http://localhost:11434/v1/#qwen3:4b ", Endpoint("http", "localhost", 11434, "/v1", "qwen3:4b")),
        ("https://models.example.org/v1#a%20b", Endpoint("https", "models.example.org", 443, "/v1", "a b")),
        ("http://127.0.0.1:8080", Endpoint("http", "127.0.0.1", 8080, "/v1")),
        ("http://[::1]:8000/v1", Endpoint("http", "::1", 8000, "/v1")),
    ],
)
def test_an_address_is_read(text: str, endpoint: Endpoint) -> None:
    assert is_address(text) and endpoint_of(text) == endpoint
    assert endpoint_of(str(endpoint)) == endpoint


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.8.8.8", True), ("192.168.1.4", False),
     ("localhost.example.org", False), ("127.0.0.1.example.org", False), ("0.0.0.0", False)],
)  # fmt: skip
def test_this_computer_and_no_other_is_local(host: str, local: bool) -> None:
    assert Endpoint("http", host, 80).local is local


@pytest.mark.parametrize("text", ["http://", "http://a:b:c/", "http://x:99999/", "http://host/v1?key=1", "ftp://host/"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        endpoint_of(text)


def test_a_key_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as raised:
        endpoint_of("http://me:secret@host/v1")
    assert "secret" not in str(raised.value)


def test_a_file_is_no_address() -> None:
    assert not is_address("model.gguf") and not is_address("/models/http.gguf")
