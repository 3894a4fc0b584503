"""The segment document: decode · clean · derive · flatten · compile · summarise. Pure."""
