"""The project's own evaluation: questions, the harness that asks them, and the fitting of weights.

`fit.jsonl` and `fit_chains.jsonl` are for fitting and for finding faults; `report.jsonl` and
`report_chains.jsonl` were written by others, are never fitted on, and give the figures we report.
None of them was written with the question bank at hand, nor the bank with them.
"""
