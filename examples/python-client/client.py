"""A client of the Messages API in Python's standard library alone."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any


def _post(base_url: str, body: dict[str, Any]) -> Any:
    headers = {"content-type": "application/json", "anthropic-version": "2023-06-01", "x-api-key": "test"}
    request = urllib.request.Request(f"{base_url}/v1/messages", json.dumps(body).encode(), headers)
    return urllib.request.urlopen(request, timeout=10)


def _request(prompt: str, stream: bool) -> dict[str, Any]:
    message = {"role": "user", "content": prompt}
    return {"model": "mock-model", "max_tokens": 100, "stream": stream, "messages": [message]}


def ask(base_url: str, prompt: str) -> str:
    """The whole answer."""
    with _post(base_url, _request(prompt, stream=False)) as response:
        message = json.load(response)
    return "".join(block["text"] for block in message["content"] if block["type"] == "text")


def ask_in_pieces(base_url: str, prompt: str) -> Iterator[str]:
    """The answer piece by piece, as it arrives."""
    with _post(base_url, _request(prompt, stream=True)) as response:
        for event in _events(response):
            if event["type"] == "error":
                raise RuntimeError(event["error"]["message"])
            if event["type"] == "content_block_delta" and event["delta"]["type"] == "text_delta":
                yield event["delta"]["text"]


def _events(lines: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    """Each `data:` line of this API is one event, complete in itself."""
    for line in lines:
        if line.startswith(b"data: "):
            yield json.loads(line[len(b"data: "):])
