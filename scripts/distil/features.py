#!/usr/bin/env python3
"""Writes the layers of the frozen encoder for every token of a set: NAME.features.npy.

usage: features.py MODEL.onnx HEADS LAYER,LAYER,... FOLDER NAME...
"""
import sys

import numpy as np
import torch

import data
from encoder import Encoder

model, heads, layers, folder = sys.argv[1:5]
torch.set_num_threads(1)
encoder = Encoder(model, int(heads)).eval()
for name in sys.argv[5:]:
    sentences = data.load(folder, name)
    features = [None] * len(sentences)
    with torch.no_grad(), torch.cpu.amp.autocast(dtype=torch.bfloat16):
        for batch in data.batches(sentences, 4096):
            ids = data.pad([sentences[i].ids for i in batch])
            mask = data.pad([np.ones(len(sentences[i])) for i in batch], np.float32)
            out = encoder(ids, mask)
            x = torch.cat([out[int(l)].float() for l in layers.split(",")], -1).half().numpy()
            for row, i in enumerate(batch):
                features[i] = x[row, : len(sentences[i])].copy()
    np.save(f"{folder}/{name}.features.npy", np.concatenate(features))
    print(name, len(sentences), flush=True)
