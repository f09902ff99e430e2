"""The upper storey: the program itself. It alone reads the settings and the clock, and puts the parts together."""
