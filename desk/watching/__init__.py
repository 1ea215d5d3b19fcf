"""Telling others how the desk does: errors, alarms, figures, traces; never what customers write."""
