#!/usr/bin/env python3
"""Joins heads over the same layers into one that gives the mean of their logits.

usage: join.py OUT.npz HEAD...    weights of train.py, or a head.onnx of scripts/train-ner

The inner units come to stand side by side: an ensemble that costs no more than a wider head.
"""
import sys

import numpy as np


def load(path):
    if path.endswith(".npz"):
        return dict(np.load(path))
    import onnx
    import onnx.numpy_helper

    w = {
        i.name: onnx.numpy_helper.to_array(i).astype(np.float32)
        for i in onnx.load(path).graph.initializer
        if not i.name.startswith(("at-", "pad", "mask", "channel"))
    }
    return {
        "inner.weight": w["inner16"].T, "shapes.weight": w["shapes16"], "bias": w["inner-bias"],
        "outer.weight": w["outer"].T, "outer.bias": w["outer-bias"],
    }


heads = [load(path) for path in sys.argv[2:]]
units = [len(h["bias"]) for h in heads]
# p, c and n of each head stand one behind the other; those of the whole do as well.
parts = [(h, slice(k * n, (k + 1) * n)) for k in range(3) for h, n in zip(heads, units)]
np.savez(
    sys.argv[1],
    **{
        "inner.weight": np.concatenate([h["inner.weight"][part] for h, part in parts]),
        "shapes.weight": np.concatenate([h["shapes.weight"][:, part] for h, part in parts], 1),
        "bias": np.concatenate([h["bias"] for h in heads]),
        "outer.weight": np.concatenate([h["outer.weight"] for h in heads], 1) / len(heads),
        "outer.bias": sum(h["outer.bias"] for h in heads) / len(heads),
    },
)
