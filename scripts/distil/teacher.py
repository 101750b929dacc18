#!/usr/bin/env python3
"""Trains the teacher: BERT-base, which also sees what other programs say of each word (Tags.java),
and labels text that nobody annotated. It reads words in its own pieces; what it says of the first
piece counts for the word. Its probabilities go to the tokens of the encoder that ships.

No development set chooses anything here.
"""
import argparse
import pickle
import random
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import bert
import data
from encoder import Encoder

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--bert", required=True, help="folder with assets and variables")
parser.add_argument("--folder", required=True, help="of the sets")
parser.add_argument("--gold", nargs="+", required=True)
parser.add_argument("--predict", nargs="+", required=True, help="SET=LOGITS to write")
parser.add_argument("--epochs", type=int, default=3)
parser.add_argument("--rate", type=float, default=4e-5, help="of BERT; what is on top has 1e-3")
parser.add_argument("--batch-tokens", type=int, default=1024)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

HEADS, MAX_PIECES = 12, 255
torch.set_num_threads(options.threads)
torch.manual_seed(options.seed)
order = random.Random(options.seed)
pieces = bert.Pieces(options.bert)


class Pieced:
    """A sentence in pieces: ids, which word each is of (-1 for special ones), labels, tags."""

    def __init__(self, sentence):
        self.sentence = sentence
        text = sentence.text.encode("utf-16-le")
        ids, words, labels = [pieces.first], [-1], [-1]
        for number, (token, _, start, end) in enumerate(sentence.words):
            of_word = pieces.of(text[2 * start : 2 * end].decode("utf-16-le", "replace"))
            label = sentence.labels[1 + token]
            inside = label + 1 if label % 2 == 1 else label  # B becomes I
            ids += of_word
            words += [number] * len(of_word)
            labels += [label] + [inside] * (len(of_word) - 1)
        self.ids = np.array(ids[:MAX_PIECES] + [pieces.last])
        self.words = np.array(words[:MAX_PIECES] + [-1])
        self.labels = np.array(labels[:MAX_PIECES] + [-1])

    def __len__(self):
        return len(self.ids)

    def tags(self, numbers):
        at = [0 if w < 0 else 1 + self.sentence.words[w][0] for w in self.words]
        return numbers.of(self.sentence)[at]


def load(names):
    return [Pieced(s) for n in names for s in data.load(options.folder, n, with_tags=True)]


class Teacher(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder(bert.weights(options.bert), HEADS, 0.1)
        self.tags = nn.ModuleList(nn.Embedding(size, 16) for size in numbers.sizes)
        self.inner = nn.Linear(self.encoder.width + 16 * len(numbers.sizes), 256)
        self.outer = nn.Linear(256, len(data.LABELS))

    def forward(self, some):
        ids = data.pad([s.ids for s in some])
        mask = data.pad([np.ones(len(s)) for s in some], np.float32)
        tags = data.pad([s.tags(numbers) for s in some])
        with torch.cpu.amp.autocast(dtype=torch.bfloat16):
            x = self.encoder(ids, mask)[-1]
        parts = [F.dropout(x.float(), 0.1, self.training)]
        for i, table in enumerate(self.tags):
            parts.append(F.dropout(table(tags[..., i]), 0.3, self.training))
        h = F.gelu(self.inner(torch.cat(parts, -1)))
        return self.outer(F.dropout(h, 0.2, self.training))


def on_tokens(sentence, logits):
    """Log probabilities [tokens, labels]; what goes on in a word does not begin a name."""
    out = np.zeros((len(sentence.sentence), len(data.LABELS)), np.float32)
    out[:, 0] = 5
    for number, (token, behind, _, _) in enumerate(sentence.sentence.words):
        of_word = np.where(sentence.words == number)[0]
        if len(of_word):
            first = logits[of_word[0]]
            out[1 + token] = first
            p = np.exp(first - first.max())
            p[2::2] += p[1::2]
            p[1::2] = 1e-4
            out[2 + token : 1 + behind] = np.log(p / p.sum() + 1e-6)
    return out.astype(np.float16)


train = load(options.gold)
numbers = data.TagNumbers([s.sentence for s in train])
teacher = Teacher()
parameters = [p for p in teacher.parameters() if p.requires_grad]
of_bert = {id(p) for p in teacher.encoder.parameters()}
optimizer = torch.optim.AdamW(
    [{"params": [p], "base": options.rate if id(p) in of_bert else 1e-3} for p in parameters],
    lr=1, weight_decay=0.01,
)
steps = options.epochs * len(data.batches(train, options.batch_tokens, random.Random(0)))
step = 0
for epoch in range(options.epochs):
    for batch in data.batches(train, options.batch_tokens, order):
        some = [train[i] for i in batch]
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * min(1, step / (0.1 * steps)) * (1 - step / steps)
        labels = data.pad([s.labels + 1 for s in some]) - 1  # behind a sentence there is no label
        loss = F.cross_entropy(teacher(some).flatten(0, 1), labels.flatten(), ignore_index=-1)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"step {step} of {steps}: {loss.item():.4f}", file=sys.stderr)

teacher.eval()
with torch.no_grad():
    for pair in options.predict:
        name, path = pair.split("=")
        sentences = load([name])
        logits = [None] * len(sentences)
        for batch in data.batches(sentences, 2048):
            out = teacher([sentences[i] for i in batch]).numpy()
            for row, i in enumerate(batch):
                logits[i] = on_tokens(sentences[i], out[row])
        pickle.dump(logits, open(path, "wb"))
