"""Xianghe: the whole life of a mediated dispute on one office PC."""

__version__ = "0.1.0"
