"""`make load`: many clients, many jobs and slow readers on one TensorBoard, while a training writes into its logdir.

    .venv/bin/python tests/load/load.py --minutes 60 --clients 64 --jobs 500

Every answer must be one that is documented, and none an internal error; no client waits longer than `TIMEOUT_S`. The
server's memory must not grow once it has seen all kinds of requests, and a look at the runs must be quick afterwards.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

import numpy as np
import psutil
from plugin_client import ARROW_TYPE, write_columns
from tensorboard_process import TensorBoardProcess

PREFIX = "/data/plugin/embeddings"
ROWS, DIMS = 20_000, 64
#: Statuses that the documentation gives for requests that are right: 404 and 409 since steps are replaced meanwhile.
EXPECTED = frozenset({200, 202, 304, 404, 409, 503})
#: Longest time that a client waits for the first byte of an answer.
TIMEOUT_S = 120
#: Slow readers take this many bytes, this often.
SLOW_BYTES, SLOW_PAUSE_S = 1 << 16, 0.05
#: Seconds between two steps of the training; the newest `KEPT_STEPS` are kept.
STEP_S, KEPT_STEPS = 2.0, 5
#: Growth of the server's memory from the second quarter of the time to the last that counts as none.
FLAT_BYTES = 64 << 20
#: Less than this is the form for `make test`, in which nothing is judged by the clock.
STEADY_MINUTES = 5
#: Kinds of requests that make the server import what it needs.
KINDS = frozenset({"runs", "metadata", "tensors", "projections", "neighbors", "graph", "subsets", "quality"})
#: Longest time for a look at the runs once the clients are gone.
QUIET_LOOK_S = 3.0


#: Content and media type of a request's body.
Body = tuple[bytes, str]


@dataclass
class Load:
    """Results of the clients so far. Counting takes a lock."""

    address: str
    until: float
    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest_s: float = 0
    jobs_left: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self.until

    def ask(
        self, verb: str, route: str, body: Body | None = None, /, *, slowly: bool = False, **query: object
    ) -> tuple[int, bytes]:
        """Status and body; status 0 if there was no answer, which is a fault."""
        content, kind = body or (None, None)
        headers = {"Content-Type": kind} if kind else {}
        began = time.monotonic()
        connection = http.client.HTTPConnection(self.address, timeout=TIMEOUT_S)
        try:
            connection.request(verb, f"{PREFIX}{route}{'?' + urlencode(query) if query else ''}", content, headers)
            response = connection.getresponse()
            waited_s = time.monotonic() - began
            body = read_slowly(response) if slowly else response.read()
        except (OSError, http.client.HTTPException) as error:
            self._fail(f"{verb} {route}: {type(error).__name__}: {error}")
            return 0, b""
        finally:
            connection.close()
        self._count(verb, route, response.status, waited_s, body)
        return response.status, body

    def take_job(self) -> bool:
        """Whether there is a job left to be started."""
        with self.lock:
            self.jobs_left -= 1
            return self.jobs_left >= 0

    def _count(self, verb: str, route: str, status: int, waited_s: float, body: bytes) -> None:
        kind = "jobs/*" if route.startswith("/jobs/") else route.strip("/")
        with self.lock:
            self.statuses[f"{kind} {status}"] += 1
            self.slowest_s = max(self.slowest_s, waited_s)
        if status not in EXPECTED:
            self._fail(f"{verb} {route}: {status} {body[:300]!r}")

    def _fail(self, fault: str) -> None:
        with self.lock:
            self.faults.append(fault)


def await_all_kinds(load: Load) -> None:
    """Until each has been answered, from when on memory is flat, or a client has given up."""
    end = time.monotonic() + TIMEOUT_S
    while time.monotonic() < end:
        with load.lock:
            answered = {kind.split()[0] for kind in load.statuses}
        if answered >= KINDS:
            return
        time.sleep(0.1)


def read_slowly(response: http.client.HTTPResponse) -> bytes:
    length = 0
    while part := response.read(SLOW_BYTES):
        length += len(part)
        time.sleep(SLOW_PAUSE_S)
    return b"%d bytes" % length


# --- What clients do ---


def look_around(load: Load, chance: random.Random) -> None:
    """A person with the tab open: a look at the runs, the newest step of each kind of answer."""
    run, name = chance.choice([("train", "live"), ("large", "large")])
    requests: list[tuple[str, dict[str, object]]] = [
        ("/runs", {}),
        ("/metadata", {"run": run, "name": name}),
        ("/tensors", {"run": run, "name": name, "rows": "1,2,3"}),
        ("/projections", {"run": run, "name": name, "method": "pca", "components": 3}),
        ("/neighbors", {"run": run, "name": name, "row": chance.randrange(100), "k": 10}),
    ]
    route, query = chance.choice(requests)
    status, body = load.ask("GET", route, **query)
    if status == 202:
        follow(load, json.loads(body)["job"]["id"])
    time.sleep(chance.uniform(0, 0.2))


def read_vectors_slowly(load: Load, _: random.Random) -> None:
    load.ask("GET", "/tensors", slowly=True, run="large", name="large")


def run_jobs(load: Load, chance: random.Random) -> None:
    """A graph of its own k, followed to its end, or canceled."""
    if not load.take_job():
        time.sleep(0.5)
        return
    query = {"run": "large", "name": "large", "k": chance.randrange(2, 30), "metric": chance.choice(["cosine", "dot"])}
    status, body = load.ask("GET", "/graph", **query)
    if status != 202:
        return
    job = json.loads(body)["job"]["id"]
    if chance.random() < 0.3:
        load.ask("DELETE", f"/jobs/{job}")
    follow(load, job)


def send_bodies(load: Load, chance: random.Random) -> None:
    """Axes of their own, a subset, and the quality of a picture: each takes memory for its request."""
    places = np.random.default_rng(chance.randrange(10)).standard_normal((2, ROWS), dtype=np.float32)
    rows = np.arange(1000 * chance.randrange(1, 11), dtype=np.int32)
    axes = {"run": "large", "name": "large", "axes": [{"random": chance.randrange(1000)}, {"add": [1, 2]}]}
    requests: list[tuple[str, Body, dict[str, object]]] = [
        ("/projections", (json.dumps(axes).encode(), "application/json"), {}),
        ("/subsets", (write_columns({"row": rows}), ARROW_TYPE), {}),
        ("/quality", (write_columns({"x": places[0], "y": places[1]}), ARROW_TYPE), {"run": "large", "name": "large"}),
    ]
    route, body, query = chance.choice(requests)
    status, answer = load.ask("POST", route, body, **query)
    if status == 202:
        follow(load, json.loads(answer)["job"]["id"])
    time.sleep(chance.uniform(0, 0.2))


def follow(load: Load, job: str) -> None:
    """Until it has ended."""
    while not load.is_over:
        status, body = load.ask("GET", f"/jobs/{job}")
        if status not in (200, 202) or json.loads(body)["job"]["state"] not in ("queued", "running"):
            return
        time.sleep(0.2)


#: One after another, until there are as many as clients: two fifths look around, the others do one of these each.
CLIENTS: tuple[Callable[[Load, random.Random], None], ...] = (
    look_around,
    read_vectors_slowly,
    look_around,
    run_jobs,
    send_bodies,
)


def start_clients(load: Load, count: int, seed: int) -> list[threading.Thread]:
    def repeat(number: int) -> None:
        chance = random.Random(seed + number)
        while not load.is_over:
            CLIENTS[number % len(CLIENTS)](load, chance)

    threads = [threading.Thread(target=repeat, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads


# --- The training and the server ---

TRAINING = """
import itertools, sys, time
import numpy as np
from tb_projector_plugin.projector import add_embedding
random = np.random.default_rng(1)
vectors = random.standard_normal((2000, 32), dtype=np.float32)
words = [f"word {{row}}" for row in range(2000)]
for step in itertools.count(1):
    vectors += 0.05 * random.standard_normal(vectors.shape, dtype=np.float32)
    add_embedding(sys.argv[1], vectors, name="live", metadata=words, step=step, keep={kept})
    if step == 1:
        print("begun", flush=True)
    time.sleep({pause})
