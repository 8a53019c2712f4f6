"""The console script.

    gridtime serve | models | lessons | train ID --data DIR | evaluate ID --data DIR | bench

Every command imports what it needs when it runs: `gridtime --help` must not wait for torch.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.core.errors import GridtimeError

if TYPE_CHECKING:
    from app.core.settings import Settings
    from app.training.trainer import Trainer
    from app.zoo import Zoo
    from app.zoo.card import Metric

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")
STALE = (
    "The browser libraries in static/vendor are missing or older than package.json: pages will "
    "not draw. Run: pip install -e ."
)
NEEDS_HTTPS = (
    "Camera and microphone need HTTPS there: browsers allow them without it on localhost alone. "
    "A phone can still take a picture through the upload button."
)

cli = typer.Typer(
    name="gridtime",
    help="See what a convolutional and a recurrent neural network compute.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
ModelId = Annotated[str, typer.Argument(metavar="ID", help="a model, as `gridtime models` lists")]
DataFolder = Annotated[Path, typer.Option(help="folder of the data packs", exists=True)]


# --- serve ----------------------------------------------------------------------------------


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="0.0.0.0: every machine of the network")] = None,
    port: Annotated[int | None, typer.Option(help="0: any free port")] = None,
) -> None:
    """Start the server and print its address."""
    settings = _settings(host=host, port=port)
    # Listening before torch is imported: a page opened at once waits instead of failing.
    listener = _listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    _announce(settings.host, port)
    _run(settings.model_copy(update={"port": port, "allowed_hosts": _names(settings)}), listener)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GridtimeError(
            f"Cannot listen on {host}, port {port}: {reason}. Try gridtime serve --port 0"
        ) from error
    # Connections inherit it. asyncio sets it only on sockets that name their protocol, which these
    # do not; without it every answer on a kept connection waits 40 ms for the client's ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _announce(host: str, port: int) -> None:
    from app.core.assets import vendor_is_current

    shown = "127.0.0.1" if host in EVERYWHERE else host
    typer.echo(f"Gridtime is at {_url(shown, port)} (Ctrl-C ends it)")
    if host not in LOOPBACK:
        if host in EVERYWHERE:
            typer.echo(f"From other machines: {_url(lan_address(), port)}")
        typer.echo(NEEDS_HTTPS)
    if not vendor_is_current():
        typer.secho(STALE, fg="yellow", err=True)


def _url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def lan_address() -> str:
    """This machine's address in its network, else its name. Nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # "Connecting" a datagram socket only asks the routing table; 192.0.2.0/24 is
            # reserved for documentation (RFC 5737).
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _names(settings: Settings) -> tuple[str, ...]:
    """The host names that the server answers to; off loopback, also those it was announced by."""
    if settings.host in LOOPBACK:
        return settings.allowed_hosts
    own = socket.gethostname()
    return (*settings.allowed_hosts, settings.host, lan_address(), own, f"{own}.local")


def _run(settings: Settings, listener: socket.socket) -> None:
    import uvicorn

    from app.core.logging import configure
    from app.web.app import create_app

    configure(settings.log_level)
    config = uvicorn.Config(
        create_app(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    # After a graceful end uvicorn raises the signal that ended it again; Ctrl-C is no error here.
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    if not server.started:
        raise typer.Exit(3)


# --- models ---------------------------------------------------------------------------------


@cli.command()
def models() -> None:
    """List the shipped models with their first held-out figure."""
    zoo = _zoo()
    cards = [zoo.card(name) for name in zoo.ids()]
    rows = [("id", "kind", "task", "held out", "title")]
    rows += [(c.id, c.kind, c.task, _figure(c.metrics[0]), c.title) for c in cards]
    _table(rows)


def _figure(metric: Metric) -> str:
    """A share as per cent, anything else with its unit."""
    return _value(metric.value, metric.unit)


def _value(value: float, unit: str) -> str:
    return f"{100 * value:.1f} %" if unit == "share" else f"{value:.3g} {unit}"


# --- lessons --------------------------------------------------------------------------------


@cli.command()
def lessons() -> None:
    """Check the lessons' texts: which there are, and what is wrong in which line."""
    from app.lessons import languages, read_language

    folder = _settings().lessons_folder
    rows, problems = [("language", "lesson", "minutes", "stops")], []
    for lang in languages(folder):
        found = read_language(folder, lang)
        problems += found.problems
        rows += [
            (lang, one.deck.title, str(one.deck.minutes), str(len(one.deck.stop)))
            for one in found.lessons
        ]
    _table(rows)
    if problems:
        raise GridtimeError("\n".join(problems))


# --- train, evaluate ------------------------------------------------------------------------


@cli.command()
def train(
    model: ModelId,
    data: DataFolder,
    out: Annotated[Path | None, typer.Option(help="where the run goes [runs/ID]")] = None,
) -> None:
    """Train a shipped model again, as its card says it was made."""
    target = out or Path("runs") / model
    _trainer(model).train(data, target, typer.echo)
    typer.echo(f"Done: {target}. To ship it, with its card and figures:")
    typer.echo(f"  python -m app.training.publish {model} --data {data} --run {target}")


@cli.command()
def evaluate(model: ModelId, data: DataFolder) -> None:
    """Recompute the figures that a model's card states; exit code 1 where one differs."""
    trainer, loaded = _trainer(model), _zoo().model(model)
    stated = {(m.name, m.split): m for m in loaded.card.metrics}
    rows = [("figure", "split", "n", "measured", "card", "baseline")]
    agree = True
    for metric in trainer.evaluate(loaded, data):
        claim = stated.get((metric.name, metric.split))
        same = claim is not None and _same(metric, claim)
        agree = agree and same
        said = "not in the card" if claim is None else _figure(claim)
        said += "" if same or claim is None else "  differs"
        baseline = f"{_value(metric.baseline, metric.unit)} ({metric.baseline_name})"
        rows.append((metric.name, metric.split, str(metric.n), _figure(metric), said, baseline))
    _table(rows)
    raise typer.Exit(0 if agree else 1)


def _same(measured: Metric, claim: Metric) -> bool:
    """Equal up to two examples (another processor may round a close call the other way)."""
    slack = 2 / measured.n if measured.unit == "share" else 0.01 * max(1.0, abs(claim.value))
    return measured.n == claim.n and abs(measured.value - claim.value) <= slack + 1e-9


def _trainer(model: str) -> Trainer:
    from app.training.registry import TRAINERS

    if model not in TRAINERS:
        raise GridtimeError(f"No model {model!r}. There are: {', '.join(sorted(TRAINERS))}.")
    return TRAINERS[model]


# --- bench ----------------------------------------------------------------------------------


@cli.command()
def bench(
    browser: Annotated[bool, typer.Option(help="also those of the pages, in Chromium")] = False,
) -> None:
    """Measure the budgets and print them beside their bars; exit code 1 where one is missed."""
    from app.bench import run

    raise typer.Exit(run(browser))


# --- shared ---------------------------------------------------------------------------------


def _settings(**given: Any) -> Settings:
    """Settings from the environment, with what the command line gave on top."""
    from pydantic import ValidationError

    from app.core.settings import PREFIX, Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        lines = [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
        raise GridtimeError("; ".join(lines)) from error


def _zoo() -> Zoo:
    from app.zoo import Zoo

    settings = _settings()
    return Zoo(settings.models_folder, settings.model_memory)


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    """Columns as wide as their widest cell."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def main() -> None:
    """Runs the command line; our own errors are one sentence, not a traceback."""
    try:
        cli()
    except GridtimeError as error:
        typer.secho(error.detail, fg="red", err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
