"""Input of the statement model: WordPiece without dependencies (numpy only), exactly as in training.

    encoder = Encoder('vocab.txt')
    ids, segments = encoder.texts(rows)      # int64 arrays, padded with 0
    kind, who, central, alone = session.run(None, {'ids': ids, 'segments': segments})

A row is a dict with `shown` (the sentence, citations marked ⟦TARGET⟧ or ⟦OTHER⟧), `target` ('' for an own sentence,
'r12' for a marked work, '>r12' for a sentence that goes on about it), `section`, `place` (0 to 1), `prev`, `next`.
"""

import re
import unicodedata

import numpy as np

MAX = 128
SPECIAL = {"⟦TARGET⟧": "[TARGET]", "⟦OTHER⟧": "[OTHER]"}
MARKS = ["[TARGET]", "[OTHER]", "[OWN]", "[ON]"] + ["[P%d]" % i for i in range(10)]
KINDS, WHO = "AMDRLCPVBEN", "TOXG"
PUNCTUATION = set(c for c in map(chr, range(33, 127)) if not c.isalnum())


def words(text):
    """BERT's basic tokenizer, lower-cased and without accents."""
    out, word = [], []

    def flush():
        if word:
            out.append("".join(word))
            word.clear()

    for c in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(c)
        if category == "Mn":
            continue
        if c in " \t\n\r" or category == "Zs":
            flush()
        elif category in ("Cc", "Cf", "Co", "Cs") or c == "\ufffd":
            continue
        elif c in PUNCTUATION or category[0] == "P" or "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff":
            flush()
            out.append(c)
        else:
            word.append(c)
    flush()
    return out


class Encoder:
    def __init__(self, vocab):
        with open(vocab, encoding="utf-8") as lines:
            self.pieces = lines.read().split("\n")
        if self.pieces[-1] == "":
            self.pieces.pop()
        self.index = {p: i for i, p in enumerate(self.pieces)}
        self.unknown, self.cls, self.sep = (self.index[x] for x in ("[UNK]", "[CLS]", "[SEP]"))
        self.cache = {}

    def word(self, word):
        got = self.cache.get(word)
        if got is None:
            got, start = [], 0
            if len(word) > 100:
                got, start = [self.unknown], len(word)
            while start < len(word):
                end = len(word)
                while end > start:
                    i = self.index.get(("##" if start else "") + word[start:end])
                    if i is not None:
                        break
                    end -= 1
                if end == start:
                    got = [self.unknown]
                    break
                got.append(i)
                start = end
            if len(self.cache) < 200000:
                self.cache[word] = got
        return got

    def pieces_of(self, text):
        out = []
        for part in re.split("(⟦TARGET⟧|⟦OTHER⟧)", text):
            if part in SPECIAL:
                out.append(self.index[SPECIAL[part]])
            else:
                for word in words(part):
                    out += self.word(word)
        return out

    def row(self, r):
        target = r["target"]
        mark = "[ON]" if target[:1] == ">" else "" if target else "[OWN]"
        place = "[P%d]" % min(9, int(float(r["place"]) * 10))
        head = [self.cls, self.index[place]] + self.pieces_of(r["section"][:80])[:12] + [self.sep]
        prev, following = self.pieces_of(r["prev"])[-25:] + [self.sep], [self.sep] + self.pieces_of(r["next"])[:12]
        sentence = self.pieces_of(r["shown"])
        if mark:
            sentence = [self.index[mark]] + sentence
        room = MAX - len(head) - len(prev) - len(following)
        if len(sentence) > room:  # keep the mark in the window
            at = self.index["[TARGET]"]
            end = max(room, min(len(sentence), sentence.index(at) + 8)) if at in sentence else room
            sentence = sentence[end - room : end]
        return head + prev, sentence, following

    def texts(self, rows):
        parts = [self.row(r) for r in rows]
        width = max(sum(map(len, p)) for p in parts)
        ids, segments = np.zeros((len(parts), width), np.int64), np.zeros((len(parts), width), np.int64)
        for k, (before, sentence, after) in enumerate(parts):
            line = before + sentence + after
            ids[k, : len(line)] = line
            segments[k, len(before) : len(before) + len(sentence)] = 1
        return ids, segments
