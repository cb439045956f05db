"""What is on its way out warns whoever uses it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, TypeVar

from .unset import Unset

__all__ = ["deprecated", "given"]

T = TypeVar("T")

if TYPE_CHECKING:
    from typing_extensions import deprecated
else:

    def deprecated(message: str) -> Any:
        """Marks a function; a call of it is a ``DeprecationWarning``."""
        from functools import wraps

        def mark(function: Any) -> Any:
            @wraps(function)
            def warned(*args: Any, **kwargs: Any) -> Any:
                _warn(message)
                return function(*args, **kwargs)

            warned.__deprecated__ = message
            return warned

        return mark


def given(value: T, message: str) -> T:
    """A value that a request should no longer have; it is a ``DeprecationWarning`` where there is one."""
    if value is not None and not isinstance(value, Unset):
        _warn(message)
    return value


def _warn(message: str) -> None:
    """Warns at the line that called this package, however deep within it this is: elsewhere nobody would see it."""
    import inspect

    package, level, frame = f"{__name__.partition('.')[0]}.", 1, inspect.currentframe()
    while frame is not None and str(frame.f_globals.get("__name__")).startswith(package):
        level, frame = level + 1, frame.f_back
    warnings.warn(message, DeprecationWarning, stacklevel=level)
