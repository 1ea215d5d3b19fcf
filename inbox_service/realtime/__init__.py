"""The live line: ActionCable over finished frames."""
