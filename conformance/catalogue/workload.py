"""The workloads on which automatic differentiation is usually shown, in small: statistics, vision, physics, numerics, finance.

Points where a function is smooth although its formula is delicate (no rotation, a singular matrix, a circular orbit) are asked
beside the usual ones. Matrices of constants are arguments too, so that they have the format that is asked.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from conformance.case import Case, Draw
from conformance.catalogue.rows import draw, program

HALF_LOG_2PI = 0.9189385332046727
STATISTICS = "Murphy, Probabilistic Machine Learning: An Introduction"
OPTIMISATION = "Surjanovic, Bingham, Virtual Library of Simulation Experiments: optimization test problems"
DYNAMICS = "Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I"
ADBENCH = "Srajer et al. 2018, A benchmark of selected algorithmic differentiation tools"
SERIES = "Hamilton, Time Series Analysis, chapters 3, 13 and 21"


def gaussian_mixture(xp: Any, x: Any, logits: Any, means: Any, log_scales: Any) -> Any:
    """The log-likelihood of the rows of x; scales along the axes."""
    z = (x[:, None, :] - means[None, :, :]) * xp.exp(-log_scales)
    log_p = xp.log_softmax(logits, axis=-1) - xp.sum(0.5 * z**2 + log_scales + HALF_LOG_2PI, axis=-1)
    return xp.sum(xp.logsumexp(log_p, axis=-1))


def gaussian_mixture_full(xp: Any, x: Any, logits: Any, means: Any, log_scales: Any, skew: Any) -> Any:
    """As ADBench's: the inverse root of each covariance is lower triangular, with exp(log_scales) on its diagonal."""
    d = x[:, None, :] - means[None, :, :]
    first = xp.exp(log_scales[:, 0]) * d[:, :, 0]
    second = xp.exp(log_scales[:, 1]) * d[:, :, 1] + skew * d[:, :, 0]
    log_p = logits + xp.sum(log_scales, axis=-1) - 0.5 * (first**2 + second**2)
    return xp.sum(xp.logsumexp(log_p, axis=-1)) - 3.0 * xp.logsumexp(logits)


def rotated(xp: Any, r: Any, x: Any) -> Any:
    """Rodrigues' formula with sin(t)/t and (1 - cos(t))/t² of the square of the angle, near 0 by their series."""
    square = xp.sum(r * r)
    turned = square > 1e-4
    angle = xp.sqrt(xp.where(turned, square, 1.0))
    a = xp.where(turned, xp.sin(angle) / angle, 1.0 - square / 6.0 + square**2 / 120.0)
    b = xp.where(turned, 2.0 * (xp.sin(0.5 * angle) / angle) ** 2, 0.5 - square / 24.0 + square**2 / 720.0)
    perpendicular = xp.cross(r, x)
    return x + a * perpendicular + b * xp.cross(r, perpendicular)


def rotation(xp: Any, r: Any, x: Any, w: Any) -> Any:
    return xp.sum(rotated(xp, r, x) * w)


def reprojection(xp: Any, r: Any, centre: Any, camera: Any, x: Any, pixel: Any) -> Any:
    """The squared error of one observation; camera holds the focal length and two coefficients of radial distortion."""
    p = rotated(xp, r, x - centre)
    plane = p[:2] / p[2]
    square = xp.sum(plane * plane)
    seen = camera[0] * plane * (1.0 + camera[1] * square + camera[2] * square**2)
    return xp.sum((seen - pixel) ** 2)


def finger(xp: Any, angles: Any, lengths: Any, target: Any) -> Any:
    """The squared distance of the tip of three bones from a target; each joint bends in the plane, the first also spreads."""
    forward, down, bend = 0.0, 0.0, 0.0
    for i in range(3):
        bend = bend + angles[i]
        forward, down = forward + lengths[i] * xp.cos(bend), down + lengths[i] * xp.sin(bend)
    tip = xp.stack([forward * xp.cos(angles[3]), forward * xp.sin(angles[3]), down])
    return xp.sum((tip - target) ** 2)


def kinematic_chain(xp: Any, angles: Any, w: Any) -> Any:
    """Three rotations about x, y and z by turns, one matrix after the other."""
    total = None
    for i in range(3):
        c, s, one, nil = xp.cos(angles[i]), xp.sin(angles[i]), 1.0 + 0.0 * angles[i], 0.0 * angles[i]
        turn = xp.stack([xp.stack([one, nil, nil]), xp.stack([nil, c, -s]), xp.stack([nil, s, c])])
        turn = xp.roll(turn, (i, i), axis=(0, 1))
        total = turn if total is None else xp.matmul(total, turn)
    return xp.sum(total * w)


def lstm_unrolled(xp: Any, x: Any, a: Any, b: Any) -> Any:
    """Three steps of an LSTM cell with two units; a has the input's weight and two of the state for each gate."""
    h, c = 0.0 * b[0], 0.0 * b[0]
    for t in range(3):
        gates = [a[i, :, 0] * x[t] + xp.matmul(a[i, :, 1:], h) + b[i] for i in range(4)]
        c = xp.sigmoid(gates[0]) * c + xp.sigmoid(gates[1]) * xp.tanh(gates[3])
        h = xp.sigmoid(gates[2]) * xp.tanh(c)
    return xp.sum(h**2)


