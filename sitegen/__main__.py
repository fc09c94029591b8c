"""`python -m sitegen` is `kayoi`."""

from sitegen.cli import main

main()
