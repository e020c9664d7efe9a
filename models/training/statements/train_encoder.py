"""Fine-tunes the first layers of all-MiniLM-L6-v2 (Apache-2.0) to say whose statement a sentence makes and of which kind.

python train_encoder.py hold  [--layers 4 --frozen 2 --epochs 3]      # one fifth of the papers held out
python train_encoder.py cross                                         # out-of-fold predictions of every sentence
python train_encoder.py all                                           # one model on everything -> model.pt
"""

import argparse
import glob
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from encode import KINDS, MARKS, WHO, Encoder

HEADS = dict(kind=11, who=4, cen=3, alone=2)
WEIGHT = dict(kind=1.0, who=0.8, cen=0.5, alone=0.4)
INITIAL = {"[TARGET]": "author", "[OTHER]": "others", "[OWN]": "we", "[ON]": "they"}


class Dropout(nn.Module):
    """As nn.Dropout, but the mask comes from random bytes: several times cheaper on a processor."""

    rng = np.random.default_rng(1)

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        keep = torch.from_numpy(np.frombuffer(self.rng.bytes(x.numel()), np.uint8).copy()).view(x.shape) >= round(
            self.p * 256
        )
        return x * (keep.to(x.dtype) * (1 / (1 - self.p)))


class Layer(nn.Module):
    def __init__(self, d=384, inner=1536, heads=12):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(d, d) for _ in range(4))
        self.up, self.down = nn.Linear(d, inner), nn.Linear(inner, d)
        self.n1, self.n2 = nn.LayerNorm(d, eps=1e-12), nn.LayerNorm(d, eps=1e-12)
        self.drop = Dropout(0.1)

    def forward(self, x, bias):
        def split(y):
            return y.reshape(y.shape[0], y.shape[1], self.heads, 32).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        a = torch.softmax(q @ k.transpose(-1, -2) * (32**-0.5) + bias, -1) @ v
        x = self.n1(x + self.drop(self.o(a.transpose(1, 2).flatten(2))))
        return self.n2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Model(nn.Module):
    def __init__(self, pieces, layers=4, d=384):
        super().__init__()
        self.word, self.position, self.segment = nn.Embedding(pieces, d), nn.Embedding(128, d), nn.Embedding(2, d)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = Dropout(0.2)
        self.heads = nn.ModuleDict({k: nn.Linear(3 * d + len(MARKS), n) for k, n in HEADS.items()})

    def embed(self, ids, segments):
        return self.norm(
            self.word(ids) + self.position(torch.arange(ids.shape[1], device=ids.device)) + self.segment(segments)
        )

    def pool(self, x, ids, segments):
        m = segments.unsqueeze(-1).to(x.dtype)
        t = ((ids == 4) & (segments == 1)).unsqueeze(-1).to(x.dtype)
        mean = (x * m).sum(1) / m.sum(1).clamp(min=1)
        n = t.sum(1)
        target = (x * t).sum(1) / n.clamp(min=1)
        marks = ((ids.unsqueeze(-1) == torch.arange(4, 4 + len(MARKS))) & (ids.unsqueeze(-1) > 0)).to(x.dtype).amax(1)
        return torch.cat([mean, target, x[:, 0], marks], 1)

    def run(self, x, ids, segments, start=0):
        bias = ((ids == 0).to(x.dtype) * -1e4)[:, None, None, :]
        for layer in list(self.layers)[start:]:
            x = layer(x, bias)
        z = self.drop(self.pool(x.float(), ids, segments))
        return {k: h(z) for k, h in self.heads.items()}

    def forward(self, ids, segments):
        out = self.run(self.embed(ids, segments), ids, segments)
        return tuple(torch.softmax(out[k].float(), -1) for k in HEADS)


def pretrained(encoder, layers, folder):
    old = load_file(folder + "/model.safetensors")
    old = {k.removeprefix("bert."): v for k, v in old.items()}
    index = json.load(open(folder + "/tokenizer.json"))["model"]["vocab"]
    model = Model(len(encoder.pieces), layers)
    words = old["embeddings.word_embeddings.weight"]
    rows = []
    for p in encoder.pieces:
        if p.startswith("[P") and p != "[PAD]":
            rows.append(words[index[p[2]]])
        else:
            rows.append(words[index[INITIAL.get(p, p)]])
    new = {
        "word.weight": torch.stack(rows),
        "position.weight": old["embeddings.position_embeddings.weight"][:128],
        "segment.weight": old["embeddings.token_type_embeddings.weight"],
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
    }
    names = dict(
        q="attention.self.query",
        k="attention.self.key",
        v="attention.self.value",
        o="attention.output.dense",
        n1="attention.output.LayerNorm",
        up="intermediate.dense",
        down="output.dense",
        n2="output.LayerNorm",
    )
    for i in range(layers):
        for a, b in names.items():
            for w in ("weight", "bias"):
                new[f"layers.{i}.{a}.{w}"] = old[f"encoder.layer.{i}.{b}.{w}"]
    missing, extra = model.load_state_dict(new, strict=False)
    assert not extra and all(m.startswith("heads") for m in missing)
    for h in model.heads.values():
        nn.init.normal_(h.weight, std=0.02)
        nn.init.zeros_(h.bias)
    return model


