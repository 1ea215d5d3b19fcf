"""The desk's promises: jobs out of Postgres, each tried until it is kept or visibly given up."""
