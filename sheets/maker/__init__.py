"""How the sample communities are made: a believable register from a seed, then mistakes where people make them."""
