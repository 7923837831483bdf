"""click in two languages: a command's texts are pairs, and the language is chosen when a command runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import click

from xlkpi.core.texts import LANGUAGES, Language, Text

_ENVIRONMENT = ("XLKPI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_chosen: Language | None = None


def user_language(arguments: Sequence[str] | None = None) -> Language:
    """``--lang`` on the command line, else XLKPI_LANG, else the user's defaults, else the system's.

    >>> user_language(["report", "a.xlsx", "--lang=fr"])
    'fr'
    """
    given = [*(sys.argv[1:] if arguments is None else arguments), ""]
    for word, after in pairwise(given):
        value = after if word == "--lang" else word.removeprefix("--lang=")
        if value in LANGUAGES and word.startswith("--lang"):
            return value
    return _said_by_environment("XLKPI_LANG") or _default() or _of_the_system()


def _default() -> Language | None:
    from xlkpi.files import userdefaults

    return userdefaults.read().language


def _said_by_environment(*names: str) -> Language | None:
    value = next((v for name in names if (v := os.environ.get(name, ""))), "")
    return None if not value else "fr" if value.lower().startswith("fr") else "en"


def _of_the_system() -> Language:
    if said := _said_by_environment(*_ENVIRONMENT[1:]):
        return said
    if sys.platform == "win32":
        import ctypes

        return "fr" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x0C else "en"
    return "en"


def spoken() -> Language:
    """What the running command speaks."""
    return _chosen or user_language()


def say(en: str, fr: str) -> str:
    """One of the two, in the language of the running command."""
    return Text(en, fr).in_(spoken())


class WrongUsage(click.UsageError):
    """A command line that cannot be carried out, said in the user's language."""

    def __init__(self, en: str, fr: str, ctx: click.Context | None = None) -> None:
        super().__init__(say(en, fr), ctx)


class _Bilingual:
    """What commands share: texts in the language of the run, click's own headings included."""

    texts: dict[str, Text]

    def speak(self, chosen: Language) -> None:
        """Put every text of this command and of what is below it into one language."""
        for attribute, text in self.texts.items():
            setattr(self, attribute, text.in_(chosen))
        for parameter in self.params:  # type: ignore[attr-defined]
            if isinstance(parameter, _Option | _Argument):
                parameter.speak(chosen)
        for command in getattr(self, "commands", {}).values():
            command.speak(chosen)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        if parent is None:
            global _chosen
            _chosen = user_language(args)
            self.speak(_chosen)
        made: click.Context = super().make_context(info_name, args, parent, **extra)  # type: ignore[misc]
        return made

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), say("Usage: ", "Usage : "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]  # type: ignore[attr-defined]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        if rows:
            with formatter.section("Options"):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("Show this help.", "Afficher cette aide.")
        return option

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands: dict[str, click.Command] = self.commands  # type: ignore[attr-defined]
        rows = [(name, command.get_short_help_str(80)) for name, command in commands.items()]
        with formatter.section(say("Commands", "Commandes")):
            formatter.write_dl(rows)


class Command(_Bilingual, click.Command):
    """A command whose help is a Text; what stands after its last argument is a mistake."""

    def __init__(self, name: str | None, *, help: Text, **more: Any) -> None:
        self.texts = {"help": help}
        super().__init__(name, help=help.en, **more)
        self.allow_extra_args = True  # so that the mistake is told here, in the user's language

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise WrongUsage(
                f"too much: {' '.join(ctx.args)}", f"en trop : {' '.join(ctx.args)}", ctx
            )
        return rest


class CommandGroup(_Bilingual, click.Group):
    """Commands under one name."""

    command_class = Command

    def __init__(
        self, name: str | None, *, help: Text, epilog: Text | None = None, **more: Any
    ) -> None:
        self.texts = {"help": help, "subcommand_metavar": _COMMANDS}
        if epilog is not None:
            self.texts["epilog"] = epilog
        super().__init__(name, help=help.en, subcommand_metavar=_COMMANDS.en, **more)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            raise WrongUsage(f"no such command: {args[0]}", f"commande inconnue : {args[0]}", ctx)
        return super().resolve_command(ctx, args)


_COMMANDS = Text("COMMAND [ARGS]...", "COMMANDE [ARGS]...")


class _Option(click.Option):
    """An option whose help and metavar may be Texts."""

    def __init__(
        self, names: Sequence[str], *, help: Text, metavar: Text | str | None = None, **more: Any
    ) -> None:
        self.texts = {"help": help} | _named(metavar)
        super().__init__(
            names, help=help.en, metavar=metavar if isinstance(metavar, str) else None, **more
        )

    def speak(self, chosen: Language) -> None:
        for attribute, text in self.texts.items():
            setattr(self, attribute, text.in_(chosen))


class _Argument(click.Argument):
    """An argument whose metavar may be a Text."""

    def __init__(self, names: Sequence[str], *, metavar: Text | str, **more: Any) -> None:
        self.texts = _named(metavar)
        super().__init__(names, metavar=metavar if isinstance(metavar, str) else metavar.en, **more)

    def speak(self, chosen: Language) -> None:
        for attribute, text in self.texts.items():
            setattr(self, attribute, text.in_(chosen))


def _named(metavar: Text | str | None) -> dict[str, Text]:
    return {"metavar": metavar} if isinstance(metavar, Text) else {}


def option(*names: str, **more: Any) -> Callable[[Any], Any]:
    """``click.option`` with a Text for its help and its metavar."""
    return click.option(*names, cls=_Option, **more)


def argument(*names: str, **more: Any) -> Callable[[Any], Any]:
    """``click.argument`` with a Text for its metavar."""
    return click.argument(*names, cls=_Argument, **more)


def command(
    name: str | None = None, *, help: Text, cls: type[Command] = Command
) -> Callable[[Callable[..., int]], Command]:
    """``click.command`` with a Text for its help."""
    return click.command(name, cls=cls, help=help)


def complaint(error: click.UsageError) -> str:
    """What is wrong with a command line, in the user's language: from what click knows, not from its English."""
    if spoken() == "en" or isinstance(error, WrongUsage):
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        return f"option inconnue : {error.option_name}"
    if isinstance(error, click.MissingParameter):
        named = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        return f"il manque {named}"
    if isinstance(error, click.BadOptionUsage):
        return _french_option(error)
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Option):
        kind = error.param.type
        choices = " ou ".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else ""
        wanted = f" : choisissez {choices}" if choices else ""
        return f"valeur incorrecte pour {'/'.join(error.param.opts)}{wanted}"
    return error.format_message()


def _french_option(error: click.BadOptionUsage) -> str:
    parameters = error.ctx.command.params if error.ctx else []
    found = next((p for p in parameters if error.option_name in p.opts), None)
    is_flag = isinstance(found, click.Option) and found.is_flag
    wanted = "ne prend pas de valeur" if is_flag else "demande une valeur"
    return f"l’option {error.option_name} {wanted}"
