"""Every limit, with its reason. Each is checked before memory is allocated for what it bounds."""

from __future__ import annotations

from typing import Final

MIB: Final = 1 << 20

#: Bytes of the reused block when a tensor is streamed: large enough that a read costs more than a call, small enough
#: to stay in a core's cache together with the product made from it.
BLOCK_BYTES: Final = 4 * MIB

#: Bytes of a config; its parser takes up to eight seconds for this many, and real ones are below a megabyte.
CONFIG_BYTES: Final = 4 * MIB

#: Entries of a config, one for each step of each embedding: ten thousand steps of one, in two megabytes.
CONFIG_ENTRIES: Final = 10_000

#: Bytes of a line of a config: its parser takes a hundred times the memory of a string; lines hold a name or a path.
CONFIG_LINE_BYTES: Final = MIB

#: UTF-8 bytes of a path written in a config: the maximum that Linux opens.
PATH_BYTES: Final = 4096

#: Names in a path written in a config; if the logdir was moved, each tail of the path is tried.
PATH_PARTS: Final = 100

#: Problems listed per run, and found by reading one version of a file, the first of them: a thousand faulty entries
#: mostly share one cause.
RUN_PROBLEMS: Final = 100

#: Tensors of a run that are not matrices, by name; the others are counted.
LEFT_OUT_NAMED: Final = 100

#: Checkpoints read from TensorFlow's state file; the last ones are the newest. Each is looked up in several places.
STATE_CHECKPOINTS: Final = 1000

#: Directories in a logdir. A walk takes about 10 microseconds per directory on a local disk and a thousand times that
#: on a network disk: beyond this, a scan would not finish before the next one.
LOGDIR_DIRECTORIES: Final = 50_000

#: Bytes of a checkpoint's index, and of its entries in memory: 100,000 variables take about 10 and 60 MiB.
CHECKPOINT_INDEX_BYTES: Final = 128 * MIB

#: Memory of an index entry as objects, besides its name: 484 measured.
CHECKPOINT_ENTRY_BYTES: Final = 500

#: Bytes of the entries of all checkpoints of a run in memory: a thousand checkpoints of three hundred tensors.
RUN_INDEX_BYTES: Final = 192 * MIB

#: Steps of all tensors of a run's checkpoints, each of which takes 1 KiB: a hundred tensors in a thousand checkpoints.
RUN_STEPS: Final = 100_000

#: Bytes of all that was parsed of a logdir and is held in memory: a million steps, which take 1.6 KiB with their index.
PARSED_BYTES: Final = 2048 * MIB

#: Memory of a parsed file or of a step of a tensor, besides what is counted: 1,047 bytes measured.
PARSED_ENTRY_BYTES: Final = 1024

#: Bytes of the object graph in a checkpoint, which take up to sixteen times as much memory while they are parsed:
#: those of fifty thousand variables.
CHECKPOINT_GRAPH_BYTES: Final = 16 * MIB

#: Tensors and slices in one index: four times what the largest models save, and three seconds of parsing.
CHECKPOINT_ENTRIES: Final = 200_000

#: Data files named by an index but missing: each is reported, and looked up in every scan.
CHECKPOINT_SHARDS_MISSING: Final = 100

#: Slices of one partitioned variable; partitioners make one per server, hundreds at most.
CHECKPOINT_SLICES: Final = 4096

#: Bytes of a metadata file, held in memory while it is parsed; 1 GiB is ten million rows of a hundred characters.
METADATA_BYTES: Final = 1024 * MIB

#: Columns of metadata, more than a user looks through; bounds the padding that one overlong line adds to all others.
METADATA_COLUMNS: Final = 1000

#: Bytes of a line of metadata: a thousand cells of sixteen thousand characters. No real text has longer ones.
METADATA_LINE_BYTES: Final = 16 * MIB

#: Cells of a metadata table, empty ones included: ten million rows of thirteen columns, half a gigabyte on the wire.
METADATA_CELLS: Final = 1 << 27

#: Bytes of a file of vectors as text, which is parsed in memory.
TSV_BYTES: Final = 4096 * MIB

