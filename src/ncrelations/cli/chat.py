"""`ncr chat`: a conversation in the terminal, or through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

import ncrelations as ncr
from ncrelations.cli.current import current
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.cli.streams import is_terminal, stdin
from ncrelations.document.citation import nearest, printable
from ncrelations.document.voice import Voice
from ncrelations.library import Library
from ncrelations.render.form import Page, Para, Run, Style, joined, para, voice_words
from ncrelations.texts import Reason, Texts

_COMMANDS = (
    "/compare TOPIC", "/only VOICE", "/in PLACE", "/show N", "/cite N FORMAT", "/save FILE", "/history", "/reset",
    "/help", "/quit",
)  # fmt: skip


class ChatSession:
    """A conversation with its filters and its record. Each line typed gives a page or data to show."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.library = current()
        self.chat = self.library.chat()
        self.within: str | None = None
        self.voice: Voice | None = None
        self.answer: ncr.Answer | None = None
        self.asked: list[str] = []
        self.shown: list[Page] = []
        self.found = False

    @property
    def texts(self) -> Texts:
        """The texts of the language asked for, or of the last question."""
        return self.output.texts(self.answer.language if self.answer else None)

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
        from ncrelations.render.answer_pages import answer_page

        self.answer = self.chat.ask(text, within=self.within, voice=self.voice)
        self.asked.append(self.answer.question)
        self.found = self.found or self.answer.status != "not_found"
        if self.output.json:
            self.output.rows([self.answer.to_dict()])
        self._put(answer_page(self.answer, self.output.link, self.texts))

    def _put(self, page: Page) -> None:
        self.shown.append(page)
        if not self.output.json:
            self.output.show(page)

    def _command(self, word: str, rest: str) -> None:
        names = ("compare", "only", "in", "show", "cite", "save", "history", "reset", "help", "quit")
        commands: dict[str, Callable[[str], None]] = {f"/{name}": getattr(self, f"_{name}") for name in names}
        if word not in commands:
            near = nearest(word, list(commands))
            hint = Reason("problem.perhaps", {"names": near}) if near else Reason("problem.help_lists")
            raise ncr.InvalidQuestion(Reason("problem.no_command", {"name": printable(word)}), hint)
        commands[word](rest)

    def _compare(self, rest: str) -> None:
        from ncrelations.render.answer_pages import comparison_page

        comparison = self.library.compare(rest or (self.asked[-1] if self.asked else ""))
        if self.output.json:
            self.output.rows([comparison.to_dict()])
        self._put(comparison_page(comparison, self.output.link, self.texts))

    def _only(self, rest: str) -> None:
        self.voice = self.library.corpus.voice(rest) if rest else None
        whose = voice_words(self.voice, self.texts) if self.voice else None
        self._tell(self.texts("chat.only", voice=whose) if whose else self.texts("chat.every_voice"))

    def _in(self, rest: str) -> None:
        self.within = str(self.library.resolve(rest).citation) if rest else None
        where = self.within or _all_documents(self.library)
        self._tell(self.texts("chat.only_in", place=where) if where else self.texts("chat.both"))

    def _show(self, rest: str) -> None:
        from ncrelations.render.data import place_dict
        from ncrelations.render.places import place_page

        place = self.library.resolve(self._citation(rest))
        if self.output.json:
            self.output.rows([place_dict(place)])
        self._put(place_page(place, self.output.link, self.texts))

    def _cite(self, rest: str) -> None:
        which, _, form = rest.partition(" ")
        place = self.library.resolve(self._citation(which))
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
            raise ncr.InvalidQuestion(Reason("problem.no_file"), Reason("problem.name_file"))
        Path(rest).expanduser().write_text(markdown(joined(self.shown)), "utf-8")
        self._tell(self.texts("chat.saved", file=rest))

    def _history(self, rest: str) -> None:
        del rest
        asked = (f"{number}. {question}" for number, question in enumerate(self.asked, 1))
        self._tell("\n".join(asked) or self.texts("chat.no_questions"))

    def _reset(self, rest: str) -> None:
        del rest
        self.chat.reset()
        self.answer, self.within, self.voice = None, None, None
        self._tell(self.texts("chat.reset"))

    def _help(self, rest: str) -> None:
        del rest
        if not self.output.json:
            self.output.show(tuple(map(self._explained, _COMMANDS)))

    def _explained(self, command: str) -> Para:
        what = self.texts(f"chat.help_{command.partition(' ')[0].lstrip('/')}")
        return para(Run(command, Style.CODE), f"{self.texts('list.colon')}{what}", tight=True)

    def _quit(self, rest: str) -> None:
        del rest
        raise EOFError

    def _tell(self, text: str) -> None:
        """A message about the conversation, not a part of it."""
        for line in text.split("\n"):
            _say(line, 200)


@click.command("chat", epilog=examples("ncr chat", "ncr chat --json < questions.txt"))
@click.option("--history/--no-history", default=True, envvar="NCR_HISTORY", help="Keep the questions between sessions.")
@output_options
def chat_command(output: Output, history: bool) -> None:
    """Ask, and follow up.

    A question is read in the light of those before: "and what about China?", "only the Chinese view",
    "the third one", "why?". /help lists the commands; Ctrl-C drops a line, Ctrl-D leaves.
    """
    session, at_terminal = ChatSession(output), is_terminal(sys.stdin)
    for text in _typed(history, _greeting(output.texts())) if at_terminal else _piped():
        try:
            session.line(text)
        except EOFError:
            break
        except (ncr.NCRelationsError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            _say(f"ncr: {session.texts.problem(error)}", 305)
    click.get_current_context().exit(0 if session.found or at_terminal else 1)


def _all_documents(library: Library) -> str | None:
    """The ids of all documents; `None` for two, of which the texts speak as both."""
    ids = [document.id for document in library.documents()]
    return None if len(ids) == 2 else ", ".join(ids)


def _greeting(texts: Texts) -> str:
    """What stands before the first prompt."""
    ids = _all_documents(current())
    return texts("chat.begin") if ids is None else f"{ids}{texts('list.colon')}/help, Ctrl-D"


def _say(text: str, limit: int) -> None:
    """One line on standard error; French sets no-break spaces in it."""
    click.echo(printable(text.replace("\N{NO-BREAK SPACE}", " "), limit), err=True)


def _piped() -> Iterator[str]:
    """Yield the lines of standard input."""
    for line in stdin():
        yield line.decode("utf-8", "replace")


def _typed(history: bool, greeting: str) -> Iterator[str]:
    """The lines typed at the prompt. Ctrl-C drops the line, Ctrl-D ends."""
    save = _line_editing() if history else _nothing
    click.echo(greeting, err=True)
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
