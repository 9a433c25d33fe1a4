"""How a tool of the MCP server is called: what it does not take is refused in words, and its result is sent once."""

from typing import Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import ConfigDict, ValidationError, create_model, model_validator

from ncrelations.cli import assistant_tools
from ncrelations.cli.docstrings import docstring_of
from ncrelations.document.citation import nearest, printable
from ncrelations.errors import NCRelationsError, did_you_mean
from ncrelations.render.data import to_json
from ncrelations.service.request_data import refusal

_MOST_REFUSED = 5


class _Arguments(ArgModelBase):
    """What a tool takes: nothing else, and what is optional and empty counts as absent."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _given(cls, arguments: Any) -> Any:
        if not isinstance(arguments, dict):
            return arguments
        optional = {name for name, field in cls.model_fields.items() if not field.is_required()}
        return {name: value for name, value in arguments.items() if name not in optional or not _absent(value)}


def _absent(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class _Tool(Tool):
    """A tool whose errors are one line that says what to try."""

    async def run(self, arguments: dict[str, Any], context: Any, convert_result: bool = False) -> Any:
        self._check(arguments)
        try:
            found = await super().run(arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, NCRelationsError):
                raise ToolError(str(error.__cause__)) from error
            raise
        return self._sent(found) if convert_result else found

    def _check(self, arguments: dict[str, Any]) -> None:
        """Raises `ToolError` for arguments that the tool does not take."""
        known = list(self.fn_metadata.arg_model.model_fields)
        for name in list(arguments)[: _MOST_REFUSED + len(known)]:
            if name not in known:
                said = f"{self.name} takes no argument {printable(name)!r}{did_you_mean(nearest(name, known))}"
                raise ToolError(f"{said}; it takes {', '.join(known)}")
        try:
            self.fn_metadata.validate_arguments(arguments)
        except ValidationError as error:
            raise ToolError(refusal(error)) from error

    def _sent(self, found: Any) -> Any:
        """Text alone; data as it is, and once more in the shortest JSON for clients that read text only."""
        if self.output_schema is None:
            return CallToolResult(content=[TextContent(type="text", text=str(found))])
        data = {"result": found} if self.fn_metadata.wrap_output else found
        text = TextContent(type="text", text=to_json(found))
        return self.fn_metadata.convert_result(CallToolResult(content=[text], structured_content=data))


def tool(function: assistant_tools.Tool) -> Tool:
    """A read-only tool that calls a function."""
    made = _Tool.from_function(
        function,
        description=docstring_of(function),
        annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False, idempotent_hint=True),
        structured_output=False if function.__annotations__["return"] is str else None,
    )
    takes = made.fn_metadata.arg_model
    strict = create_model(takes.__name__, __base__=(_Arguments, takes))
    made.fn_metadata.arg_model = strict
    made.parameters = strict.model_json_schema(by_alias=True)
    return made
