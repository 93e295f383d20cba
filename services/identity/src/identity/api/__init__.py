"""Identity over HTTP: translate, nothing else."""