def load(folder):
    rows = {}
    for f in ("en.ids.jsonl", "en2.ids.jsonl"):
        if Path(folder, f).exists():
            for line in open(Path(folder, f), encoding="utf-8"):
                r = json.loads(line)
                rows[r["id"]] = r
    labels = {}
    for f in sorted(glob.glob(folder + "/labels-[ef][0-9]*.tsv")):
        for line in open(f):
            p = line.split()
            if len(p) == 5 and p[1] in WHO and p[2][0] in KINDS and p[3] in "012" and p[4] in "yn":
                labels[p[0]] = p[1:]
    ids = [i for i in labels if i in rows]
    return ids, [rows[i] for i in ids], [labels[i] for i in ids]


def targets(labels):
    kind = np.zeros((len(labels), 11), np.float32)
    for i, l in enumerate(labels):
        ks = [c for c in l[1] if c in KINDS][:2]
        for k, w in zip(ks, (0.65, 0.35) if len(ks) == 2 else (1,)):
            kind[i, KINDS.index(k)] += w

    def one(n, v):
        return np.eye(n, dtype=np.float32)[v]

    return dict(
        kind=kind,
        who=one(4, [WHO.index(l[0]) for l in labels]),
        cen=one(3, [int(l[2]) for l in labels]),
        alone=one(2, [int(l[3] == "y") for l in labels]),
    )


def folds(names, n):
    order = sorted(set(names))
    random.Random(0).shuffle(order)
    fold = {x: i % n for i, x in enumerate(order)}
    return np.array([fold[x] for x in names])


def batches(lengths, size, rnd=None):
    keys = [l + (rnd.random() * 12 if rnd else 0) for l in lengths]
    order = sorted(range(len(lengths)), key=lambda i: keys[i])
    out = [order[i : i + size] for i in range(0, len(order), size)]
    if rnd:
        rnd.shuffle(out)
    return out


def tensors(data, index):
    width = max(data["length"][i] for i in index)
    return torch.from_numpy(data["ids"][index, :width]), torch.from_numpy(data["segments"][index, :width])


def predict(model, data, index, frozen=0):
    model.eval()
    out = {k: np.zeros((len(index), n), np.float32) for k, n in HEADS.items()}
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for b in batches([data["length"][i] for i in index], 64):
            ids, segments = tensors(data, [index[i] for i in b])
            x = states(data, [index[i] for i in b]) if frozen else model.embed(ids, segments)
            for k, z in model.run(x, ids, segments, frozen).items():
                out[k][b] = torch.softmax(z.float(), -1).numpy()
    return out


def states(data, b):
    return nn.utils.rnn.pad_sequence([data["below"][i] for i in b], batch_first=True).float()


def below(model, data, frozen):
    """The states above the frozen layers, once for all sentences."""
    if "below" not in data:
        model.eval()
        start, cache = time.time(), [None] * len(data["ids"])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for b in batches(data["length"], 32):
                ids, segments = tensors(data, b)
                x = model.embed(ids, segments)
                bias = ((ids == 0).to(x.dtype) * -1e4)[:, None, None, :]
                for layer in model.layers[:frozen]:
                    x = layer(x, bias)
                for i, y in zip(b, x.to(torch.bfloat16)):
                    cache[i] = y[: data["length"][i]].clone()
        data["below"] = cache
        print(f"frozen layers {time.time() - start:.0f}s", flush=True)
    return data["below"]


