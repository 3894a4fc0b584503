"""Who is asking, and whether they may: signatures, session tokens, policies. Time, keys and secrets are passed in."""
