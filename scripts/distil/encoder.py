"""BERT encoders in torch, from weights by their Hugging Face names: those that ship with Baton from
their ONNX files, a teacher's from what bert.py reads."""
import math

import onnx
import onnx.numpy_helper
import torch
import torch.nn.functional as F
from torch import nn

PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "o": "attention.output.dense", "ln1": "attention.output.LayerNorm",
    "i": "intermediate.dense", "o2": "output.dense", "ln2": "output.LayerNorm",
}


def weights(path):
    """Parameters by their Hugging Face names; products that the export renamed get theirs back."""
    graph = onnx.load(path).graph
    initializers = {i.name: i for i in graph.initializer}
    array = lambda name: torch.tensor(onnx.numpy_helper.to_array(initializers[name]).copy())
    found = {name: array(name) for name in initializers if not name.startswith("onnx::")}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in initializers:
            name = node.name.strip("/").replace("/", ".").replace(".MatMul", ".weight")
            found[name] = array(node.input[1]).T.contiguous()
    return found


class Layer(nn.Module):
    """One layer; bias is 0 where a token may be seen and very negative where not."""

    def __init__(self, width, heads, dropout):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.i, self.o2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.ln1, self.ln2 = (nn.LayerNorm(width, eps=1e-12) for _ in range(2))
        self.drop = nn.Dropout(dropout)

    def forward(self, x, bias):
        batch, tokens, width = x.shape
        split = lambda t: t.view(batch, tokens, self.heads, width // self.heads).transpose(1, 2)
        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        a = q @ k.transpose(-1, -2) / math.sqrt(width // self.heads) + bias.to(q.dtype)
        c = (self.drop(a.softmax(-1)) @ v).transpose(1, 2).reshape(batch, tokens, width)
        x = self.ln1((x + self.drop(self.o(c))).float())
        return self.ln2((x + self.drop(self.o2(F.gelu(self.i(x))))).float())


class Encoder(nn.Module):
    """All layers' outputs of token ids."""

    def __init__(self, w, heads, dropout=0.0):
        super().__init__()
        self.width = w["embeddings.LayerNorm.weight"].shape[0]
        depth = 1 + max(int(n.split(".")[2]) for n in w if n.startswith("encoder.layer."))
        self.words = nn.Embedding.from_pretrained(w["embeddings.word_embeddings.weight"])
        # Embeddings of words and places stay as they are: they are large, and hardly matter here.
        self.drop = nn.Dropout(dropout)
        self.places = w["embeddings.position_embeddings.weight"]
        self.kind = w["embeddings.token_type_embeddings.weight"][0]
        self.norm = nn.LayerNorm(self.width, eps=1e-12)
        self.norm.weight.data = w["embeddings.LayerNorm.weight"]
        self.norm.bias.data = w["embeddings.LayerNorm.bias"]
        self.layers = nn.ModuleList(Layer(self.width, heads, dropout) for _ in range(depth))
        for number, layer in enumerate(self.layers):
            for ours, theirs in PARTS.items():
                part = getattr(layer, ours)
                part.weight.data = w[f"encoder.layer.{number}.{theirs}.weight"]
                part.bias.data = w[f"encoder.layer.{number}.{theirs}.bias"]

    def changes(self, original):
        """What differs from another encoder, by Hugging Face names, as arrays; layers only."""
        found = {}
        pairs = [("embeddings.LayerNorm", self.norm, original.norm)]
        for number, (layer, old) in enumerate(zip(self.layers, original.layers)):
            for ours, theirs in PARTS.items():
                name = f"encoder.layer.{number}.{theirs}"
                pairs.append((name, getattr(layer, ours), getattr(old, ours)))
        for name, part, old in pairs:
            for kind in ("weight", "bias"):
                found[f"{name}.{kind}"] = (getattr(part, kind) - getattr(old, kind)).numpy()
        return found

    def forward(self, ids, mask):
        x = self.drop(self.norm(self.words(ids) + self.places[: ids.shape[1]] + self.kind))
        bias = (1 - mask)[:, None, None, :] * -1e4
        outputs = []
        for layer in self.layers:
            x = layer(x, bias)
            outputs.append(x)
        return outputs
