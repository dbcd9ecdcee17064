"""The benchmarks of the project, each beside its peer in the same run; `make bench` runs them."""
