"""What the answer and the README promise of the picture room, link by link: each check fails where
the view that opens does not show, in real numbers, what the line says.

    PROMISES: link -> check(page), on a page that has just opened it
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.cnn_room import TILES, check_sum, close, exact, graph_of, model_of, values

Promise = Callable[[Page], None]
API = "/api/v1/models"
HEADERS = {"content-type": "application/json"}
SOBEL = [-1, 0, 1, -2, 0, 2, -1, 0, 1]


def predicted(page: Page, model: str) -> dict[str, Any]:
    """What a network says to its first sample, which every room opens with."""
    sample = page.request.get(f"{API}/{model}/samples").json()["samples"][0]["name"]
    body = json.dumps({"sample": sample})
    found: dict[str, Any] = page.request.post(
        f"{API}/{model}/predict", data=body, headers=HEADERS
    ).json()
    return found


def studies(page: Page, model: str) -> Any:
    """What was measured about a network."""
    return page.request.get(f"{API}/{model}/studies").json()


def edges(page: Page) -> tuple[int, int]:
    """How many kernels of the first layer were measured to be edge filters, and of how many."""
    kinds = [one["kind"] for one in studies(page, model_of(page))["edges"]["channels"]]
    return kinds.count("edge"), len(kinds)


def fields(page: Page, model: str) -> dict[str, int]:
    """Layer -> pixels of the input that one cell sees."""
    found = {}
    for node in graph_of(page, model):
        field = node["attributes"].get("receptive_field")
        if field:
            found[node["name"]] = int(field["size"][0])
    return found


def chosen_cell(page: Page) -> float:
    """The network's value of the cell that the caption names."""
    caption = page.locator(".foot-caption")
    expect(caption).to_have_text(re.compile(r"channel \d+, row \d+, column \d+"))
    named = re.match(r"(\w+), channel (\d+), row (\d+), column (\d+)", caption.inner_text())
    assert named
    channel, y, x = (int(n) for n in named.groups()[1:])
    return exact(page, model_of(page), named[1], channel, (y, x))


def from_edges_to_classes(page: Page) -> None:
    """C3: fields grow from layer to layer, edge filters come first, class preference last."""
    stops = page.locator(".hier-stop")
    expect(stops.first).to_be_visible()
    names = [text.split(" ")[-1] for text in page.locator(".hier-name").all_inner_texts()]
    found = re.findall(r"One cell sees (\d+) px", " ".join(stops.all_inner_texts()))
    known = fields(page, model_of(page))
    assert [int(n) for n in found] == [known[name] for name in names]
    assert all(a < b for a, b in pairwise(known[name] for name in names))
    many, of = edges(page)
    expect(stops.first).to_contain_text(f"{many} of {of} kernels are edge filters")
    preferring = values(page, ".hier-title")
    assert preferring[0] == 0 < preferring[-1]


def cortex(page: Page) -> None:
    """C3b: Hubel and Wiesel in words, the edge filters counted, not all of them."""
    many, of = edges(page)
    expect(page.locator(".cortex-found")).to_contain_text("Hubel")
    expect(page.locator(".foot-caption")).to_contain_text(f"{many} of the {of} kernels")
    assert 0 < many < of


def one_kernel(page: Page) -> None:
    """C1: patch × kernel = products, and with all input channels and the bias the map's value."""
    expect(page.locator(".conv-cell")).to_be_visible()
    assert close(check_sum(page), chosen_cell(page))
    patch, kernel, products = (
        values(page, f".products figure:nth-of-type({i})") for i in (1, 2, 3)
    )
    assert all(close(p * k, q) for p, k, q in zip(patch, kernel, products, strict=True))
    page.get_by_role("button", name="any order").click()
    expect(page.get_by_role("button", name="any order")).to_have_attribute("aria-pressed", "true")


def pooling(page: Page) -> None:
    """C4: the largest of a window; the map is smaller, the rest of the network has less to do."""
    expect(page.locator(".pool-cell")).to_be_visible()
    want = chosen_cell(page)
    assert close(max(values(page, ".window .cells")), want)
    assert close(values(page, ".window .equation")[-1], want)
    name = page.locator(".foot-caption").inner_text().split(",")[0]
    graph = {node["name"]: node for node in graph_of(page, model_of(page))}
    before, after = graph[graph[name]["inputs"][0]], graph[name]
    for when, node in (("before", before), ("after", after)):
        _, height, width = node["output_shape"]
        expect(page.locator(".pool-cell")).to_contain_text(
            re.compile(rf"{when}: {node['name']}, {height} × {width}")
        )
    with_it, without = values(page, ".pool-cost")
    assert with_it == sum(node["attributes"]["macs"] for node in graph.values()
                          if "macs" in node["attributes"])  # fmt: skip
    assert with_it < without
    expect(page.locator(".pool-answer .pool-class")).not_to_have_count(0)


def votes(page: Page) -> None:
    """C5: the votes of all channels add up to the logit of the class, softmax makes it a share."""
    expect(page.locator(".vote-cell .falls")).to_be_visible()
    best = predicted(page, model_of(page))["predictions"][0]
    assert close(check_sum(page), best["logit"])
    logit, _, share = values(page, ".shares .is-chosen")[:3]
    assert close(logit, best["logit"])
    assert close(share, best["probability"])


