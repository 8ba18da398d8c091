"""PyTorch's functions under the names and in the meaning of the array API standard, NumPy and SciPy.

Promised: a name is one function of PyTorch, that of this meaning which PyTorch's users call. The table lists those that are
spelt otherwise there; any other name is PyTorch's own: `exp`, `reshape`, ... A name that PyTorch lacks raises AttributeError
("absent: ..."), also where it could be put together from others.

Importing this module imports PyTorch, which is handled without types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from .torch_distributions import DISTRIBUTIONS
from .torch_image_modules import OF_MODULES
from .torch_images import FUNCTIONS
from .torch_modules import MODULES

torch: Any = import_module("torch")
standard: Any = import_module("array_api_compat.torch")
special: Any = torch.special
nn: Any = torch.nn.functional
linalg: Any = torch.linalg
fourier: Any = torch.fft

Axis = int | tuple[int, ...] | None


class Names:
    """The namespace that cases are given: a table, then the public names of some modules. None in the table is absence."""

    def __init__(self, surface: str, own: dict[str, Any], *modules: Any) -> None:
        self.surface = surface
        for module in reversed(modules):
            vars(self).update({name: value for name, value in vars(module).items() if not name.startswith("_")})
        vars(self).update(own)
        for name in [name for name, value in own.items() if value is None]:
            delattr(self, name)

    def __getattr__(self, name: str) -> Any:
        """Raises AttributeError: what there is has been found before."""
        raise AttributeError(f"absent: {self.surface} has no {name}")


def along(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of one array that calls its axis `dim`."""
    return lambda x, axis=-1: function(x, axis)


def reduced(x: Any, axis: Axis) -> Axis:
    """The axes to be named to a reduction of torch that has no default for them."""
    return tuple(range(x.ndim)) if axis is None else axis


def trailing(x: Any, axis: int | tuple[int, ...]) -> Any:
    """The shape that torch's normalisations are told, for the last axes of x."""
    axes = (axis,) if isinstance(axis, int) else axis
    return x.shape[-len(axes) :]


def pad(x: Any, widths: tuple[tuple[int, int], ...]) -> Any:
    return nn.pad(x, [width for pair in reversed(widths) for width in pair])


def solve_triangular(a: Any, b: Any, lower: bool = False) -> Any:
    """A 1-D b is one column."""
    if b.ndim > 1:
        return linalg.solve_triangular(a, b, upper=not lower)
    return linalg.solve_triangular(a, b[:, None], upper=not lower)[:, 0]


def layer_norm(x: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5, axis: int | tuple[int, ...] = -1) -> Any:
    return nn.layer_norm(x, trailing(x, axis), weight, bias, eps)


def rms_norm(x: Any, weight: Any = None, eps: float = 1e-5, axis: int | tuple[int, ...] = -1) -> Any:
    return nn.rms_norm(x, trailing(x, axis), weight, eps)


def cond(pred: Any, true_fn: Callable[..., Any], false_fn: Callable[..., Any], *operands: Any) -> Any:
    return torch.cond(pred, true_fn, false_fn, operands)


