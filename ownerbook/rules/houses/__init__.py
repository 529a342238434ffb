"""Houses, owners and the dates of a purchase (F, G)."""
