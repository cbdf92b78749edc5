"""Fast tests of what must be right before a training run is worth its hours: scorers, alignment, decoding."""