def checkpoint(f: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: torch.utils.checkpoint.checkpoint(f, *args, use_reentrant=False)


class Custom(torch.autograd.Function):  # type: ignore[misc]
    """A function with its rule, in the style that torch.func can transform; forward mode would need a rule of its own."""

    generate_vmap_rule = True

    @staticmethod
    def forward(f: Callable[..., Any], rule: Callable[..., Any], tangent: Callable[..., Any] | None, *args: Any) -> Any:
        return f(*args)

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
        _, ctx.rule, ctx.tangent, *args = inputs
        ctx.save_for_backward(*args)

    @staticmethod
    def backward(ctx: Any, g: Any) -> Any:
        return (None, None, None, *ctx.rule(g, *ctx.saved_tensors))


def custom_gradient(f: Callable[..., Any], rule: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: Custom.apply(f, rule, None, *args)


class CustomBothWays(Custom):
    """A function with a rule for either mode."""

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
        Custom.setup_context(ctx, inputs, output)
        ctx.save_for_forward(*inputs[3:])

    @staticmethod
    def jvp(ctx: Any, f: None, rule: None, tangent: None, *tangents: Any) -> Any:
        return ctx.tangent(tangents, *ctx.saved_tensors)


def custom_jvp(f: Callable[..., Any], tangent: Callable[..., Any], rule: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: CustomBothWays.apply(f, rule, tangent, *args)


def ctc_loss(log_probabilities: Any, labels: tuple[int, ...]) -> Any:
    lengths = (log_probabilities.shape[0],), (len(labels),)
    return nn.ctc_loss(log_probabilities[:, None], torch.tensor([labels]), *lengths, reduction="sum")


def set_at(x: Any, index: Any, value: Any) -> Any:
    """In place, on a copy."""
    y = x.clone()
    y[index] = value
    return y


def add_at(x: Any, index: Any, value: Any) -> Any:
    """In place, on a copy; `+=` would add once only where an index occurs twice."""
    y = x.clone()
    if isinstance(index, torch.Tensor) and index.dtype != torch.bool:
        return y.index_put_((index,), value, accumulate=True)
    y[index] += value
    return y


ELEMENTWISE: dict[str, Any] = {
    "rint": torch.round,
    "sign": lambda x: torch.sgn(x) if x.is_complex() else torch.sign(x),
    "stop_gradient": torch.detach,
    "power": standard.pow,
    "trigamma": lambda x: torch.polygamma(1, x),
    "zeta": special.zeta,
    "j0": special.bessel_j0,
    "j1": special.bessel_j1,
    "y0": special.bessel_y0,
    "y1": special.bessel_y1,
    "k0": special.modified_bessel_k0,
    "k1": special.modified_bessel_k1,
    "k0e": special.scaled_modified_bessel_k0,
    "k1e": special.scaled_modified_bessel_k1,
}

ARRAYS: dict[str, Any] = {
    "cummax": lambda x: torch.cummax(x, -1).values,
    "cummin": lambda x: torch.cummin(x, -1).values,
    "diff": lambda x, n=1, prepend=None: torch.diff(x, n, prepend=prepend),
    "logcumsumexp": lambda x: torch.logcumsumexp(x, -1),
    "put_along_axis": lambda x, indices, values: torch.scatter(x, -1, indices, values),
    "scatter_max": lambda x, index, updates: torch.scatter_reduce(x, 0, index, updates, "amax"),
    "scatter_prod": lambda x, index, updates: torch.scatter_reduce(x, 0, index, updates, "prod"),
    "slopes": lambda x, spacing=1.0: torch.gradient(x, spacing=spacing)[0],
    "cumprod": standard.cumulative_prod,
    "cumsum": standard.cumulative_sum,
    "diagonal": linalg.diagonal,
    "logsumexp": lambda x, axis=None, keepdims=False: torch.logsumexp(x, reduced(x, axis), keepdims),
    "quantile": lambda x, q, axis=None, keepdims=False: torch.quantile(x, q, axis, keepdims),
    "median": lambda x, axis=None, keepdims=False: torch.quantile(x, 0.5, axis, keepdims),
    **dict.fromkeys(("linspace", "logspace")),  # torch documents the result as a leaf, whatever the ends are
    "pad": pad,
    "rot90": lambda x, k=1, axes=(0, 1): torch.rot90(x, k, axes),
    "scatter_add": lambda x, index, updates: torch.index_add(x, 0, index, updates),
    "split": lambda x, sections, axis=0: torch.tensor_split(x, sections, axis),
    "transpose": standard.permute_dims,
    "top_k": lambda x, k: torch.topk(x, k).values,
    "unstack": lambda x, axis=0: torch.unbind(x, axis),
}

distributions: Any = torch.distributions

DENSITIES: dict[str, Any] = {
    "beta_logpdf": lambda x, a, b: distributions.Beta(a, b, validate_args=False).log_prob(x),
    "cauchy_logpdf": lambda x, median, scale: distributions.Cauchy(median, scale, validate_args=False).log_prob(x),
    "chi2_logpdf": lambda x, degrees: distributions.Chi2(degrees, validate_args=False).log_prob(x),
    "dirichlet_logpdf": lambda x, alpha: distributions.Dirichlet(alpha, validate_args=False).log_prob(x),
    "gumbel_logpdf": lambda x, mode, scale: distributions.Gumbel(mode, scale, validate_args=False).log_prob(x),
    "laplace_logpdf": lambda x, median, scale: distributions.Laplace(median, scale, validate_args=False).log_prob(x),
    "norm_logpdf": lambda x, mean, deviation: distributions.Normal(mean, deviation, validate_args=False).log_prob(x),
    "pareto_logpdf": lambda x, exponent: distributions.Pareto(torch.ones_like(x), exponent, validate_args=False).log_prob(x),
    "poisson_logpmf": lambda count, rate: distributions.Poisson(rate, validate_args=False).log_prob(count),
    "vonmises_logpdf": lambda x, kappa: distributions.VonMises(torch.zeros_like(x), kappa, validate_args=False).log_prob(x),
    "gamma_logpdf": lambda x, a: distributions.Gamma(a, 1.0, validate_args=False).log_prob(x),
    "multivariate_normal_logpdf": lambda x, mean, covariance: distributions.MultivariateNormal(
        mean, covariance, validate_args=False
    ).log_prob(x),
    "t_logpdf": lambda x, degrees: distributions.StudentT(degrees, validate_args=False).log_prob(x),
}

LINALG: dict[str, Any] = {
    "cholesky_inverse": torch.cholesky_inverse,
    "cho_solve": lambda factor, b: torch.cholesky_solve(b, factor),
    "lu_solve": lambda a, b: linalg.lu_solve(*linalg.lu_factor(a), b),
    "cholesky": lambda a, upper=False: linalg.cholesky(a, upper=upper),
    "cross": lambda a, b, axis=-1: linalg.cross(a, b, dim=axis),
    "expm": torch.matrix_exp,
    "lstsq": lambda a, b: linalg.lstsq(a, b).solution,
    "matrix_norm": lambda x, ord="fro", keepdims=False: linalg.matrix_norm(x, ord, keepdim=keepdims),  # noqa: A006
    "norm": lambda x, ord=None, axis=None, keepdims=False: linalg.norm(x, ord, axis, keepdims),  # noqa: A006
    "qr": linalg.qr,
    "solve": standard.linalg.solve,  # torch's own takes a matrix b beside a stack of matrices for a stack of vectors
    "solve_triangular": solve_triangular,
    "svd": lambda a, full_matrices=False: linalg.svd(a, full_matrices),
    "vecdot": lambda a, b, axis=-1: linalg.vecdot(a, b, dim=axis),
    "vector_norm": lambda x, axis=None, keepdims=False, ord=2: linalg.vector_norm(x, ord, axis, keepdims),  # noqa: A006
}

MATRICES: dict[str, Any] = {
    "eig": linalg.eig,
    "lu": linalg.lu,
    "lu_factor": lambda a: linalg.lu_factor(a)[0],
    "lu_solve_right": lambda a, b: linalg.lu_solve(*linalg.lu_factor(a), b, left=False),
    "lu_solve_transposed": lambda a, b: linalg.lu_solve(*linalg.lu_factor(a), b, adjoint=True),
    "matrix_cond": linalg.cond,
    "normalize": lambda x, ord=2: nn.normalize(x, ord, -1),  # noqa: A006
    "ormqr": lambda reflectors, scales, c, transpose=False: torch.ormqr(reflectors, scales, c, transpose=transpose),
    "pinv_of_symmetric": lambda a: linalg.pinv(a, hermitian=True),
    "set_diagonal": lambda a, diagonal: torch.diagonal_scatter(a, diagonal, 0, -2, -1),
    "solve_triangular_right": lambda a, b: linalg.solve_triangular(a, b, upper=False, left=False),
    "solve_unitriangular": lambda a, b: linalg.solve_triangular(a, b, upper=False, unitriangular=True),
    "uncorrected_cov": lambda x: torch.cov(x, correction=0),
    "weighted_cov": lambda x, weights: torch.cov(x, aweights=weights),
}

LOSSES = """cosine_embedding_loss gaussian_nll_loss hinge_embedding_loss margin_ranking_loss multi_margin_loss nll_loss
poisson_nll_loss smooth_l1_loss soft_margin_loss triplet_margin_loss"""

NETWORK: dict[str, Any] = {
    **{name: getattr(nn, name) for name in LOSSES.split()},  # torch has some of these names, too, for what lies below them
    "batch_norm": lambda x, weight, bias, eps=1e-5: nn.batch_norm(x, None, None, weight, bias, training=True, eps=eps),
    "ctc_loss": ctc_loss,
    "ctc_loss_of_scores": ctc_loss,
    "cosine_similarity": lambda x, y: nn.cosine_similarity(x, y, -1),
    "embedding": lambda table, ids: nn.embedding(ids, table),
    "hard_shrink": lambda x, threshold=0.5: nn.hardshrink(x, threshold),
    "instance_norm": lambda x, weight, bias, eps=1e-5: nn.instance_norm(x, weight=weight, bias=bias, eps=eps),
    "kl_div": None,  # what torch calls so is the loss
    "kl_div_loss": nn.kl_div,
    "pairwise_distance": lambda x, y, eps=1e-6: nn.pairwise_distance(x, y, eps=eps),
    "resize_bilinear": lambda x, size: nn.interpolate(x, size, mode="bilinear"),
    "resize_nearest": lambda x, size: nn.interpolate(x, size, mode="nearest"),
    "soft_shrink": lambda x, threshold=0.5: nn.softshrink(x, threshold),
    "softmin": along(nn.softmin),
    "threshold_below": nn.threshold,
    "binary_cross_entropy_with_logits": nn.binary_cross_entropy_with_logits,
    "gelu": lambda x, approximate=False: nn.gelu(x, approximate=approximate or "none"),
    "hard_sigmoid": nn.hardsigmoid,
    "hard_swish": nn.hardswish,
    "hard_tanh": nn.hardtanh,
    "layer_norm": layer_norm,
    "log_sigmoid": nn.logsigmoid,
    "log_softmax": along(torch.log_softmax),
    "rms_norm": rms_norm,
    "softmax": along(torch.softmax),
    "swish": nn.silu,
}

FOURIER: dict[str, Any] = {
    "fft": along(lambda x, axis: fourier.fft(x, dim=axis)),
    "ifft": along(lambda x, axis: fourier.ifft(x, dim=axis)),
    "rfft": along(lambda x, axis: fourier.rfft(x, dim=axis)),
    "irfft": lambda x, n=None, axis=-1: fourier.irfft(x, n, axis),
    "irfft2": fourier.irfft2,
    "rfft2": fourier.rfft2,
    "fft2": fourier.fft2,
    "ifft2": fourier.ifft2,
}


def transform(name: str) -> Callable[..., Any]:
    """A Fourier transform along the last axis, of n elements."""
    return lambda x, n, norm="backward": getattr(fourier, name)(x, n, norm=norm)


def stft(x: Any, window: Any, step: int) -> Any:
    """torch has frames as columns."""
    return torch.stft(x, len(window), step, window=window, center=False, return_complex=True).mT


SIGNALS: dict[str, Any] = {
    **{f"{name}_as": transform(name) for name in ("fft", "ifft", "rfft", "irfft")},
    **{name: getattr(fourier, name) for name in ("fftn", "fftshift", "hfft", "ihfft", "irfftn", "rfftn")},
    "frame": lambda x, size, step: x.unfold(-1, size, step),
    "istft": lambda x, window, step: torch.istft(x.mT, len(window), step, window=window, center=False),
    "slopes_along": lambda x, axis: torch.gradient(x, dim=axis)[0],
    "slopes_at": lambda y, x: torch.gradient(y, spacing=(x,))[0],
    "slopes_of_second_order": lambda y: torch.gradient(y, edge_order=2)[0],
    "stft": stft,
}

CALLS: dict[str, Any] = {
    "add_at": add_at,
    "checkpoint": checkpoint,
    "cond": cond,
    "custom_gradient": custom_gradient,
    "custom_jvp": custom_jvp,
    "set_at": set_at,
    "while_loop": lambda cond_fn, body_fn, state: torch.while_loop(lambda *s: cond_fn(s), lambda *s: body_fn(s), state),
}

OTHERS: dict[str, Mapping[str, Any]] = {
    "torch.special": {
        **{name: getattr(special, name) for name in ("digamma", "erf", "erfc", "erfinv", "exp2", "expm1", "i0", "log1p")},
        **{name: getattr(special, name) for name in ("logit", "multigammaln", "polygamma", "round", "sinc", "xlogy", "zeta")},
        "lgamma": special.gammaln,
        "log_softmax": along(special.log_softmax),
        "logsumexp": lambda x, axis=None, keepdims=False: special.logsumexp(x, reduced(x, axis), keepdims),
        "sigmoid": special.expit,
        "softmax": along(special.softmax),
        "trigamma": lambda x: special.polygamma(1, x),
    },
    "torch.nn.functional": {
        **{name: getattr(nn, name) for name in ("celu", "relu", "selu", "sigmoid", "tanh")},
        "log_softmax": along(nn.log_softmax),
        "softmax": along(nn.softmax),
    },
    "torch.nn": {**MODULES, **OF_MODULES},
    "torch.linalg": {
        **{name: getattr(linalg, name) for name in ("det", "matmul", "matrix_power", "slogdet")},
        "expm": linalg.matrix_exp,
    },
}
"""By surface, functions that are there a second time, beside the default surface's."""


@cache
def names(surface: str, device: str) -> Names:
    """The namespace of a surface, whose `asarray` makes arrays on `device`: the default's with the surface's own names."""

    def asarray(values: Any, dtype: Any = None) -> Any:
        return torch.asarray(values, dtype=dtype, device=device)

    own = (
        ELEMENTWISE
        | ARRAYS
        | LINALG
        | MATRICES
        | DENSITIES
        | DISTRIBUTIONS
        | NETWORK
        | FOURIER
        | SIGNALS
        | CALLS
        | dict(FUNCTIONS)
        | {"asarray": asarray}
        | dict(OTHERS.get(surface, {}))
    )
    return Names(surface, own, standard, torch, special, nn, linalg)
