#!/usr/bin/env python3
"""Trains a labeller of tokens on the features that features.py wrote.

Two uses, in this order: a teacher, which also sees the tags of Tags.java and then labels text that
nobody annotated (--tags --predict); and the head that ships, which sees only what Baton sees, and
learns from annotated sentences and from the teacher's probabilities (--silver).

The head: layers of one token side by side times W, and how the word is written; the sums over three
neighbours; ReLU; logits. What is kept is the moving average of the weights after the last epoch; no
development set chooses anything here.
"""
import argparse
import pickle
import random
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import data

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--folder", required=True, help="of the sets")
parser.add_argument("--gold", nargs="+", required=True)
parser.add_argument("--silver", nargs="*", default=[], help="SET=LOGITS that a teacher wrote")
parser.add_argument("--silver-weight", type=float, default=0.7)
parser.add_argument("--silver-every", type=int, default=1, help="takes every nth sentence")
parser.add_argument("--tags", action="store_true", help="a teacher: sees the tags")
parser.add_argument("--predict", nargs="*", default=[], help="SET=LOGITS to write at the end")
parser.add_argument("--inner", type=int, default=128)
parser.add_argument("--epochs", type=int, default=6)
parser.add_argument("--rate", type=float, default=1e-3)
parser.add_argument("--feature-dropout", type=float, default=0.2)
parser.add_argument("--inner-dropout", type=float, default=0.4)
parser.add_argument("--batch-tokens", type=int, default=1536)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--out", required=True, help="weights, for export.py")
options = parser.parse_args()

torch.set_num_threads(1)
torch.manual_seed(options.seed)
order = random.Random(options.seed)
H = options.inner
gold = [s for n in options.gold for s in data.load(options.folder, n, options.tags)]
train = list(gold)
for pair in options.silver:
    name, path = pair.split("=")
    sentences = data.load(options.folder, name)
    for sentence, logits in zip(sentences, pickle.load(open(path, "rb"))):
        sentence.soft = torch.from_numpy(logits.astype(np.float32)).softmax(-1).numpy()
        sentence.soft[[0, -1]] = 0
    train += [s for s in sentences if len(s) <= 200][:: options.silver_every]
numbers = data.TagNumbers(gold) if options.tags else None
width = gold[0].features.shape[1]


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(width, 3 * H, bias=False)
        self.shapes = nn.Embedding(data.SHAPES, 3 * H)
        self.tags = nn.ModuleList(nn.Embedding(n, 3 * H) for n in (numbers.sizes if numbers else []))
        for table in [self.shapes, *self.tags]:
            table.weight.data *= 0.1
        self.bias = nn.Parameter(torch.zeros(H))
        self.outer = nn.Linear(H, len(data.LABELS))

    def forward(self, x, mask, shapes, tags):
        with torch.cpu.amp.autocast(dtype=torch.bfloat16):
            z = self.inner(F.dropout(x, options.feature_dropout, self.training)).float()
        z = z + self.shapes(shapes)
        if self.training and tags is not None:
            tags = tags * (torch.rand(tags.shape) > 0.1)
        for i, table in enumerate(self.tags):
            z = z + table(tags[..., i])
        z = z * mask[..., None]
        none = z.new_zeros(z.shape[0], 1, H)
        before = torch.cat([none, z[:, :-1, :H]], 1)
        after = torch.cat([z[:, 1:, 2 * H :], none], 1)
        h = F.relu(before + z[..., H : 2 * H] + after + self.bias)
        return self.outer(F.dropout(h, options.inner_dropout, self.training))


def tensors(sentences, batch):
    some = [sentences[i] for i in batch]
    tags = data.pad([numbers.of(s) for s in some]) if numbers else None
    mask = data.pad([np.ones(len(s)) for s in some], np.float32)
    return (
        data.pad([s.features for s in some], np.float32),
        mask,
        data.pad([s.shapes for s in some]),
        tags,
    )


def targets(sentences, batch):
    rows = []
    for i in batch:
        s = sentences[i]
        if s.soft is not None:
            rows.append(s.soft * options.silver_weight)
        else:
            rows.append(np.eye(len(data.LABELS))[s.labels] * (s.labels >= 0)[:, None])
    return data.pad(rows, np.float32)


head = Head()
optimizer = torch.optim.AdamW(head.parameters(), lr=options.rate, weight_decay=0.01)
parameters = list(head.parameters())
average = [p.detach().clone() for p in parameters]
steps = options.epochs * len(data.batches(train, options.batch_tokens, random.Random(0)))
step = 0
for epoch in range(options.epochs):
    loss_sum = 0
    for batch in data.batches(train, options.batch_tokens, order):
        for group in optimizer.param_groups:
            group["lr"] = options.rate * (1 - step / steps) * min(1, (step + 1) / 200)
        wanted = targets(train, batch)
        log = F.log_softmax(head(*tensors(train, batch)), -1)
        loss = -(wanted * log).sum() / wanted.sum().clamp(min=1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        loss_sum += loss.item()
        keep = min(0.995, (1 + step) / (10 + step))
        with torch.no_grad():
            for a, p in zip(average, parameters):
                a.mul_(keep).add_(p, alpha=1 - keep)
    print(f"epoch {epoch + 1}: loss {loss_sum * options.epochs / steps:.4f}", file=sys.stderr)

head.eval()
with torch.no_grad():
    for a, p in zip(average, parameters):
        p.copy_(a)
    np.savez(options.out, **{n: p.numpy() for n, p in head.named_parameters()})
    for pair in options.predict:
        name, path = pair.split("=")
        sentences = data.load(options.folder, name, options.tags)
        logits = [None] * len(sentences)
        for batch in data.batches(sentences, 4096):
            out = head(*tensors(sentences, batch)).numpy().astype(np.float16)
            for row, i in enumerate(batch):
                logits[i] = out[row, : len(sentences[i])]
        pickle.dump(logits, open(path, "wb"))
