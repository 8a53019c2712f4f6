"""How much each hidden unit moves the answer: the answer once more, without that unit.

    x [1, T] --layers before--> [T, E] --H copies, copy u with h_u = 0 at every step--> [T, H, H]
        --levels and layers after--> logits of copy u at one step --> |logit without u - logit|

All copies run as one batch. A unit is switched off everywhere: on the recurrent path to the next
step, and on the way up. That is no longer the trained network: it says what the answer loses, not
what a network trained without the unit would say.

Cost: T steps of an [H, H] x [H, 4H] product, so T H^3 (200 words: 50 ms at H = 64, 0.2 s at 128,
on one thread; only a level below the top keeps [T, H, D*H] in memory). Texts longer than
MAX_STEPS words are answered for MAX_STEPS words up to the chosen step (for a two-directional
reader around it), read on their own; `span` says which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

from app.core.errors import ArchitectureError, BadOption
from app.nets.layers import RECURRENT
from app.nets.read import AtStep, AtWord, Ends
from app.tracing.chain import Layer, bound, call, chain, directions
from app.tracing.recurrent import Cell, cell, fused, zeros

MAX_STEPS = 1024
State = tuple[Tensor, Tensor]  # (h, c); cells without c pass h twice


def span(net: nn.Module, total: int, at: int | None = None) -> range:
    """The steps that `unit_effects` reads for a text of `total` steps: at most MAX_STEPS.

    They end at step `at` (default: the last), or for a two-directional reader surround it.
    """
    at = total - 1 if at is None else at
    if not 0 <= at < total:
        raise BadOption(f"Step {at} is not one of the {total} steps of this input.")
    both = any(getattr(module, "bidirectional", False) for module in net.children())
    stop = min(total, max(at + 1 + MAX_STEPS // 2, MAX_STEPS)) if both else at + 1
    return range(max(0, stop - MAX_STEPS), stop)


def unit_effects(
    net: nn.Module,
    x: Tensor,
    *,
    layer: str | None = None,
    level: int | None = None,
    direction: str = "",
    at: int | None = None,
    target: int | None = None,
) -> Tensor:
    """x [1, T] or [1, T, E] -> [H], in logits and never negative.

    The change at step `at` (default: where the answer is read; the only one that a reader of one
    place has) of the logit of class `target` (default: the
    answer); with two classes, of the difference of both. Units are those of recurrent `layer`
    (default: the last), its `level` (default: the top) and `direction` ("" or "_reverse").
    """
    layers = chain(net)
    place = find(layers, layer)
    module = layers[place].module
    assert isinstance(module, nn.RNNBase)
    level = module.num_layers - 1 if level is None else level
    if direction not in directions(module) or not 0 <= level < module.num_layers:
        raise BadOption(f"{layers[place].name} has no level {level}{direction}.")
    at = step_read(net, x) if at is None else at
    steps = span(net, x.shape[1], at)
    row = at - steps.start
    with torch.inference_mode():
        x = x[:, steps.start : steps.stop]
        layers = bound(layers, x)
        for before in layers[:place]:
            x = call(before, x)
        rest = layers[place + 1 :]
        top = level == module.num_layers - 1 and not any(spans(later) for later in rest)
        rows = range(row, row + 1) if top else range(len(steps))
        runs = both_runs(module, x[0].unsqueeze(1), level, direction, rows)
        answer, without = (after(rest, h, row - rows.start) for h in runs)
    return (measure(without, answer, target) - measure(answer, answer, target)).abs().clone()


def find(layers: list[Layer], name: str | None) -> int:
    """The place of the recurrent layer called `name`, or of the last one."""
    for place in reversed(range(len(layers))):
        if recurs(layers[place]) and name in (None, layers[place].name):
            return place
    if name is None:
        raise ArchitectureError("This network has no recurrent layer.")
    raise BadOption(f"This network has no recurrent layer {name!r}.")


def step_read(net: nn.Module, x: Tensor) -> int:
    """The step of x [1, T] that the answer is read at: the last, or that of the net's word."""
    words = (module for module in net.children() if isinstance(module, AtWord))
    return next((int(module.places(x)[0]) for module in words), x.shape[1] - 1)


def recurs(layer: Layer) -> bool:
    """A layer that needs the steps before the chosen one."""
    return isinstance(layer.module, RECURRENT)


