"""The architectures: layers of a card -> torch.nn modules. Nothing here knows HTTP or files."""

from app.nets.branched import BranchedNet
from app.nets.build import ARCHITECTURES, build
from app.nets.filmed import VideoReader
from app.nets.layers import LAYERS
from app.nets.recurrent import RecurrentReader
from app.nets.sequential import SequentialNet
from app.nets.skeleton import skeleton
from app.nets.unet import UNet

__all__ = [
    "ARCHITECTURES",
    "LAYERS",
    "BranchedNet",
    "RecurrentReader",
    "SequentialNet",
    "UNet",
    "VideoReader",
    "build",
    "skeleton",
]
