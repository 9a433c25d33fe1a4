"""Speed, memory and size against baselines of the same run; `make bench` writes docs/benchmarks.md."""
