"""`python -m ncrelations` is `ncr`."""

from ncrelations.cli import main

if __name__ == "__main__":
    main()
