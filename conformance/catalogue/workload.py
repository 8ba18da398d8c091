"""The workloads on which automatic differentiation is usually shown, in small: statistics, vision, physics, numerics, finance.

Constants that belong to a workload are written in it; what is differentiated are the arguments. Points where the function is smooth
although its formula is delicate (no rotation, a singular matrix, a circular orbit, no data) are asked beside the usual ones.
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
SPINS = (0.5, -1.0, 0.25, 0.75)
COUNTS = (0.0, 1.0, 4.0, 2.0)


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
    place, bend = xp.stack([0.0 * lengths[0], 0.0 * lengths[0]]), 0.0
    for i in range(3):
        bend = bend + angles[i]
        place = place + lengths[i] * xp.stack([xp.cos(bend), xp.sin(bend)])
    tip = xp.stack([place[0] * xp.cos(angles[3]), place[0] * xp.sin(angles[3]), place[1]])
    return xp.sum((tip - target) ** 2)


def kinematic_chain(xp: Any, angles: Any, w: Any) -> Any:
    """Three rotations about x, y and z by turns, one matrix after the other."""
    total = None
    for i in range(3):
        c, s, one, nil = xp.cos(angles[i]), xp.sin(angles[i]), 1.0 + 0.0 * angles[i], 0.0 * angles[i]
        turn = xp.stack([xp.stack([one, nil, nil]), xp.stack([nil, c, -s]), xp.stack([nil, s, c])])
        turn = xp.roll(turn, (i, i), (0, 1))
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


def heat_implicit(xp: Any, u: Any, conductivity: Any) -> Any:
    """One implicit step of the heat equation on a rod with cold ends."""
    flow = 2.0 * xp.eye(4) - xp.eye(4, k=1) - xp.eye(4, k=-1)
    return xp.sum(xp.solve(xp.eye(4) + conductivity * flow, u) ** 2)


def wave_equation(xp: Any, u: Any, speed: Any) -> Any:
    before, now = u, u
    for _ in range(3):
        bend = now[2:] - 2.0 * now[1:-1] + now[:-2]
        after = 2.0 * now[1:-1] - before[1:-1] + speed**2 * bend
        before, now = now, xp.concat([now[:1], after, now[-1:]])
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
    return 1.0 + xp.sum(x**2) / 4000.0 - xp.prod(xp.cos(x / xp.sqrt(xp.arange(3) + 1.0)))


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
    return xp.sum(x**3 / (half**3 + x**3)) * xp.exp(n * xp.log(half))


def lognormal_density(xp: Any, x: Any, mean: Any, scale: Any) -> Any:
    z = (xp.log(x) - mean) / scale
    return xp.sum(xp.exp(-0.5 * z * z - HALF_LOG_2PI) / (x * scale))


def student_t(xp: Any, x: Any, dof: Any, scale: Any) -> Any:
    z = x / scale
    half = 0.5 * (dof + 1.0)
    constant = xp.lgamma(half) - xp.lgamma(0.5 * dof) - 0.5 * xp.log(math.pi * dof) - xp.log(scale)
    return xp.sum(constant - half * xp.log1p(z * z / dof))


def beta_binomial(xp: Any, a: Any, b: Any) -> Any:
    counts = xp.asarray(COUNTS)
    return xp.sum(xp.betaln(counts + a, 5.0 - counts + b) - xp.betaln(a, b))


def gumbel(xp: Any, x: Any, place: Any, scale: Any) -> Any:
    z = (x - place) / scale
    return xp.sum(-z - xp.exp(-z) - xp.log(scale))


def dirichlet_multinomial(xp: Any, a: Any) -> Any:
    counts = xp.asarray(COUNTS)
    whole = xp.sum(a)
    return xp.lgamma(whole) - xp.lgamma(whole + 7.0) + xp.sum(xp.lgamma(a + counts) - xp.lgamma(a))


def poisson_regression(xp: Any, x: Any, weights: Any) -> Any:
    log_rate = xp.matmul(x, weights)
    return xp.sum(xp.exp(log_rate) - xp.asarray(COUNTS) * log_rate)


def softmax_regression(xp: Any, x: Any, weights: Any) -> Any:
    return xp.cross_entropy(xp.matmul(x, weights), xp.asarray((1, 0, 2)))


def ridge_regression(xp: Any, x: Any, y: Any, penalty: Any) -> Any:
    """The mean squared residual of the closed-form solution."""
    gram = xp.matmul(xp.matrix_transpose(x), x) + penalty * xp.eye(2)
    weights = xp.solve(gram, xp.matmul(xp.matrix_transpose(x), y))
    return xp.mean((xp.matmul(x, weights) - y) ** 2)


def cox_partial_likelihood(xp: Any, x: Any, weights: Any) -> Any:
    """All deaths observed, in the order of the rows from the last to the first."""
    risk = xp.matmul(x, weights)
    return xp.sum(risk - xp.log(xp.cumulative_sum(xp.exp(risk))))


def matern_likelihood(xp: Any, scale: Any, noise: Any, y: Any) -> Any:
    """The negative log-likelihood of a Gaussian process at three places under the Matérn kernel with ν = 3/2."""
    distance = xp.asarray(((0.0, 0.5, 1.25), (0.5, 0.0, 0.75), (1.25, 0.75, 0.0))) * 1.7320508075688772 / scale
    covariance = (1.0 + distance) * xp.exp(-distance) + noise * xp.eye(3)
    root = xp.cholesky(covariance)
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
    rank = xp.ones(3) / 3.0
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
    """Four implicit steps of y' = -rate·y³, each by four steps of Newton's method from the step before."""
    for _ in range(4):
        before = y
        for _ in range(4):
            y = y - (y + 0.25 * rate * y**3 - before) / (1.0 + 0.75 * rate * y**2)
    return y


statistics = partial(program, family="workload", source=STATISTICS)
