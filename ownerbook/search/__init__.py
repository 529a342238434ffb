"""Finding a person, a house, a file or a place: an index of the register, and what is told of each house found."""
