"""How the English of the kit is made: corpora in, quantised weights out. Nothing here is needed to run the kit."""
