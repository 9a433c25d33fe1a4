"""`ncr chat`: a conversation in the terminal, or through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

import ncrelations as ncr
from ncrelations.cli.chosen_collection import in_option
from ncrelations.cli.current import current
from ncrelations.cli.files import plainly, write_whole
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.cli.prompt import piped, typed
from ncrelations.cli.streams import is_terminal
from ncrelations.cli.typed import place_of, voice_of
from ncrelations.cli.wishes import Wishes, answer_data, filters, shown
from ncrelations.document.citation import nearest, printable
from ncrelations.document.corpus import Place
from ncrelations.document.typed_places import places_at
from ncrelations.library import Library
from ncrelations.render.answer_pages import explanation_page
from ncrelations.render.form import Page, Para, Run, Style, joined, para, voice_words
from ncrelations.texts import Reason, Texts

_COMMANDS = (
    "/compare TOPIC", "/only VOICE", "/in PLACE", "/show N", "/cite N FORMAT", "/explain", "/save FILE", "/history",
    "/reset", "/help", "/quit",
)  # fmt: skip

_BARE = {"exit": "quit", "quit": "quit", "help": "help", "?": "help"}
"""Words that alone are commands, as in other programs."""


class ChatSession:
    """A conversation with its filters and its record. Each line typed gives a page or data to show."""

    def __init__(self, output: Output, wishes: Wishes | None = None) -> None:
        self.output = output
        self.library = current()
        self.chat = self.library.chat()
        self.wishes = wishes or Wishes(5)
        self.within = place_of(self.library, self.wishes.within)
        self.voice = voice_of(self.library, self.wishes.voice)
        self.answer: ncr.Answer | None = None
        self.asked: list[str] = []
        self.shown: list[Page] = []
        self.saved: set[str] = set()
        self.found = False

    @property
    def texts(self) -> Texts:
        """The texts of the language asked for, or of the last question."""
        return self.output.texts(self.answer.language if self.answer else None)

    def line(self, text: str) -> None:
        """Answer one line, a question or a command.

        Raises `NCRelationsError` for what cannot be done, `EOFError` to leave.
        """
        word, _, rest = text.strip().partition(" ")
        if not word:
            return
        if not rest and word.casefold() in _BARE:
            self._command(f"/{_BARE[word.casefold()]}", "")
        elif word.startswith("/"):
            self._command(word, rest.strip())
        else:
            self._ask(text)

    def _ask(self, text: str) -> None:
        self.answer = self.chat.ask(text, self.wishes.k, self.within, self.voice)
        self.asked.append(self.answer.question)
        self.found = self.found or self.answer.status != "not_found"
        if self.output.json:
            self.output.rows([answer_data(self.answer, explain=self.wishes.explain)])
        self._put(shown(self.output, self.answer, explain=self.wishes.explain))

    def _put(self, page: Page) -> None:
        self.shown.append(page)
        if not self.output.json:
            self.output.show(page, paged=True)

    def _command(self, word: str, rest: str) -> None:
        names = [command.partition(" ")[0] for command in _COMMANDS]
        commands: dict[str, Callable[[str], None]] = {name: getattr(self, f"_{name[1:]}") for name in names}
        commands["/save!"] = partial(self._save, replace=True)
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
        self.voice = voice_of(self.library, rest)
        whose = voice_words(self.voice, self.texts) if self.voice else None
        self._tell(self.texts("chat.only", voice=whose) if whose else self.texts("chat.every_voice"))

    def _in(self, rest: str) -> None:
        self.within = place_of(self.library, rest)
        where = self.within or _all_documents(self.library)
        self._tell(self.texts("chat.only_in", place=where) if where else self.texts("chat.both"))

    def _show(self, rest: str) -> None:
        from ncrelations.render.data import place_dict
        from ncrelations.render.places import place_page

        places = self._places(rest)
        if self.output.json:
            self.output.rows(map(place_dict, places))
        self._put(joined(place_page(place, self.output.link, self.texts) for place in places))

    def _cite(self, rest: str) -> None:
        which, _, form = rest.partition(" ")
        for place in self._places(which):
            click.echo(place.cite(form.strip().lower() or "text", self.output.link(place.citation)))

    def _explain(self, rest: str) -> None:
        del rest
        if self.answer is None:
            self._tell(self.texts("chat.no_questions"))
        elif self.output.json:
            self.output.rows([answer_data(self.answer, explain=True)])
        else:
            self.output.show(explanation_page(self.answer, self.texts), paged=True)

    def _places(self, which: str) -> tuple[Place, ...]:
        """The place of the last answer's excerpt of that number, or what was typed names."""
        if not which.isdecimal():
            return places_at(self.library.corpus, which)
        excerpts = self.answer.excerpts if self.answer else ()
        number = int(which.lstrip("0")[:6] or "0")
        if not 1 <= number <= len(excerpts):
            raise ncr.NoSuchPlace("excerpt", printable(which), tuple(str(n + 1) for n in range(len(excerpts))))
        return (self.library.resolve(excerpts[number - 1].citation),)

    def _save(self, rest: str, *, replace: bool = False) -> None:
        from ncrelations.render.markdown import markdown

        if not rest:
            raise ncr.InvalidQuestion(Reason("problem.no_file"), Reason("problem.name_file"))
        path = str(_home(rest))
        if Path(path).is_file() and path not in self.saved and not replace:
            file = {"file": printable(rest)}
            raise ncr.InvalidQuestion(Reason("problem.file_exists", file), Reason("problem.save_over", file))
        try:
            write_whole(path, markdown(joined(self.shown)))
        except OSError as error:
            _say(f"ncr: {plainly(error)}", 305)
            return
        self.saved.add(path)
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
            self.output.show(tuple(map(self._explained, _COMMANDS)), paged=True)

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
@filters
@click.option("--explain", is_flag=True, help='Also say which stage decided what; with --json as "steps".')
@click.option("--history/--no-history", default=True, envvar="NCR_HISTORY", help="Keep the questions between sessions.")
@in_option
@output_options
def chat_command(output: Output, k: int, within: str | None, voice: str | None, explain: bool, history: bool) -> None:
    """Ask, and follow up.

    A question is read in the light of those before: "and what about China?", "only the Chinese view",
    "the third one", "why?". /help lists the commands; Ctrl-C drops a line, Ctrl-D leaves.
    """
    session, at_terminal = ChatSession(output, Wishes(k, within, voice, explain)), is_terminal(sys.stdin)
    for text in typed(history, _greeting(output.texts())) if at_terminal else piped():
        try:
            _answered(session, text)
        except EOFError:
            break
        except KeyboardInterrupt:
            if not at_terminal:
                raise
            click.echo("", err=True)
    click.get_current_context().exit(0 if session.found or at_terminal else 1)


def _answered(session: ChatSession, text: str) -> None:
    """Answer a line, or say what is wrong with it. Raises `EOFError` to leave."""
    try:
        session.line(text)
    except ncr.NCRelationsError as error:
        _say(f"ncr: {session.texts.problem(error)}", 305)


def _home(typed: str) -> Path:
    """The file that is meant. Raises `InvalidQuestion` for what cannot name one."""
    try:
        path = Path(typed).expanduser()
    except RuntimeError:  # of nobody known here
        path = Path(typed)
    if "\0" in typed:
        raise ncr.InvalidQuestion(Reason("problem.no_file"), Reason("problem.name_file"))
    return path


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
