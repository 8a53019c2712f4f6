"""U-Net (Ronneberger, Fischer, Brox 2015): encoder and decoder with skip connections ("bridges").

    input --conv, relu--> enc1 ------------- skip1 -------------> join1 --conv, relu--> scores
                           | pool                                   ^ up
                          enc2 ------------- skip2 -------------> join2 --conv, relu--
                           | pool                                   ^ up
                          mid ----------------------------------------

Every `skip` is a layer of its own (identity), so that it has a tensor in a trace and can be scaled
or zeroed without touching the way down. Layers are padded: the scores [N, K, H, W] have the
input's size, where the paper's unpadded ones are smaller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from torch import nn

from app.core.errors import ArchitectureError
from app.nets.branched import BranchedNet


class UNet(BranchedNet):
    """Layers in the order of the card; the last is a convolution that gives one map a class.

    A twin for comparison may have no bridges. Raises ArchitectureError where the last layer is no
    convolution.
    """

    def __init__(self, layers: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(layers)
        if not isinstance(list(self.children())[-1], nn.Conv2d):
            raise ArchitectureError("The last layer of a U-Net is a convolution: one map a class.")
