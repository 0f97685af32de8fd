"""Embedding: every text gets its own vector, whichever thread made it."""

from collections.abc import Sequence
from threading import get_ident

import numpy as np
import pytest

from assistant.models import Vectors
from ingest import embed


class Lengths:
    """A model whose vectors hold the length of the text."""

    def __init__(self) -> None:
        self.threads: set[int] = set()

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.threads.add(get_ident())
        return np.array([[len(text)] for text in texts], dtype=np.float32)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_vectors_come_in_the_order_of_the_texts(monkeypatch: pytest.MonkeyPatch, count: int, threads: int) -> None:
    monkeypatch.setattr(embed, "THREADS", threads)
    vectors = list(embed._vectors(["x" * length for length in range(count)], Lengths()))
    assert [vector.tolist() for vector in vectors] == [[length] for length in range(count)]
