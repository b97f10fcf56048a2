"""The task of measure.ts by numpy and scipy: python3 reference.py <matrix> <processes>, figures as JSON.

The product is taken by blocks of rows, since all of it at once would not fit; a list is cut from the sparse row by a
partial sort. Single precision for the product is exact for counts and faster.
"""

import json
import multiprocessing
import resource
import sys
import time

import numpy as np
import scipy.sparse

SHRINK, NEIGHBOURS, BLOCK = 5.0, 100, 500


def read_matrix(path):
    numbers = np.fromfile(path, np.int32)
    rows, columns = numbers[:2]
    offsets, indices = numbers[2 : rows + 3], numbers[rows + 3 :]
    return scipy.sparse.csr_matrix((np.ones(len(indices), np.float32), indices, offsets), shape=(rows, columns))


def find_block(start):
    products = by_item[start : start + BLOCK] @ by_user
    counts = np.diff(products.indptr)
    rows = np.repeat(np.arange(start, start + len(counts)), counts)
    similarities = products.data / (norms[rows] * norms[products.indices] + SHRINK)
    similarities[rows == products.indices] = 0
    neighbours, kept = [], []
    for row in range(len(counts)):
        span = slice(products.indptr[row], products.indptr[row + 1])
        values, columns = similarities[span], products.indices[span]
        if len(values) > NEIGHBOURS:
            best = np.argpartition(values, len(values) - NEIGHBOURS)[-NEIGHBOURS:]
            values, columns = values[best], columns[best]
        order = np.argsort(-values)
        neighbours.append(columns[order])
        kept.append(values[order])
    return np.concatenate(neighbours), np.concatenate(kept)


def cpu_seconds():
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


processes = int(sys.argv[2])
by_user = read_matrix(sys.argv[1])
started, started_cpu = time.perf_counter(), cpu_seconds()
by_item = by_user.T.tocsr()
norms = np.sqrt(np.diff(by_item.indptr).astype(np.float64))
starts = range(0, by_item.shape[0], BLOCK)
if processes == 1:
    lists = [find_block(start) for start in starts]
else:
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        lists = pool.map(find_block, starts, chunksize=1)
        pool.close()
        pool.join()
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if processes > 1:
    peak += processes * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
figures = {
    "seconds": seconds,
    "cpuSeconds": cpu_seconds() - started_cpu,
    "peakMiB": peak / 1024,
    "check": float(sum(kept.sum() for _, kept in lists)),
}
print(json.dumps(figures))
