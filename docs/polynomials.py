#!/usr/bin/env python3
"""Works out the polynomials in dev.lanewise.kernel.Polynomials (needs mpmath and numpy; about a minute).

Minimax polynomials for a weighted error, by the single exchange of Remez on a grid of Chebyshev points in 40-digit
arithmetic. Float coefficients are then rounded to nearest and moved by up to three units, two at a time, as long as the
largest error falls. Leading coefficients that the evaluation wants exact (1, 1/2) are fixed beforehand. Double
coefficients are rounded to nearest, which costs nothing at these errors.
"""
import itertools

import numpy as np
from mpmath import lu_solve, matrix, mp, mpf

mp.dps = 40


class Problem:
    """f on [lo, hi] by a polynomial with the given powers, errors relative to f."""

    def __init__(self, f, lo, hi, grid=400):
        lo, hi = mpf(lo), mpf(hi)
        points = [(lo + hi) / 2 - (hi - lo) / 2 * mp.cos(mp.pi * i / grid) for i in range(grid + 1)]
        self.x = [x for x in points if abs(x) > (hi - lo) / 1000]  # the relative error has no value where f is 0
        self.f = [f(x) for x in self.x]

    def errors(self, poly):
        return [1 - sum(c * x**p for p, c in poly.items()) / f for x, f in zip(self.x, self.f)]

    def solve(self, fixed, powers):
        n, count = len(powers), len(self.x)
        base = self.errors(fixed)
        nodes = [min(count - 1, int((i + 0.5) * count / (n + 1))) for i in range(n + 1)]
        for _ in range(400):
            a, b = matrix(n + 1, n + 1), matrix(n + 1, 1)
            for i, k in enumerate(nodes):
                for j, p in enumerate(powers):
                    a[i, j] = self.x[k] ** p / self.f[k]
                a[i, n] = (-1) ** i
                b[i] = base[k]
            s = lu_solve(a, b)
            c = {p: s[j] for j, p in enumerate(powers)}
            err = [e - sum(c[p] * x**p for p in powers) / f for e, x, f in zip(base, self.x, self.f)]
            k = max(range(count), key=lambda i: abs(err[i]))
            if abs(err[k]) < abs(s[n]) * mpf("1.0005") or k in nodes:
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
        basis = {p: np.array([float(x**p / f) for x, f in zip(self.x, self.f)]) for p in powers}
        worst = lambda c: np.abs(base + sum((float(ideal[p] - mpf(float(c[p])))) * basis[p] for p in powers)).max()
        c = {p: np.float32(float(ideal[p])) for p in powers}
        best = worst(c)
        for _ in range(6):
            before = best
            for a, b in itertools.combinations(powers, 2):
                ca, cb = c[a], c[b]
                for i, j in itertools.product(range(-3, 4), repeat=2):
                    d = {**c, a: moved(ca, i), b: moved(cb, j)}
                    e = worst(d)
                    if e < best:
                        best, c = e, d
            if best == before:
                break
        return {**fixed, **c}, best

    def double_coefficients(self, powers, fixed):
        ideal = self.solve(fixed, [p for p in powers if p not in fixed])
        c = {**fixed, **{p: float(v) for p, v in ideal.items()}}
        return c, max(abs(e) for e in self.errors({p: mpf(v) for p, v in c.items()}))


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
    show("log", Problem(mp.log1p, low, high).float_coefficients(range(1, 11), {1: one, 2: -one / 2}))
    show("tanh", Problem(mp.tanh, 0, "0.8").float_coefficients(range(1, 14, 2), {1: one}))
    show("sin", Problem(mp.sin, 0, quarter).float_coefficients(range(1, 8, 2), {1: one}))
    show("cos", Problem(mp.cos, 0, quarter).float_coefficients(range(0, 10, 2), {0: one, 2: -one / 2}))
    log2 = Problem(lambda f: mp.log1p(f) / ln2, low * mpf("1.0001"), high * mpf("1.0001"), grid=600)
    show("log2", log2.double_coefficients(range(1, 14), {}))
    exp2 = Problem(lambda r: mpf(2) ** r, "-0.501", "0.501", grid=600)
    show("exp2", exp2.double_coefficients(range(7), {0: one}))


main()