"""


def write_large(logdir: Path) -> None:
    from tb_projector_plugin.projector import add_embedding

    vectors = np.random.default_rng(0).standard_normal((ROWS, DIMS), dtype=np.float32)
    labels = [f"row {row}" for row in range(ROWS)]
    add_embedding(str(logdir / "large"), vectors, name="large", metadata=labels, step=1)


def measure(server: psutil.Process, until: float, pause_s: float) -> list[int]:
    """The server's resident memory in bytes, over time; without that of its child processes."""
    sizes = []
    while time.monotonic() < until:
        sizes.append(server.memory_info().rss)
        time.sleep(pause_s)
    return sizes


def check_memory(sizes: list[int]) -> str | None:
    quarter = max(1, len(sizes) // 4)
    before, after = np.median(sizes[quarter : 2 * quarter]), np.median(sizes[-quarter:])
    print(f"memory: {min(sizes) >> 20} to {max(sizes) >> 20} MiB, median {int(before) >> 20} then {int(after) >> 20}")
    grown = int(after - before)
    return f"memory grew by {grown >> 20} MiB" if grown > FLAT_BYTES else None


def check_runs(load: Load) -> str | None:
    status, body = load.ask("GET", "/runs")
    runs = {run["name"] for run in json.loads(body)["runs"]} if status == 200 else set()
    return None if runs == {"large", "train"} else f"afterwards the runs were {sorted(runs)}, status {status}"


def check_quiet(load: Load) -> str | None:
    """Looks twice: the first look may still find jobs that end, and a scan that is due."""
    load.ask("GET", "/runs")
    began = time.monotonic()
    load.ask("GET", "/runs")
    took_s = time.monotonic() - began
    return f"afterwards a look took {took_s:.1f} s" if took_s > QUIET_LOOK_S else None


def main() -> int:
    options = parse_options()
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        logdir = Path(folder)
        write_large(logdir)
        program = TRAINING.format(kept=KEPT_STEPS, pause=STEP_S)
        command = [sys.executable, "-c", program, str(logdir / "train")]
        training = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE)
        try:
            assert training.stdout is not None
            training.stdout.readline()  # Its run is there.
            with TensorBoardProcess(logdir) as server:
                return run_load(options, server, training)
        finally:
            training.kill()
            training.wait()


