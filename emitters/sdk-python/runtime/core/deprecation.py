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
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            warned.__deprecated__ = message
            return warned

        return mark


def given(value: T, message: str) -> T:
    """A value that a request should no longer have; it is a ``DeprecationWarning`` where there is one."""
    if value is not None and not isinstance(value, Unset):
        warnings.warn(message, DeprecationWarning, stacklevel=3)
    return value
