"""Pure decisions of the desk: no I/O and no clock."""