def k_means(xp: Any, x: Any, centres: Any) -> Any:
    return xp.sum(xp.min(xp.sum((x[:, None, :] - centres[None, :, :]) ** 2, axis=-1), axis=-1))


def k_means_soft(xp: Any, x: Any, centres: Any, sharpness: Any) -> Any:
    distance = xp.sum((x[:, None, :] - centres[None, :, :]) ** 2, axis=-1)
    return -xp.sum(xp.logsumexp(-sharpness * distance, axis=-1)) / sharpness


def ode_euler(xp: Any, x: Any, y: Any, rates: Any) -> Any:
    """Lotka and Volterra's equations, six explicit steps."""
    for _ in range(6):
        x, y = x + 0.125 * x * (rates[0] - rates[1] * y), y + 0.125 * y * (rates[2] * x - rates[3])
    return x * y


def ode_runge_kutta(xp: Any, angle: Any, speed: Any, damping: Any) -> Any:
    """The damped pendulum, two steps of the classical method of order 4."""

    def slope(u: Any) -> Any:
        return xp.stack([u[1], -xp.sin(u[0]) - damping * u[1]])

    u, h = xp.stack([angle, speed]), 0.5
    for _ in range(2):
        a = slope(u)
        b = slope(u + 0.5 * h * a)
        c = slope(u + 0.5 * h * b)
        u = u + h / 6.0 * (a + 2.0 * b + 2.0 * c + slope(u + h * c))
    return u[0] + 0.5 * u[1] ** 2


def orbit_leapfrog(xp: Any, place: Any, speed: Any) -> Any:
    """Three steps about a unit mass at the origin; the energy and the angular momentum at the end."""

    def pull(q: Any) -> Any:
        return -q / xp.sum(q * q) ** 1.5

    for _ in range(3):
        speed = speed + 0.125 * pull(place)
        place = place + 0.25 * speed
        speed = speed + 0.125 * pull(place)
    energy = 0.5 * xp.sum(speed * speed) - 1.0 / xp.sqrt(xp.sum(place * place))
    return energy + place[0] * speed[1] - place[1] * speed[0]


def brusselator(xp: Any, u: Any, v: Any) -> Any:
    """The squared right-hand sides on a ring of points, with diffusion."""

    def diffusion(q: Any) -> Any:
        return xp.roll(q, 1, axis=0) - 2.0 * q + xp.roll(q, -1, axis=0)

    du = 1.0 + u**2 * v - 4.4 * u + 0.5 * diffusion(u)
    dv = 3.4 * u - u**2 * v + 0.25 * diffusion(v)
    return xp.sum(du**2 + dv**2)


def heat_implicit(xp: Any, u: Any, conductivity: Any, identity: Any, flow: Any) -> Any:
    """One implicit step of the heat equation on a rod with cold ends."""
    return xp.sum(xp.solve(identity + conductivity * flow, u) ** 2)


def wave_equation(xp: Any, u: Any, speed: Any) -> Any:
    before, now = u, u
    for _ in range(3):
        bend = now[2:] - 2.0 * now[1:-1] + now[:-2]
        after = 2.0 * now[1:-1] - before[1:-1] + speed**2 * bend
        before, now = now, xp.concat([now[:1], after, now[-1:]], axis=0)
    return xp.sum(now**3)


def logistic_map(xp: Any, x: Any, r: Any) -> Any:
    for _ in range(5):
        x = r * x * (1.0 - x)
    return x


def kepler(xp: Any, mean_anomaly: Any, eccentricity: Any) -> Any:
    """The radius over the semi-major axis, by five steps of Newton's method."""
    e = mean_anomaly
    for _ in range(5):
        e = e - (e - eccentricity * xp.sin(e) - mean_anomaly) / (1.0 - eccentricity * xp.cos(e))
    return 1.0 - eccentricity * xp.cos(e)


def minors(xp: Any, rows: list[Any]) -> Any:
    """The determinant by expansion along the first row."""
    if len(rows) == 1:
        return rows[0][0]
    total = 0.0
    for j in range(len(rows)):
        rest = [[row[k] for k in range(len(rows)) if k != j] for row in rows[1:]]
        total = total + (-1.0) ** j * rows[0][j] * minors(xp, rest)
    return total


def determinant_by_minors(xp: Any, a: Any) -> Any:
    n = a.shape[0]
    return minors(xp, [[a[i, j] for j in range(n)] for i in range(n)])


def speelpenning(xp: Any, v: Any) -> Any:
    product = v[0]
    for i in range(1, 5):
        product = product * v[i]
    return product


def rosenbrock(xp: Any, x: Any) -> Any:
    return xp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def ackley(xp: Any, x: Any) -> Any:
    root = xp.sqrt(xp.mean(x**2))
    waves = xp.mean(xp.cos(2.0 * math.pi * x))
    return -20.0 * xp.exp(-0.2 * root) - xp.exp(waves) + 20.0 + math.e


