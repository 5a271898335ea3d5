"""What is public is documented, and what is documented is public."""

import inspect
from types import ModuleType

import pytest

import kolloc


def public_modules():
    return [
        kolloc,
        *(getattr(kolloc, name) for name in kolloc.__all__ if isinstance(getattr(kolloc, name), ModuleType)),
    ]


def public_objects():
    """Classes and functions with the name one reaches them by."""
    for module in public_modules():
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield f"{module.__name__}.{name}", thing


def public_members():
    for path, thing in public_objects():
        if not inspect.isclass(thing):
            yield path, thing
            continue
        for name in dir(thing):
            member = inspect.getattr_static(thing, name)
            written_here = str(getattr(inspect.unwrap(function_of(member) or thing), "__module__", "")).startswith(
                "kolloc"
            )
            if not name.startswith("_") and function_of(member) is not None and written_here:
                yield f"{path}.{name}", member


def function_of(member):
    if isinstance(member, property):
        return member.fget
    function = getattr(member, "__func__", member)
    return function if inspect.isfunction(function) else None


def parameters(function):
    found = inspect.signature(function).parameters
    return [name for name in found if name not in {"self", "cls"}]


OBJECTS = dict(public_objects())
MEMBERS = dict(public_members())


@pytest.mark.parametrize("path", OBJECTS)
def test_objects_are_documented(path):
    text = inspect.getdoc(OBJECTS[path])
    assert text
    if not issubclass(type(OBJECTS[path]), type) or not issubclass(OBJECTS[path], Exception):
        assert "Examples\n--------" in text


@pytest.mark.parametrize("path", MEMBERS)
def test_members_are_documented(path):
    text = inspect.getdoc(MEMBERS[path])
    assert text, f"{path} says nothing"
    assert text.splitlines()[0].endswith((".", ":")), "the first sentence stands on the first line"


@pytest.mark.parametrize("path", [path for path in MEMBERS if not isinstance(MEMBERS[path], property)])
def test_options_are_explained(path):
    function = function_of(MEMBERS[path])
    names = parameters(function)
    text = inspect.getdoc(function)
    if len(names) > 1:
        assert "Parameters\n----------" in text
        assert [name for name in names if name not in text] == []
        assert "Examples\n--------" in text


@pytest.mark.parametrize("module", public_modules(), ids=lambda module: module.__name__)
def test_public_names_are_exported(module):
    assert inspect.getdoc(module)
    assert list(module.__all__) == sorted(module.__all__)
    own = {
        name
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(thing) or inspect.isfunction(thing))
        and thing.__module__.startswith("kolloc")
    }
    assert own <= set(module.__all__)
