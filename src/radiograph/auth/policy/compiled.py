"""A policy made ready: compiled once, it is asked many times, and answers in microseconds."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from .arns import resource_template
from .conditions import ContextTest, compile_condition
from .document import Document, Effect, Statement
from .patterns import Test, any_of, matcher, wild_parts
from .principal import Names, names_test
from .variables import Context, TextTest, text_test, variables_in

__all__ = ["CompiledStatement", "Deciding", "Policy", "Source", "compile_policy"]

_MOST_REMEMBERED = 256

Source: TypeAlias = str
"""Where a policy comes from, as SimulatePrincipalPolicy says it: ``user``, ``group``, ``role``, ``aws-managed`` …"""


class Deciding(Struct, frozen=True):
    """A statement that applied: which policy it is in, its place there, counted from 0, and its Sid if it has one."""

    policy: str
    index: int
    sid: str | None
    effect: Effect
    source: Source


class CompiledStatement(Struct, frozen=True):
    """The tests of a statement; None where it leaves nothing to test."""

    effect: Effect
    deciding: Deciding
    acts: Test
    covers: TextTest | None
    names: Names | None
    conditions: tuple[ContextTest, ...]

    def applies(self, resource: str, context: Context) -> bool:
        """Tell whether it is about this resource and its conditions hold; its action is known to match."""
        if self.covers is not None and not self.covers(resource, context):
            return False
        return not self.conditions or all(holds(context) for holds in self.conditions)


class Policy(Struct, frozen=True):
    """A policy that is ready; ``keys`` are the condition keys and variables in it, as they are written."""

    name: str
    statements: tuple[CompiledStatement, ...]
    keys: frozenset[str]
    _about: dict[str, tuple[CompiledStatement, ...]] = {}

    def about(self, action: str) -> tuple[CompiledStatement, ...]:
        """Give the statements about an action; found once, as the same few actions come again and again."""
        found = self._about.get(action)
        if found is None:
            lowered = action.lower()
            found = tuple(statement for statement in self.statements if statement.acts(lowered))
            if len(self._about) >= _MOST_REMEMBERED:
                self._about.clear()
            self._about[action] = found
        return found


def compile_policy(document: Document, name: str = "", source: Source = "none") -> Policy:
    """Give the policy made ready; ``name`` and ``source`` are what decisions tell of it."""
    return Policy(
        name,
        tuple(
            _statement(statement, Deciding(name, index, statement.sid, statement.effect, source), document)
            for index, statement in enumerate(document.statements)
        ),
        frozenset(key for statement in document.statements for key in _keys(statement, document.has_variables)),
    )


def _statement(statement: Statement, deciding: Deciding, document: Document) -> CompiledStatement:
    variables = document.has_variables
    return CompiledStatement(
        statement.effect,
        deciding,
        _action_test(statement),
        _resource_test(statement, variables),
        names_test(statement),
        tuple(compile_condition(condition, variables) for condition in statement.conditions),
    )


def _action_test(statement: Statement) -> Test:
    listed = statement.action if statement.action is not None else statement.not_action or ()
    test = any_of(wild_parts(action.lower()) for action in listed)
    return test if statement.action is not None else lambda action: not test(action)


def _resource_test(statement: Statement, variables: bool) -> TextTest | None:
    if statement.resource is not None:
        return None if "*" in statement.resource else _any_resource(statement.resource, variables)
    if statement.not_resource is None:
        return None
    test = _any_resource(statement.not_resource, variables)
    return lambda resource, context: not test(resource, context)


def _any_resource(listed: tuple[str, ...], variables: bool) -> TextTest:
    return text_test([resource_template(one, variables) for one in listed], matcher, any_of)


def _keys(statement: Statement, variables: bool) -> set[str]:
    texts = [*(statement.resource or ()), *(statement.not_resource or ())]
    texts += [value for condition in statement.conditions for value in condition.values]
    in_texts = {key for text in texts for key in variables_in(text)} if variables else set()
    return {condition.key for condition in statement.conditions} | in_texts