def beale(xp: Any, x: Any, y: Any) -> Any:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def himmelblau(xp: Any, x: Any, y: Any) -> Any:
    return (x**2 + y - 11.0) ** 2 + (x + y**2 - 7.0) ** 2


def rastrigin(xp: Any, x: Any) -> Any:
    return xp.sum(10.0 + x**2 - 10.0 * xp.cos(2.0 * math.pi * x))


def griewank(xp: Any, x: Any) -> Any:
    return 1.0 + xp.sum(x**2) / 4000.0 - math.prod(xp.cos(x[i] / math.sqrt(i + 1.0)) for i in range(3))


def helmholtz(xp: Any, x: Any, b: Any, a: Any) -> Any:
    """The energy of a mixed fluid after Peng and Robinson, in units of R·T."""
    bx = xp.sum(b * x)
    mixing = xp.matmul(x, xp.matmul(a, x)) / (2.8284271247461903 * bx)
    return xp.sum(x * xp.log(x / (1.0 - bx))) - mixing * xp.log((1.0 + 2.414213562373095 * bx) / (1.0 - 0.414213562373095 * bx))


def lennard_jones(xp: Any, q: Any) -> Any:
    total = 0.0
    for i in range(3):
        for j in range(i):
            inverse = 1.0 / xp.sum((q[i] - q[j]) ** 2)
            total = total + 4.0 * (inverse**6 - inverse**3)
    return total


def ising_chain(xp: Any, coupling: Any, field: Any) -> Any:
    """The logarithm of the partition function of a closed chain of four spins, from transfer matrices."""
    step = xp.stack([xp.stack([coupling + field, -coupling]), xp.stack([-coupling, coupling - field])])
    chain = step
    for _ in range(3):
        chain = xp.logsumexp(chain[:, :, None] + step[None, :, :], axis=1)
    return xp.logaddexp(chain[0, 0], chain[1, 1])


def hill_equation(xp: Any, x: Any, half: Any, n: Any) -> Any:
    return xp.sum(xp.pow(x, n) / (xp.pow(half, n) + xp.pow(x, n)))


def lognormal_density(xp: Any, x: Any, mean: Any, scale: Any) -> Any:
    z = (xp.log(x) - mean) / scale
    return xp.sum(xp.exp(-0.5 * z * z - HALF_LOG_2PI) / (x * scale))


def student_t(xp: Any, x: Any, dof: Any, scale: Any) -> Any:
    z = x / scale
    half = 0.5 * (dof + 1.0)
    constant = xp.lgamma(half) - xp.lgamma(0.5 * dof) - 0.5 * xp.log(math.pi * dof) - xp.log(scale)
    return xp.sum(constant - half * xp.log1p(z * z / dof))


def beta_binomial(xp: Any, a: Any, b: Any, counts: Any) -> Any:
    """Five trials each."""
    return xp.sum(xp.betaln(counts + a, 5.0 - counts + b) - xp.betaln(a, b))


def gumbel(xp: Any, x: Any, place: Any, scale: Any) -> Any:
    z = (x - place) / scale
    return xp.sum(-z - xp.exp(-z) - xp.log(scale))


def dirichlet_multinomial(xp: Any, a: Any, counts: Any) -> Any:
    whole = xp.sum(a)
    return xp.lgamma(whole) - xp.lgamma(whole + xp.sum(counts)) + xp.sum(xp.lgamma(a + counts) - xp.lgamma(a))


def poisson_regression(xp: Any, x: Any, weights: Any, counts: Any) -> Any:
    log_rate = xp.matmul(x, weights)
    return xp.sum(xp.exp(log_rate) - counts * log_rate)


def softmax_regression(xp: Any, x: Any, weights: Any) -> Any:
    return xp.cross_entropy(xp.matmul(x, weights), xp.asarray((1, 0, 2)))


def ridge_regression(xp: Any, x: Any, y: Any, penalty: Any) -> Any:
    """The mean squared residual of the closed-form solution; the penalty is a matrix."""
    gram = xp.matmul(xp.matrix_transpose(x), x) + penalty
    weights = xp.solve(gram, xp.matmul(xp.matrix_transpose(x), y))
    return xp.mean((xp.matmul(x, weights) - y) ** 2)


def cox_partial_likelihood(xp: Any, x: Any, weights: Any) -> Any:
    """All deaths observed, in the order of the rows from the last to the first."""
    risk = xp.matmul(x, weights)
    return xp.sum(risk - xp.log(xp.cumulative_sum(xp.exp(risk), axis=0)))


def matern_likelihood(xp: Any, distance: Any, scale: Any, noise: Any, y: Any) -> Any:
    """The negative log-likelihood of a Gaussian process under the Matérn kernel of order 3/2; noise is a matrix."""
    z = 1.7320508075688772 * distance / scale
    covariance = (1.0 + z) * xp.exp(-z) + noise
    root = xp.cholesky(0.5 * (covariance + xp.matrix_transpose(covariance)))
    white = xp.solve_triangular(root, y[:, None], lower=True)
    return 0.5 * xp.sum(white**2) + xp.sum(xp.log(xp.diagonal(root)))


