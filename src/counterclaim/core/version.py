"""The version of the package: part of what a reader, an export and a request to a web server call themselves."""

__version__ = "0.1.0"
