"""Many reports at once: one pure function from a batch to a batch, run in processes or on Spark, and what it made put into a record."""

from counterclaim.bulk.batch import Read, Refused, Row, Task, Waiting, read_batch
from counterclaim.bulk.imports import put_into, rows
from counterclaim.bulk.run import Progress, bulk

__all__ = ["Progress", "Read", "Refused", "Row", "Task", "Waiting", "bulk", "put_into", "read_batch", "rows"]
