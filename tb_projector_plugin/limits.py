"""Every limit, with its reason. Each is checked before memory is taken for what it bounds."""

from __future__ import annotations

from typing import Final

MIB: Final = 1 << 20

#: One reused block of a tensor while it is streamed: large enough that a read costs more than a call, small enough to
#: stay in a core's cache together with the product made from it.
BLOCK_BYTES: Final = 4 * MIB

#: Below a megabyte in every real config; a larger file is not one.
CONFIG_BYTES: Final = 16 * MIB

#: A path that a config writes: what Linux opens, in UTF-8.
PATH_BYTES: Final = 4096

#: Names in a path that a config writes; a logdir that was moved is looked for under each tail of it.
PATH_PARTS: Final = 100

#: As many problems of one run as a person reads; what is wrong with a thousand entries is mostly one thing.
RUN_PROBLEMS: Final = 100

#: Checkpoints that TensorFlow's state file names; the last ones are the newest. Each is looked for in several places.
STATE_CHECKPOINTS: Final = 1000

#: A walk takes about 10 microseconds a directory on a local disk and a thousand times that on a network's: beyond this
#: a look would not end between two of them.
LOGDIR_DIRECTORIES: Final = 50_000

#: A checkpoint's index holds names and places only: 100,000 variables take about 10 MiB.
CHECKPOINT_INDEX_BYTES: Final = 256 * MIB

#: What an entry of a checkpoint's index takes as objects, beside its bytes: 484 measured.
CHECKPOINT_ENTRY_BYTES: Final = 500

#: Tensors and slices in one index: four times what the largest models save, and three seconds of parsing.
CHECKPOINT_ENTRIES: Final = 200_000

#: Data files that an index may name and the directory lacks: each is told, and looked for at every look.
CHECKPOINT_SHARDS_MISSING: Final = 100

#: Parts of one partitioned variable; partitioners make one a server, hundreds at most.
CHECKPOINT_SLICES: Final = 4096

#: Metadata is held in memory while it is parsed; 1 GiB is ten million rows of a hundred characters.
METADATA_BYTES: Final = 1024 * MIB

#: More than a person looks through; it bounds what one overlong line does to all others.
METADATA_COLUMNS: Final = 1000

#: One line of metadata: a thousand cells of sixteen thousand characters. A longer one is no text that people wrote.
METADATA_LINE_BYTES: Final = 16 * MIB

#: Cells of a metadata table, empty ones included: ten million rows of thirteen columns, half a gigabyte on the wire.
METADATA_CELLS: Final = 1 << 27

#: Vectors written as text are parsed in memory.
TSV_BYTES: Final = 4096 * MIB

#: One line of vectors written as text: 600,000 numbers of 25 characters.
TSV_LINE_BYTES: Final = 16 * MIB

#: WebGL 2 promises textures of 2048; every desktop GPU and the software renderer have 8192 and more.
SPRITE_SIDE_PX: Final = 8192

#: A page of a larger sheet: what the weakest GPU with WebGL 2 that is still in use holds, and 64 MiB in its memory.
SPRITE_PAGE_SIDE_PX: Final = 4096

#: Twice a sheet of 8192 x 8192: half a gigabyte while it is decoded, and as much in the GPU's memory.
SPRITE_PIXELS: Final = 1 << 27

#: An image, sound or film that metadata names; it is streamed, and a talk of an hour in good quality has less.
MEDIA_BYTES: Final = 1024 * MIB

#: One file of saved views: coordinates of 200,000 points in three projections, as the built-in projector writes them.
BOOKMARK_BYTES: Final = 32 * MIB

#: All saved views of an embedding, in one answer.
BOOKMARKS_BYTES: Final = 128 * MIB

#: As many names as a person looks through.
BOOKMARK_FILES: Final = 200

#: A state holds lists of objects of lists; what is nested deeper was made to break its reader.
BOOKMARK_DEPTH: Final = 64

#: A sheet of 8192 x 8192 as an uncompressed PNG is 256 MiB.
SPRITE_BYTES: Final = 256 * MIB

#: As many as the incumbent offers, and as many as fit a list that a person reads.
NEIGHBORS: Final = 1000

#: Dimensions sent as columns of their own: an axis each, and some to change to.
DIMENSIONS: Final = 10

#: The number of principal components that are computed and offered.
PCA_COMPONENTS: Final = 10

#: A POST body names at most some hundred thousand rows.
REQUEST_BODY_BYTES: Final = 8 * MIB

