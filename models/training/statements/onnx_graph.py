"""The forward of ``network.Network`` written out in plain ONNX operators, with 8-bit weights.

Weights are whole numbers with a scale for each block of 64 in a column (of 96 in the embedding of a piece).  They are turned into
floating point when the session starts, or when a piece is looked up: products are exact, only the weights are rounded.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from network import (
    ATTENTION_HEADS,
    EPSILON,
    FIRST_SIGN,
    OF_HEAD,
    OUTPUTS,
    PADDED,
    PADDING,
    SIGNS,
    TARGET,
    WIDTH,
    Network,
)
from targets import Array

BLOCK, BLOCK_OF_PIECE = 64, 96
#: The largest whole number that a weight becomes; a scale is never 0.
LARGEST, LEAST_SCALE = 127, 1e-9
OPSET, IR_VERSION = 20, 9
INPUTS = ("ids", "segments")


class Graph:
    """Collects operators and constants; a value is known by its name."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, value: Any) -> str:
        """A constant; whole numbers become 64 bits wide, unless they are 8-bit weights."""
        array = np.asarray(value)
        if array.dtype.kind == "i" and array.dtype != np.int8:
            array = array.astype(np.int64)
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.require(array, requirements="C"), name))
        return name

    def node(self, operator: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        """An operator with one output, whose name is returned."""
        output = output or f"value{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    def floating(self, value: str) -> str:
        return self.node("Cast", value, to=TensorProto.FLOAT)

    def model(self) -> onnx.ModelProto:
        """The whole, checked; inputs and outputs are those of ``engines/sentence_encoder``."""
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["lines", "pieces"]) for name in INPUTS]
        outputs = [
            helper.make_tensor_value_info(head, TensorProto.FLOAT, ["lines", size]) for head, size in OUTPUTS.items()
        ]
        graph = helper.make_graph(self._nodes, "statements", inputs, outputs, self._constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        onnx.checker.check_model(model)
        return model


def model_of(network: Network) -> onnx.ModelProto:
    """The network as it ships."""
    return _Writer(network).model()


class _Writer:
    """Writes a network part by part; methods take and return the names of values."""

    def __init__(self, network: Network) -> None:
        self._graph = Graph()
        self._layers = len(network.layers)
        self._weights = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}

    def model(self) -> onnx.ModelProto:
        pieces, segments = INPUTS
        states = self._embedded(pieces, segments)
        bias = self._bias(pieces)
        for layer in range(self._layers):
            states = self._layer(states, bias, f"layers.{layer}.")
        seen = self._pooled(states, pieces, segments)
        for head in OUTPUTS:
            weight, offset = (
                self._graph.constant(self._weights[f"heads.{head}.{part}"]) for part in ("weight", "bias")
            )
            logits = self._graph.node("Gemm", seen, weight, offset, transB=1)
            self._graph.node("Softmax", logits, axis=-1, output=head)
        return self._graph.model()

    def _embedded(self, pieces: str, segments: str) -> str:
        graph = self._graph
        table = self._weights["word.weight"]
        rounded, scale = _rounded(table.reshape(len(table), -1, BLOCK_OF_PIECE), axis=2)
        looked_up = graph.floating(graph.node("Gather", graph.constant(rounded), pieces))
        scaled = graph.node("Mul", looked_up, graph.node("Gather", graph.constant(scale), pieces))
        word = graph.node("Reshape", scaled, graph.constant([0, 0, WIDTH]))
        width = graph.node("Slice", graph.node("Shape", pieces), graph.constant([1]), graph.constant([2]))
        first, axis = graph.constant([0]), graph.constant([0])
        position = graph.node("Slice", graph.constant(self._weights["position.weight"]), first, width, axis)
        segment = graph.node("Gather", graph.constant(self._weights["segment.weight"]), segments)
        return self._norm(graph.node("Add", graph.node("Add", word, position), segment), "norm")

    def _bias(self, pieces: str) -> str:
        """What attention adds to the scores of padding."""
        graph = self._graph
        padding = graph.floating(graph.node("Equal", pieces, graph.constant(PADDING)))
        return graph.node(
            "Unsqueeze", graph.node("Mul", padding, graph.constant(np.float32(PADDED))), graph.constant([1, 2])
        )

    def _layer(self, states: str, bias: str, name: str) -> str:
        graph = self._graph
        attended = self._linear(self._attention(states, bias, name), name + "out")
        states = self._norm(graph.node("Add", states, attended), name + "attended")
        mapped = self._linear(graph.node("Gelu", self._linear(states, name + "up")), name + "down")
        return self._norm(graph.node("Add", states, mapped), name + "mapped")

    def _attention(self, states: str, bias: str, name: str) -> str:
        graph = self._graph
        query, key, value = (
            self._by_head(states, name + part, order)
            for part, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3]))
        )
        scores = graph.node("Mul", graph.node("MatMul", query, key), graph.constant(np.float32(OF_HEAD**-0.5)))
        weights = graph.node("Softmax", graph.node("Add", scores, bias), axis=-1)
        together = graph.node("Transpose", graph.node("MatMul", weights, value), perm=[0, 2, 1, 3])
        return graph.node("Reshape", together, graph.constant([0, 0, WIDTH]))

    def _by_head(self, states: str, name: str, order: list[int]) -> str:
        shape = self._graph.constant([0, 0, ATTENTION_HEADS, OF_HEAD])
        return self._graph.node("Transpose", self._graph.node("Reshape", self._linear(states, name), shape), perm=order)

    def _linear(self, states: str, name: str) -> str:
        graph, weight = self._graph, self._weights[name + ".weight"].T
        rounded, scale = _rounded(weight.reshape(-1, BLOCK, weight.shape[1]), axis=1)
        blocks = graph.node("Mul", graph.floating(graph.constant(rounded)), graph.constant(scale))
        product = graph.node("MatMul", states, graph.node("Reshape", blocks, graph.constant(list(weight.shape))))
        return graph.node("Add", product, graph.constant(self._weights[name + ".bias"]))

    def _norm(self, states: str, name: str) -> str:
        weight, bias = (self._graph.constant(self._weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self._graph.node("LayerNormalization", states, weight, bias, axis=-1, epsilon=EPSILON)

    def _pooled(self, states: str, pieces: str, segments: str) -> str:
        graph = self._graph
        sentence = graph.floating(segments)
        marks = graph.node("Mul", sentence, graph.floating(graph.node("Equal", pieces, graph.constant(TARGET))))
        first = graph.node("Gather", states, graph.constant(0), axis=1)
        signs = graph.constant(list(range(FIRST_SIGN, FIRST_SIGN + len(SIGNS))))
        equal = graph.node("Equal", graph.node("Unsqueeze", pieces, graph.constant([2])), signs)
        there = graph.node("ReduceMax", graph.floating(equal), graph.constant([1]), keepdims=0)
        return graph.node("Concat", self._mean(states, sentence), self._mean(states, marks), first, there, axis=1)

    def _mean(self, states: str, mask: str) -> str:
        """The mean of the states that ``mask`` keeps; 0 where it keeps none."""
        graph = self._graph
        kept = graph.node("MatMul", graph.node("Unsqueeze", mask, graph.constant([1])), states)
        count = graph.node("ReduceSum", mask, graph.constant([1]), keepdims=1)
        total = graph.node("Squeeze", kept, graph.constant([1]))
        return graph.node("Div", total, graph.node("Max", count, graph.constant(np.float32(1))))


def _rounded(blocks: Array, axis: int) -> tuple[Array, Array]:
    """Weights as 8-bit whole numbers, and the scale of each block along ``axis``."""
    largest = np.abs(blocks).max(axis, keepdims=True)
    scale = np.maximum(largest / LARGEST, LEAST_SCALE).astype(np.float32)
    return np.round(blocks / scale).astype(np.int8), scale