def run_load(options: argparse.Namespace, server: TensorBoardProcess, training: subprocess.Popen[bytes]) -> int:
    load = Load(urlsplit(server.url).netloc, float("inf"), jobs_left=options.jobs)
    clients = start_clients(load, options.clients, options.seed)
    await_all_kinds(load)
    load.until = time.monotonic() + 60 * options.minutes
    sizes = measure(psutil.Process(server.pid), load.until, min(1.0, options.minutes))
    for client in clients:
        client.join()
    answers = sum(load.statuses.values())
    jobs = options.jobs - max(0, load.jobs_left)
    print(f"{options.clients} clients, {options.minutes:g} min, {jobs} jobs, seed {options.seed}")
    print(f"{answers:,} answers, the slowest began after {load.slowest_s:.1f} s")
    print(", ".join(f"{kind}: {count:,}" for kind, count in sorted(load.statuses.items())))
    stopped = None if training.poll() is None else f"the training ended with {training.returncode}"
    slow = check_quiet(load) if options.minutes >= STEADY_MINUTES else None
    faults = [*load.faults, *filter(None, (stopped, check_memory(sizes), check_runs(load), slow))]
    if "Traceback" in server.log():
        faults.append(f"the server wrote a traceback:\n{server.log()[-4000:]}")
    print(f"{len(faults)} faults", *faults[:20], sep="\n", flush=True)
    return int(bool(faults))


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Many clients, many jobs and slow readers on one TensorBoard.")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--jobs", type=int, default=500, help="how many graphs are asked for")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 10**6)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
