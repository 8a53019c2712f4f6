"""What the server must not import: nobody waits for what no request needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import asyncio, sys, httpx
from app.core.settings import Settings
from app.web.app import create_app

async def main():
    app = create_app(Settings(models_folder=sys.argv[1]))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answers = [
            await client.get("/api/v1/models"),
            await client.post("/api/v1/models/mood/trace", json={"text": "good"}),
            await client.post("/api/v1/models/shapes/trace", json={"sample": "blocks"}),
        ]
        assert [a.status_code for a in answers] == [200, 200, 200]

asyncio.run(main())
heavy = ("torch._dynamo", "torch._inductor", "sympy", "scipy", "skimage", "matplotlib")
print([name for name in heavy if name in sys.modules])
"""


def test_the_first_requests_import_nothing_heavy(models: Path) -> None:
    run = [sys.executable, "-c", SCRIPT, str(models)]
    found = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
