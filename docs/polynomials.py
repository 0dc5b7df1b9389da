#!/usr/bin/env python3
"""Works out the polynomials in dev.lanewise.kernel.Polynomials (needs mpmath and numpy; some minutes).

Minimax polynomials for a weighted error, by the single exchange of Remez on a grid of Chebyshev points in 40-digit
arithmetic, and one ratio of two polynomials by weighted least squares. Float coefficients are then rounded to nearest and
moved by up to three units, two at a time, as long as the largest error falls. Leading coefficients that the evaluation wants exact (1, 1/2) are fixed beforehand. Double
coefficients are rounded to nearest, which costs nothing at these errors.
"""
import itertools

import numpy as np
from mpmath import lu_solve, matrix, mp, mpf

mp.dps = 40


class Problem:
    """f on [lo, hi] by a polynomial with the given powers, errors relative to f or to another function."""

    def __init__(self, f, lo, hi, grid=400, relative_to=None):
        lo, hi = mpf(lo), mpf(hi)
        points = [(lo + hi) / 2 - (hi - lo) / 2 * mp.cos(mp.pi * i / grid) for i in range(grid + 1)]
        self.x = [x for x in points if abs(x) > (hi - lo) / 1000]  # the relative error has no value where f is 0
        self.f = [f(x) for x in self.x]
        self.scale = [relative_to(x) for x in self.x] if relative_to else self.f

    def errors(self, poly):
        return [(f - sum(c * x**p for p, c in poly.items())) / s for x, f, s in zip(self.x, self.f, self.scale)]

    def solve(self, fixed, powers):
        n, count = len(powers), len(self.x)
        base = self.errors(fixed)
        nodes = [min(count - 1, int((i + 0.5) * count / (n + 1))) for i in range(n + 1)]
        for _ in range(400):
            a, b = matrix(n + 1, n + 1), matrix(n + 1, 1)
            for i, k in enumerate(nodes):
                for j, p in enumerate(powers):
                    a[i, j] = self.x[k] ** p / self.scale[k]
                a[i, n] = (-1) ** i
                b[i] = base[k]
            solution = lu_solve(a, b)
            c, level = {p: solution[j] for j, p in enumerate(powers)}, solution[n]
            err = [e - sum(c[p] * x**p for p in powers) / s for e, x, s in zip(base, self.x, self.scale)]
            k = max(range(count), key=lambda i: abs(err[i]))
            if abs(err[k]) < abs(level) * mpf("1.0005") or k in nodes:
                return c
            same = lambda i: (err[nodes[i]] > 0) == (err[k] > 0)
            place = next((i for i, q in enumerate(nodes) if q >= k), n + 1)
            if place == 0:
                nodes = [k] + (nodes[1:] if same(0) else nodes[:-1])
            elif place == n + 1:
                nodes = (nodes[:-1] if same(n) else nodes[1:]) + [k]
            else:
                nodes[place - 1 if same(place - 1) else place] = k
        return c

    def float_coefficients(self, powers, fixed):
        powers = [p for p in powers if p not in fixed]
        ideal = self.solve(fixed, powers)
        base = np.array([float(e) for e in self.errors({**fixed, **ideal})])
        basis = {p: np.array([float(x**p / s) for x, s in zip(self.x, self.scale)]) for p in powers}

        def worst(c):
            return np.abs(base + sum(float(ideal[p] - mpf(float(v))) * basis[p] for p, v in zip(powers, c))).max()

        values, best = nudged([np.float32(float(ideal[p])) for p in powers], worst)
        return {**fixed, **dict(zip(powers, values))}, best

    def double_coefficients(self, powers, fixed):
        ideal = self.solve(fixed, [p for p in powers if p not in fixed])
        c = {**fixed, **{p: float(v) for p, v in ideal.items()}}
        return c, max(abs(e) for e in self.errors({p: mpf(v) for p, v in c.items()}))


