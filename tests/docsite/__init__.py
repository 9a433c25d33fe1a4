"""The pages of the documentation that are generated from the code, and the checks of the built site."""