def arma(xp: Any, x: Any, phi: Any, theta: Any) -> Any:
    """The sum of squared innovations of an ARMA(1, 1) process."""
    shock = x[0]
    total = shock**2
    for t in range(1, 5):
        shock = x[t] - phi * x[t - 1] - theta * shock
        total = total + shock**2
    return total


def garch(xp: Any, x: Any, omega: Any, alpha: Any, beta: Any) -> Any:
    variance = omega / (1.0 - alpha - beta)
    total = 0.0
    for t in range(4):
        total = total + xp.log(variance) + x[t] ** 2 / variance
        variance = omega + alpha * x[t] ** 2 + beta * variance
    return total


def kalman_filter(xp: Any, y: Any, process: Any, noise: Any) -> Any:
    """The negative log-likelihood of a random walk that is seen through noise."""
    mean, variance, total = 0.0, 1.0, 0.0
    for t in range(4):
        predicted = variance + process
        spread = predicted + noise
        error = y[t] - mean
        total = total + 0.5 * (xp.log(spread) + error**2 / spread)
        mean = mean + predicted / spread * error
        variance = predicted * noise / spread
    return total


def hidden_markov(xp: Any, start: Any, move: Any, emit: Any) -> Any:
    """The log-likelihood of the observations 1, 0, 0, 1 by the forward recursion, all from logits."""
    steps, signs = xp.log_softmax(move, axis=-1), xp.log_softmax(emit, axis=-1)
    state = xp.log_softmax(start, axis=-1) + signs[:, 1]
    for seen in (0, 0, 1):
        state = xp.logsumexp(state[:, None] + steps, axis=0) + signs[:, seen]
    return xp.logsumexp(state)


def black_scholes(xp: Any, price: Any, strike: Any, time: Any, volatility: Any, rate: Any) -> Any:
    spread = volatility * xp.sqrt(time)
    d = (xp.log(price / strike) + rate * time) / spread + 0.5 * spread
    return price * xp.ndtr(d) - strike * xp.exp(-rate * time) * xp.ndtr(d - spread)


def sinkhorn(xp: Any, cost: Any) -> Any:
    """The cost of the plan after three rounds of row and column normalisation."""
    log_plan = -2.0 * cost
    for _ in range(3):
        log_plan = log_plan - xp.logsumexp(log_plan, axis=1, keepdims=True)
        log_plan = log_plan - xp.logsumexp(log_plan, axis=0, keepdims=True)
    return xp.sum(xp.exp(log_plan) * cost)


def page_rank(xp: Any, links: Any) -> Any:
    move = links / xp.sum(links, axis=0, keepdims=True)
    rank = 0.0 * links[0] + 1.0 / 3.0
    for _ in range(4):
        rank = 0.05 + 0.85 * xp.matmul(move, rank)
    return rank[0] * rank[1]


def power_iteration(xp: Any, a: Any, v: Any) -> Any:
    for _ in range(3):
        v = xp.matmul(a, v)
        v = v / xp.vector_norm(v)
    return xp.sum(v * xp.matmul(a, v))


def planar_flow(xp: Any, z: Any, u: Any, w: Any, b: Any) -> Any:
    """The log-density of a standard normal sample under the inverse of one planar layer."""
    bend = xp.tanh(xp.sum(w * z) + b)
    stretch = 1.0 + (1.0 - bend**2) * xp.sum(u * w)
    return -0.5 * xp.sum((z + u * bend) ** 2) - xp.log(xp.abs(stretch))


def quaternion_rotation(xp: Any, q: Any, x: Any, w: Any) -> Any:
    """x turned by the quaternion q, which need not be of unit length."""
    turned = xp.cross(q[1:], x)
    double = 2.0 * (q[0] * turned + xp.cross(q[1:], turned)) / xp.sum(q * q)
    return xp.sum((x + double) * w)


def gauss_seidel(xp: Any, a: Any, b: Any) -> Any:
    x = [0.0, 0.0, 0.0]
    for _ in range(3):
        for i in range(3):
            x[i] = (b[i] - sum(a[i, j] * x[j] for j in range(3) if j != i)) / a[i, i]
    return x[0] * x[1] + x[2] ** 2


def bellman_soft(xp: Any, reward: Any, discount: Any) -> Any:
    """Soft value iteration on a ring of states with two moves."""
    value = 0.0 * reward
    for _ in range(4):
        ahead = xp.stack([xp.roll(value, 1, axis=0), xp.roll(value, -1, axis=0)])
        value = reward + discount * xp.logsumexp(ahead, axis=0)
    return xp.sum(value**2)


def implicit_euler(xp: Any, y: Any, rate: Any) -> Any:
    """Two implicit steps of y' = -rate·y³, each by three steps of Newton's method from the step before."""
    for _ in range(2):
        before = y
        for _ in range(3):
            y = y - (y + 0.25 * rate * y**3 - before) / (1.0 + 0.75 * rate * y**2)
    return y


workload = partial(program, family="workload", source=STATISTICS)
benchmark = partial(program, family="workload", source=ADBENCH)
optimisation = partial(program, family="workload", source=OPTIMISATION)
dynamics = partial(program, family="workload", source=DYNAMICS)
series = partial(program, family="workload", source=SERIES)

