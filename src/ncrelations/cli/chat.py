"""`ncr chat`: a conversation in the terminal, or through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

import ncrelations as ncr
from ncrelations.citation import nearest, printable
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.cli.streams import is_terminal, stdin
from ncrelations.errors import did_you_mean
from ncrelations.render.form import Page, Run, Style, joined, para

_HELP = {
    "/compare TOPIC": "every voice side by side; without TOPIC, the last question",
    "/only VOICE": "only nato, china, experts or author; /only alone lifts it",
    "/in PLACE": "only in article, report or report/VI; /in alone lifts it",
    "/show N": "the whole block of the last answer's Nth excerpt, or any citation",
    "/cite N FORMAT": "its citation: text, markdown, bibtex, ris, csl-json",
    "/save FILE": "the conversation as Markdown",
    "/history": "the questions so far",
    "/reset": "forget the conversation",
    "/help": "this list",
    "/quit": "leave; so does Ctrl-D",
}


class ChatSession:
    """A conversation with its filters and its record. Each line typed gives a page or data to show."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.chat = ncr.Chat()
        self.within: str | None = None
        self.voice: str | None = None
        self.answer: ncr.Answer | None = None
        self.asked: list[str] = []
        self.shown: list[Page] = []
        self.found = False

    def line(self, text: str) -> None:
        """Answer one line, a question or a command.

        Raises `NCRelationsError` and `OSError` for what cannot be done, `EOFError` to leave.
        """
        word, _, rest = text.strip().partition(" ")
        if not word:
            return
        if word.startswith("/"):
            self._command(word, rest.strip())
        else:
            self._ask(text)

    def _ask(self, text: str) -> None:
        from ncrelations.render.answers import answer_page

        self.answer = self.chat.ask(text, within=self.within, voice=self.voice)
        self.asked.append(self.answer.question)
        self.found = self.found or self.answer.status != "not_found"
        if self.output.json:
            self.output.rows([self.answer.to_dict()])
        self._put(answer_page(self.answer, self.output.link))

    def _put(self, page: Page) -> None:
        self.shown.append(page)
        if not self.output.json:
            self.output.show(page)

    def _command(self, word: str, rest: str) -> None:
        names = ("compare", "only", "in", "show", "cite", "save", "history", "reset", "help", "quit")
        commands: dict[str, Callable[[str], None]] = {f"/{name}": getattr(self, f"_{name}") for name in names}
        if word not in commands:
            hint = did_you_mean(nearest(word, list(commands))) or "; /help lists them all"
            raise ncr.InvalidQuestion(f"there is no command {printable(word)!r}", hint.lstrip("; "))
        commands[word](rest)

    def _compare(self, rest: str) -> None:
        from ncrelations.render.answers import comparison_page

        comparison = ncr.compare(rest or (self.asked[-1] if self.asked else ""))
        if self.output.json:
            self.output.rows([comparison.to_dict()])
        self._put(comparison_page(comparison, self.output.link))

    def _only(self, rest: str) -> None:
        self.voice = ncr.Voice.named(rest).value if rest else None
        self._tell(f"only {ncr.Voice(self.voice).label}" if self.voice else "every voice")

    def _in(self, rest: str) -> None:
        self.within = str(ncr.resolve(rest).citation) if rest else None
        self._tell(f"only in {self.within}" if self.within else "in both documents")

    def _show(self, rest: str) -> None:
        from ncrelations.render.data import place_dict
        from ncrelations.render.places import place_page

        place = ncr.resolve(self._citation(rest))
        if self.output.json:
            self.output.rows([place_dict(place)])
        self._put(place_page(place, self.output.link))

    def _cite(self, rest: str) -> None:
        which, _, form = rest.partition(" ")
        place = ncr.resolve(self._citation(which))
        click.echo(place.cite(form.strip() or "text", self.output.link(place.citation)))

    def _citation(self, which: str) -> str:
        """The citation of the last answer's excerpt of that number, or what was typed."""
        if not which.isdecimal():
            return which
        excerpts = self.answer.excerpts if self.answer else ()
        if not 1 <= int(which[:6]) <= len(excerpts):
            raise ncr.NoSuchPlace("excerpt", printable(which), tuple(str(n + 1) for n in range(len(excerpts))))
        return str(excerpts[int(which) - 1].citation)

    def _save(self, rest: str) -> None:
        from ncrelations.render.markdown import markdown

        if not rest:
            raise ncr.InvalidQuestion("/save needs the name of a file", "type /save talk.md")
        Path(rest).expanduser().write_text(markdown(joined(self.shown)), "utf-8")
        self._tell(f"saved to {rest}")

    def _history(self, rest: str) -> None:
        del rest
        asked = (f"{number}. {question}" for number, question in enumerate(self.asked, 1))
        self._tell("\n".join(asked) or "no questions yet")

    def _reset(self, rest: str) -> None:
        del rest
        self.chat.reset()
        self.answer, self.within, self.voice = None, None, None
        self._tell("a new conversation")

    def _help(self, rest: str) -> None:
        del rest
        if not self.output.json:
            self.output.show(
                tuple(para(Run(word, Style.CODE), f": {what}", tight=True) for word, what in _HELP.items())
            )

    def _quit(self, rest: str) -> None:
        del rest
        raise EOFError

    def _tell(self, text: str) -> None:
        """A message about the conversation, not a part of it."""
        for line in text.split("\n"):
            click.echo(printable(line, 200), err=True)


@click.command("chat", epilog=examples("ncr chat", "ncr chat --json < questions.txt"))
@click.option("--history/--no-history", default=True, envvar="NCR_HISTORY", help="Keep the questions between sessions.")
@output_options
def chat_command(output: Output, history: bool) -> None:
    """Ask, and follow up.

    A question is read in the light of those before: "and what about China?", "only the Chinese view",
    "the third one", "why?". /help lists the commands; Ctrl-C drops a line, Ctrl-D leaves.
    """
    session, at_terminal = ChatSession(output), is_terminal(sys.stdin)
    for text in _typed(history) if at_terminal else _piped():
        try:
            session.line(text)
        except EOFError:
            break
        except (ncr.NCRelationsError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            click.echo(f"ncr: {printable(str(error), 300)}", err=True)
    click.get_current_context().exit(0 if session.found or at_terminal else 1)


def _piped() -> Iterator[str]:
    """Yield the lines of standard input."""
    for line in stdin():
        yield line.decode("utf-8", "replace")


def _typed(history: bool) -> Iterator[str]:
    """The lines typed at the prompt. Ctrl-C drops the line, Ctrl-D ends."""
    save = _line_editing() if history else _nothing
    click.echo("Ask about the two documents; /help lists the commands, Ctrl-D leaves.", err=True)
    try:
        while True:
            try:
                yield input("> ")
            except KeyboardInterrupt:
                click.echo("", err=True)
            except EOFError:
                click.echo("", err=True)
                return
    finally:
        save()


def _nothing() -> None:
    """There is no history to save."""


def _line_editing() -> Callable[[], None]:
    """Turn on arrow keys and the saved questions where Python has readline; gives what saves them."""
    try:
        import readline
    except ImportError:  # Windows consoles edit lines themselves
        return _nothing
    from platformdirs import user_state_path

    path = user_state_path("ncrelations", appauthor=False) / "history"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        readline.read_history_file(path)
    except OSError:  # no history yet, or no home to keep one in
        pass

    def save() -> None:
        try:
            readline.set_history_length(1000)
            readline.write_history_file(path)
        except OSError:
            pass

    return save
