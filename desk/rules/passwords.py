"""What a password must be made of."""

SHORTEST, LONGEST = 6, 128


def weakness_of(password: str) -> str | None:
    """What is missing, as a sentence; nothing when the password will do."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"A password has {SHORTEST} to {LONGEST} characters."
    needs = {
        "an upper-case letter": any(one.isupper() for one in password),
        "a lower-case letter": any(one.islower() for one in password),
        "a digit": any(one.isdigit() for one in password),
        "a special character": any(not one.isalnum() for one in password),
    }
    missing = [what for what, there in needs.items() if not there]
    return f"A password needs {', '.join(missing)}." if missing else None