ORIGIN = (0.0, 0.0, 0.0)
RATES = (0.8, 0.5, 0.4, 0.7)
IDENTITY = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0))
FLOW = ((2.0, -1.0, 0.0, 0.0), (-1.0, 2.0, -1.0, 0.0), (0.0, -1.0, 2.0, -1.0), (0.0, 0.0, -1.0, 2.0))
COUNTS = (0.0, 1.0, 4.0, 2.0)
CLUSTERS = ((0.5, -0.75), (1.75, 2.0), (-1.5, 0.25)), ((0.25, -0.5), (2.0, 1.5))

MIXTURES = (
    benchmark(
        gaussian_mixture,
        "exp log_softmax logsumexp sum",
        {"drawn": (Draw((3, 2), 2.0), draw(2), draw(2, 2), draw(2, 2))},
        {
            "equal_components": (draw(2, 2), (0.0, 0.0), ((0.4, -0.3),) * 2, ((0.0, 0.0),) * 2),
            "one_component": (draw(2, 2), (0.7,), draw(1, 2), draw(1, 2)),
            "far_apart": (((0.0, 0.0), (8.0, 8.0)), (0.4, -0.3), ((0.25, 0.0), (8.0, 7.5)), ((-2.0, -1.0), (-1.0, -2.0))),
        },
    ),
    benchmark(
        gaussian_mixture_full,
        "exp logsumexp sum",
        {"drawn": (Draw((3, 2), 2.0), draw(2), draw(2, 2), draw(2, 2), draw(2))},
        {"no_skew": (draw(3, 2), draw(2), draw(2, 2), draw(2, 2), (0.0, 0.0))},
    ),
    benchmark(
        rotation,
        "cross sin sqrt sum where",
        {"drawn": (draw(3), draw(3), draw(3))},
        {
            "none": (ORIGIN, draw(3), draw(3)),
            "tiny": ((0.003, -0.002, 0.001), draw(3), draw(3)),
            "half_turn": ((0.0, 0.0, math.pi), draw(3), draw(3)),
            "along_axis": ((1.0, -2.0, 2.0), (1.5, -3.0, 3.0), draw(3)),
        },
    ),
    benchmark(
        reprojection,
        "cross sin sqrt sum where",
        {"interior": ((0.3, -0.2, 0.4), (0.1, 0.2, -0.5), (1.5, -0.1, 0.02), (0.7, -0.4, 2.5), (0.6, -0.1))},
        {
            "no_rotation": (ORIGIN, (0.1, 0.2, -0.5), (1.5, -0.1, 0.02), (0.7, -0.4, 2.5), (0.6, -0.1)),
            "exact": (ORIGIN, ORIGIN, (1.0, 0.0, 0.0), (0.5, -0.25, 2.0), (0.25, -0.125)),
            "on_axis": (ORIGIN, ORIGIN, (1.0, 0.5, 0.25), (0.0, 0.0, 4.0), (0.5, -0.25)),
        },
    ),
    benchmark(
        finger,
        "cos sin stack sum",
        {"drawn": (draw(4), (1.2, 0.8, 0.6), draw(3))},
        {
            "straight": ((0.0, 0.0, 0.0, 0.0), (1.2, 0.8, 0.6), (1.0, 0.5, -0.5)),
            "reached": ((0.0,) * 4, (1.0, 1.0, 1.0), (3.0, 0.0, 0.0)),
        },
    ),
    benchmark(
        kinematic_chain,
        "cos matmul roll sin stack sum",
        {"drawn": (draw(3), draw(3, 3))},
        {"none": (ORIGIN, draw(3, 3)), "gimbal_lock": ((0.5, math.pi / 2, -0.25), draw(3, 3))},
    ),
    benchmark(
        lstm_unrolled,
        "matmul sigmoid sum tanh",
        {"drawn": (draw(3), draw(4, 2, 3), draw(4, 2))},
        {"no_input": (ORIGIN, draw(4, 2, 3), draw(4, 2)), "saturated": (Draw((3,), 40.0), draw(4, 2, 3), draw(4, 2))},
    ),
    benchmark(k_means, "min sum", {"clusters": CLUSTERS}, {"on_centres": (((0.25, -0.5), (2.0, 1.5)), CLUSTERS[1])}),
    benchmark(
        k_means_soft,
        "logsumexp sum",
        {"clusters": (*CLUSTERS, 1.5)},
        {
            "on_centres": (((0.25, -0.5), (2.0, 1.5)), CLUSTERS[1], 8.0),
            "equal_centres": (((0.5, 1.0),), ((0.25, -0.5),) * 3, 2.0),
        },
    ),
)

