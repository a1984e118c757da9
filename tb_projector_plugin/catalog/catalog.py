"""The catalog behind the routes: the runs, and the vectors, metadata and sprite of one embedding at one step."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import threading
import time
from collections.abc import Collection, Iterable
from typing import Any, Final

from tb_projector_plugin import limits
from tb_projector_plugin.cache import Cache
from tb_projector_plugin.catalog.bookmarks import RunBookmarks
from tb_projector_plugin.catalog.contents import Asset, AssetKind, Embedding, MetadataFile, Run, SpriteFile, Step
from tb_projector_plugin.catalog.handles import MetadataContent, SpriteContent, TensorHandle
from tb_projector_plugin.catalog.late_problems import LateProblems
from tb_projector_plugin.catalog.scan_thread import ScanThread
from tb_projector_plugin.catalog.scanner import Scan, Scanner
from tb_projector_plugin.catalog.shape_problems import check_not_empty
from tb_projector_plugin.catalog.uploads import HeldMetadata, Uploads
from tb_projector_plugin.errors import ForbiddenError, NotFoundError, Problem, ProjectorError, StaleError, quote_name
from tb_projector_plugin.paths import PathPolicy, as_text
from tb_projector_plugin.sources.media import MediaFile, read_media_header
from tb_projector_plugin.sources.metadata import MetadataTable, read_metadata

#: Maximum time that a request for one run waits until a scan has read it.
SCAN_S: Final = 5.0
#: Maximum time that a listing waits for a scan; then it is answered with what has been read.
LISTING_S: Final = 1.0
#: Maximum time that a request for a run that was read before waits for a scan, to see what is new.
_KNOWN_RUN_S: Final = 0.5
#: Minimum time between scans; at least ten times the last scan's duration, so that a slow disk is not always walked.
_SCAN_AGE_S: Final = 2.0


class Catalog:
    """The logdir as of the last scan. Thread-safe; only `bookmarks` ever writes."""

    def __init__(self, policy: PathPolicy) -> None:
        self._policy = policy
        self._scan_thread = ScanThread(self._take_scan)
        self._scanner = Scanner(policy, self._scan_thread.notify)
        self._scan = Scan()
        self._due_at = 0.0
        self._late_problems = LateProblems()
        self._tables = Cache(limits.CACHE_BYTES)
        self._saving = threading.Lock()
        self.uploads = Uploads()

    def start(self) -> None:
        """Starts a scan in a thread, if one is due."""
        self._request_if_due()

    def wait_for_first_scan(self, timeout_s: float) -> None:
        """Returns when the first scan is over, or after `timeout_s`."""
        self._scan_thread.wait(1, timeout_s)

    def has_content(self) -> bool:
        """Whether there is anything to show, problems included. Does not scan."""
        scan = self._newest_scan()
        return bool(scan.problems) or any(run.is_listed for run in scan.runs)

    def runs(self, slots: bool = False, uploads: Collection[str] = ()) -> dict[str, Any]:  # noqa: FBT001, FBT002  The contract's signature.
        """The JSON of `/runs`, with the `uploads` named. Waits up to a second; then `scan.done` may be false."""
        self._scan_if_due()
        scan = self._newest_scan()
        uploaded, problems = self.uploads.list_runs(uploads)
        recorded = self._late_problems.current(_versions((*scan.runs, *uploaded)))
        body = {
            "scan": self._describe_scan(scan),
            "runs": [run.to_json(slots=slots) for run in (*scan.runs, *uploaded) if run.is_listed],
            "problems": [problem.to_json() for problem in (*scan.problems, *problems, *recorded)],
        }
        return {"version": _hash_of(body), **body}

    def tensor(self, run: str, name: str, step: int | None = None, version: str | None = None) -> TensorHandle:
        """The vectors of an embedding at `step` (None: the newest).

        Raises NotFoundError that lists alternatives, StaleError when `version` is not the current one.
        """
        embedding, found = self._find_step(run, name, step)
        if found.vectors.current_version() != found.version:
            self._scan_now(run)
            embedding, found = self._find_step(run, name, step)
        _check_version(version, found.version, found.file)
        check_not_empty(found, name)
        return TensorHandle(found.vectors, found.step, found.version, embedding)

    def metadata(
        self, run: str, name: str, step: int | None = None, version: str | None = None, upload: str | None = None
    ) -> MetadataContent:
        """The metadata of an embedding, a record for each row of its tensor at `step`; its problems are recorded.

        `upload` names uploaded text to be read instead of the embedding's own file.
        """
        _, found = self._find_step(run, name, step)
        check_not_empty(found, name)
        if upload is not None:
            return MetadataContent(**vars(self._uploaded_table(upload, found.shape[0])), version=upload)
        if isinstance(found.assets.metadata, HeldMetadata):
            return MetadataContent(**vars(found.assets.metadata.table), version=found.assets.metadata.version)
        file, found = self._find_asset(MetadataFile, run, name, step, version)
        return self._read_table(file, found.shape[0], run, name)

    def sprite(self, run: str, name: str, step: int | None = None, version: str | None = None) -> SpriteContent:
        """The sprite sheet of an embedding."""
        file, _ = self._find_asset(SpriteFile, run, name, step, version)
        return SpriteContent(**vars(file.sheet), version=file.version)

    def media(self, run: str, written: str) -> MediaFile:
        """The image, sound or video that the path `written` in the metadata of `run` refers to.

        Raises ForbiddenError for a path that leaves the logdir, NotFoundError, and what `read_media_header` raises.
        """
        directories = self._find_run(run).directories
        if not directories:
            raise NotFoundError(f"The run {run!r} lies in no directory.", "Write the files into the logdir.")
        path = self._locate_media(written, directories)
        return read_media_header(path, self._policy.display(path), self._policy.contains)

    def _locate_media(self, written: str, directories: tuple[str, ...]) -> str:
        """The file that exists in the likeliest of the directories. A refusal counts only if there is none."""
        missing, refusals = [], []
        for directory in directories:
            try:
                path = self._policy.locate(written, directories[-1], directory).path
            except ForbiddenError as error:
                refusals.append(error)
                continue
            if os.path.exists(path):
                return path
            missing.append(path)
        if refusals:
            raise refusals[0]
        return missing[0]

    def bookmarks(self, run: str, name: str) -> RunBookmarks:
        """The saved views of an embedding, and the way to save one. Raises NotFoundError."""
        embedding, newest = self._find_step(run, name, None)
        return RunBookmarks(self._policy, self._find_run(run), embedding.name, newest.assets.bookmarks, self._saving)

    def record(self, problem: Problem, versioned_by: str) -> None:
        """Lists a problem of a full read in `/runs`, for as long as the file has this version."""
        self._late_problems.add(problem, versioned_by)

    def _read_table(self, file: MetadataFile, rows: int, run: str, name: str) -> MetadataContent:
        def read() -> MetadataTable:
            return read_metadata(file.path, file.file, rows, file.stamp)

        try:
            table = self._tables.get((file.path, file.version, rows), read, lambda value: value.nbytes)
        except ProjectorError as error:
            self.record(error.to_problem(run=run, embedding=name), file.version)
            raise
        for problem in table.problems:
            self._late_problems.add_for(problem, file.version, run, name)
        return MetadataContent(**vars(table), version=file.version)

    def _uploaded_table(self, upload: str, rows: int) -> MetadataTable:
        def read() -> MetadataTable:
            return self.uploads.read_metadata(upload, rows)

        return self._tables.get(("upload", upload, rows), read, lambda value: value.nbytes)

    def _find_asset(
        self, kind: type[AssetKind], run: str, name: str, step: int | None, version: str | None
    ) -> tuple[AssetKind, Step]:
        """The asset of this kind as it is on disk now, and the step it belongs to. Raises as `tensor`."""
        _, found = self._find_step(run, name, step)
        file = found.assets.find(kind)
        if file is not None and file.current_version() != file.version:
            self._scan_now(run)
            _, found = self._find_step(run, name, step)
            file = found.assets.find(kind)
        if file is None:
            raise _no_asset(kind, run, name)
        _check_version(version, file.version, file.file)
        return file, found

    def _find_step(self, run: str, name: str, step: int | None) -> tuple[Embedding, Step]:
        """Scans once more for a step that is missing from a run being written."""
        self._scan_if_due(run)
        try:
            return self._find_in_scan(run, name, step)
        except NotFoundError:
            was_late = self._scanner.wait_for_late(run, SCAN_S)
            if not was_late and run not in self._scan.unsettled and not self._scan_thread.is_scanning:
                raise
        self._scan_now(run)
        try:
            return self._find_in_scan(run, name, step)
        except NotFoundError as error:
            if run in self._scan.unsettled or self._scanner.is_late(run):
                raise _being_written(run, error) from error
            raise

    def _find_run(self, run: str) -> Run:
        self._scan_if_due(run)
        return self._run_in_scan(run)

    def _run_in_scan(self, run: str) -> Run:
        """A run of the logdir, else an upload. Raises NotFoundError."""
        runs = self._newest_scan().runs
        found = next((each for each in runs if each.name == run), None) or self.uploads.find_run(run)
        if found is None:
            raise NotFoundError(
                f"There is no run {quote_name(run)} with embeddings.",
                _instead([each.name for each in runs], run, "a run"),
            )
        return found

    def _find_in_scan(self, run: str, name: str, step: int | None) -> tuple[Embedding, Step]:
        embedding = _find_embedding(self._run_in_scan(run), name)
        if step is None:
            return embedding, embedding.newest
        for candidate in embedding.steps:
            if candidate.step == step:
                return embedding, candidate
        there = ", ".join(str(candidate.step) for candidate in embedding.steps[-10:])
        raise NotFoundError(
            f"Step {step} of {name!r} in the run {run!r} is not there.",
            f"Ask for one of /runs; the newest are {there}.",
        )

    def _request_if_due(self) -> int | None:
        is_due = self._scanner.has_news or time.monotonic() >= self._due_at
        return self._scan_thread.request(fresh=False) if is_due else None

    def _scan_if_due(self, run: str | None = None) -> None:
        """Waits for a scan if one is due, until it has read `run`."""
        number = self._request_if_due()
        if number is not None:
            self._scan_thread.wait(number, self._patience(run), lambda: self._scanner.has_read(run))

    def _patience(self, run: str | None) -> float:
        """Time to wait for a scan: for the listing if there is no `run`, and not for long if that was read before."""
        if run is None:
            return LISTING_S
        known = (*self._newest_scan().runs, self.uploads.find_run(run))
        return _KNOWN_RUN_S if any(each is not None and each.name == run for each in known) else SCAN_S

    def _scan_now(self, run: str) -> None:
        """A file of `run` changed since the last scan: waits until a scan that begins after this call has read it.

        Raises StaleError if that takes too long.
        """
        number = self._scan_thread.request(fresh=True)
        if not self._scan_thread.wait(number, SCAN_S, lambda: self._scanner.has_read(run)):
            raise StaleError("The logdir is still being read; the file changed meanwhile.", "Ask again in a moment.")

    def _take_scan(self) -> None:
        began = time.monotonic()
        self._scan = self._scanner.scan()
        self._late_problems.prune(_versions(self._scan.runs) | self.uploads.versions())
        took = time.monotonic() - began
        self._due_at = time.monotonic() + max(_SCAN_AGE_S, 10 * took)

    def _newest_scan(self) -> Scan:
        """The last scan; while one is under way, what it has read so far."""
        return self._scanner.so_far() if self._scan_thread.is_scanning or not self._scan.done else self._scan

    def _describe_scan(self, scan: Scan) -> dict[str, Any]:
        names = [root.name or as_text(os.path.basename(root.path) or root.path) for root in self._policy.roots]
        return scan.to_json(", ".join(names))


def _versions(runs: Iterable[Run]) -> frozenset[str]:
    return frozenset(version for run in runs for embedding in run.embeddings for version in embedding.versions())


def _hash_of(body: dict[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(body, sort_keys=True).encode(), digest_size=8).hexdigest()


def _check_version(requested: str | None, current: str, file: str) -> None:
    if requested is not None and requested != current:
        raise StaleError(
            f"{file} changed: version {requested[:32]!r} was asked for, {current!r} is there.",
            "Ask /runs again.",
            file=file,
        )


def _being_written(run: str, error: NotFoundError) -> StaleError:
    return StaleError(f"The files of the run {run!r} are being written. {error.message}", "Ask again in a moment.")


def _find_embedding(run: Run, name: str) -> Embedding:
    for embedding in run.embeddings:
        if embedding.name == name:
            return embedding
    names = [embedding.name for embedding in run.embeddings]
    raise NotFoundError(
        f"There is no embedding {quote_name(name)} in the run {run.name!r}.", _instead(names, name, "an embedding")
    )


def _instead(names: list[str], name: str, thing: str) -> str:
    near = difflib.get_close_matches(name, names, n=5, cutoff=0.4) or names[:5]
    return f"Ask for {thing} of /runs, such as {', '.join(map(repr, near))}." if near else "There is none: see /runs."


def _no_asset(kind: type[Asset], run: str, name: str) -> NotFoundError:
    return NotFoundError(
        f"{name!r} in the run {run!r} has no {kind.KIND} that can be read.",
        f"Name it with {kind.FIELD} in projector_config.pbtxt; /runs lists what is wrong with one that is named.",
    )
