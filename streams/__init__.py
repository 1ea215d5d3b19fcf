"""The stream program: relay, Faust agents, and the workers that keep the desk's promises."""