EQUATIONS = (
    dynamics(ode_euler, "", {"interior": (1.5, 0.7, RATES)}, {"at_rest": (1.75, 1.6, RATES), "no_prey": (0.0, 1.5, RATES)}),
    dynamics(
        ode_runge_kutta,
        "sin stack",
        {"interior": (0.75, -0.4, 0.2)},
        {"hanging": (0.0, 0.0, 0.2), "upright": (math.pi, 0.0, 0.0)},
    ),
    dynamics(
        orbit_leapfrog,
        "sqrt sum",
        {"interior": ((0.9, 0.4), (-0.3, 1.1))},
        {"circular": ((1.0, 0.0), (0.0, 1.0)), "released": ((2.0, 0.0), (0.0, 0.0)), "far": ((300.0, 400.0), (0.5, -0.25))},
    ),
    dynamics(
        brusselator,
        "roll sum",
        {"drawn": (draw(4), draw(4))},
        {"at_rest": ((1.0,) * 4, (3.4,) * 4), "zero": ((0.0,) * 4, (0.0,) * 4)},
    ),
    dynamics(
        heat_implicit,
        "solve sum",
        {"drawn": (draw(4), 0.75, IDENTITY, FLOW)},
        {
            "no_flow": (draw(4), 0.0, IDENTITY, FLOW),
            "cold": ((0.0,) * 4, 0.75, IDENTITY, FLOW),
            "fast": (draw(4), 100.0, IDENTITY, FLOW),
        },
    ),
    dynamics(
        wave_equation,
        "concat sum",
        {"drawn": (draw(6), 0.7)},
        {"still": (draw(6), 0.0), "flat": ((0.5,) * 6, 0.7), "unit": (draw(6), 1.0)},
    ),
    dynamics(
        implicit_euler, "", {"interior": (0.9, 1.3), "negative": (-0.6, 0.5)}, {"zero": (0.0, 1.3), "no_rate": (0.9, 0.0)}
    ),
    dynamics(
        logistic_map,
        "",
        {"interior": (0.3, 2.9), "chaotic": (0.6, 3.8)},
        {"zero": (0.0, 3.5), "half": (0.5, 2.0), "fixed": (0.75, 4.0), "one": (1.0, 3.0)},
        source="May 1976, five steps",
    ),
    dynamics(
        kepler,
        "cos sin",
        {"interior": (0.9, 0.4), "elongated": (2.2, 0.8)},
        {"circular": (0.9, 0.0), "pericentre": (0.0, 0.4), "apocentre": (math.pi, 0.3)},
        source="Danby, Fundamentals of Celestial Mechanics, section 6.6",
    ),
)

