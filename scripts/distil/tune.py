#!/usr/bin/env python3
"""Tunes an encoder together with a head for names, and keeps its sentence vectors where they were.

Retrieval uses the vector of the first token alone; what the other tokens say is free. So the loss is
that of the names plus how far the first token's unit vector turned away from that of the encoder as
it came: on the sentences, on passages of several of them, and on short texts as people ask, made of
sentences of which the teacher knows the names. Learns from annotated sentences and from the
probabilities of a teacher. What is kept is the moving average of the weights after the last epoch;
no development set chooses anything here. export.py writes what comes out.
"""
import argparse
import json
import pickle
import random
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import data
from encoder import Encoder, weights

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--model", required=True, help="ONNX file of the encoder, not quantised")
parser.add_argument("--attention-heads", type=int, required=True)
parser.add_argument("--layers", required=True, help="numbers of those that the head sees: 0,1,...")
parser.add_argument("--folder", required=True, help="of the sets")
parser.add_argument("--gold", nargs="+", required=True)
parser.add_argument("--silver", nargs="*", default=[], help="SET=LOGITS that a teacher wrote")
parser.add_argument("--silver-weight", type=float, default=0.5)
parser.add_argument("--passages", required=True, help="set whose texts keep their vectors too")
parser.add_argument("--vocabulary", help="tokenizer.json; keeps the vectors of questions, in English")
parser.add_argument("--keep", type=float, default=4, help="weight of the loss that keeps vectors")
parser.add_argument("--inner", type=int, default=256)
parser.add_argument("--dropout", type=float, default=0, help="in the encoder")
parser.add_argument("--epochs", type=int, default=3)
parser.add_argument("--rate", type=float, default=1e-4, help="of the encoder; the head has 1e-3")
parser.add_argument("--batch-tokens", type=int, default=1024)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--out", required=True, help="weights, for export.py")
options = parser.parse_args()

PASSAGE_TOKENS = 510
PASSAGE_BATCH = 700
PASSAGES_EVERY = 3  # steps
ASKING = 24  # short texts at a time
# What asks for a name, by its type, and what else a question may begin with.
FOR_A_NAME = {
    "PER": ["who", "which person", "what person"],
    "ORG": ["which organization", "which company", "what group"],
    "LOC": ["which place", "where", "what city", "which country"],
}
FOR_A_FACT = [
    "when did it happen that", "what is", "who said that", "is it true that", "how many", "why",
    "what year",
]
torch.set_num_threads(options.threads)
torch.manual_seed(options.seed)
order = random.Random(options.seed)
H = options.inner
layers = [int(layer) for layer in options.layers.split(",")]
train = [s for n in options.gold for s in data.load(options.folder, n)]
for pair in options.silver:
    name, path = pair.split("=")
    sentences = data.load(options.folder, name)
    for sentence, logits in zip(sentences, pickle.load(open(path, "rb"))):
        sentence.soft = torch.from_numpy(logits.astype(np.float32)).softmax(-1).numpy()
        sentence.soft[[0, -1]] = 0
    train += [s for s in sentences if len(s) <= 200]
model = weights(options.model)
tuned = Encoder(model, options.attention_heads, options.dropout)
original = Encoder(model, options.attention_heads).eval()


def passages():
    """Token ids of one to eight neighbouring sentences each, in groups of like length."""
    sentences, found, at = data.load(options.folder, options.passages), [], 0
    while at < len(sentences):
        count = order.choice([1, 1, 2, 4, 8])
        some = sentences[at : at + count]
        inner = np.concatenate([s.ids[1:-1] for s in some])[:PASSAGE_TOKENS]
        found.append(np.concatenate([some[0].ids[:1], inner, some[0].ids[-1:]]))
        at += count
    return [[found[i] for i in batch] for batch in data.batches(found, PASSAGE_BATCH)]


def short_texts(sentences):
    """Token ids of a question or a few keywords for each sentence that has a teacher's labels."""
    vocabulary = json.load(open(options.vocabulary))["model"]["vocab"]
    inside = {number for word, number in vocabulary.items() if word.startswith("##")}
    words = lambda text: [vocabulary[word] for word in text.split()]
    found = []
    for sentence in sentences:
        ids = [int(i) for i in sentence.ids[1:-1]]
        if not 6 <= len(ids) <= 60:
            continue
        labels = [data.LABELS[i] for i in sentence.soft[1:-1].argmax(1)]
        body = ids[:-1] if ids[-1] == vocabulary["."] else ids
        starts = [i for i, label in enumerate(labels) if label.startswith("B-")]
        which = order.random()
        if starts and which < 0.5:
            start = order.choice(starts)
            end = start + 1
            while end < len(ids) and labels[end] == "I" + labels[start][1:]:
                end += 1
            asked = words(order.choice(FOR_A_NAME[labels[start][2:]]))
            before = body[:start] if order.random() < 0.5 or start > 3 else []
            text = (before + asked + body[end:])[:40] + words("?")
        elif which < 0.8:
            text = words(order.choice(FOR_A_FACT)) + body[: order.randint(5, 25)] + words("?")
        else:
            start = order.randint(0, max(0, len(body) - 8))
            text = body[start : start + order.randint(1, 8)]
        while text and text[0] in inside:
            text = text[1:]
        if text:
            found.append(np.array([sentence.ids[0], *text, sentence.ids[-1]]))
    return found


