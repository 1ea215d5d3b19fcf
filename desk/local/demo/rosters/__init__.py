"""The people, teams, labels and hours of each demo company, one file each."""
