"""python -m ncrelations_discord: run the bot with the settings of the environment."""

import sys

if __name__ == "__main__":  # the processes that answer import this module, too, and need nothing of Discord
    from ncrelations_discord.app import main

    main(sys.argv[1:])
