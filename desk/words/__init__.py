"""The field's own words: identifiers, enumerations, frozen values, errors and actors."""
