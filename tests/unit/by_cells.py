"""An edited reader by torch's own cells, stepped word by word: tests hold the tracer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.tracing import Clamp, Memory, Recurrent, State
from tests.unit.architectures import Case

Values = dict[str, Tensor]
CELLS: dict[str, type[nn.RNNCellBase]] = {
    "LSTM": nn.LSTMCell, "GRU": nn.GRUCell, "RNN_TANH": nn.RNNCell, "RNN_RELU": nn.RNNCell,
}  # fmt: skip


class Reference:
    """A reader stepped word by word; every edit looked up by name, step and unit."""

    def __init__(self, edits: Sequence[Recurrent], memories: Mapping[State, Memory]) -> None:
        self.clamps = [edit for edit in edits if isinstance(edit, Clamp)]
        self.states = [edit for edit in edits if isinstance(edit, State)]
        self.memories = memories
        self.found: Values = {}

    def held(self, name: str, t: int, value: Tensor) -> Tensor:
        value = value.clone()
        for edit in self.clamps:
            if edit.tensor == name and edit.step in (None, t):
                for unit in range(len(value)):
                    if edit.unit in (None, unit):
                        value[unit] = edit.value
        return value

    def read(self, case: Case) -> Values:
        x = case.x[0]
        for name, module in case.net.named_children():
            if isinstance(module, nn.RNNBase):
                for level in range(module.num_layers):
                    ways = ("", "_reverse") if module.bidirectional else ("",)
                    x = torch.cat([self.cell(name, module, level, way, x) for way in ways], dim=1)
            else:
                x = module(x)
                if isinstance(module, nn.Dropout):
                    continue
                if name != "head":
                    x = torch.stack([self.held(name, t, row) for t, row in enumerate(x)])
            self.found["logits" if name == "head" else name] = x
        return self.found

    def cell(self, name: str, module: nn.RNNBase, level: int, way: str, x: Tensor) -> Tensor:
        prefix, suffix = f"{name}.l{level}{way}", f"l{level}{way}"
        cell = torch_cell(module, suffix, x.shape[1])
        h = c = torch.zeros(module.hidden_size)
        rows: dict[int, Values] = {}
        for t in range(len(x) - 1, -1, -1) if way else range(len(x)):
            now = self.step(cell, module.mode, prefix, t, x[t], h, c)
            for edit in self.states:
                if edit.step == t:
                    zero = torch.zeros(module.hidden_size)
                    for key in {"h", "c"} & set(now):
                        memory = {} if edit.text is None else self.memories[edit]
                        now[key] = memory.get(f"{prefix}.{key}", zero)
            h, c = now["h"], now.get("c", c)
            rows[t] = now
        for key in rows[0]:
            self.found[f"{prefix}.{key}"] = torch.stack([rows[t][key] for t in range(len(x))])
        return self.found[f"{prefix}.h"]

    def step(
        self, cell: nn.RNNCellBase, mode: str, prefix: str, t: int, x: Tensor, h: Tensor, c: Tensor
    ) -> Values:
        """torch's cell; where something is held in this step, its documented formula in float64."""

        def hold(name: str, value: Tensor) -> Tensor:
            return self.held(f"{prefix}.{name}", t, value)

        x64, h64, c64 = (value.double() for value in (x, h, c))
        weights = {key: value.double() for key, value in cell.named_parameters()}
        of_x = F.linear(x64, weights["weight_ih"], weights.get("bias_ih"))
        of_h = F.linear(h64, weights["weight_hh"], weights.get("bias_hh"))
        if mode == "LSTM":
            parts = zip("ifgo", (of_x + of_h).chunk(4), strict=True)
            gates = {g: hold(f"gate.{g}", v.tanh() if g == "g" else v.sigmoid()) for g, v in parts}
            new_c = hold("c", gates["f"] * c64 + gates["i"] * gates["g"])
            found = {"h": hold("h", gates["o"] * new_c.tanh()), "c": new_c}
            plain = dict(zip(("h", "c"), cell(x[None], (h[None], c[None])), strict=True))
        elif mode == "GRU":
            (a, b, d), (e, f, g) = of_x.chunk(3), of_h.chunk(3)
            gates = {"r": hold("gate.r", (a + e).sigmoid()), "z": hold("gate.z", (b + f).sigmoid()),
                     "hn": hold("gate.hn", g)}  # fmt: skip
            gates["n"] = hold("gate.n", (d + gates["r"] * gates["hn"]).tanh())
            found = {"h": hold("h", (1 - gates["z"]) * gates["n"] + gates["z"] * h64)}
            plain = {"h": cell(x[None], h[None])}
        else:
            squash = torch.tanh if mode == "RNN_TANH" else torch.relu
            gates, found = {}, {"h": hold("h", squash(of_x + of_h))}
            plain = {"h": cell(x[None], h[None])}
        named = {f"gate.{gate}": value.float() for gate, value in gates.items()}
        here = (edit.tensor for edit in self.clamps if edit.step in (None, t))
        touched = any(tensor.startswith(f"{prefix}.") for tensor in here)
        own = {key: value.float() for key, value in found.items()}
        return {**named, **(own if touched else {key: value[0] for key, value in plain.items()})}


def torch_cell(module: nn.RNNBase, suffix: str, width: int) -> nn.RNNCellBase:
    """nn.LSTMCell, nn.GRUCell or nn.RNNCell with the weights of one level and direction."""
    more: Any = {} if module.mode in ("LSTM", "GRU") else {"nonlinearity": module.mode[4:].lower()}
    cell = CELLS[module.mode](width, module.hidden_size, module.bias, **more)
    cell.requires_grad_(False)
    for name, value in cell.named_parameters():
        value.copy_(getattr(module, f"{name}_{suffix}"))
    return cell
