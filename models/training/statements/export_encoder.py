"""model.pt -> statements.onnx: 8-bit weights, a scale for each 64 of a column (and each 96 of a piece's row).

The session turns them into numbers when it starts, so that products are exact; 8-bit products (--dynamic) take
half the time but move single probabilities by up to 0.25.

    python export_encoder.py [folder of model.pt [folder of the labels]] [--dynamic]
"""

import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from encode import KINDS, MARKS, Encoder
from train_encoder import HEADS, Model, load

HERE = Path(__file__).resolve().parent
BLOCK, WORD_BLOCK = 64, 96
NAMES = ["kind", "who", "central", "alone"]


class Graph:
    """The forward of train_encoder.Model, written out in plain operators."""

    def __init__(self, model, eight=True):
        self.eight = eight  # 8-bit weights, turned into numbers when the session starts
        self.nodes, self.constants, self.n = [], [], 0
        w = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
        op, const = self.op, self.const
        table = w["word.weight"]
        table = table.reshape(len(table), 384 // WORD_BLOCK, WORD_BLOCK)
        scale = np.maximum(np.abs(table).max(2, keepdims=True) / 127, 1e-9).astype(np.float32)
        ids, segments = "ids", "segments"
        word = op("Cast", op("Gather", const(np.round(table / scale).astype(np.int8)), ids), to=TensorProto.FLOAT)
        word = op("Reshape", op("Mul", word, op("Gather", const(scale), ids)), const([0, 0, 384]))
        width = op("Slice", op("Shape", ids), const([1]), const([2]))
        position = op("Slice", const(w["position.weight"]), const([0]), width, const([0]))
        x = op("Add", op("Add", word, position), op("Gather", const(w["segment.weight"]), segments))
        x = self.norm(x, w, "norm")
        pad = op("Mul", op("Cast", op("Equal", ids, const(0)), to=TensorProto.FLOAT), const(np.float32(-1e4)))
        bias = op("Unsqueeze", pad, const([1, 2]))
        for i in range(len(model.layers)):
            name = f"layers.{i}."
            q, k, v = (
                op("Transpose", op("Reshape", self.linear(x, w, name + a), const([0, 0, 12, 32])), perm=p)
                for a, p in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3]))
            )
            a = op("Softmax", op("Add", op("Mul", op("MatMul", q, k), const(np.float32(32**-0.5))), bias), axis=-1)
            a = op("Reshape", op("Transpose", op("MatMul", a, v), perm=[0, 2, 1, 3]), const([0, 0, 384]))
            x = self.norm(op("Add", x, self.linear(a, w, name + "o")), w, name + "n1")
            up = op("Gelu", self.linear(x, w, name + "up"))
            x = self.norm(op("Add", x, self.linear(up, w, name + "down")), w, name + "n2")
        m = op("Cast", segments, to=TensorProto.FLOAT)
        t = op("Mul", m, op("Cast", op("Equal", ids, const(4)), to=TensorProto.FLOAT))
        mean, target = self.mean(x, m), self.mean(x, t)
        marks = op(
            "ReduceMax",
            op(
                "Cast",
                op("Equal", op("Unsqueeze", ids, const([2])), const(list(range(4, 4 + len(MARKS))))),
                to=TensorProto.FLOAT,
            ),
            const([1]),
            keepdims=0,
        )
        z = op("Concat", mean, target, op("Gather", x, const(0), axis=1), marks, axis=1)
        for name, key in zip(NAMES, HEADS):
            logits = op("Gemm", z, const(w[f"heads.{key}.weight"]), const(w[f"heads.{key}.bias"]), transB=1)
            self.op("Softmax", logits, axis=-1, output=name)

    def const(self, value):
        value = np.asarray(value)
        if value.dtype.kind == "i" and value.dtype != np.int8:
            value = value.astype(np.int64)
        self.n += 1
        self.constants.append(
            numpy_helper.from_array(np.ascontiguousarray(value) if value.ndim else value, f"c{self.n}")
        )
        return f"c{self.n}"

    def op(self, kind, *inputs, output=None, **attributes):
        self.n += 1
        output = output or f"v{self.n}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=f"{kind}{self.n}", **attributes))
        return output

    def linear(self, x, w, name):
        weight = w[name + ".weight"].T
        if self.eight:
            shape = weight.shape
            parts = weight.reshape(-1, BLOCK, shape[1])
            scale = np.abs(parts).max(1, keepdims=True) / 127
            whole = self.op("Cast", self.const(np.round(parts / scale).astype(np.int8)), to=TensorProto.FLOAT)
            weight = self.op("Reshape", self.op("Mul", whole, self.const(scale.astype(np.float32))), self.const(shape))
        else:
            weight = self.const(weight)
        return self.op("Add", self.op("MatMul", x, weight), self.const(w[name + ".bias"]))

    def norm(self, x, w, name):
        return self.op(
            "LayerNormalization",
            x,
            self.const(w[name + ".weight"]),
            self.const(w[name + ".bias"]),
            axis=-1,
            epsilon=1e-12,
        )

    def mean(self, x, mask):
        total = self.op("Squeeze", self.op("MatMul", self.op("Unsqueeze", mask, self.const([1])), x), self.const([1]))
        return self.op(
            "Div",
            total,
            self.op("Max", self.op("ReduceSum", mask, self.const([1]), keepdims=1), self.const(np.float32(1))),
        )

    def save(self, path):
        value = helper.make_tensor_value_info
        graph = helper.make_graph(
            self.nodes,
            "statements",
            [value(n, TensorProto.INT64, ["n", "length"]) for n in ("ids", "segments")],
            [value(n, TensorProto.FLOAT, ["n", k]) for n, k in zip(NAMES, HEADS.values())],
            self.constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
        onnx.checker.check_model(model)
        onnx.save(model, path)
        return model


def session(path):
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def main():
    torch.set_num_threads(1)
    dynamic = "--dynamic" in sys.argv
    if dynamic:
        sys.argv.remove("--dynamic")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    encoder = Encoder(str(HERE / "vocab.txt"))
    saved = torch.load(folder / "model.pt")
    model = Model(len(encoder.pieces), saved["layers"])
    model.load_state_dict(saved["state"])
    model.eval()
    plain, small = folder / "plain.onnx", HERE / "statements.onnx"
    Graph(model, eight=False).save(plain)
    if dynamic:  # 8-bit products: faster, less exact
        weights = [n.name for n in onnx.load(plain).graph.node if n.op_type == "MatMul" and n.input[1].startswith("c")]
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, nodes_to_quantize=weights)
    else:
        Graph(model).save(small)
    rows = load(sys.argv[2] if len(sys.argv) > 2 else ".")[1][::9]
    rows.sort(key=lambda r: len(r["shown"]))
    a, b = session(plain), session(small)
    got = {k: [] for k in ("torch", "plain", "small")}
    spent = cpu = 0
    for i in range(0, len(rows), 8):
        ids, segments = encoder.texts(rows[i : i + 8])
        feed = {"ids": ids, "segments": segments}
        with torch.no_grad():
            got["torch"].append([y.numpy() for y in model(torch.from_numpy(ids), torch.from_numpy(segments))])
        got["plain"].append(a.run(None, feed))
        start, used = time.perf_counter(), time.process_time()
        got["small"].append(b.run(None, feed))
        spent, cpu = spent + time.perf_counter() - start, cpu + time.process_time() - used
    P = {k: [np.concatenate([g[h] for g in v]) for h in range(4)] for k, v in got.items()}
    for k in ("plain", "small"):
        for h, name in enumerate(NAMES):
            d = np.abs(P[k][h] - P["torch"][h])
            same = (P[k][h].argmax(1) == P["torch"][h].argmax(1)).mean()
            print(
                f"{k} {name} largest difference {d.max():.4f}, 99 % {np.quantile(d.max(1), 0.99):.4f}, mean {d.mean():.4f}, same class {same:.3f}"
            )
    print(
        f"{small.stat().st_size / 1e6:.2f} MB, {1000 * spent / len(rows):.2f} ms a sentence (wall), {1000 * cpu / len(rows):.2f} ms (processor), 1 thread"
    )


if __name__ == "__main__":
    main()
