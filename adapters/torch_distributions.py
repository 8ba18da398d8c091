"""torch.distributions under the names of the suite's vocabulary.

Importing this module imports PyTorch, which is handled without types.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

torch: Any = import_module("torch")
distributions: Any = torch.distributions


def _of(kind: str, method: str) -> Callable[..., Any]:
    """A method at x of the distribution that the other arguments say."""
    return lambda x, *parameters: getattr(_made(kind, *parameters), method)(x)


def _made(kind: str, *parameters: Any) -> Any:
    return getattr(distributions, kind)(*parameters, validate_args=False)


def _at_count(kind: str) -> Callable[..., Any]:
    """The logarithm of the probability of k, by p."""
    return lambda p, k: _made(kind, p).log_prob(torch.full_like(p, k))


def _divergence(kind: str, other: str = "", shapes: tuple[tuple[int, ...], ...] = ((), ())) -> Callable[..., Any]:
    """From a distribution of one half of the parameters to one of the other half.

    Taken once at parameters of these shapes: torch chooses a formula by the types and remembers it, and torch.compile does not
    trace the choice.
    """

    def divergence(*parameters: Any) -> Any:
        half = len(parameters) // 2
        return distributions.kl_divergence(_made(kind, *parameters[:half]), _made(other or kind, *parameters[half:]))

    divergence(*map(torch.ones, 2 * shapes))
    return divergence


def _unit(like: Any) -> Any:
    return _made("Uniform", torch.zeros_like(like), torch.ones_like(like))


def _relaxed(x: Any, temperature: Any, logits: Any) -> Any:
    kind = distributions.relaxed_bernoulli.LogitRelaxedBernoulli
    return kind(temperature, logits=logits, validate_args=False).log_prob(x)


DISTRIBUTIONS: dict[str, Any] = {
    "bernoulli_logpmf": _at_count("Bernoulli"),
    "binom_logpmf": lambda p, k, n: _made("Binomial", n, p).log_prob(torch.full_like(p, k)),
    "cauchy_cdf": _of("Cauchy", "cdf"),
    "cauchy_ppf": _of("Cauchy", "icdf"),
    "continuous_bernoulli_cdf": _of("ContinuousBernoulli", "cdf"),
    "continuous_bernoulli_logpdf": _of("ContinuousBernoulli", "log_prob"),
    "continuous_bernoulli_ppf": _of("ContinuousBernoulli", "icdf"),
    "exponential_cdf": _of("Exponential", "cdf"),
    "f_logpdf": _of("FisherSnedecor", "log_prob"),
    "genpareto_logpdf": _of("GeneralizedPareto", "log_prob"),
    "genpareto_ppf": _of("GeneralizedPareto", "icdf"),
    "geom_logpmf": lambda p, k: _made("Geometric", p).log_prob(torch.full_like(p, k - 1)),
    "gumbel_cdf": _of("Gumbel", "cdf"),
    "gumbel_ppf": _of("Gumbel", "icdf"),
    "inverse_gamma_logpdf": _of("InverseGamma", "log_prob"),
    "kl_bernoulli": _divergence("Bernoulli", shapes=((),)),
    "kl_continuous_bernoulli_uniform": lambda p: distributions.kl_divergence(_made("ContinuousBernoulli", p), _unit(p)),
    "kl_gamma": _divergence("Gamma"),
    "kl_gumbel": _divergence("Gumbel"),
    "kl_laplace": _divergence("Laplace"),
    "kl_multivariate_normal": _divergence("MultivariateNormal", shapes=((1,), (1, 1))),
    "kl_normal_laplace": _divergence("Normal", "Laplace"),
    "kl_uniform_continuous_bernoulli": lambda p: distributions.kl_divergence(_unit(p), _made("ContinuousBernoulli", p)),
    "kl_wishart": _divergence("Wishart", shapes=((), (1, 1))),
    "kumaraswamy_logpdf": _of("Kumaraswamy", "log_prob"),
    "laplace_cdf": _of("Laplace", "cdf"),
    "laplace_ppf": _of("Laplace", "icdf"),
    "lkj_cholesky_logpdf": lambda factor, concentration: _made("LKJCholesky", factor.shape[-1], concentration).log_prob(factor),
    "logit_relaxed_bernoulli_logpdf": _relaxed,
    "lognorm_logpdf": _of("LogNormal", "log_prob"),
    "norm_cdf": _of("Normal", "cdf"),
    "norm_ppf": _of("Normal", "icdf"),
    "t_entropy": lambda degrees: _made("StudentT", degrees).entropy(),
    "weibull_logpdf": _of("Weibull", "log_prob"),
    "wishart_logpdf": _of("Wishart", "log_prob"),
}
