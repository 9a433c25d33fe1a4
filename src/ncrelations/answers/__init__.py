"""Ranking, judgement, answer."""
