"""Desks as large as real ones, made up in arrays and copied straight into Postgres."""
