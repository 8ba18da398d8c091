"""Losses: classification, regression, probabilistic and metric ones, with confident and saturated predictions.

Where the vocabulary has the loss, it is called (it takes the mean); otherwise it is written out. Piecewise losses are asked
away from their edges, in any format; targets and labels of exactly 0 and 1, and residuals of 0, are smooth points of most.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conformance.case import Case, Draw
from conformance.catalogue.rows import draw, program

LOSSES = "Murphy, Probabilistic Machine Learning: An Introduction, chapters 5, 10 and 11"
LABELS = (2, 0)
LOG_2 = 0.6931471805599453
HALF_LOG_2PI = 0.9189385332046727
ROOT_PI = 1.772453850905516
ROOT_2PI = 2.5066282746310002


def cross_entropy(xp: Any, x: Any) -> Any:
    return xp.cross_entropy(x, xp.asarray(LABELS))


def cross_entropy_one_class(xp: Any, x: Any) -> Any:
    return xp.cross_entropy(x, xp.asarray((0, 0)))


def cross_entropy_soft_target(xp: Any, x: Any, target: Any) -> Any:
    return -xp.mean(xp.sum(target * xp.log_softmax(x, axis=-1), axis=-1))


def cross_entropy_smoothed(xp: Any, x: Any) -> Any:
    log_p = xp.log_softmax(x, axis=-1)
    picked = xp.take_along_axis(log_p, xp.asarray(((2,), (0,))), axis=-1)
    return -0.9 * xp.mean(picked) - 0.1 * xp.mean(log_p)


def cross_entropy_weighted(xp: Any, x: Any, weights: Any) -> Any:
    picked = xp.take_along_axis(xp.log_softmax(x, axis=-1), xp.asarray(((2,), (0,), (2,))), axis=-1)[:, 0]
    chosen = xp.take(weights, xp.asarray((2, 0, 2)))
    return -xp.sum(chosen * picked) / xp.sum(chosen)


def negative_log_likelihood(xp: Any, log_p: Any) -> Any:
    return -xp.mean(xp.take_along_axis(log_p, xp.asarray(((2,), (0,))), axis=-1))


def bce_with_logits(xp: Any, x: Any, y: Any) -> Any:
    return xp.binary_cross_entropy_with_logits(x, y)


def bce_weighted(xp: Any, x: Any, y: Any, weight: Any) -> Any:
    return -xp.mean(weight * y * xp.log_sigmoid(x) + (1.0 - y) * xp.log_sigmoid(-x))


def bce(xp: Any, p: Any, y: Any) -> Any:
    return xp.binary_cross_entropy(p, y)


def focal(xp: Any, x: Any) -> Any:
    return -xp.mean((1.0 - xp.sigmoid(x)) ** 2 * xp.log_sigmoid(x))


def soft_margin(xp: Any, x: Any, y: Any) -> Any:
    return xp.mean(xp.softplus(-x * y))


def ctc(xp: Any, x: Any) -> Any:
    return xp.ctc_loss(xp.log_softmax(x, axis=-1), (1, 2))


def ctc_repeated_label(xp: Any, x: Any) -> Any:
    return xp.ctc_loss(xp.log_softmax(x, axis=-1), (1, 1))


def ctc_of_scores(xp: Any, x: Any) -> Any:
    """Of rows whose exponentials need not add up to 1."""
    return xp.ctc_loss_of_scores(x, (1, 2))


def hinge(xp: Any, x: Any, y: Any) -> Any:
    return xp.mean(xp.relu(1.0 - x * y))


def squared_hinge(xp: Any, x: Any, y: Any) -> Any:
    return xp.mean(xp.relu(1.0 - x * y) ** 2)


def hinge_multiclass(xp: Any, x: Any) -> Any:
    right = xp.take_along_axis(x, xp.asarray(((2,), (0,))), axis=-1)
    return xp.mean(xp.sum(xp.relu(1.0 + x - right), axis=-1) - 1.0)


def exponential_loss(xp: Any, x: Any, y: Any) -> Any:
    return xp.mean(xp.exp(-x * y))


def dice(xp: Any, x: Any, y: Any) -> Any:
    p = xp.sigmoid(x)
    return 1.0 - (2.0 * xp.sum(p * y) + 1.0) / (xp.sum(p) + xp.sum(y) + 1.0)


def mse(xp: Any, x: Any, y: Any) -> Any:
    return xp.mse_loss(x, y)


def mse_with_penalty(xp: Any, weights: Any, x: Any, y: Any) -> Any:
    return xp.mse_loss(xp.matmul(x, weights), y) + 0.5 * xp.sum(weights**2)


def mean_squared_log_error(xp: Any, x: Any, y: Any) -> Any:
    return xp.mean((xp.log1p(x) - xp.log1p(y)) ** 2)


def l1(xp: Any, x: Any, y: Any) -> Any:
    return xp.l1_loss(x, y)


def huber(xp: Any, x: Any, y: Any) -> Any:
    return xp.huber_loss(x, y)


def huber_narrow(xp: Any, x: Any, y: Any) -> Any:
    return xp.huber_loss(x, y, delta=0.5)


def smooth_l1(xp: Any, x: Any, y: Any) -> Any:
    r = xp.abs(x - y)
    return xp.mean(xp.where(r < 0.5, r * r, r - 0.25))


def log_cosh(xp: Any, x: Any, y: Any) -> Any:
    r = x - y
    return xp.mean(r + xp.softplus(-2.0 * r) - LOG_2)


def charbonnier(xp: Any, x: Any, y: Any) -> Any:
    return xp.mean(xp.sqrt((x - y) ** 2 + 0.0625))


def quantile(xp: Any, x: Any, y: Any) -> Any:
    r = y - x
    return xp.mean(xp.where(r > 0.0, 0.75 * r, -0.25 * r))


def kl_divergence(xp: Any, log_q: Any, p: Any) -> Any:
    return xp.sum(p * (xp.log(p) - log_q))


def kl_of_logits(xp: Any, x: Any, y: Any) -> Any:
    log_p, log_q = xp.log_softmax(x, axis=-1), xp.log_softmax(y, axis=-1)
    return xp.sum(xp.exp(log_p) * (log_p - log_q))


def jensen_shannon(xp: Any, p: Any, q: Any) -> Any:
    middle = 0.5 * (p + q)
    return 0.5 * xp.sum(xp.rel_entr(p, middle) + xp.rel_entr(q, middle))


def kl_of_gaussians(xp: Any, mean: Any, log_variance: Any) -> Any:
    return 0.5 * xp.sum(mean**2 + xp.expm1(log_variance) - log_variance)


def gaussian_nll(xp: Any, mean: Any, variance: Any, y: Any) -> Any:
    return xp.mean(0.5 * (xp.log(variance) + (y - mean) ** 2 / variance) + HALF_LOG_2PI)


def poisson_nll(xp: Any, log_rate: Any, y: Any) -> Any:
    return xp.mean(xp.exp(log_rate) - y * log_rate + xp.lgamma(y + 1.0))


def gamma_nll(xp: Any, shape: Any, rate: Any, y: Any) -> Any:
    return xp.mean(xp.lgamma(shape) - xp.xlogy(shape, rate) - xp.xlogy(shape - 1.0, y) + rate * y)


def crps_gaussian(xp: Any, mean: Any, scale: Any, y: Any) -> Any:
    z = (y - mean) / scale
    density = xp.exp(-0.5 * z * z) / ROOT_2PI
    return xp.mean(scale * (z * (2.0 * xp.ndtr(z) - 1.0) + 2.0 * density - 1.0 / ROOT_PI))


def cosine_distance(xp: Any, x: Any, y: Any) -> Any:
    return 1.0 - xp.sum(x * y) / (xp.vector_norm(x) * xp.vector_norm(y))


def triplet(xp: Any, anchor: Any, positive: Any, negative: Any) -> Any:
    return xp.relu(xp.vector_norm(anchor - positive) - xp.vector_norm(anchor - negative) + 1.0)


def triplet_squared(xp: Any, anchor: Any, positive: Any, negative: Any) -> Any:
    return xp.relu(xp.sum((anchor - positive) ** 2) - xp.sum((anchor - negative) ** 2) + 8.0)


def contrastive(xp: Any, x: Any, y: Any) -> Any:
    similarity = 2.0 * xp.matmul(x, xp.matrix_transpose(y))
    return xp.mean(xp.logsumexp(similarity, axis=-1) - xp.diagonal(similarity))


def pairwise_ranking(xp: Any, x: Any) -> Any:
    return -xp.mean(xp.log_sigmoid(x[1:] - x[:-1]))


def total_variation(xp: Any, x: Any) -> Any:
    return xp.sum(xp.sqrt((x[1:] - x[:-1]) ** 2 + 0.0625))


def task_uncertainty(xp: Any, losses: Any, s: Any) -> Any:
    return xp.sum(xp.exp(-s) * losses + s)


loss = partial(program, family="loss", source=LOSSES)


SIGNS = (1.0, -1.0, 1.0, -1.0)
SCORES = (-2.3, 0.75, 0.42, 1.6)
LOGITS = {"drawn": (draw(2, 3),), "wide": (Draw((2, 3), 4.0),)}
EXTREME_LOGITS = {
    "equal": (((1.0, 1.0, 1.0), (0.0, 0.0, 0.0)),),
    "confident_right": (((-9.0, -8.0, 10.0), (11.0, -7.0, 0.0)),),
    "confident_wrong": (((10.0, -8.0, -9.0), (-7.0, 11.0, 0.0)),),
    "saturated_right": (((-100.0, 0.0, 100.0), (300.0, -300.0, 0.0)),),
    "saturated_wrong": (((100.0, 0.0, -100.0), (-300.0, 300.0, 0.0)),),
    "shifted": (((1000.0, 1001.0, 998.0), (-1000.0, -1001.0, -998.0)),),
    "at_1e30": (((1e30, 0.0, -1e30), (-1e30, 1e30, 0.0)),),
}
MARGINS = {"both_sides": (SCORES, SIGNS), "outside": ((2.5, -3.0, 0.25), (1.0, -1.0, -1.0))}
SATURATED = {
    "zero": ((0.0, 0.0), (1.0, -1.0)),
    "right": ((60.0, -80.0), (1.0, -1.0)),
    "wrong": ((60.0, -80.0), (-1.0, 1.0)),
    "at_1e30": ((1e30, 1e30), (1.0, -1.0)),
}

CLASSIFICATION = (
    loss(cross_entropy, "asarray cross_entropy", LOGITS, EXTREME_LOGITS),
    loss(cross_entropy_one_class, "asarray cross_entropy", {"drawn": (draw(2, 1),)}, {"zero": (((0.0,), (0.0,)),)}),
    loss(
        cross_entropy_soft_target,
        "log_softmax mean sum",
        {"interior": (draw(2, 3), ((0.2, 0.5, 0.3), (0.6, 0.1, 0.3)))},
        {
            "one_hot": (draw(2, 3), ((0.0, 1.0, 0.0), (0.0, 0.0, 1.0))),
            "saturated": (((0.0, 100.0, -100.0), (300.0, 0.0, -300.0)), ((0.0, 1.0, 0.0), (0.25, 0.5, 0.25))),
        },
    ),
    loss(cross_entropy_smoothed, "asarray log_softmax mean take_along_axis", LOGITS, EXTREME_LOGITS),
    loss(
        cross_entropy_weighted,
        "asarray log_softmax sum take take_along_axis",
        {"drawn": (draw(3, 3), (0.5, 1.5, 0.8))},
        {"ignored_class": (draw(3, 3), (0.0, 1.0, 2.0)), "saturated": (Draw((3, 3), 80.0), (0.5, 1.5, 0.8))},
    ),
    loss(negative_log_likelihood, "asarray mean take_along_axis", {"drawn": (draw(2, 3),)}, {"zero": (((0.0,) * 3,) * 2,)}),
    loss(
        bce_with_logits,
        "binary_cross_entropy_with_logits",
        {"interior": (SCORES, (0.2, 0.9, 0.5, 0.75)), "labels": (SCORES, (0.0, 1.0, 1.0, 0.0))},
        {
            "zero": ((0.0, 0.0, 0.0), (0.0, 0.5, 1.0)),
            "confident_right": ((15.0, -15.0), (1.0, 0.0)),
            "saturated_right": ((80.0, -80.0), (1.0, 0.0)),
            "saturated_wrong": ((80.0, -80.0), (0.0, 1.0)),
            "far": ((1000.0, -1000.0), (0.0, 1.0)),
            "at_1e30": ((1e30, -1e30, 1e30, -1e30), (0.0, 1.0, 1.0, 0.0)),
            "at_1em30": ((1e-30, -1e-30), (0.0, 1.0)),
        },
    ),
    loss(
        bce_weighted,
        "log_sigmoid mean",
        {"interior": (SCORES, (0.2, 0.9, 0.5, 0.75), 3.0)},
        {"zero": ((0.0, 0.0), (0.0, 1.0), 3.0), "saturated": ((80.0, -80.0, -80.0), (1.0, 0.0, 1.0), 3.0)},
    ),
    loss(
        bce,
        "binary_cross_entropy",
        {"interior": ((0.1, 0.3, 0.7, 0.9), (0.2, 0.9, 0.5, 0.75)), "labels": ((0.1, 0.3, 0.7, 0.9), (0.0, 1.0, 1.0, 0.0))},
        {
            "half": ((0.5, 0.5), (0.0, 1.0)),
            "confident": ((0.001, 0.984375), (0.0, 1.0)),
            "wrong": ((0.001, 0.984375), (1.0, 0.0)),
        },
    ),
    loss(
        focal,
        "log_sigmoid mean sigmoid",
        {"interior": (SCORES,)},
        {"zero": ((0.0,),), "right": ((10.0,),), "wrong": ((-20.0,),), "saturated": ((80.0, -80.0),)},
        source="Lin et al. 2017, equation 4",
    ),
    loss(soft_margin, "mean softplus", MARGINS, SATURATED),
    loss(hinge, "mean relu", MARGINS, SATURATED),
    loss(squared_hinge, "mean relu", MARGINS, SATURATED),
    loss(
        hinge_multiclass,
        "asarray mean relu sum take_along_axis",
        {"interior": (((0.5, -1.25, 0.75), (2.5, 0.25, 2.0)),)},
        {"all_right": (((-2.0, -3.0, 4.0), (9.0, 1.0, 2.0)),), "equal": (((1.0, 1.0, 1.0), (0.0, 0.0, 0.0)),)},
    ),
    loss(exponential_loss, "exp mean", MARGINS, {"zero": ((0.0, 0.0), (1.0, -1.0)), "wrong": ((8.0, -9.0), (-1.0, 1.0))}),
    loss(
        dice,
        "sigmoid sum",
        {"interior": (SCORES, (0.0, 1.0, 1.0, 0.0))},
        {"empty": ((-20.0, -30.0), (0.0, 0.0)), "perfect": ((30.0, -30.0), (1.0, 0.0)), "zero": ((0.0, 0.0), (1.0, 0.0))},
        source="Milletari et al. 2016, section 3, with logits",
    ),
)

EXTREMES = {"at_1e30": ((1e30, -2e30), (3e29, 1e30)), "at_1em30": ((1e-30, -2e-30), (3e-31, 1e-30))}
PAIR = ((0.42, -0.75, 1.6, 2.25), (0.3, 0.9, -1.1, 2.0))
REGRESSION = (
    loss(ctc, "ctc_loss log_softmax", {"t3_c3": (draw(3, 3),), "t4_c4": (draw(4, 4),)}, {"one_way": (draw(2, 3),)}),
    loss(ctc_repeated_label, "ctc_loss log_softmax", {"t4_c3": (draw(4, 3),)}, {"one_way": (draw(3, 2),)}),
    loss(ctc_of_scores, "ctc_loss_of_scores", {"t3_c3": (draw(3, 3),)}, {"one_way": (draw(2, 3),)}),
    loss(
        mse,
        "mse_loss",
        {"interior": PAIR, "matrix": (draw(2, 3), draw(2, 3))},
        {"equal": ((0.4, -0.3), (0.4, -0.3)), **EXTREMES},
    ),
    loss(
        mse_with_penalty,
        "matmul mse_loss sum",
        {"drawn": (draw(3), draw(4, 3), draw(4))},
        {"zero": ((0.0, 0.0), draw(3, 2), draw(3))},
    ),
    loss(
        mean_squared_log_error,
        "log1p mean",
        {"interior": ((0.42, 3.5, 1.6), (0.9, 2.25, 4.0))},
        {"zero": ((0.0, 0.0), (0.0, 3.0)), "equal": ((1.5, 8.0), (1.5, 8.0)), "large": ((6e4, 1e-3), (100.0, 5e-4))},
    ),
    loss(l1, "l1_loss", {"interior": PAIR}, {"far": ((1000.0, -0.001), (-1000.0, 0.001)), **EXTREMES}),
    loss(
        huber,
        "huber_loss",
        {"interior": PAIR},
        {"equal": ((0.4, -0.3), (0.4, -0.3)), "far": ((1000.0, 0.0), (-1000.0, 30.0)), **EXTREMES},
    ),
    loss(huber_narrow, "huber_loss", {"interior": PAIR}, {"equal": ((0.4, -0.3), (0.4, -0.3)), "tiny": ((1e-3,), (-1e-3,))}),
    loss(smooth_l1, "abs mean where", {"interior": PAIR}, {"far": ((1000.0, 0.25), (-1000.0, 0.5)), **EXTREMES}),
    loss(
        log_cosh,
        "mean softplus",
        {"interior": PAIR},
        {
            "equal": ((0.4, -0.3), (0.4, -0.3)),
            "far": ((300.0, -300.0), (0.0, 0.0)),
            "saturated": ((15.0, -15.0), (0.0, 0.0)),
            **EXTREMES,
        },
    ),
    loss(
        charbonnier,
        "mean sqrt",
        {"interior": PAIR},
        {"equal": ((0.4, -0.3), (0.4, -0.3)), "far": ((150.0,), (-100.0,)), **EXTREMES},
    ),
    loss(quantile, "mean where", {"interior": PAIR}, {"far": ((1000.0, -0.001), (-1000.0, 0.001))}),
)

PROBABILITIES = ((0.2, 0.5, 0.3), (0.6, 0.1, 0.3))
PROBABILISTIC = (
    loss(
        kl_divergence,
        "log sum",
        {"interior": ((-1.1, -0.7, -2.3), PROBABILITIES[0])},
        {
            "uniform": ((-LOG_2, -LOG_2), (0.5, 0.5)),
            "small_target": ((-1.0, -9.0), (1e-3, 0.75)),
            "impossible": ((-90.0, 0.0), (0.5, 0.5)),
        },
    ),
    loss(
        kl_of_logits,
        "exp log_softmax sum",
        {"drawn": (draw(2, 3), draw(2, 3))},
        {"equal": ((0.4, -0.3, 1.2), (0.4, -0.3, 1.2)), "saturated": ((100.0, 0.0, -100.0), (-50.0, 0.0, 50.0))},
    ),
    loss(
        jensen_shannon,
        "rel_entr sum",
        {"interior": PROBABILITIES},
        {"equal": ((0.25, 0.75), (0.25, 0.75)), "apart": ((0.998, 0.002), (0.002, 0.998))},
    ),
    loss(
        kl_of_gaussians,
        "expm1 sum",
        {"drawn": (draw(3), draw(3))},
        {"standard": ((0.0, 0.0), (0.0, 0.0)), "narrow": ((0.0, 1.0), (-20.0, -60.0)), "nearly": ((1e-3,), (1e-3,))},
        source="Kingma, Welling 2014, appendix B",
    ),
    loss(
        gaussian_nll,
        "log mean",
        {"interior": ((0.42, -0.75), (0.6, 1.7), (1.1, 0.2))},
        {"at_mean": ((0.5, -2.0), (1.0, 0.25), (0.5, -2.0)), "outlier": ((0.0,), (0.01,), (5.0,))},
    ),
    loss(
        poisson_nll,
        "exp lgamma mean",
        {"interior": ((0.42, -0.75, 1.6), (1.5, 0.3, 4.2))},
        {"no_event": ((0.0, -30.0), (0.0, 0.0)), "counts": ((0.7, 1.1), (1.0, 3.0)), "many": ((4.5, 6.0), (100.0, 400.0))},
    ),
    loss(
        gamma_nll,
        "lgamma mean xlogy",
        {"interior": ((0.7, 2.5), (1.5, 0.4), (0.9, 3.5))},
        {"exponential": ((1.0, 1.0), (1.0, 2.0), (1.0, 0.5)), "peaked": ((80.0,), (100.0,), (0.75,))},
    ),
    loss(
        crps_gaussian,
        "exp mean ndtr",
        {"interior": ((0.42, -0.75), (0.6, 1.7), (1.1, 0.2))},
        {"at_mean": ((0.5,), (1.0,), (0.5,)), "outlier": ((0.0, 0.0), (0.5, 0.5), (6.0, -20.0))},
        source="Gneiting, Raftery 2007, equation 21",
    ),
)

METRIC = (
    loss(
        cosine_distance,
        "sum vector_norm",
        {"drawn": (draw(3), draw(3))},
        {
            "parallel": ((1.0, -2.0, 2.0), (2.0, -4.0, 4.0)),
            "opposite": ((3.0, 4.0), (-3.0, -4.0)),
            "orthogonal": ((1.0, -2.0), (2.0, 1.0)),
            "scales_apart": ((0.003, -0.004), (120.0, 50.0)),
            "at_1e30": ((3e30, -4e30), (1.2e30, 5e29)),
            "at_1em30": ((3e-30, -4e-30), (1.2e-30, 5e-31)),
        },
    ),
    loss(
        triplet,
        "relu vector_norm",
        {"active": ((0.4, -0.3), (1.2, 0.5), (-0.6, 0.2)), "inactive": ((0.4, -0.3), (0.5, 0.1), (-3.0, 4.0))},
        {"equidistant": ((0.0, 0.0), (3.0, 4.0), (-3.0, 4.0))},
        source="Schroff et al. 2015, equation 3",
    ),
    loss(
        triplet_squared,
        "relu sum",
        {"drawn": (draw(3), draw(3), draw(3))},
        {"equal": ((0.4, -0.3), (0.4, -0.3), (0.4, -0.3)), "inactive": ((0.0, 0.0), (0.0, 0.0), (-3.0, 4.0))},
        source="Schroff et al. 2015, equation 3",
    ),
    loss(
        contrastive,
        "diagonal logsumexp matmul matrix_transpose mean",
        {"drawn": (draw(3, 2), draw(3, 2)), "one": (draw(1, 3), draw(1, 3))},
        {"equal": (((0.4, -0.3),) * 2, ((0.4, -0.3),) * 2), "sharp": (Draw((3, 2), 10.0), Draw((3, 2), 10.0))},
        source="van den Oord et al. 2018, equation 4",
    ),
    loss(
        pairwise_ranking,
        "log_sigmoid mean",
        {"drawn": (draw(5),)},
        {"equal": ((0.5, 0.5, 0.5),), "sorted": ((-60.0, 0.0, 60.0),), "reversed": ((60.0, 0.0, -60.0),)},
        source="Rendle et al. 2009, section 4",
    ),
    loss(total_variation, "sqrt sum", {"drawn": (draw(6),)}, {"flat": ((0.5, 0.5, 0.5),), "steps": ((0.0, 100.0, -100.0),)}),
    loss(
        task_uncertainty,
        "exp sum",
        {"interior": ((0.7, 2.5, 0.1), (0.4, -0.3, 1.2))},
        {"zero": ((0.0, 1.0), (0.0, 0.0))},
        source="Kendall et al. 2018, equation 10",
    ),
)

CASES: tuple[Case, ...] = (*CLASSIFICATION, *REGRESSION, *PROBABILISTIC, *METRIC)