MATRIX = {
    "identity": (((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),),
    "rank_two": (((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), (7.0, 8.0, 9.0)),),
    "rank_one": (((1.0, 2.0, 3.0), (2.0, 4.0, 6.0), (-1.0, -2.0, -3.0)),),
    "zero": ((ORIGIN, ORIGIN, ORIGIN),),
}
ALGEBRA = (
    benchmark(determinant_by_minors, "", {"drawn": (draw(3, 3),), "four": (draw(4, 4),), "one": (((0.7,),),)}, MATRIX),
    workload(
        speelpenning,
        "",
        {"drawn": (draw(5),)},
        {
            "one_zero": ((0.5, 0.0, 2.0, -1.5, 3.0),),
            "two_zeros": ((0.5, 0.0, 2.0, 0.0, 3.0),),
            "three_zeros": ((0.0, 0.0, 2.0, 0.0, 3.0),),
        },
        source="Griewank, Walther, Evaluating Derivatives, section 3.3",
    ),
    workload(
        power_iteration,
        "matmul sum vector_norm",
        {"drawn": (((2.0, 0.5, -0.25), (0.5, 1.0, 0.75), (-0.25, 0.75, 1.5)), draw(3))},
        {"eigenvector": (((2.0, 0.0), (0.0, 0.5)), (1.0, 0.0))},
        source="Golub, Van Loan, Matrix Computations, section 8.2",
    ),
    workload(
        gauss_seidel,
        "",
        {"dominant": (((3.0, 0.5, -0.25), (0.75, 4.0, 1.0), (-0.5, 1.25, 3.5)), draw(3))},
        {
            "diagonal": (((2.0, 0.0, 0.0), (0.0, 4.0, 0.0), (0.0, 0.0, -0.5)), (1.0, 2.0, -1.0)),
            "zero": (((3.0, 0.5, -0.25), (0.75, 4.0, 1.0), (-0.5, 1.25, 3.5)), ORIGIN),
        },
        source="Golub, Van Loan, Matrix Computations, section 11.2",
    ),
    workload(
        page_rank,
        "matmul sum",
        {"interior": (((0.2, 0.5, 0.9), (0.7, 0.3, 0.4), (0.6, 0.8, 0.1)),)},
        {"equal": (((1.0, 1.0, 1.0),) * 3,), "dangling": (((0.0, 1.0, 0.0), (1.0, 0.0, 1.0), (0.0, 1.0, 0.0)),)},
        source="Brin, Page 1998",
    ),
    workload(
        sinkhorn,
        "exp logsumexp sum",
        {"drawn": (draw(3, 3),)},
        {"equal": (((0.5,) * 3,) * 3,), "sharp": (Draw((3, 3), 20.0),)},
        source="Cuturi 2013",
    ),
    workload(
        quaternion_rotation,
        "cross sum",
        {"drawn": (draw(4), draw(3), draw(3))},
        {"none": ((1.0, 0.0, 0.0, 0.0), draw(3), draw(3)), "half_turn": ((0.0, 0.0, 2.0, 0.0), draw(3), draw(3))},
        source="Shoemake 1985",
    ),
)

LANDSCAPES = (
    optimisation(
        rosenbrock,
        "sum",
        {"drawn": (draw(4),), "two": ((-1.2, 1.0),)},
        {"minimum": ((1.0, 1.0, 1.0),), "zero": ((0.0, 0.0, 0.0),), "singular_hessian": ((0.0, 0.005),)},
    ),
    optimisation(
        ackley, "cos exp mean sqrt", {"drawn": (Draw((3,), 2.0),)}, {"integers": ((1.0, -2.0),), "far": ((25.0, -32.0),)}
    ),
    optimisation(beale, "", {"interior": (1.3, 0.4)}, {"minimum": (3.0, 0.5), "saddle": (0.0, 1.0), "corner": (-4.5, 4.5)}),
    optimisation(himmelblau, "", {"interior": (1.3, 0.4)}, {"minimum": (3.0, 2.0), "zero": (0.0, 0.0)}),
    optimisation(rastrigin, "cos sum", {"drawn": (Draw((3,), 2.0),)}, {"minimum": (ORIGIN,), "halves": ((0.5, -1.5, 2.5),)}),
    optimisation(griewank, "cos sum", {"drawn": (Draw((3,), 4.0),)}, {"minimum": (ORIGIN,), "far": ((200.0, -300.0, 60.0),)}),
    benchmark(
        helmholtz,
        "log matmul sum",
        {"interior": ((0.2, 0.3, 0.15), (0.4, 0.6, 0.5), draw(3, 3))},
        {
            "dilute": ((0.002, 0.003, 0.001), (0.4, 0.6, 0.5), draw(3, 3)),
            "no_attraction": ((0.2, 0.3), (0.4, 0.6), ((0.0, 0.0),) * 2),
        },
        source="Griewank, Walther, Evaluating Derivatives, section 2.2",
    ),
    workload(
        lennard_jones,
        "sum",
        {"interior": (((0.0, 0.1, 0.0), (1.1, 0.2, -0.1), (0.4, 1.2, 0.3)),)},
        {
            "unit_distances": ((ORIGIN, (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)),),
            "far": ((ORIGIN, (5.0, 0.0, 0.0), (0.0, -6.0, 0.0)),),
        },
        source="Frenkel, Smit, Understanding Molecular Simulation, chapter 3",
    ),
    workload(
        ising_chain,
        "logaddexp logsumexp stack",
        {"interior": (0.45, 0.2), "opposed": (-0.8, 0.35)},
        {"free": (0.0, 0.0), "no_field": (0.45, 0.0), "frozen": (20.0, 5.0)},
        source="Baxter, Exactly Solved Models in Statistical Mechanics, section 2.1",
    ),
    workload(
        hill_equation,
        "pow sum",
        {"interior": ((0.4, 1.3, 2.6), 0.9, 2.3)},
        {"at_half": ((1.0, 2.0), 1.0, 1.0), "steep": ((0.5, 2.0), 1.0, 12.0)},
        source="Hill 1910",
    ),
)

DENSITIES = (
    workload(
        lognormal_density,
        "exp log sum",
        {"interior": ((0.4, 1.3, 2.6), 0.2, 0.7)},
        {"one": ((1.0,), 0.0, 1.0), "tails": ((0.01, 60.0), 0.0, 1.0)},
    ),
    workload(
        student_t,
        "lgamma log log1p sum",
        {"interior": ((-1.3, 0.4, 2.6), 3.5, 0.7)},
        {
            "cauchy": ((0.0, 1.0), 1.0, 1.0),
            "centre": ((0.0,), 4.0, 2.0),
            "tails": ((50.0, -200.0), 2.5, 0.5),
            "nearly_normal": ((0.5,), 1000.0, 1.0),
        },
    ),
    workload(
        beta_binomial,
        "betaln sum",
        {"interior": (0.7, 2.3, COUNTS)},
        {"uniform": (1.0, 1.0, COUNTS), "halves": (0.5, 0.5, COUNTS), "peaked": (40.0, 60.0, COUNTS)},
    ),
    workload(
        dirichlet_multinomial,
        "lgamma sum",
        {"interior": ((0.7, 2.3, 0.4, 1.2), COUNTS)},
        {"uniform": ((1.0,) * 4, COUNTS), "no_data": ((0.5, 1.5), (0.0, 0.0)), "peaked": ((30.0, 60.0), (2.0, 5.0))},
    ),
    workload(
        gumbel,
        "exp log sum",
        {"interior": ((-1.3, 0.4, 2.6), 0.3, 0.7)},
        {"mode": ((0.5,), 0.5, 1.0), "tails": ((-4.0, 60.0), 0.0, 1.0)},
    ),
    workload(
        planar_flow,
        "abs log sum tanh",
        {"interior": ((0.4, -0.7), (0.6, 0.3), (0.5, -0.4), 0.2)},
        {"no_bend": ((0.4, -0.7), (0.0, 0.0), (0.5, -0.4), 0.2), "saturated": ((9.0, -9.0), (0.6, 0.3), (4.0, -4.0), 0.2)},
        source="Rezende, Mohamed 2015, equation 10",
    ),
    workload(
        black_scholes,
        "exp log ndtr sqrt",
        {"interior": (1.1, 0.9, 0.75, 0.3, 0.04)},
        {
            "at_the_money": (1.0, 1.0, 1.0, 0.25, 0.0),
            "out_of_the_money": (0.5, 2.0, 0.25, 0.4, 0.02),
            "in_the_money": (4.0, 1.0, 0.25, 0.4, 0.02),
            "short": (1.05, 1.0, 0.004, 0.2, 0.02),
        },
        source="Black, Scholes 1973, equation 13",
    ),
)

REGRESSIONS = (
    workload(
        poisson_regression,
        "exp matmul sum",
        {"drawn": (draw(4, 3), draw(3), COUNTS)},
        {"zero": (draw(4, 3), ORIGIN, COUNTS), "no_data": (draw(4, 3), draw(3), (0.0,) * 4)},
    ),
    workload(
        softmax_regression,
        "asarray cross_entropy matmul",
        {"drawn": (draw(3, 2), draw(2, 3))},
        {"zero": (draw(3, 2), (ORIGIN, ORIGIN)), "saturated": (Draw((3, 2), 20.0), Draw((2, 3), 8.0))},
    ),
    workload(
        ridge_regression,
        "matmul matrix_transpose mean solve",
        {"drawn": (draw(4, 2), draw(4), ((0.5, 0.0), (0.0, 0.5)))},
        {
            "no_penalty": (((1.0, 0.5), (-0.75, 2.0), (0.25, -1.0)), draw(3), ((0.0, 0.0), (0.0, 0.0))),
            "exact_fit": (((2.0, 0.0), (0.0, 4.0)), (1.0, -2.0), ((0.0, 0.0), (0.0, 0.0))),
            "equal_columns": (((0.5, 0.5), (-1.0, -1.0), (2.0, 2.0)), draw(3), ((1.0, 0.0), (0.0, 1.0))),
        },
    ),
    workload(
        cox_partial_likelihood,
        "cumulative_sum exp log matmul sum",
        {"drawn": (draw(5, 2), draw(2))},
        {"zero": (draw(5, 2), (0.0, 0.0)), "one": (draw(1, 2), draw(2))},
        source="Cox 1972",
    ),
    workload(
        matern_likelihood,
        "cholesky diagonal exp log matrix_transpose solve_triangular sum",
        {
            "interior": (
                ((0.0, 0.5, 1.25), (0.5, 0.0, 0.75), (1.25, 0.75, 0.0)),
                0.7,
                ((0.2, 0.0, 0.0), (0.0, 0.3, 0.0), (0.0, 0.0, 0.1)),
                draw(3),
            )
        },
        {
            "no_noise": (((0.0, 1.5), (1.5, 0.0)), 0.7, ((0.0, 0.0), (0.0, 0.0)), draw(2)),
            "no_data": (((0.0, 0.5), (0.5, 0.0)), 0.7, ((0.25, 0.0), (0.0, 0.25)), (0.0, 0.0)),
        },
        source="Rasmussen, Williams 2006, equations 2.30 and 4.17",
    ),
)

SEQUENCES = (
    series(
        arma,
        "",
        {"drawn": (draw(5), 0.6, 0.3)},
        {"white": (draw(5), 0.0, 0.0), "silent": ((0.0,) * 5, 0.6, 0.3), "unit_root": (draw(5), 1.0, -1.0)},
    ),
    series(
        garch,
        "log",
        {"drawn": (draw(4), 0.2, 0.15, 0.7)},
        {"constant": (draw(4), 0.5, 0.0, 0.0), "silent": ((0.0,) * 4, 0.2, 0.15, 0.7)},
    ),
    series(
        kalman_filter,
        "log",
        {"drawn": (draw(4), 0.3, 0.7)},
        {"still": (draw(4), 0.0, 0.7), "exact": (draw(4), 0.3, 0.0), "silent": ((0.0,) * 4, 0.3, 0.7)},
    ),
    series(
        hidden_markov,
        "log_softmax logsumexp",
        {"drawn": (draw(2), draw(2, 2), draw(2, 2)), "three": (draw(3), draw(3, 3), draw(3, 2))},
        {
            "uniform": ((0.0, 0.0), ((0.0, 0.0),) * 2, ((0.0, 0.0),) * 2),
            "certain": ((40.0, -40.0), ((30.0, -30.0), (-30.0, 30.0)), ((1.0, 2.0), (-20.0, 20.0))),
        },
    ),
    series(
        bellman_soft,
        "logsumexp roll stack sum",
        {"drawn": (draw(5), 0.7)},
        {"no_reward": ((0.0,) * 4, 0.7), "myopic": (draw(4), 0.0), "far_apart": ((30.0, -30.0, 0.0, 15.0), 0.9)},
        source="Ziebart 2010, section 6.2",
    ),
)

CASES: tuple[Case, ...] = (*MIXTURES, *EQUATIONS, *ALGEBRA, *LANDSCAPES, *DENSITIES, *REGRESSIONS, *SEQUENCES)
