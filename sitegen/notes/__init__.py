"""Bytes → clients and problems: mistakes are values, never exceptions."""
