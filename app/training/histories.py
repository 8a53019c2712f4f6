"""The series of the pack `timeseries`, their seasons and splits.

    airline       months   m = 12   train 96, test the last 48                       (customary)
    sunspots      years    m = 11   1700-1920, validation 1921-1950, test 1951-2008   (customary)
    sunspots-monthly  months  m = 132  to 1920, 1921-1950, 1951-1983                  (customary)
    co2           months   m = 12   means of weeks; to 1985, 1986-1989, 1990-2001
    oil           hours    m = 24   ETTh1's OT; 8,640, 2,880, 2,880                   (customary)
    pm25          hours    m = 24   2010-2012, 2013, 2014                            (customary)
    nights        weeks    m = 52   means of 7 days; 6, 1 and 3 of 10 years
The last tenth of `airline`'s training part is its validation while tuning. A forecast is a
validation or test forecast if every value that it foretells lies in that part; what it reads may
lie before. Gaps of at most GAP values are filled on a straight line; no window spans a longer one.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.inputs.window import least
from app.training.packs import PackMissing

Values = NDArray[np.float64]
Ends = tuple[int, int, int]
PACK = "timeseries"
GAP = 3


@dataclass(frozen=True)
class History:
    """One series: `values` [n], NaN in a gap; `ends` where train, validation and test end."""

    name: str
    title: str
    unit: str
    step: str
    season: int
    values: Values
    ends: Ends

    @property
    def logs(self) -> bool:
        """Whether its logarithm is read."""
        return bool(np.nanmin(self.values) > 0)

    def origins(self, part: int, seasons: int, horizon: int) -> list[int]:
        """Where a forecast of train (0), validation (1) or test (2) may begin: all its values lie
        in that part, and no gap in what is read or foretold.
        """
        ahead = min(self.season, horizon)
        first = self.ends[part - 1] if part else 0
        gaps = np.concatenate([[0], np.isnan(self.values).cumsum()])

        def whole(n: int) -> bool:
            start = max(0, n - (min(seasons, n // self.season - 1) + 1) * self.season)
            return bool(gaps[n + ahead] == gaps[start])

        begin = max(first, least(self.season))
        return [n for n in range(begin, self.ends[part] - ahead + 1) if whole(n)]


def column(path: Path, name: str) -> Values:
    """One column of a CSV file with a header; what is empty or NA is NaN."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = csv.DictReader(io.StringIO(raw.decode("ascii")))
    return np.array([float(row[name]) if row[name] not in ("", "NA") else np.nan for row in rows])


def filled(values: Values) -> Values:
    """Gaps of at most GAP values lie on a line between their neighbours; longer ones stay."""
    holes = np.isnan(values)
    if not holes.any():
        return values
    places = np.arange(len(values))
    line = np.interp(places, places[~holes], values[~holes])
    edges = np.flatnonzero(np.diff(np.concatenate([[0], holes, [0]])))
    for start, end in edges.reshape(-1, 2):
        if end - start > GAP:
            line[start:end] = np.nan
    return line


def means(values: Values, size: int) -> Values:
    """Means of every `size` values in turn; what is left over at the end is dropped."""
    found: Values = values[: len(values) // size * size].reshape(-1, size).mean(axis=1)
    return found


def monthly(path: Path) -> Values:
    """Mauna Loa's weeks -> months from April 1958 on, each the mean of the weeks that it has; a
    month without any is NaN.
    """
    dates, weeks = column(path, "date"), column(path, "co2")
    months = (dates // 10_000 * 12 + dates // 100 % 100 - 1).astype(int)
    first, last = 1958 * 12 + 3, int(months.max())
    found = [weeks[(months == m) & ~np.isnan(weeks)] for m in range(first, last + 1)]
    return filled(np.array([part.mean() if len(part) else np.nan for part in found]))


# name, title, unit, step, season, where training, validation and test end, the file's values
TABLE: tuple[tuple[str, str, str, str, int, Ends, Callable[[Path], Values]], ...] = (
    (
        "airline", "Airline passengers", "thousand passengers", "month", 12, (96, 96, 144),
        lambda folder: column(folder / "airline_passengers.csv", "Passengers"),
    ),
    (
        "sunspots", "Sunspots, by year", "sunspot number", "year", 11, (221, 251, 309),
        lambda folder: column(folder / "sunspots_yearly.csv", "SUNACTIVITY"),
    ),
    (
        "sunspots-monthly", "Sunspots, by month", "sunspot number", "month", 132,
        (2064, 2424, 2820),
        lambda folder: column(folder / "sunspots_monthly.csv", "Sunspots"),
    ),
    (
        "co2", "CO₂ on Mauna Loa", "ppm", "month", 12, (333, 381, 525),
        lambda folder: monthly(folder / "co2_weekly.csv"),
    ),
    (
        "oil", "Oil temperature of a transformer (ETTh1)", "°C", "hour", 24, (8640, 11520, 14400),
        lambda folder: column(folder / "ETTh1.csv.gz", "OT"),
    ),
    (
        "pm25", "Fine dust in Beijing (PM2.5)", "µg/m³", "hour", 24, (26304, 35064, 43824),
        lambda folder: filled(column(folder / "beijing_pm25.csv.gz", "pm2.5")),
    ),
    (
        "nights", "Coldest of each day in Melbourne, weekly", "°C", "week", 52, (313, 365, 521),
        lambda folder: means(column(folder / "melbourne_min_temp.csv", "Temp"), 7),
    ),
)  # fmt: skip


def load(data: Path) -> list[History]:
    """All of them, in the order of the table. Raises PackMissing."""
    folder = data / PACK
    if not folder.is_dir():
        raise PackMissing(f"{folder} is not there. Pass the folder of the data packs with --data.")
    return [
        History(name, title, unit, step, season, read(folder), ends)
        for name, title, unit, step, season, ends, read in TABLE
    ]
