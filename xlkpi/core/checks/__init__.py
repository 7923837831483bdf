"""What deserves a second look in a campaign: plausible figures, usable objectives, coverage, French rules."""
