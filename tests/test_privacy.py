"""Nothing is sent or kept that nobody asked for."""

import os
import subprocess
import sys
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

ROOT = Path(__file__).parents[1]
EMBED = "import sys, pathlib; from assistant.models import OnnxEmbedder as E; E(pathlib.Path(sys.argv[1])).embed(['a'])"


def test_the_embedding_runtime_leaves_no_trace_of_its_own(exported: Path, tmp_path: Path) -> None:
    """onnxruntime's telemetry keeps an identifier under the home folder and sends events to its maker."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    environment = {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", EMBED, exported], env=environment, cwd=tmp_path, check=True)
    assert [path.name for path in home.rglob("*")] == []


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """The smallest model that the embedder can run: a vector of one for each text."""
    folder = tmp_path / "model"
    folder.mkdir()
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", 1])
    steps = [
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMax", ["mask"], ["vectors"], axes=[1], keepdims=1),
    ]
    graph = helper.make_graph(steps, "ones", inputs, [vectors])
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), folder / "model.onnx"
    )
    tokenizer = Tokenizer(WordLevel({"a": 0}, unk_token="a"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder
