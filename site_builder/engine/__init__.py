"""Runs tasks, records what each one reads, and finds the tasks that are out of date. Knows nothing of sites."""