#: Bytes of a line of vectors as text: 600,000 numbers of 25 characters.
TSV_LINE_BYTES: Final = 16 * MIB

#: Blank lines in a file of vectors as text: counting them takes a tenth of a second, and none of them is drawn.
TSV_BLANK_LINES: Final = 1_000_000

#: Side of a texture. WebGL 2 guarantees 2048; every desktop GPU and the software renderer support 8192 or more.
SPRITE_SIDE_PX: Final = 8192

#: Side of a page of a larger sheet: the weakest GPU with WebGL 2 still in use supports it; it takes 64 MiB there.
SPRITE_PAGE_SIDE_PX: Final = 4096

#: Pixels of a sheet, twice 8192 x 8192: half a gigabyte while it is decoded, and the same in GPU memory.
SPRITE_PIXELS: Final = 1 << 27

#: Bytes of an image, sound or video named by metadata; it is streamed. An hour of talk in good quality is smaller.
MEDIA_BYTES: Final = 1024 * MIB

#: Bytes of a file of saved views: coordinates of 200,000 points in three projections, as the built-in projector writes.
BOOKMARK_BYTES: Final = 32 * MIB

#: Bytes of all saved views of an embedding, in one response.
BOOKMARKS_BYTES: Final = 128 * MIB

#: Files of saved views that are listed.
BOOKMARK_FILES: Final = 200

#: Nesting depth of a state, which holds lists of objects of lists; deeper nesting is an attack on the parser.
BOOKMARK_DEPTH: Final = 64

#: Bytes of a sprite file: a sheet of 8192 x 8192 as an uncompressed PNG is 256 MiB.
SPRITE_BYTES: Final = 256 * MIB

#: Neighbors per query: what the built-in projector offers, and what fits a readable list.
NEIGHBORS: Final = 1000

#: Dimensions sent as columns of their own: one per axis, and some to switch to.
DIMENSIONS: Final = 10

#: Principal components computed and offered.
PCA_COMPONENTS: Final = 10

#: Bytes of a POST body, which names at most some hundred thousand rows.
REQUEST_BODY_BYTES: Final = 8 * MIB

#: Bytes of a body of columns: five million points of three coordinates each.
ARROW_BODY_BYTES: Final = 64 * MIB

#: Record batches in a body: the page sends its columns in one; a stream in a thousand pieces is not the page's.
ARROW_BODY_BATCHES: Final = 1000

#: Bytes of the metadata of an Arrow message; that of three columns takes 600.
ARROW_MESSAGE_BYTES: Final = 64 << 10

#: Bytes of row numbers of the subsets kept in memory: fifty selections out of a million.
SUBSETS_BYTES: Final = 256 * MIB

#: Bytes of all responses cached in memory.
CACHE_BYTES: Final = 256 * MIB

#: Entries kept in one memory, however small: a subset, an upload or a result takes up to 4 KiB besides its bytes.
ENTRIES_KEPT: Final = 10_000

#: Bytes of one response with whole vectors; a browser tab crashes slightly above this.
ANSWER_BYTES: Final = 1024 * MIB

#: Bytes of all responses being made and sent, unless there is only one: ten pictures of a million points. Responses
#: streamed from files do not count.
IN_FLIGHT_BYTES: Final = 480 * MIB

#: Bytes up to which a response or a body does not count: what a streamed one holds at a time.
IN_FLIGHT_FREE_BYTES: Final = MIB

#: Rows of a tensor: row numbers are int32 on the wire.
ROWS: Final = 2**31 - 1

#: Neighbors of each row in a graph: three times the largest perplexity offered.
GRAPH_NEIGHBORS: Final = 300

#: Rows up to which exact search takes a second, about as long as a trial of the alternatives.
GRAPH_EXACT_ROWS: Final = 10_000

#: Rows up to which exact search is faster than building an HNSW index.
GRAPH_INDEX_ROWS: Final = 50_000

#: Number of rows from which a graph's first neighbors are found before the others: all neighbors of fewer rows are
#: there in about a second.
GRAPH_FIRST_ROWS: Final = 20_000

#: Memory of the process that builds a graph: the vectors, their copy in the index, and the graph.
GRAPH_BYTES: Final = 16 * 1024 * MIB

