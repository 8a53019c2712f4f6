"""Pictures drawn by the project for `photos`: samples that everyone may copy.

    NAME -> a function that draws on a 1024 px canvas -> 320 px PNG

Shading is a blurred layer over flat shapes, for the network learnt from photographs.
`python -m app.training.illustrations FOLDER` draws them all.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIDE, SAVED = 1024, 320
Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]


class Canvas:
    """A background fading from `top` to `bottom`, and shapes with soft light on them."""

    def __init__(self, top: Colour, bottom: Colour) -> None:
        ramp = Image.linear_gradient("L").resize((SIDE, SIDE))
        sky, ground = (Image.new("RGB", (SIDE, SIDE), c) for c in (top, bottom))
        self.image = Image.composite(ground, sky, ramp)

    def shape(
        self,
        draw: Callable[[ImageDraw.ImageDraw], None],
        colour: Colour,
        *,
        light: Box | None = None,
        shadow: int = 0,
        outline: float = 0.45,
    ) -> None:
        """Fills the shape that `draw` paints white; its edge darkens, `light` is an ellipse."""
        mask = Image.new("L", (SIDE, SIDE), 0)
        draw(ImageDraw.Draw(mask))
        if shadow:
            soft = ImageChops.offset(mask, 0, shadow).filter(ImageFilter.GaussianBlur(shadow))
            dark = Image.new("RGB", (SIDE, SIDE), (30, 25, 25))
            self.image.paste(dark, mask=soft.point(lambda v: int(v * 0.45)))
        flat = Image.new("RGB", (SIDE, SIDE), colour)
        blurred = mask.filter(ImageFilter.GaussianBlur(45))
        inner = blurred.point(lambda v: max(0, min(255, 2 * v - 150)))
        shade = Image.new("RGB", (SIDE, SIDE), tuple(int(c * (1 - outline)) for c in colour))
        body = Image.composite(flat, shade, inner)
        if light:
            glow = Image.new("L", (SIDE, SIDE), 0)
            ImageDraw.Draw(glow).ellipse(light, fill=150)
            glow = glow.filter(ImageFilter.GaussianBlur(60))
            body.paste(Image.new("RGB", (SIDE, SIDE), (255, 250, 235)), mask=glow)
        self.image.paste(body, mask=mask)

    def ellipse(self, box: Box, colour: Colour, **options: object) -> None:
        self.shape(lambda d: d.ellipse(box, fill=255), colour, **options)  # type: ignore[arg-type]

    def polygon(self, points: list[tuple[float, float]], colour: Colour, **options: object) -> None:
        self.shape(lambda d: d.polygon(points, fill=255), colour, **options)  # type: ignore[arg-type]

    def box(self, box: Box, colour: Colour, radius: int = 0, **options: object) -> None:
        self.shape(
            lambda d: d.rounded_rectangle(box, radius, fill=255),
            colour,
            **options,  # type: ignore[arg-type]
        )

    def finish(self, seed: int = 0) -> Image.Image:
        """Fine grain, as a sensor leaves it, and the final size."""
        rng = random.Random(seed)
        grain = Image.frombytes("L", (256, 256), rng.randbytes(256 * 256)).resize((SIDE, SIDE))
        noisy = Image.blend(self.image, Image.merge("RGB", (grain,) * 3), 0.04)
        return noisy.resize((SAVED, SAVED), Image.Resampling.LANCZOS)


def school_bus() -> Image.Image:
    c = Canvas((165, 200, 232), (120, 122, 124))
    c.polygon([(0, 640), (SIDE, 640), (SIDE, SIDE), (0, SIDE)], (105, 106, 108))
    c.ellipse((-120, 380, 240, 720), (70, 110, 60))
    c.ellipse((800, 400, 1200, 720), (76, 118, 64))
    c.box((90, 300, 820, 730), (246, 178, 22), 40, shadow=30, light=(150, 290, 760, 400))
    c.box((760, 470, 965, 730), (240, 168, 18), 50)
    for i in range(5):
        c.box((130 + 120 * i, 370, 228 + 120 * i, 490), (52, 66, 82), 10, light=None)
    c.polygon([(745, 370), (800, 370), (818, 480), (745, 480)], (60, 76, 92))
    for y in (540, 600):
        c.box((90, y, 940, y + 14), (35, 32, 28))
    for x in (190, 720):
        c.ellipse((x, 640, x + 160, 800), (28, 28, 30))
        c.ellipse((x + 50, 690, x + 110, 750), (170, 170, 172))
    c.ellipse((915, 590, 965, 640), (250, 244, 214))
    c.box((930, 690, 985, 730), (40, 40, 42))
    return c.finish(1)


def banana() -> Image.Image:
    c = Canvas((226, 222, 214), (198, 190, 178))
    for shift, tone in ((90, (236, 196, 52)), (0, (250, 214, 66)), (-95, (244, 205, 58))):
        top = [
            (140 + 740 * t, 300 + shift + 500 * math.sin(math.pi * (0.12 + 0.72 * t)) - 130 * t)
            for t in (i / 40 for i in range(41))
        ]
        low = [(x + 16, y + 34 + 150 * math.sin(math.pi * i / 40)) for i, (x, y) in enumerate(top)]
        c.polygon(top + low[::-1], tone, shadow=24, outline=0.35)
        x, y = top[-1]
        c.polygon(
            [(x - 20, y + 4), (x + 60, y - 70), (x + 84, y - 46), (x + 14, y + 40)], (150, 138, 50)
        )
        c.ellipse((124, top[0][1] - 4, 170, top[0][1] + 44), (84, 64, 34))
    return c.finish(2)


def goldfish() -> Image.Image:
    c = Canvas((24, 70, 92), (10, 36, 50))
    rng = random.Random(3)
    for _ in range(9):
        x, w = rng.randint(0, SIDE), rng.randint(10, 22)
        h = rng.randint(250, 620)
        c.polygon(
            [(x, SIDE), (x + w, SIDE), (x + w + rng.randint(-90, 90), SIDE - h)], (30, 104, 62)
        )
    c.polygon([(690, 500), (960, 300), (900, 520), (970, 720)], (248, 150, 62), outline=0.3)
    c.polygon([(360, 360), (520, 210), (680, 330), (640, 400)], (246, 136, 44), outline=0.3)
    c.polygon([(430, 650), (500, 790), (590, 650)], (246, 140, 52), outline=0.3)
    c.ellipse((140, 330, 760, 690), (242, 112, 22), light=(240, 350, 620, 470), shadow=20)
    c.polygon([(400, 540), (540, 620), (400, 640)], (252, 164, 80), outline=0.25)
    c.ellipse((215, 440, 285, 510), (250, 230, 190))
    c.ellipse((232, 457, 270, 495), (16, 14, 14), outline=0)
    return c.finish(3)


def orange() -> Image.Image:
    c = Canvas((214, 206, 194), (150, 118, 88))
    c.ellipse((470, 250, 930, 700), (238, 130, 20), shadow=36, light=(560, 290, 700, 420))
    c.ellipse((110, 330, 620, 830), (247, 142, 24), shadow=40, light=(200, 390, 360, 540))
    c.ellipse((560, 560, 910, 900), (250, 196, 96), shadow=30)
    c.ellipse((590, 588, 880, 872), (250, 160, 40), outline=0.1)
    for i in range(10):
        a = i * math.pi / 5
        tip = (735 + 140 * math.cos(a), 730 + 137 * math.sin(a))
        draw = ImageDraw.Draw(c.image)
        draw.line([(735, 730), tip], fill=(254, 224, 160), width=8)
    c.polygon([(340, 330), (420, 230), (520, 236), (450, 320)], (70, 120, 44))
    return c.finish(4)


def lighthouse() -> Image.Image:
    c = Canvas((116, 170, 226), (206, 224, 240))
    c.ellipse((30, 190, 330, 270), (240, 244, 248), outline=0.05)
    c.ellipse((640, 120, 1000, 210), (244, 246, 250), outline=0.05)
    c.polygon([(0, 790), (SIDE, 770), (SIDE, SIDE), (0, SIDE)], (44, 96, 138))
    c.polygon(
        [(160, 860), (330, 740), (700, 730), (900, 850), (SIDE, SIDE), (60, SIDE)], (92, 104, 72)
    )
    left, right, top, bottom = 430, 610, 300, 800
    c.polygon(
        [(left, top), (right, top), (670, bottom), (370, bottom)], (244, 242, 236), outline=0.25
    )
    for k in (0, 2):
        y0, y1 = top + 125 * k + 70, top + 125 * k + 195
        grow = 60 / (bottom - top)
        c.polygon(
            [
                (left - grow * (y0 - top), y0), (right + grow * (y0 - top), y0),
                (right + grow * (y1 - top), y1), (left - grow * (y1 - top), y1),
            ],
            (196, 40, 38),
            outline=0.25,
        )  # fmt: skip
    c.box((400, 280, 640, 306), (50, 50, 54))
    c.box((450, 180, 590, 282), (250, 230, 150))
    c.polygon([(430, 184), (610, 184), (520, 96)], (176, 34, 34))
    c.box((680, 730, 830, 830), (240, 238, 232), outline=0.2)
    c.polygon([(664, 736), (846, 736), (755, 664)], (164, 44, 40))
    return c.finish(5)


def ladybug() -> Image.Image:
    c = Canvas((96, 152, 62), (60, 116, 44))
    c.polygon(
        [(0, 520), (600, 150), (SIDE, 300), (700, 900), (150, 1000)], (112, 172, 66), outline=0.2
    )
    for x, y in ((300, 390), (250, 560), (320, 720), (720, 390), (790, 560), (720, 720)):
        c.polygon([(512, 540), (x, y), (x + 22, y + 22)], (18, 18, 18))
    c.ellipse((390, 190, 640, 400), (22, 20, 20))
    c.ellipse((290, 270, 740, 800), (204, 30, 24), shadow=30, light=(370, 320, 530, 470))
    ImageDraw.Draw(c.image).line([(515, 275), (515, 795)], fill=(30, 10, 10), width=12)
    for x, y in (
        (370, 420),
        (350, 590),
        (430, 700),
        (580, 420),
        (600, 590),
        (540, 700),
        (480, 320),
    ):
        c.ellipse((x, y, x + 84, y + 88), (20, 16, 16), outline=0)
    for x in (420, 560):
        c.ellipse((x, 230, x + 46, 276), (238, 236, 226), outline=0)
    return c.finish(6)


def pizza() -> Image.Image:
    c = Canvas((116, 78, 52), (92, 60, 40))
    c.ellipse((70, 70, 960, 960), (236, 234, 230), shadow=20, outline=0.15)
    c.ellipse((120, 120, 910, 910), (206, 146, 74), shadow=14)
    c.ellipse((180, 180, 850, 850), (190, 62, 34), outline=0.2)
    c.ellipse((200, 200, 830, 830), (240, 196, 104), outline=0.25)
    rng = random.Random(7)
    for _ in range(60):
        a, r, s = rng.uniform(0, 2 * math.pi), 290 * math.sqrt(rng.random()), rng.randint(20, 60)
        x, y = 515 + r * math.cos(a), 515 + r * math.sin(a)
        tone = rng.choice([(250, 218, 150), (226, 150, 70), (206, 96, 44), (246, 226, 180)])
        c.ellipse((x - s, y - s, x + s, y + s * 0.7), tone, outline=0.1)
    for i in range(9):
        a, r = i * 2.4, 80 + 28 * i
        x, y = 515 + r * math.cos(a), 515 + r * math.sin(a)
        c.ellipse((x - 58, y - 58, x + 58, y + 58), (168, 40, 30), light=(x - 40, y - 40, x, y))
        c.ellipse((x + 50, y + 40, x + 96, y + 66), (64, 108, 40))
    return c.finish(7)


def basketball() -> Image.Image:
    c = Canvas((206, 176, 132), (166, 122, 76))
    for i in range(6):
        ImageDraw.Draw(c.image).line([(0, 620 + 76 * i), (SIDE, 620 + 76 * i)], (140, 100, 62), 6)
    c.ellipse((190, 150, 850, 810), (214, 106, 40), shadow=46, light=(290, 210, 520, 430))
    ink = ImageDraw.Draw(c.image)
    ink.line([(520, 150), (520, 810)], (36, 24, 20), 14)
    ink.line([(190, 480), (850, 480)], (36, 24, 20), 14)
    ink.arc((-160, 190, 400, 770), -62, 62, (36, 24, 20), 14)
    ink.arc((640, 190, 1200, 770), 118, 242, (36, 24, 20), 14)
    return c.finish(8)


DRAWINGS: dict[str, Callable[[], Image.Image]] = {
    "school-bus": school_bus,
    "banana": banana,
    "goldfish": goldfish,
    "orange": orange,
    "lighthouse": lighthouse,
    "ladybug": ladybug,
    "pizza": pizza,
    "basketball": basketball,
}


def draw_all(folder: Path) -> None:
    """Writes folder/<name>.png for every drawing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in DRAWINGS.items():
        draw().save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    draw_all(Path(sys.argv[1]))
