"""Storage: the tenant transaction, the event log, the job queue, and how rows are found."""
