"""The version of the product, named here and nowhere else."""

VERSION = "0.1.0"
