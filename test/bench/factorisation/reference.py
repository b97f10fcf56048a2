"""The tasks of measure.ts by numpy and scipy: python3 reference.py <task> <pairs> <size>, figures as JSON."""

import json
import resource
import sys
import time

import numpy as np
import scipy.linalg
import scipy.sparse

L2, ALPHA, REGULARISATION, ROUNDS = 1000.0, 10.0, 0.003, 3


def read_pairs(path):
    numbers = np.fromfile(path, np.int32)
    rows, columns = np.split(numbers[2:], 2)
    return scipy.sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=tuple(numbers[:2]))


def ease(matrix, _size):
    gram = (matrix.T @ matrix).toarray()
    gram.flat[:: len(gram) + 1] += L2
    factor = scipy.linalg.cholesky(gram, lower=True, overwrite_a=True)
    lower, _ = scipy.linalg.lapack.dpotri(factor, lower=1, overwrite_c=True)
    inverse = np.tril(lower) + np.tril(lower, -1).T
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return np.linalg.norm(matrix[0] @ weights)


def solve_side(matrix, held):
    """One exact solution a row by Cholesky."""
    width = held.shape[1]
    base = held.T @ held
    solved = np.zeros((matrix.shape[0], width))
    for row in range(matrix.shape[0]):
        chosen = held[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]]
        system = base + ALPHA * (chosen.T @ chosen)
        system.flat[:: width + 1] += REGULARISATION * (matrix.shape[1] + ALPHA * len(chosen))
        factor = scipy.linalg.cho_factor(system, lower=True, overwrite_a=True, check_finite=False)
        solved[row] = scipy.linalg.cho_solve(factor, (1 + ALPHA) * chosen.sum(0), check_finite=False)
    return solved


def ials(matrix, size):
    by_item = matrix.T.tocsr()
    items = np.random.default_rng(1).standard_normal((matrix.shape[1], size)) / size
    for _ in range(ROUNDS):
        users = solve_side(matrix, items)
        items = solve_side(by_item, users)
    return np.linalg.norm(items)


def svd(matrix, size):
    """The same algorithm: four rounds from ten directions more than wanted."""
    right, _ = np.linalg.qr(np.random.default_rng(1).uniform(-1, 1, (matrix.shape[1], size + 10)))
    for _ in range(4):
        right, _ = np.linalg.qr(matrix.T @ (matrix @ right))
    left, core = np.linalg.qr(matrix @ right)
    inner, values, outer = np.linalg.svd(core)
    left, right = left @ inner[:, :size], right @ outer[:size].T
    return np.linalg.norm(values[:size])


def main():
    task, path, size = sys.argv[1:4]
    matrix = read_pairs(path)
    started, started_cpu = time.perf_counter(), time.process_time()
    check = {"ease": ease, "ials": ials, "svd": svd}[task](matrix, int(size))
    rounds = ROUNDS if task == "ials" else 1
    figures = {
        "seconds": (time.perf_counter() - started) / rounds,
        "cpuSeconds": (time.process_time() - started_cpu) / rounds,
        "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "check": float(check),
    }
    print(json.dumps(figures))


main()