#: A body of columns: five million points of three coordinates each.
ARROW_BODY_BYTES: Final = 64 * MIB

#: Columns arrive in one record batch; a stream in a thousand pieces was not written by a page.
ARROW_BODY_BATCHES: Final = 1000

#: The description of an Arrow message of three columns takes 600 bytes.
ARROW_MESSAGE_BYTES: Final = 64 << 10

#: Row numbers of the subsets kept in memory: fifty selections out of a million.
SUBSETS_BYTES: Final = 256 * MIB

#: Answers kept in memory, all of them together.
CACHE_BYTES: Final = 256 * MIB

#: What one answer with whole vectors may weigh; a browser tab dies a little above it.
ANSWER_BYTES: Final = 1024 * MIB

#: Answers that are being made and sent, all of them together: the largest one and half as much beside it. What is
#: streamed out of a file does not count.
IN_FLIGHT_BYTES: Final = 1536 * MIB

#: An answer of up to this counts as nothing in flight: as much as a streamed one holds at a time.
IN_FLIGHT_FREE_BYTES: Final = MIB

#: Row numbers are int32 on the wire.
ROWS: Final = 2**31 - 1

#: Neighbors of each row in a graph: three times the largest perplexity that is offered.
GRAPH_NEIGHBORS: Final = 300

#: Up to here exact search takes a second, and a trial of others about as long.
GRAPH_EXACT_ROWS: Final = 10_000

#: Up to here exact search is faster than building an index of HNSW.
GRAPH_INDEX_ROWS: Final = 50_000

#: What the process that makes a graph may take: the vectors, their copy in the index, and the graph.
GRAPH_BYTES: Final = 16 * 1024 * MIB

#: Graphs of fewer numbers than this are made where they are asked for: starting a process would take longer.
GRAPH_INLINE_NUMBERS: Final = 1 << 19

#: Neighbors that a picture is measured by.
QUALITY_NEIGHBORS: Final = 100

#: Computations that run at a time; each uses every core.
JOBS_RUNNING: Final = 2

#: Computations that wait for their turn: each may hold sixty megabytes of what was sent, and takes minutes.
JOBS_QUEUED: Final = 50

#: Jobs whose state can still be asked for after they ended.
JOBS_REMEMBERED: Final = 200

#: A browser runs the timers of a hidden page once a minute; a job nobody asked about for three of them is not wanted.
JOB_LEASE_S: Final = 180.0

#: Results on disk, all of them together: a graph of a million rows with 90 neighbors is 720 MB.
CACHE_FOLDER_BYTES: Final = 4096 * MIB

#: A larger graph is not cut down to fewer neighbors in memory, but made anew.
GRAPH_CUT_BYTES: Final = 256 * MIB

#: A file that is dropped onto the page: a million rows of 128 float32 numbers.
UPLOAD_BYTES: Final = 512 * MIB

#: Uploads that are being received at one moment, all of them together.
UPLOADS_ARRIVING_BYTES: Final = 1024 * MIB

#: Uploads that are kept, all of them together, as they lie in memory.
UPLOADS_BYTES: Final = 1024 * MIB

#: Uploads that one client asks /runs for.
UPLOADS_LISTED: Final = 100

#: Cells of one line of uploaded text: no model has embeddings of more dimensions.
UPLOAD_COLUMNS: Final = 100_000

#: Characters of a file's name that are shown.
UPLOAD_NAME: Final = 100

#: Lines that tell how a text is written: its separator, and which columns hold numbers.
UPLOAD_LINES_SNIFFED: Final = 100

#: One line of uploaded text: as many numbers as it may have cells, with room.
UPLOAD_LINE_BYTES: Final = 16 * MIB

#: Uploaded text that Arrow does not read is read in Python up to here, which takes seconds.
UPLOAD_RECORDS_BYTES: Final = 32 * MIB

#: A run is read within a second; one that takes this long is read on at the next looks, so that it holds no other up.
RUN_READING_S: Final = 10.0

#: A config is written within milliseconds, or a second on a slow network disk; whoever holds its lock longer hangs.
WRITE_LOCK_S: Final = 60.0

#: JavaScript counts exactly up to here; a larger step would be another one in the page.
STEP: Final = 2**53 - 1

#: Digits of a number in a checkpoint's name that is its step: none of so many is larger than STEP.
STEP_DIGITS: Final = len(str(STEP)) - 1

#: A writer finishes within minutes; what has been unfinished for a day was left by one that was killed.
UNFINISHED_S: Final = 24 * 3600