#: Numbers below which a graph is built in the server's process: starting another would take longer.
GRAPH_INLINE_NUMBERS: Final = 1 << 19

#: Neighbors used to measure the quality of a projection.
QUALITY_NEIGHBORS: Final = 100

#: Computations running at a time; each uses every core.
JOBS_RUNNING: Final = 2

#: Projections computed at a time, beside the other computations: pictures of a few users.
PROJECTIONS_RUNNING: Final = 4

#: Queued computations of a kind, each of which takes seconds to minutes.
JOBS_QUEUED: Final = 50

#: Bytes of their requests that all queued and running computations hold: coordinates of twenty million points.
JOBS_INPUT_BYTES: Final = 256 * MIB

#: Searches for neighbors at a time: OpenBLAS, which they call, supports some dozens of threads in a process.
SEARCHES_RUNNING: Final = 8

#: Bytes of the lengths of a matrix' rows that searches keep for the next: sixteen million rows; of more, each measures.
ROW_LENGTHS_BYTES: Final = 64 * MIB

#: Finished jobs whose state can still be requested.
JOBS_REMEMBERED: Final = 200

#: Bytes of all results of jobs held in memory until they are fetched: the newest is held however large it is.
JOB_RESULTS_BYTES: Final = 256 * MIB

#: Time after which a job without polls is canceled: browsers run a hidden page's timers once a minute; this is three.
JOB_LEASE_S: Final = 180.0

#: Bytes of all results on disk: a graph of a million rows with 90 neighbors is 720 MB.
CACHE_FOLDER_BYTES: Final = 4096 * MIB

#: Bytes of a graph that may be cut down to fewer neighbors in memory; a larger one is rebuilt.
GRAPH_CUT_BYTES: Final = 256 * MIB

#: Bytes of a file dropped onto the page: a million rows of 128 float32 numbers.
UPLOAD_BYTES: Final = 512 * MIB

#: Bytes that the bodies of all requests may take until they are answered: those of the largest upload.
ARRIVING_BYTES: Final = 512 * MIB

#: Seconds that a client may pause while it sends a body; a network that loses packets recovers within some seconds.
BODY_PAUSE_S: Final = 30.0

#: Seconds for sending `SENT_BYTES` of an answer, which is aborted after them: busy pages and bad networks recover
#: within a minute.
ANSWER_PAUSE_S: Final = 120.0

#: Bytes of an answer handed to the connection at a time.
SENT_BYTES: Final = 1 << 18

#: Bytes of all uploads kept in memory.
UPLOADS_BYTES: Final = 1024 * MIB

#: Uploads that one client may request from /runs.
UPLOADS_LISTED: Final = 100

#: Cells of a line of uploaded text: no model has embeddings of more dimensions.
UPLOAD_COLUMNS: Final = 100_000

#: Characters of a file's name that are shown.
UPLOAD_NAME: Final = 100

#: Lines examined to infer how a text is laid out: its separator, and which columns hold numbers.
UPLOAD_LINES_SNIFFED: Final = 100

#: Bytes of a line of uploaded text: room for the maximum number of cells.
UPLOAD_LINE_BYTES: Final = 16 * MIB

#: Bytes of uploaded text that Python parses, in seconds, if Arrow cannot.
UPLOAD_RECORDS_BYTES: Final = 32 * MIB

#: Time that a scan waits for one run; then that run is read on beside the others.
RUN_TURN_S: Final = 0.5

#: Time to read a run, which usually takes under a second; the rest of a slower one is left to another try, which has
#: that much more time.
RUN_READING_S: Final = 10.0

#: Time to wait for a config's lock: a write takes milliseconds, or a second on a slow network disk; longer is a hang.
WRITE_LOCK_S: Final = 60.0

#: Largest step: JavaScript integers are exact up to here; a larger one would be another step in the page.
STEP: Final = 2**53 - 1

#: Digits of a checkpoint's number that is used as its step: no number with this many exceeds STEP.
STEP_DIGITS: Final = len(str(STEP)) - 1

#: Age of an unfinished write that counts as abandoned: writers finish within minutes, unless they are killed.
UNFINISHED_S: Final = 24 * 3600
