"""The doors of the catalog: translate, nothing else."""