class Ratio:
    """f on [lo, hi] by a ratio of polynomials whose first coefficients are given, errors relative to f.

    What is minimised is the error times the denominator of the round before, which is linear (Loeb, 1957), in the sense of
    least squares with weights that grow where the error is large until it is level (Lawson, 1961).
    """

    def __init__(self, f, lo, hi, first, grid=300, half=2):
        lo, hi = mpf(lo), mpf(hi)
        ends = [(x - half) / (x + half) for x in (lo, hi)]  # so spread, half of the points lie below `half`
        spread = [sum(ends) / 2 - (ends[1] - ends[0]) / 2 * mp.cos(mp.pi * i / grid) for i in range(grid + 1)]
        self.x = [half * (1 + s) / (1 - s) for s in spread]
        self.f = [f(x) for x in self.x]
        self.first = first

    def solve(self, over, under):
        count = over + under
        rows = [
            [x**p / f for p in range(1, over + 1)] + [-(x**p) for p in range(1, under + 1)]
            for x, f in zip(self.x, self.f)
        ]
        aims = [self.first[1] - self.first[0] / f for f in self.f]
        weights, below = [mpf(1)] * len(rows), [mpf(1)] * len(rows)
        best, least = None, mpf("inf")
        for _ in range(60):
            a, b = matrix(count, count), matrix(count, 1)
            for row, aim, w, d in zip(rows, aims, weights, below):
                for i in range(count):
                    b[i] += w / d**2 * row[i] * aim
                    for j in range(count):
                        a[i, j] += w / d**2 * row[i] * row[j]
            c = list(lu_solve(a, b))
            error, below = self.errors(c[:over], c[over:])
            if max(error) < least:
                best, least = c, max(error)
            weights = [w * e for w, e in zip(weights, error)]
            weights = [w / sum(weights) for w in weights]
        return best[:over], best[over:]

    def errors(self, over, under):
        below = [self.first[1] + sum(c * x**p for p, c in enumerate(under, 1)) for x in self.x]
        above = [self.first[0] + sum(c * x**p for p, c in enumerate(over, 1)) for x in self.x]
        return [abs(n / d / f - 1) for n, d, f in zip(above, below, self.f)], below

    def float_coefficients(self, over, under):
        ideal = [c for part in self.solve(over, under) for c in part]
        x, f = (np.array([float(v) for v in values]) for values in (self.x, self.f))
        powers = [x**p for p in (*range(1, over + 1), *range(1, under + 1))]

        def worst(c):
            above = self.first[0] + sum(float(v) * p for v, p in zip(c[:over], powers))
            below = self.first[1] + sum(float(v) * p for v, p in zip(c[over:], powers[over:]))
            return np.abs(above / below / f - 1).max()

        c, best = nudged([np.float32(float(v)) for v in ideal], worst)
        return [(dict(enumerate([first, *part])), best) for first, part in zip(self.first, (c[:over], c[over:]))]


def nudged(c, worst):
    """Float coefficients moved by up to three units, two at a time, as long as the largest error falls."""
    best = worst(c)
    for _ in range(6):
        before = best
        for a, b in itertools.combinations(range(len(c)), 2):
            ca, cb = c[a], c[b]
            for i, j in itertools.product(range(-3, 4), repeat=2):
                d = list(c)
                d[a], d[b] = moved(ca, i), moved(cb, j)
                e = worst(d)
                if e < best:
                    best, c = e, d
        if best == before:
            break
    return c, best


def moved(v, units):
    for _ in range(abs(units)):
        v = np.nextafter(v, np.float32(np.inf if units > 0 else -np.inf))
    return v


def show(name, result):
    c, error = result
    print(f"{name}: within 2^{float(mp.log(error, 2)):.2f}")
    for p in sorted(c):
        print(f"    x^{p:<2} {float(c[p]).hex()}")


def main():
    ln2, one = mp.log(2), mpf(1)
    half = ln2 / 2 * mpf("1.003")
    low, high = mp.sqrt(2) / 2 - 1, mp.sqrt(2) - 1
    quarter = mp.pi / 4 * mpf("1.003")
    show("exp", Problem(mp.exp, -half, half).float_coefficients(range(7), {0: one, 1: one}))
    show("expm1", Problem(mp.expm1, -half, half).float_coefficients(range(1, 8), {1: one, 2: one / 2}))
    show("log", Problem(mp.log1p, low, high).float_coefficients(range(1, 11), {1: one, 2: -one / 2}))
    log1p = Problem(mp.log1p, mpf("-0.2501"), mpf("0.5001"))
    show("log1p", log1p.float_coefficients(range(1, 11), {1: one, 2: -one / 2}))
    show("tanh", Problem(mp.tanh, 0, "0.8").float_coefficients(range(1, 14, 2), {1: one}))
    erf = Problem(lambda x: mp.erf(x) - x, 0, "0.9", relative_to=mp.erf)
    show("erf - x", erf.float_coefficients(range(1, 12, 2), {}))
    tail = Problem(lambda x: mp.log(mp.erfc(x)), "0.9", "3.93", relative_to=lambda x: mp.erf(x) / mp.erfc(x))
    show("ln erfc", tail.float_coefficients(range(7), {}))
    normal = Ratio(lambda x: mp.ncdf(-x) * mp.exp(x * x / 2), 0, "14.4", first=(0.875, 1.75))
    for part, result in zip(("above", "below"), normal.float_coefficients(4, 5)):
        show("gelu, " + part, result)
    softplus = Problem(mp.log1p, 0, 1)
    show("softplus", softplus.float_coefficients(range(1, 11), {1: one}))
    show("sin", Problem(mp.sin, 0, quarter).float_coefficients(range(1, 8, 2), {1: one}))
    show("cos", Problem(mp.cos, 0, quarter).float_coefficients(range(0, 10, 2), {0: one, 2: -one / 2}))
    log2 = Problem(lambda f: mp.log1p(f) / ln2, low * mpf("1.0001"), high * mpf("1.0001"), grid=600)
    show("log2", log2.double_coefficients(range(1, 14), {}))
    exp2 = Problem(lambda r: mpf(2) ** r, "-0.501", "0.501", grid=600)
    show("exp2", exp2.double_coefficients(range(7), {0: one}))


main()