def spans(layer: Layer) -> bool:
    """A layer that needs other steps than the chosen one."""
    return recurs(layer) or isinstance(layer.module, (Ends, AtStep))


def both_runs(
    module: nn.RNNBase, x: Tensor, level: int, direction: str, rows: range
) -> tuple[Tensor, Tensor]:
    """x [T, 1, E] -> rows R of the output: as it is [R, 1, D*H] and for every copy [R, H, D*H]."""
    for below in range(level):
        x = run_level(module, below, x)
    whole = run_level(module, level, x)[rows.start : rows.stop]
    size, start = module.hidden_size, module.hidden_size if direction else 0
    masked = whole.repeat(1, size, 1)
    copies = run_masked(cell(module, level, direction), x.flip(0) if direction else x)
    for t, h in enumerate(copies):
        place = len(x) - 1 - t if direction else t
        if place in rows:
            masked[place - rows.start, :, start : start + size] = h
    for above in range(level + 1, module.num_layers):
        whole, masked = run_level(module, above, whole), run_level(module, above, masked)
    return whole, masked


def run_level(module: nn.RNNBase, level: int, x: Tensor) -> Tensor:
    """x [T, N, E] -> one level, all its directions: [T, N, D*H]."""
    outputs = []
    for direction in directions(module):
        one = cell(module, level, direction)
        order = x.flip(0) if direction else x
        h = fused(one, order, zeros(one, x, x.shape[1]))[0]
        outputs.append(h.flip(0) if direction else h)
    return torch.cat(outputs, dim=2)


def run_masked(cell: Cell, x: Tensor) -> Iterator[Tensor]:
    """x [T, 1, E] in reading order -> step by step, h of every copy [H, H]; row u lacks unit u."""
    from_x = x[:, 0] @ cell.weights[0].T
    if cell.has_bias:
        from_x += cell.weights[2]
    w_hh, bias = cell.weights[1].T, cell.weights[3] if cell.has_bias else x.new_zeros(())
    mask = 1 - torch.eye(cell.hidden, dtype=x.dtype)
    step = STEPS[cell.mode]
    h = c = torch.zeros_like(mask)
    for now in from_x:
        h, c = step(now, h @ w_hh + bias, (h, c))
        h = h * mask
        yield h


def lstm_step(from_x: Tensor, from_h: Tensor, state: State) -> State:
    """One LSTM step of all copies; from_x [4H], from_h [N, 4H], state (h, c), each [N, H]."""
    i, f, g, o = from_h.add_(from_x).chunk(4, dim=1)
    c = state[1] * torch.sigmoid(f) + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def gru_step(from_x: Tensor, from_h: Tensor, state: State) -> State:
    """One GRU step of all copies, torch's variant; from_x [3H], from_h [N, 3H]."""
    (x_r, x_z, x_n), (h_r, h_z, h_n) = from_x.chunk(3), from_h.chunk(3, dim=1)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return n + z * (state[0] - n), state[0]


def tanh_step(from_x: Tensor, from_h: Tensor, state: State) -> State:
    """One step of a tanh RNN, all copies."""
    return torch.tanh(from_x + from_h), state[0]


def relu_step(from_x: Tensor, from_h: Tensor, state: State) -> State:
    """One step of a ReLU RNN, all copies."""
    return torch.relu(from_x + from_h), state[0]


STEPS: dict[str, Callable[[Tensor, Tensor, State], State]] = {
    "LSTM": lstm_step,
    "GRU": gru_step,
    "RNN_TANH": tanh_step,
    "RNN_RELU": relu_step,
}


def after(layers: list[Layer], h: Tensor, row: int) -> Tensor:
    """h [R, N, D*H] -> the logits [N, K]: at one of these rows, or where a layer reads."""
    x = h.transpose(0, 1)
    for layer in layers:
        x = call(layer, x)
    return x[:, row] if x.ndim == 3 else x


def measure(logits: Tensor, answer: Tensor, target: int | None) -> Tensor:
    """[N, K] -> [N]: the chosen class's logit; of two classes, second less first."""
    if logits.shape[1] == 2:
        return logits[:, 1] - logits[:, 0]
    return logits[:, int(answer.argmax()) if target is None else target]
