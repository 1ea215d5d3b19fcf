"""What is served under `/api/v2/accounts/{account_id}`."""

from inbox_service.api.v2 import (
    breakdowns,
    live_reports,
    report_files,
    reports,
    summary_reports,
    year_in_review,
)

ROUTES = [
    reports.router,
    breakdowns.router,
    live_reports.router,
    report_files.router,
    summary_reports.router,
    year_in_review.router,
]
