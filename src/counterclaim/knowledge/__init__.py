"""Tables, weights and their loaders; no rule lives here."""
