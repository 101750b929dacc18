#!/usr/bin/env python3
"""Writes the weights of train.py as head.onnx, in the place that config.json describes.

usage: export.py FOLDER WEIGHTS.npz    FOLDER has config.json with the layers' names

Products over the layers are in eight bits by column, scaled by what each layer's values need at the
moment (DynamicQuantizeLinear), so that they cost little beside the encoder; there is one product for
each layer, and the sums over neighbours are shifts of its parts. Formula: dev.baton.onnx.HeadGraph.
"""
import json
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

folder, weights = sys.argv[1:3]
layers = json.load(open(folder + "/config.json"))["layers"]
w = np.load(weights)
inner, shapes = w["inner.weight"].T, w["shapes.weight"]
hidden, labels = w["outer.weight"].shape[::-1]
width = inner.shape[0] // len(layers)
initializers, nodes = [], []


def constant(name, value):
    initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
    return name


def node(operator, output, *inputs, **attributes):
    outputs = output if isinstance(output, list) else [output]
    nodes.append(helper.make_node(operator, list(inputs), outputs, name=outputs[0], **attributes))
    return output


def product(output, layer, matrix):
    """layer times matrix, in eight bits."""
    scale = np.maximum(np.abs(matrix).max(0), 1e-9).astype(np.float32) / 127
    eight = np.clip(np.round(matrix / scale), -127, 127).astype(np.int8)
    q = [output + "/values", output + "/scale", output + "/zero"]
    node("DynamicQuantizeLinear", q, layer)
    node("MatMulInteger", output + "/sum", q[0], constant(output + "/weights", eight), q[2], "zero")
    node("Cast", output + "/float", output + "/sum", to=TensorProto.FLOAT)
    node("Mul", output + "/scales", q[1], constant(output + "/columns", scale))
    return node("Mul", output, output + "/float", output + "/scales")


constant("zero", np.array(0, np.int8))
total = None
for i, layer in enumerate(layers):
    part = product(f"layer-{i}", layer, inner[i * width : (i + 1) * width])
    total = part if total is None else node("Add", f"sum-{i}", total, part)
node("Gather", "shape", constant("shapes", shapes), "token_shapes", axis=0)
node("Add", "x", total, "shape")
node("Cast", "mask2", "attention_mask", to=TensorProto.FLOAT)
node("Reshape", "mask3", "mask2", constant("mask-shape", np.array([0, -1, 1])))
node("Mul", "pcn", "x", "mask3")
node("Split", ["p", "c", "n"], "pcn", axis=2)
node("Pad", "p-shifted", "p", constant("pad-before", np.array([0, 1, 0, 0, -1, 0])))
node("Pad", "n-shifted", "n", constant("pad-after", np.array([0, -1, 0, 0, 1, 0])))
node("Add", "pc", "p-shifted", "c")
node("Add", "pcn-sum", "pc", "n-shifted")
node("Add", "biased", "pcn-sum", constant("inner-bias", w["bias"]))
node("Relu", "h", "biased")
node("MatMul", "hv", "h", constant("outer", w["outer.weight"].T))
node("Add", "logits", "hv", constant("outer-bias", w["outer.bias"]))

at = ["batch_size", "sequence_length"]
value = helper.make_tensor_value_info
graph = helper.make_graph(
    nodes,
    "head",
    [value(layer, TensorProto.FLOAT, at + [width]) for layer in layers]
    + [value(name, TensorProto.INT64, at) for name in ("attention_mask", "token_shapes")],
    [value("logits", TensorProto.FLOAT, at + [labels])],
    initializers,
)
model = helper.make_model(graph, producer_name="baton", opset_imports=[helper.make_opsetid("", 11)])
model.ir_version = 6
onnx.checker.check_model(model)
onnx.save(model, folder + "/head.onnx")
