"""Tests of relay, agents, reactions and jobs."""