def fit(model, data, Y, index, args, watch=None, seed=1):
    torch.manual_seed(seed)
    rnd = random.Random(seed)
    frozen = args.frozen
    for p in [*model.word.parameters(), *model.position.parameters(), *model.norm.parameters()]:
        p.requires_grad = frozen == 0
    model.segment.requires_grad_(frozen == 0)
    for layer in model.layers[:frozen]:
        layer.requires_grad_(False)
    cache = below(model, data, frozen) if frozen else None
    heads = list(model.heads.parameters())
    body = [
        p
        for n, p in model.named_parameters()
        if p.requires_grad and not n.startswith("heads") and p is not model.word.weight
    ]
    groups = [dict(params=body, lr=args.lr), dict(params=heads, lr=args.head)]
    if frozen == 0:
        groups.append(dict(params=[model.word.weight], lr=args.lr, weight_decay=0))
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = args.epochs * -(-len(index) // args.batch)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / (0.1 * steps)) * max(0, 1 - s / steps)
    )
    start, step = time.time(), 0
    for epoch in range(args.epochs):
        model.train()
        total = 0
        for b in batches([data["length"][i] for i in index], args.batch, rnd):
            b = [index[i] for i in b]
            ids, segments = tensors(data, b)
            with torch.autocast("cpu", torch.bfloat16):
                if cache:
                    x = states(data, b)
                else:
                    x = model.embed(ids, segments)
                out = model.run(model.drop(x) if not cache else x, ids, segments, frozen)
            loss = sum(
                WEIGHT[k] * -(torch.from_numpy(Y[k][b]) * F.log_softmax(out[k].float(), -1)).sum(-1).mean()
                for k in HEADS
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimizer.step()
            rate.step()
            step += 1
            if step % 50 == 0:
                print(step, steps, round(loss.item(), 2), f"{time.time() - start:.0f}s", flush=True)
            total += loss.item() * len(b)
        print(f"epoch {epoch} loss {total / len(index):.3f} {time.time() - start:.0f}s", flush=True)
        if watch is not None:
            watch(model)
    return model


def area(score, y):
    if y.all() or not y.any():
        return 0
    order = np.argsort(score)
    rank = np.empty(len(score))
    rank[order] = np.arange(len(score))
    n = y.sum()
    return (rank[y].sum() - n * (n - 1) / 2) / (n * (len(y) - n))


def report(P, labels, rows, title=""):
    yk = np.array([l[1][0] for l in labels])
    pk = np.array(list(KINDS))[P["kind"].argmax(1)]
    T = np.array([bool(r["target"]) for r in rows])
    yw, pw = np.array([l[0] for l in labels]), np.array(list(WHO))[P["who"].argmax(1)]
    yc, ya = np.array([l[2] for l in labels]), np.array([l[3] == "y" for l in labels])
    print(
        f"{title} n {len(rows)} kind {np.mean(pk == yk):.3f} either {np.mean([k in l[1] for k, l in zip(pk, labels)]):.3f}"
        f" | whose(target) {np.mean((pw == yw)[T]):.3f} T auc {area(P['who'][T, 0], (yw == 'T')[T]):.3f}"
        f" whose(own) {np.mean((pw == yw)[~T]):.3f} O auc {area(P['who'][~T, 1], (yw == 'O')[~T]):.3f}"
        f" | central2 {area(P['cen'][:, 2], yc == '2'):.3f} 0 {area(-P['cen'][:, 0], yc != '0'):.3f} | alone {area(P['alone'][:, 1], ya):.3f}",
        flush=True,
    )
    return pk, yk


def main():
    a = argparse.ArgumentParser()
    a.add_argument("what", choices=("hold", "cross", "all"))
    a.add_argument("--data", default=".", help="folder with en*.ids.jsonl and labels-*.tsv")
    a.add_argument("--pretrained", default="all-MiniLM-L6-v2", help="folder with model.safetensors and tokenizer.json")
    a.add_argument("--out", default=".", help="folder for oof.npz and model.pt")
    for name, value in dict(layers=4, frozen=2, epochs=3, batch=16, folds=3, threads=1, seed=1).items():
        a.add_argument("--" + name, type=int, default=value)
    a.add_argument("--lr", type=float, default=1.5e-4)
    a.add_argument("--head", type=float, default=1e-3)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    encoder = Encoder(str(Path(__file__).with_name("vocab.txt")))
    ids, rows, labels = load(args.data)
    tokens, segments = encoder.texts(rows)
    data = dict(ids=tokens, segments=segments, length=(tokens > 0).sum(1))
    Y, names = targets(labels), [r["name"] for r in rows]
    print(args, len(ids), "sentences", "mean length", data["length"].mean(), flush=True)

    def base():
        return pretrained(encoder, args.layers, args.pretrained)

    torch.manual_seed(args.seed)
    if args.what == "hold":
        fold = folds(names, 5)
        train, test = np.where(fold != 0)[0].tolist(), np.where(fold == 0)[0].tolist()
        L, R = [labels[i] for i in test], [rows[i] for i in test]
        model = fit(
            base(), data, Y, train, args, lambda m: report(predict(m, data, test, args.frozen), L, R), args.seed
        )
    elif args.what == "cross":
        fold = folds(names, args.folds)
        P = {k: np.zeros((len(ids), n), np.float32) for k, n in HEADS.items()}
        for k in range(args.folds):
            train, test = np.where(fold != k)[0].tolist(), np.where(fold == k)[0].tolist()
            got = predict(fit(base(), data, Y, train, args, seed=args.seed), data, test, args.frozen)
            for h in P:
                P[h][test] = got[h]
            report(got, [labels[i] for i in test], [rows[i] for i in test], f"fold {k}")
        report(P, labels, rows, "all folds")
        np.savez(args.out + "/oof.npz", ids=np.array(ids), **P)
    else:
        model = fit(base(), data, Y, list(range(len(ids))), args, seed=args.seed)
        torch.save(dict(state=model.state_dict(), layers=args.layers), args.out + "/model.pt")


if __name__ == "__main__":
    main()
