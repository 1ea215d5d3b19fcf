"""Those who are told, one file each; every one is off until its address is set."""