class Names(nn.Module):
    """The encoder and the head of dev.baton.onnx.HeadGraph: logits, and unit vectors."""

    def __init__(self):
        super().__init__()
        self.encoder = tuned
        self.inner = nn.Linear(tuned.width * len(layers), 3 * H, bias=False)
        self.shapes = nn.Embedding(data.SHAPES, 3 * H)
        self.shapes.weight.data *= 0.1
        self.bias = nn.Parameter(torch.zeros(H))
        self.outer = nn.Linear(H, len(data.LABELS))

    def forward(self, ids, mask, shapes):
        with torch.cpu.amp.autocast(dtype=torch.bfloat16):
            outputs = self.encoder(ids, mask)
            x = torch.cat([outputs[layer].float() for layer in layers], -1)
            z = self.inner(F.dropout(x, 0.2, self.training))
        z = (z.float() + self.shapes(shapes)) * mask[..., None]
        none = z.new_zeros(z.shape[0], 1, H)
        before = torch.cat([none, z[:, :-1, :H]], 1)
        after = torch.cat([z[:, 1:, 2 * H :], none], 1)
        h = F.relu(before + z[..., H : 2 * H] + after + self.bias)
        return self.outer(F.dropout(h, 0.4, self.training)), unit(outputs)


def unit(outputs):
    return F.normalize(outputs[-1][:, 0].float(), dim=-1)


def vectors(encoder, rows):
    ids = data.pad(rows)
    mask = data.pad([np.ones(len(row)) for row in rows], np.float32)
    with torch.cpu.amp.autocast(dtype=torch.bfloat16):
        return unit(encoder(ids, mask))


def turned(now, rows):
    """1 minus the cosine to the vectors of the encoder as it came, the mean over texts."""
    with torch.no_grad():
        before = vectors(original, rows)
    return (1 - (now * before).sum(-1)).mean()


def wanted(some):
    one_hot = lambda s: np.eye(len(data.LABELS))[s.labels] * (s.labels >= 0)[:, None]
    rows = [one_hot(s) if s.soft is None else s.soft * options.silver_weight for s in some]
    return data.pad(rows, np.float32)


names = Names()
groups = passages()
asking = short_texts([s for s in train if s.soft is not None]) if options.vocabulary else []
parameters = [p for p in names.parameters() if p.requires_grad]
of_encoder = {id(p) for p in tuned.parameters()}
rates = [options.rate if id(p) in of_encoder else 1e-3 for p in parameters]
optimizer = torch.optim.AdamW(
    [{"params": [p], "base": rate} for p, rate in zip(parameters, rates)], lr=1, weight_decay=0.01
)
average = [p.detach().clone() for p in parameters]
steps = options.epochs * len(data.batches(train, options.batch_tokens, random.Random(0)))
step = 0
for epoch in range(options.epochs):
    losses = np.zeros(2)
    for batch in data.batches(train, options.batch_tokens, order):
        some = [train[i] for i in batch]
        ids, shapes = data.pad([s.ids for s in some]), data.pad([s.shapes for s in some])
        mask = data.pad([np.ones(len(s)) for s in some], np.float32)
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * min(1, step / (0.06 * steps)) * (1 - step / steps)
        logits, now = names(ids, mask, shapes)
        target = wanted(some)
        loss = -(target * F.log_softmax(logits, -1)).sum() / target.sum().clamp(min=1)
        away = turned(now, [s.ids for s in some])
        if step % PASSAGES_EVERY == 0:
            rows = order.choice(groups)
            away = away + PASSAGES_EVERY * turned(vectors(tuned, rows), rows)
        if asking and step % PASSAGES_EVERY == 1:
            rows = order.sample(asking, min(ASKING, len(asking)))
            away = away + PASSAGES_EVERY * turned(vectors(tuned, rows), rows)
        optimizer.zero_grad()
        (loss + options.keep * away).backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step += 1
        losses += loss.item(), away.item()
        keep = min(0.99, (1 + step) / (10 + step))
        with torch.no_grad():
            for a, p in zip(average, parameters):
                a.mul_(keep).add_(p, alpha=1 - keep)
        if step % 100 == 0:
            print(f"step {step} of {steps}: {loss.item():.4f} {away.item():.5f}", file=sys.stderr)
    mean = losses * options.epochs / steps
    print(f"epoch {epoch + 1}: names {mean[0]:.4f}, vectors {mean[1]:.5f}", file=sys.stderr)

with torch.no_grad():
    for a, p in zip(average, parameters):
        p.copy_(a)
    found = {n: p.numpy() for n, p in names.named_parameters() if not n.startswith("encoder.")}
    for name, change in tuned.changes(original).items():
        found["change/" + name] = change
np.savez(options.out, **found)
