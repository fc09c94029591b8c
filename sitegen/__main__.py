"""`python -m sitegen` is `kayoi`."""

from sitegen.cli import main

if __name__ == "__main__":
    main()
