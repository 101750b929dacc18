#!/usr/bin/env python3
"""Writes the weights of tune.py as head.onnx, in the place that config.json describes.

usage: export.py FOLDER WEIGHTS.npz MODEL.onnx    FOLDER has config.json with the layers' names

MODEL.onnx is the encoder that the head is for, quantised or not. What the
encoder's weights change by is written beside the head, each number of a matrix as one of fifteen
steps of its column, which costs no quality and can be compressed: dev.baton.onnx.EncoderChanges.

Products over the layers are in eight bits by column, scaled by what each layer's values need at the
moment (DynamicQuantizeLinear), so that they cost little beside the encoder; there is one product for
each layer, and the sums over neighbours are shifts of its parts. Formula: dev.baton.onnx.HeadGraph.
"""
import json
import re
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

folder, weights, encoder = sys.argv[1:]
STEPS = 7  # of a change, up and down
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



def write_changes(model):
    """The changes under the names that the encoder's file has for the weights."""
    products = {n.name: n.input[1] for n in onnx.load(model).graph.node if len(n.input) > 1}
    for key in [key for key in w.files if key.startswith("change/")]:
        name, change = key[len("change/") :], w[key]
        if change.ndim == 1:
            constant("change/" + name, change.astype(np.float32))
            continue
        node_name = "/" + re.sub(r"\.(?!\d)", "/", name[: -len(".weight")]) + "/MatMul"
        if node_name + "_quant" in products:
            theirs = products[node_name + "_quant"][: -len("_quantized")]
        else:
            theirs = products[node_name]
        columns = np.maximum(np.abs(change).max(1), 1e-12).astype(np.float32) / STEPS
        steps = np.round(change.T / columns).astype(np.int8)
        constant("change/" + theirs, steps)
        constant("change/" + theirs + "/columns", columns)


write_changes(encoder)
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
