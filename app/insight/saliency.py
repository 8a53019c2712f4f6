"""Why an answer, by gradients: which places, or which pixels, the chosen logit hangs on.

    x --until layer--> A [C, h, w] --rest--> y_k      weights_c = mean over places of dy_k/dA_c
                                                      signed = sum of weights_c A_c, map = ReLU
    x [C, H, W] --whole run--> y_k                    gradient = dy_k/dx, map = max over colours |.|
    x + noise, n times ------> y_k                    smoothgrad = mean of the n gradients

(Selvaraju et al. 2017, Grad-CAM; Simonyan et al. 2014, the gradient; Smilkov et al. 2017,
SmoothGrad.) x is what the network saw, after every edit; the network itself is left as it is.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from app.tracing import Plan

COPIES = 25
NOISE = 0.15  # of the input's range: Smilkov et al. found 10 to 20 %
SEED = 0


class Cam(NamedTuple):
    """`map` [h, w] = ReLU of `signed` [h, w]; `weights` [C] may be negative."""

    map: Tensor
    signed: Tensor
    weights: Tensor


def seen(plan: Plan, x: Tensor) -> Tensor:
    """x [1, C, H, W] as the network sees it in this plan: the tensor `input` of a trace."""
    return plan.after("input", x.detach().clone())


def gradcam(plan: Plan, x: Tensor, layer: str, target: int) -> Cam:
    """Grad-CAM of `layer`, whose maps are [C, h, w], for the logit of class `target`.

    `x` [1, C, H, W] is what `seen` gives. Departs from the paper in nothing; `map` is neither
    scaled to 0..1 nor enlarged.
    """
    maps = plan.until(x, layer).detach().requires_grad_(True)  # [1, C, h, w]
    (slope,) = torch.autograd.grad(plan.forward(maps, layer)[0, target], maps)
    weights = slope[0].mean(dim=(1, 2))  # [C]
    signed = (weights[:, None, None] * maps.detach()[0]).sum(dim=0)
    return Cam(signed.relu(), signed, weights)


def gradient(plan: Plan, x: Tensor, target: int) -> Tensor:
    """d logit / d input: x [1, C, H, W] -> [C, H, W]."""
    return gradients(plan, x, target)[0]


def smoothgrad(plan: Plan, x: Tensor, target: int) -> Tensor:
    """Mean gradient over COPIES noisy copies: x [1, C, H, W] -> [C, H, W].

    The noise is normal with `deviation(x)`, from a generator seeded anew: the same each time.
    """
    random = torch.Generator().manual_seed(SEED)
    noise = torch.randn(COPIES, *x.shape[1:], generator=random) * deviation(x)
    return gradients(plan, x + noise, target).mean(dim=0)


def deviation(x: Tensor) -> float:
    """The noise's standard deviation: NOISE × (largest − smallest value of the input)."""
    return NOISE * float(x.max() - x.min())


def gradients(plan: Plan, x: Tensor, target: int) -> Tensor:
    """x [N, C, H, W] -> for each of N d logit / d input, the same shape."""
    x = x.detach().requires_grad_(True)
    (slopes,) = torch.autograd.grad(plan.forward(x)[:, target].sum(), x)
    return slopes


def strongest(gradient: Tensor) -> Tensor:
    """[C, H, W] -> [H, W]: of all colours the largest in size."""
    return gradient.abs().amax(dim=0)
