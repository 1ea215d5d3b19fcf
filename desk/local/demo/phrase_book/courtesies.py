"""The small change of a conversation, in each language: hellos, thanks, goodbyes, ratings."""

from msgspec import Struct

from desk.local.demo.phrase_book.story import Speech


class Courtesies(Struct, frozen=True):
    """What people say around the matter itself."""

    greetings: Speech
    """The customer's, by mood; an empty way is none."""
    closings: Speech
    """The end of a customer's first message."""
    thanks: Speech
    """The customer's last word when it went well."""
    grudging: Speech
    """The customer's last word when it did not."""
    nudges: Speech
    """The customer asks again while waiting."""
    hellos: Speech
    """The agent's first words, by manner."""
    sorry_for_the_wait: Speech
    acknowledgements: Speech
    """Before an agent's later answers."""
    anything_else: Speech
    welcomes: Speech
    """The agent's answer to thanks."""
    signatures: Speech
    takes_over: Speech
    """A colleague steps in."""
    more: Speech
    """The customer is back after it was resolved, if the story has no words of its own."""
    more_answers: Speech
    comments: dict[int, Speech]
    """What goes with a rating of 1 to 5."""
