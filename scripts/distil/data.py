"""Sentences as DistilTokens.java and Tags.java write them."""
import collections
import json

import numpy as np
import torch

LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
SHAPES = 6  # dev.baton.onnx.TokenShape


class Sentence:
    """ids, shapes, labels (-1 for special tokens) and tags by their name of each token; text and words."""

    def __init__(self, line):
        self.ids = np.array(line["ids"])
        self.shapes = np.array(line["shapes"])
        self.labels = np.array([LABELS.index(l) if l else -1 for l in line["labels"]])
        self.text, self.words = line["text"], line["words"]
        self.tags, self.soft = None, None

    def __len__(self):
        return len(self.ids)


def load(folder, name, with_tags=False):
    """All sentences of a set; labels are empty where nobody annotated."""
    with open(f"{folder}/{name}.tokens") as lines:
        sentences = [Sentence(json.loads(line)) for line in lines]
    if with_tags:
        for sentence, line in zip(sentences, open(f"{folder}/{name}.tags")):
            sentence.tags = json.loads(line)  # tagger -> a tag for each token, special ones too
    return sentences


class TagNumbers:
    """Numbers of the tags that come 20 times or more; 0 is any other."""

    def __init__(self, sentences):
        self.taggers = sorted(sentences[0].tags)
        self.numbers = []
        for tagger in self.taggers:
            count = collections.Counter(t for s in sentences for t in s.tags[tagger])
            often = [t for t, n in count.most_common() if n >= 20]
            self.numbers.append({t: i + 1 for i, t in enumerate(often)})
        self.sizes = [len(n) + 1 for n in self.numbers]

    def of(self, sentence):
        columns = [
            [n.get(t, 0) for t in sentence.tags[tagger]]
            for tagger, n in zip(self.taggers, self.numbers)
        ]
        return np.array(columns).T


def batches(sentences, tokens, order=None):
    """Lists of sentence numbers of like length, at most so many tokens when padded."""
    numbers = list(range(len(sentences)))
    chunk = len(numbers)
    if order:
        order.shuffle(numbers)
        chunk = 512
    result = []
    for at in range(0, len(numbers), chunk):
        current = []
        for i in sorted(numbers[at : at + chunk], key=lambda i: len(sentences[i])):
            if current and (len(current) + 1) * len(sentences[i]) > tokens:
                result.append(current)
                current = []
            current.append(i)
        result.append(current)
    if order:
        order.shuffle(result)
    return result


def pad(rows, dtype=np.int64):
    """Arrays [tokens, ...] of different lengths as one tensor [batch, tokens, ...], 0 behind."""
    out = np.zeros((len(rows), max(map(len, rows))) + rows[0].shape[1:], dtype)
    for r, row in enumerate(rows):
        out[r, : len(row)] = row
    return torch.from_numpy(out)
