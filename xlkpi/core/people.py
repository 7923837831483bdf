"""Who is who: influencers by their name, their handles and the links to their profiles."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.core.names import fold, is_handle, same_name


class People:
    """The influencers that somebody declared, with the handles of their accounts."""

    def __init__(self, declared: Iterable[tuple[str, str, str]]) -> None:
        """``declared``: name, handle and network of each row; one of name and handle may be empty."""
        self._names: dict[str, str] = {}
        self._handles: dict[str, dict[str, str]] = {}  # handle → network, folded → name
        for name, handle, network in declared:
            shown = self._names.setdefault(same_name(name), name) if name else handle
            if handle:
                self._handles.setdefault(same_name(handle), {}).setdefault(fold(network), shown)
        for key, name in self._names.items():
            self._handles.setdefault(key, {"": name})

    def __bool__(self) -> bool:
        return bool(self._names or self._handles)

    def find(self, said: str, network: str = "") -> str | None:
        """The declared name that is meant; None for nobody's, and for a handle that several people have.

        What is written as a handle is looked for among the handles first.

        >>> ana = People([("Ana Lopez", "@ana", "Instagram"), ("Ana", "", "")])
        >>> ana.find("@Ana"), ana.find("ana"), ana.find("instagram.com/ana/"), ana.find("ben")
        ('Ana Lopez', 'Ana', 'Ana Lopez', None)
        """
        key = same_name(said)
        if key in self._names and not is_handle(said):
            return self._names[key]
        accounts = self._handles.get(key, {})
        found = accounts.get(fold(network)) or accounts.get("")
        if found is None and len(set(accounts.values())) == 1:
            found = next(iter(accounts.values()))
        return found or self._names.get(key)
