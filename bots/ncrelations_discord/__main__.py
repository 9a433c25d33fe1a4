"""python -m ncrelations_discord: run the bot with the settings of the environment."""

import sys

from ncrelations_discord.app import main

if __name__ == "__main__":
    main(sys.argv[1:])
