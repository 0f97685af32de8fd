"""What speed is compared with: a plain question-answering script, as the tutorials of LangChain with Chroma have it.

It loads the same embedding model with sentence-transformers, opens a Chroma collection of the same passages, and
prints the passages nearest to a question. The tutorials reach the model and the collection through
langchain-huggingface and langchain-chroma, which this project does without; this script talks to both directly and so
spares the time that it takes to load those two.

    python -m evaluation.plain FOLDER MODEL QUESTION
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

import chromadb
from chromadb.config import Settings
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from sentence_transformers import SentenceTransformer

COLLECTION = "passages"
NEAREST = 4


class NearestPassages(BaseRetriever):
    """Similarity search, as a vector store's retriever does it."""

    model: Any
    collection: Any

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self.collection.query(query_embeddings=self.model.encode([query]), n_results=NEAREST)
        return [Document(text) for text in found["documents"][0]]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    model = SentenceTransformer(options.model, device="cpu")
    collection = _client(options.folder).get_collection(COLLECTION, embedding_function=None)
    chain = NearestPassages(model=model, collection=collection) | RunnableLambda(_joined)
    print(chain.invoke(options.question))
    return 0


def collect(passages: Sequence[str], folder: str, model: str) -> None:
    """Make the collection: once, and not what is measured."""
    vectors = SentenceTransformer(model, device="cpu").encode(list(passages))
    collection = _client(folder).create_collection(COLLECTION, embedding_function=None)
    collection.add([str(at) for at in range(len(passages))], vectors, documents=list(passages))


def _client(folder: str) -> Any:
    return chromadb.PersistentClient(folder, Settings(anonymized_telemetry=False))


def _joined(documents: Sequence[Document]) -> str:
    return "\n\n".join(document.page_content for document in documents)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation.plain", description="A plain script to compare with.")
    parser.add_argument("folder", help="where the collection is")
    parser.add_argument("model", help="a name or a folder that sentence-transformers can load")
    parser.add_argument("question", help="asked of the collection")
    return parser


if __name__ == "__main__":
    sys.exit(main())
