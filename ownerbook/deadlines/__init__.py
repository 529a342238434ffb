"""Pure functions of dates: terms, the working calendar, what is late."""