def photo_has_a_class(page: Page) -> None:
    """A photograph is given a class."""
    votes(page)
    best = predicted(page, "photos")["predictions"][0]
    percent = round(100 * best["probability"])
    expect(page.locator(".foot-caption")).to_have_text(f"It gives {best['label']} {percent} %.")


def shifts(page: Page) -> None:
    """C4: a plot over the held-out split, this network against its twin without pooling."""
    mine, other = (studies(page, name)["shift"] for name in ("photos", "photos-skip"))
    held = page.locator(".shift-plot").filter(has_text="held-out pictures")
    expect(held).to_contain_text(f"{mine['n']:,} held-out pictures")
    expect(held.locator(".plot-other")).to_be_visible()
    expect(held.locator(".shift-held")).to_contain_text("the twin's without pooling")
    expect(held.locator(".shift-held")).to_contain_text("A tie: the 95 % intervals overlap")
    at = mine["pixels"].index(3)
    want = [one["layers"]["pool1"]["as_is"][at] for one in (mine, other)]
    found = held.locator("[data-value]").evaluate_all("all => all.map((e) => +e.dataset.value)")
    assert all(any(close(a, b) for b in found) for a in want), (want, found)
    assert 0 < want[0] < want[1]


def every_map(page: Page) -> None:
    """C2: every channel of every group is drawn, with what one of its cells sees."""
    model = model_of(page)
    graph = {node["name"]: node for node in graph_of(page, model)}
    for layer, drawn in page.evaluate(TILES).items():
        assert drawn == graph[layer]["output_shape"][0], layer
    text = page.locator(".cnn-columns").inner_text()
    for side in re.findall(r"One cell sees (\d+)×\d+ px", text):
        assert int(side) in fields(page, model).values()
    assert "One cell sees the whole picture" in text  # the last ones
    weighing = [node for node in graph.values() if node["op"] in ("conv2d", "linear")]
    expect(page.locator(".foot-caption")).to_have_text(
        f"Waiting line: {len(weighing)} layers, however large the picture."
    )
    best = predicted(page, model)["predictions"][0]["probability"]
    assert close(values(page, ".cnn-classes")[0], best)


def fixed_size(page: Page) -> None:
    """Whatever the picture, the network sees a grid of one size."""
    expect(page.locator(".column-shape").first).to_contain_text("14")
    _, height, width = graph_of(page, "digits-cnn")[0]["output_shape"]
    expect(page.locator(".cnn-picture")).to_contain_text(f"{height} × {width}")


def a_number(page: Page) -> None:
    """C5: an angle in place of a class, the sum itself."""
    answer = page.locator(".number-answer")
    expect(answer).to_contain_text("°")
    value = predicted(page, "digits-angle")["predictions"][0]["value"]
    assert close(
        float(str(answer.locator("[data-value]").first.get_attribute("data-value"))), value
    )
    expect(page.locator(".vote-cell")).to_contain_text("No softmax, no classes")


def lab(page: Page) -> None:
    """C1: size, padding, stride, dilation of one's own, and the sum of products."""
    expect(page.locator(".lab .products-sum")).to_be_visible()
    for name in ("Kernel size", "Padding", "Stride", "Dilation"):
        expect(page.locator(".lab-fields")).to_contain_text(name)
    patch, kernel = (values(page, f".products figure:nth-of-type({i})") for i in (1, 2))
    total = sum(p * k for p, k in zip(patch, kernel, strict=True))
    assert close(total, values(page, ".products-sum")[-1])


def own_kernel(page: Page) -> None:
    """C1: a kernel of nine numbers over the picture, to be edited."""
    expect(page.locator(".own-kernel .taps")).to_be_visible()
    assert values(page, ".taps") == SOBEL
    expect(page.get_by_role("button", name="Put it into the network")).to_be_visible()


def looked_for(page: Page) -> None:
    """C2, C3: the made picture answers above the held-out ones; patches, the strongest first."""
    expect(page.locator(".looks .value-bars [data-value]").nth(1)).to_be_visible()
    made, largest, *_ = values(page, ".looks .value-bars")
    assert made > largest > 0
    expect(page.locator(".looks-patches .patch-value").nth(1)).to_be_visible()
    strengths = values(page, ".looks-patches")
    assert strengths == sorted(strengths, reverse=True)
    assert len(strengths) > 1


PROMISES: dict[str, Promise] = {
    "/cnn": every_map,
    "/cnn#tab=looks": looked_for,
    "/cnn#tab=hierarchy": from_edges_to_classes,
    "/cnn#tab=cortex": cortex,
    "/cnn#tab=convolution&open=cell": one_kernel,
    "/cnn#tab=lab": lab,
    "/cnn#tab=kernel": own_kernel,
    "/cnn#tab=pooling&open=cell": pooling,
    "/cnn#tab=shift": shifts,
    "/cnn#tab=answer": votes,
    "/cnn#model=photos&tab=answer": photo_has_a_class,
    "/cnn#model=digits-cnn": fixed_size,
    "/cnn#model=digits-angle&tab=answer": a_number,
}
